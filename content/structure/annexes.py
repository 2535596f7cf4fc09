"""What follows a document: annexes, forms, and whole documents issued with it."""

import re

from content.structure import numbers
from content.structure.labels import Label
from content.structure.lines import Line

_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|Phụ Lục)\s*(?:số\s*)?([IVXLCH]{1,6}|\d{1,3}[A-Za-z]?)?(?![\w])\s*([.:–—(-])?\s*"
)
_FORM = re.compile(
    r"['‘]?(?:MẪU|Mẫu|BIỂU MẪU|Biểu mẫu|BIỂU|Biểu)(?:\s+s[ốô])?\s*:?\s*(\d{1,3}[A-Za-z]?)(?![\w])\s*([.:–—/-])?\s*",
    re.I,
)
_ATTACHED = re.compile(
    r"(QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|CHIẾN LƯỢC|HƯỚNG DẪN|QUY TRÌNH|QUY HOẠCH|"
    r"DANH MỤC|BIỂU|BẢNG|PHƯƠNG ÁN)\b"
)
_WITH = re.compile(r"\(?\s*(?:Được\s+)?(?:ban hành\s+)?kèm theo\s", re.I)
_LISTS = ("DANH MỤC", "BIỂU", "BẢNG")


def annex(line: Line) -> Label | None:
    """Read the heading of an annex: ``PHỤ LỤC I``."""
    match = _ANNEX.match(line.plain)
    return _label("annex", line, match, _number(match[1])) if match and _heads(line, match) else None


def form(line: Line, after: list[Line]) -> Label | None:
    """Read the heading of a form; one that another follows on the next line is only named in a list."""
    match = _FORM.match(line.plain)
    if not match or not _heads(line, match) or (after and _FORM.match(after[0].plain)):
        return None
    return _label("form", line, match, match[1].lstrip("0").lower() or "0")


def attachment(line: Line, after: list[Line]) -> Label | None:
    """Read the title of a regulation, programme or list that is issued with the document."""
    match = _ATTACHED.match(line.plain)
    if not match or not line.is_caps or not any(_WITH.match(each.plain) for each in after):
        return None
    return Label("annex" if match[1] in _LISTS else "attachment", "", "", 0, line.plain)


def _heads(line: Line, match: re.Match[str]) -> bool:
    """Whether an annex's line is its heading and not a mention of it."""
    rest, named = line.plain[match.end() :], bool(match[2])
    if line.plain.endswith((";", ",")) or (rest[:1].islower() and not named):
        return False
    return line.stands_out or named or not rest or rest.isupper() or rest.startswith("(")


def _label(kind: str, line: Line, match: re.Match[str], number: str) -> Label:
    return Label(kind, match[0].strip(" .:–—(-'‘/"), number, 0, line.plain[match.end() :])


def _number(printed: str | None) -> str:
    if not printed:
        return ""
    value = numbers.roman(printed)
    return str(value) if value else printed.lstrip("0").lower()
