"""The parts that a quotation names: điểm, khoản, Điều, Mục, Chương, Phần, phụ lục; as people write and shorten them."""

import re
from typing import NamedTuple

from content.quotations.model import Step
from content.quotations.spelling import Spelt
from content.structure import numbers

WORDS = "nhat|mot|hai|nhi|ba|tu|bon|nam|sau|bay|tam|chin|muoi"
_VALUES = {"nhat": 1, "mot": 1, "hai": 2, "nhi": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8}
_VALUES |= {"chin": 9, "muoi": 10}

BEGIN = r"(?<![a-z0-9\x7f/.-])"
END = r"(?![a-z0-9\x7f]|[./-][a-z0-9])"
"""A label stands alone: what goes on with a mark and more is the number of a document."""

_ROMAN = "[ivxlc]{1,8}"
_OUTLINE = rf"(?:{_ROMAN}|\d{{1,3}}[a-z]?|[a-z])(?:\.(?:\d{{1,3}}[a-z]?|[a-z]))*"
_COUNTED = rf"(?:\s+thu)?\s+(\d{{1,3}}|{WORDS})"

_WORDS = "so|va|do|la|co|ve|ra|ma|no|ba|tu|de|ca|ho|an|am|on|uu"
"""What follows "điểm" and is a word, not two letters of a point."""

LABELS = {
    "diem": rf"diem\s*(\d{{1,3}}(?:\.\d{{1,2}})*|[a-z]\d?|(?!(?:{_WORDS})\b)[a-z]{{2}}\d?)",
    "annex": r"phu luc(?:\s+so)?\s+(\d{1,3}[a-z]?|[ivxlch]{1,6}|[a-z])",
    "form": r"(?:bieu mau|mau|bieu)(?:\s+so)?:?\s+(\d{1,3}[a-z]?)",
    "annexes": r"phu luc()",
    "own": r"phan\s+(dau|can cu|ky|noi nhan|kem theo)",
    "phan": rf"phan(?:\s+thu)?\s+({WORDS}|{_ROMAN}|\d{{1,3}}|[a-z])",
    "chuong": rf"chuong(?:\s+thu)?\s+({WORDS}|[ivxlch]{{1,8}}|\d{{1,3}}[a-z]?)",
    "tieu-muc": rf"tieu muc\s+({_ROMAN}|\d{{1,3}}[a-z]?)",
    "muc": rf"muc(?:\s+so)?\s+({_OUTLINE})",
    "dieu": r"dieu\s*(\d{1,4}[a-z]{0,2}\d?)",
    "khoan": r"khoan\s*(\d{1,3}[a-z]?)",
    "gach": rf"gach(?: dau dong)?{_COUNTED}",
    "doan": rf"doan{_COUNTED}",
    "bang": rf"bang{_COUNTED}",
}
"""What each kind looks like without marks, with its number; earlier ones are looked for first."""

_AFTER = rf"(?:{BEGIN}|(?<=\b[kd]\d)|(?<=\b[kd]\d\.)|(?<=\b[kd]\d\d)|(?<=\b[kd]\d\d\.))"
_BEFORE = rf"(?:{END}|(?=\.?[kd]\d))"
_SHORT = {
    "khoan": rf"{_AFTER}k\.?\s?(\d{{1,3}}(?:[a-z](?!\d))?){_BEFORE}",
    "dieu": rf"{_AFTER}d\.?\s?(\d{{1,4}}(?:[a-z](?!\d))?){_BEFORE}",
    "diem": rf"{BEGIN}d\.?\s?([a-z]\d?)(?=[\s,;]*(?:$|k\.?\s?\d|\Z))",
    "muc": rf"{BEGIN}({_ROMAN}(?:\.\d{{1,3}}[a-z]?)+){END}|^\s*([ivx]{{1,6}})(?=[\s,]+\d)",
}
_PATTERNS = [(kind, re.compile(rf"{BEGIN}{pattern}{END}")) for kind, pattern in LABELS.items()]
_PATTERNS += [(kind, re.compile(pattern)) for kind, pattern in _SHORT.items()]

_AROUND = re.compile(rf"{BEGIN}(dieu|khoan|diem|muc|chuong|phan|phu luc)\s+nay{END}")
_VALUED = frozenset({"phan", "chuong", "tieu-muc", "gach", "doan", "bang"})
"""Kinds of which it is the same whether they are counted in words, in roman numerals or in digits."""

_OWN = {"dau": "head", "can cu": "preamble", "ky": "signature", "noi nhan": "recipients"}


class Named(NamedTuple):
    """Parts that one word named, from the inside out, and where in the text it stood."""

    start: int
    end: int
    steps: tuple[Step, ...]


def take(spelt: Spelt) -> tuple[list[Named], str]:
    """The parts that are named, in the order they are written, and the kind of which it says "này"; blanks both."""
    around = _AROUND.search(spelt.flat)
    if around:
        spelt.blank(*around.span())
    found: list[Named] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(spelt.flat):
            start, end = match.span(match.lastindex or 0)
            steps = _steps(kind, spelt.text[start:end].lower(), match[match.lastindex or 0])
            found.append(Named(match.start(), match.end(), steps))
            spelt.blank(*match.span())
    return sorted(found), around[1].replace(" ", "-") if around else ""


def counted(flat: str) -> int:
    """The value of a number in digits, roman, or words without marks; 0 when it is none."""
    return _VALUES.get(flat) or numbers.ordinal(flat)


def bare(label: str) -> str:
    """A printed number as it is compared: ASCII, without zeros before it."""
    return numbers.key(label).lstrip("0") or "0"


def _steps(kind: str, label: str, flat: str) -> tuple[Step, ...]:
    """The steps that a label names, from the inside out."""
    if kind == "muc" or (kind == "diem" and "." in flat):
        return tuple(Step("muc", bare(piece)) for piece in reversed(label.split(".")))
    if kind in ("annex", "form", "annexes"):
        return (Step("annex", _annex(kind, label, flat)),)
    if kind == "own":
        return (Step(_OWN[flat], "") if flat in _OWN else Step("annex", "kem-theo"),)
    is_letter = kind == "phan" and len(flat) == 1 and flat in "abcdefgh"
    value = counted(flat) if kind in _VALUED and not is_letter else 0
    return (Step(kind, str(value or bare(label))),)


def _annex(kind: str, label: str, flat: str) -> str:
    if kind == "form":
        return f"mau-{bare(label)}"
    return f"phu-luc-{numbers.roman(flat.upper()) or bare(label)}" if kind == "annex" else "phu-luc"
