"""What a line announces: an article, a clause, a section, a dash - as it is printed, not yet believed."""

import re
from dataclasses import dataclass

from content.structure import numbers
from content.structure.alphabet import UPPER
from content.structure.lines import Line

_UPPER = UPPER + "“\"'(\\[*"
_QUOTE = r"[“\"«„'‘]?\s?"
_ARTICLE = re.compile(rf"{_QUOTE}Đi[ềêẽẻểếè]u\s+(\d{{1,4}})\s?([a-zđ]{{0,2}}\d?)\s*([.:]|[-–—](?=\s)|$)\s*", re.I)
_PHAN = re.compile(r"Phần\s+(thứ\s+\w+|[IVXLC]+|\d{1,3}|[A-ZĐ])\b\s*([.:–—-]|$|(?=\s))\s*", re.I)
_CHUONG = re.compile(r"Chương\s+([IVXLCH]+|\d{1,3}[a-z]?|thứ\s+\w+)\b\s*([.:–—-]|$|(?=\s))\s*", re.I)
_MUC = re.compile(r"Mục\s+([IVX]+|\d{1,3}[a-z]?)\b\s*([.:–—-]|$|(?=\s))\s*", re.I)
_TIEU_MUC = re.compile(r"Tiểu\s+mục\s+([IVX]+|\d{1,3}[a-z]?)\b\s*([.:–—-]|$|(?=\s))\s*", re.I)
_SECTION = re.compile(r"([IVXLC]{1,8})\s?(?:[.:)/]|\s?[-–—])\s*(?=\S)")
_CAPITAL = re.compile(r"([A-HĐ])\s?[.\-–—]\s*(?=\S)")
_NUMBERED = re.compile(rf"(\d{{1,3}}[a-zđ]?)(?:\.(?=\s|[^\d\s.])|\s?[-–—](?=\s)|[-–—](?=[{_UPPER}])|/\s)\s*(?=\S)")
_BRACKETED = re.compile(r"(\d{1,3})\)\s*(?=\S)")
_SUBNUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,2}){1,4})(?:[.)]\s*(?=\D)|\s+)(?=\S)")
_LETTER = re.compile(r"([a-zđ]{1,2}\d?)\s?\)\s*(?=\S)")
_LETTER_DOT = re.compile(rf"([a-zđ])(?:\.\s+|\s?[-–]\s+)(?=[{_UPPER}])")
_DASH = re.compile(rf"([-–—+•*])(?:\s+|(?=[{_UPPER}]))(?=\S)")
_BULLET = re.compile(r"[-–*•+]\s+(?=[a-zđ]\d?\)\s)")

_LARGE = (("phan", _PHAN), ("chuong", _CHUONG), ("tieu-muc", _TIEU_MUC), ("muc", _MUC))


@dataclass(frozen=True, slots=True)
class Label:
    """``kind`` of part, its ``label`` as printed, its ``number`` as ASCII for a path, its ``value`` for order.

    ``rest`` is what the line says after the label.
    """

    kind: str
    label: str
    number: str
    value: int
    rest: str


def article(line: Line) -> Label | None:
    """Read ``Điều 4. …``; a reference that merely begins a line ("Điều 4 Luật này") is none."""
    match = _ARTICLE.match(line.plain)
    if not match:
        return None
    number = match[1].lstrip("0") or "0"
    suffix = match[2].lower()
    value = int(number) * 1000 + (numbers.letter_rank(suffix) if suffix else 0)
    label = f"Điều {number}{suffix}"
    return Label("dieu", label, numbers.key(number + suffix), value, line.plain[match.end() :])


def large(line: Line) -> Label | None:
    """Read ``Phần``, ``Chương``, ``Mục`` and ``Tiểu mục`` when they stand as headings."""
    for kind, pattern in _LARGE:
        match = pattern.match(line.plain)
        if not match:
            continue
        rest = line.plain[match.end() :]
        named = bool(match[2]) or not rest
        if not (named or line.stands_out or rest.isupper()) or (rest[:1].islower() and line.level == 0):
            return None
        printed = match[1].split()[-1]
        value = numbers.ordinal(printed) or int(re.sub(r"\D", "", printed) or 0)
        number = numbers.key(printed if printed[:1].isdecimal() else str(value or printed))
        return Label(kind, line.plain[: match.end()].rstrip(" .:–—-"), number, value, rest)
    return None


def section(line: Line) -> Label | None:
    """Read ``I.`` and ``I-`` of structure B."""
    match = _SECTION.match(line.plain)
    value = numbers.roman(match[1]) if match else 0
    if not match or not value:
        return None
    return Label("section", match[1], match[1].lower(), value, line.plain[match.end() :])


def capital(line: Line) -> Label | None:
    """Read ``A.`` above the roman sections, printed in capitals or set apart."""
    match = _CAPITAL.match(line.plain)
    if not match or not line.stands_out:
        return None
    value = numbers.letter_rank(match[1])
    return Label("phan", match[1], numbers.key(match[1]), value, line.plain[match.end() :])


def small(line: Line) -> Label | None:
    """Read a numbered, lettered or dashed line: ``1.``, ``1.1.``, ``a)``, ``-``."""
    plain = line.plain
    bullet = _BULLET.match(plain)
    if bullet:
        plain = plain[bullet.end() :]
    if match := _SUBNUMBERED.match(plain):
        value = int(match[1].rsplit(".", 1)[1])
        return Label("subitem", match[1], match[1].replace(".", "-"), value, plain[match.end() :])
    if match := _NUMBERED.match(plain):
        value = int(re.sub(r"\D", "", match[1])) * 1000 + numbers.letter_rank(match[1].lstrip("0123456789"))
        return Label("item", match[1], numbers.key(match[1]), value, plain[match.end() :])
    if match := _BRACKETED.match(plain):
        return Label("bracketed", match[1], match[1], int(match[1]) * 1000, plain[match.end() :])
    if match := _LETTER.match(plain) or _LETTER_DOT.match(plain):
        return Label("letter", match[1], numbers.key(match[1]), numbers.letter_rank(match[1]), plain[match.end() :])
    if match := _DASH.match(plain):
        return Label("dash", match[1], "", 0, plain[match.end() :])
    return None
