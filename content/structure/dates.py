"""Dates as documents print them."""

import re
from datetime import date

WORDS = r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})"
_WORDS = re.compile(WORDS, re.I)
_BARE_WORDS = re.compile(r"\b(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.I)
_DIGITS = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


def first(text: str) -> date | None:
    """Return the first date that ``text`` states, in words, in digits or in ISO form."""
    for pattern in (_WORDS, _BARE_WORDS, _DIGITS):
        if match := pattern.search(text):
            return make(match[3], match[2], match[1])
    match = _ISO.search(text)
    return make(match[1], match[2], match[3]) if match else None


def in_words(text: str) -> date | None:
    """Return the first date written out ("ngày 22 tháng 12 năm 2024")."""
    match = _WORDS.search(text)
    return make(match[3], match[2], match[1]) if match else None


def make(year: str, month: str, day: str) -> date | None:
    """Return the date, None when there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
