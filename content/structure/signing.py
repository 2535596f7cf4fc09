"""The closing block: who signed, in whose name, and who receives the document."""

import re

from content import vocabulary
from content.structure.alphabet import LOWER, UPPER
from content.structure.lines import Line, cells, undress
from content.structure.people import is_name

_CAPACITY = re.compile(
    rf"((?:T/?M|K/?T|T/?L|TUQ|T/?UQ)\.?\s+[{UPPER}][{UPPER}]+(?:\s[{UPPER}]{{2,}})*)(?=$|[^{UPPER}{LOWER}])"
)
_POST = re.compile(
    r"((?:PHÓ\s+)?(?:THỦ TƯỚNG|CHỦ TỊCH|TỔNG BÍ THƯ|BÍ THƯ|BỘ TRƯỞNG|CỤC TRƯỞNG|VỤ TRƯỞNG|CHÁNH ÁN|VIỆN TRƯỞNG|"
    r"TRƯỞNG BAN|CHỦ NHIỆM|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|THỐNG ĐỐC|TỔNG THANH TRA|TỔNG KIỂM TOÁN)|"
    rf"THỨ TRƯỞNG|THƯỜNG TRỰC BAN BÍ THƯ|ỦY VIÊN)((?:\s[{UPPER}]+){{0,8}})\s*$"
)
_RECIPIENT = re.compile(r"[-–~+*]\s*(\S.*)$")
_TRAILING_NAME = re.compile(rf"[;,.]\s+((?:[{UPPER}][{LOWER}]{{1,6}}\s){{1,4}}[{UPPER}][{LOWER}]{{1,6}})$")
_SIGNED = re.compile(r"\(?\[?\s*(?:đã ký|ký tên)", re.I)


def signatures(tail: list[Line]) -> tuple[str, str, str]:
    """Return (signer, in whose name, their own post) as printed; each empty where it is not legible."""
    names: list[str] = []
    capacity: list[str] = []
    post = ""
    for text in _pieces(tail):
        if match := _CAPACITY.search(text):
            capacity.append(" ".join(match[1].split()))
        elif match := _POST.search(text):
            post = " ".join((match[1] + match[2]).split())
        elif is_name(text) and not _SIGNED.match(text):
            names.append(text)
        elif name := _name_at_end(text):
            names.append(name)
    surnames = vocabulary.words("surnames")
    signer = next((name for name in names if name.split()[0] in surnames), names[0] if names else "")
    return signer, ", ".join(dict.fromkeys(capacity)), post


def recipients(tail: list[Line]) -> tuple[str, ...]:
    """Return whom the document is sent to, one entry for each dash under "Nơi nhận"."""
    found: list[str] = []
    listing = False
    for text in _pieces(tail):
        if re.match(r"nơi nhận", text, re.I):
            listing = True
        match = _RECIPIENT.match(text)
        if match and listing:
            found.append(match[1].rstrip(" ;.,"))
    return tuple(found)


def _pieces(tail: list[Line]) -> list[str]:
    """Return the lines, the cells of a table one by one."""
    return [undress(cell) for line in tail for cell in cells(line)]


def _name_at_end(text: str) -> str:
    """A scanned page of two columns may print the signer's name after a recipient."""
    match = _TRAILING_NAME.search(text)
    name = match[1].strip() if match else ""
    return name if name and name.split()[0] in vocabulary.words("surnames") else ""
