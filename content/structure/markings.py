"""Markings stamped on the head of a document: how secret, how urgent."""

import re

from content.structure.alphabet import LOWER, UPPER
from content.structure.lines import Line

_SECRET = re.compile(rf"(?<![{UPPER}{LOWER}])(TUYỆT MẬT|TỐI MẬT|MẬT)(?![{UPPER}{LOWER}])")
_STATED_SECRET = re.compile(
    r"(?:độ mật|mức độ mật|dấu mật|cấp độ mật|mức mật)\s*[:|]\s*\W{0,6}(tuyệt mật|tối mật|mật)\b", re.I
)
_URGENT = re.compile(r"^\W*(HỎA TỐC(?: HẸN GIỜ)?|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)\W*$")
_STATED_URGENT = re.compile(r"(?:độ khẩn|mức độ khẩn)\s*[:|]\s*\W{0,6}(hỏa tốc|hoả tốc|thượng khẩn|khẩn)\b", re.I)


def secrecy(lines: list[Line]) -> str | None:
    """Return the secrecy marking that a head bears, as "Mật", "Tối mật" or "Tuyệt mật".

    A marking stands on its own: on a line, in a cell, or apart from other words in capitals. The word in a
    sentence or in a title ("BẢO VỆ BÍ MẬT NHÀ NƯỚC") is none.
    """
    for line in lines:
        if match := _STATED_SECRET.search(line.plain):
            return match[1].capitalize()
        for match in _SECRET.finditer(line.plain):
            if _alone(line.plain, match):
                return match[1].capitalize()
    return None


def urgency(lines: list[Line]) -> str:
    """Return the urgency stamped on a head: "Khẩn", "Thượng khẩn" or "Hỏa tốc"."""
    for line in lines:
        match = _URGENT.match(line.plain) or _STATED_URGENT.search(line.plain)
        if match:
            return match[1].capitalize().replace("Hoả", "Hỏa")
    return ""


def _alone(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if not before.strip(" *_[](){}|.:-–—\t") and not after.strip(" *_[](){}|.:-–—\t"):
        return True
    apart_before = not before.strip() or before.endswith(("  ", "\t", "|", "| ", "[", "(")) or _number_before(before)
    apart_after = (
        not after.strip() or after.startswith(("  ", "\t", "|", " |", "]", ")")) or after.lstrip().startswith("Số")
    )
    return apart_before and apart_after


def _number_before(before: str) -> bool:
    """A stamp printed beside the number: ``Số: 12-NQ/TU MẬT``."""
    return bool(re.search(r"\d[\d.]*(?:/\d{4})?[-/][A-ZĐ][\w/-]*\s+$", before))
