"""The closing block: who signed, in whose name, and who receives the document."""

import re
from dataclasses import dataclass

from content import vocabulary
from content.structure import people
from content.structure.alphabet import LOWER, UPPER
from content.structure.lines import Line, cells, undress

_LETTER = f"{UPPER}{LOWER}"
_SIGN = r"(?:T\s?/?M|K\s?/?T|T\s?/?L|TUQ|T/?UQ|Q(?=\.))"
_CAPACITY = re.compile(
    rf"(?<![{_LETTER}])({_SIGN}(?:\.\s*|\s+)[{UPPER}]{{2,}}(?:\s(?!PHÓ\s|THỨ\s)[{UPPER}]+)*)(?![{LOWER}])"
)
_POST = re.compile(
    r"((?:PHÓ\s+)?(?:THỦ TƯỚNG|CHỦ TỊCH|TỔNG BÍ THƯ|BÍ THƯ|BỘ TRƯỞNG|CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|VỤ TRƯỞNG|CHÁNH ÁN|"
    r"VIỆN TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHỦ NHIỆM|TỔNG GIÁM ĐỐC|GIÁM ĐỐC|HIỆU TRƯỞNG|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|"
    r"THỐNG ĐỐC|TỔNG THANH TRA|TỔNG KIỂM TOÁN|CHỈ HUY TRƯỞNG|TỔNG THAM MƯU TRƯỞNG)|"
    rf"THỨ TRƯỞNG|THƯỜNG TRỰC BAN BÍ THƯ|ỦY VIÊN)(?![{LOWER}])((?:\s[{UPPER}]{{2,}}){{0,8}})"
)
_GLUED = re.compile(rf"(?<=[{UPPER}])(?=(?:THỨ TRƯỞNG|PHÓ (?:THỦ TƯỚNG|CHỦ TỊCH|BÍ THƯ|CỤC TRƯỞNG|GIÁM ĐỐC)))")
_RECIPIENT = re.compile(r"[-–~+*•]\s*(\S.*)$")
_LISTS = re.compile(r"\W*nơi nhận\b[\s:.*]*", re.I)
_TRAILING_NAME = re.compile(rf"[;,.:]\s+((?:[{UPPER}][{LOWER}]{{1,6}}\s){{1,4}}[{UPPER}][{LOWER}]{{1,6}})$")
_SIGNED = re.compile(r"\W*(?:đã ký|ký tên)", re.I)
_LONGEST = 300
"""Characters that a recipient takes at most; after the last one, "Lưu: …", come other things."""

_SHOUTED_NAME = re.compile(rf"[{UPPER}]+(?:\s[{UPPER}]+){{1,4}}$")


@dataclass(slots=True)
class Signed:
    """Who signed, in whose name, and their own post, as printed; each empty where it is not legible."""

    signer: str = ""
    capacity: str = ""
    post: str = ""


def signatures(tail: list[Line]) -> Signed:
    """Read the block of signatures, whatever stands beside it."""
    found = Signed()
    names: list[str] = []
    capacity: list[str] = []
    for text in _pieces(tail):
        rest = _GLUED.sub("\n", text)
        if match := _CAPACITY.search(rest):
            capacity.append(_capacity(match[1]))
            rest = rest[match.end() :]
        if match := _POST.search(rest.upper() if is_post(rest) else rest):
            found.post = " ".join((match[1] + match[2]).split())
            rest = rest[match.end() :]
        if name := _name(rest.strip(" –—-,.*\n"), after_post=bool(capacity or found.post)):
            names.append(name)
    surnames = vocabulary.words("surnames")
    found.signer = next((name for name in names if name.split()[0] in surnames), names[0] if names else "")
    found.capacity = ", ".join(dict.fromkeys(capacity))
    if any(each.endswith(f" {found.post}") and each.startswith("K") for each in capacity):
        found.post = ""  # whoever signs for a post does not hold it: the word before it was not legible
    return found


def recipients(tail: list[Line]) -> tuple[str, ...]:
    """Return whom the document is sent to, one entry for each dash under "Nơi nhận"."""
    found: list[str] = []
    listing = False
    for text in _pieces(tail):
        heading = _LISTS.match(text)
        listing = listing or bool(heading)
        words = _own_column(text[heading.end() :] if heading else text)
        if not listing or not words:
            continue
        if match := _RECIPIENT.match(words):
            found.append(match[1])
        elif found and words[0].islower() and not found[-1].endswith((";", ".", ":")):
            found[-1] += f" {words}"
        elif not found and words.count(";") > 2:
            found += words.split(";")
        if found and (found[-1].lower().startswith("lưu") or len(found[-1]) > _LONGEST):
            break
    return tuple(plain for each in found if (plain := each.strip().rstrip(" ;.,:/")) and len(plain) <= _LONGEST)


def is_post(text: str) -> bool:
    """Whether a line is a post and nothing else, in capitals or not: "Thống đốc"."""
    return len(text) < 40 and bool(_POST.fullmatch(text.strip(" *:").upper())) and not people.person(text)[0]


def is_shouted_name(text: str) -> bool:
    """Whether a line looks like a name in capitals."""
    return bool(_SHOUTED_NAME.match(text)) and text.split()[0].capitalize() in vocabulary.words("surnames")


def _pieces(tail: list[Line]) -> list[str]:
    """Return the lines, the cells of a table one by one."""
    return [undress(cell) for line in tail for cell in cells(line)]


def _capacity(text: str) -> str:
    """The words of a capacity; the name of a body in it as it is spelt when scanning spoilt its marks."""
    sign, _, body = re.sub(r"\s+", " ", re.sub(rf"^({_SIGN})\.\s*", r"\1. ", text)).partition(" ")
    known = vocabulary.issuer_spelt(body)
    return f"{sign} {known.upper() if known else body}"


def _name(text: str, *, after_post: bool) -> str:
    """The name that a line is, ends with after a recipient, or has behind a rank."""
    if _SIGNED.match(text):
        return ""
    plain = people.without_rank(text)
    if people.is_name(plain):
        return plain
    if after_post and is_shouted_name(plain):
        return plain.title()
    match = _TRAILING_NAME.search(text)
    name = match[1].strip() if match else ""
    return name if name and name.split()[0] in vocabulary.words("surnames") else ""


def _own_column(text: str) -> str:
    """A recipient without what a scanned page of two columns prints beside it."""
    for pattern in (_CAPACITY, _POST):
        if (match := pattern.search(text)) and re.search(r"[;,.:/]\W*\w{0,2}\W*$", text[: match.start()]):
            text = text[: match.start()]
    if match := _TRAILING_NAME.search(text):
        text = text[: match.start()] if match[1].split()[0] in vocabulary.words("surnames") else text
    return re.sub(r"(?<=[;,])\s*\S{1,2}\s*$", "", text).strip()
