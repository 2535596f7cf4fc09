"""Telephone numbers of Vietnam: of phones that people carry, and of houses; not the public ones of services."""

import re

from backend.discussion.screening.numerals import Cues, Number, numbers
from backend.discussion.screening.preparing import Prepared

_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])\d{7}")
"""Prefixes that carriers were given (Thông tư 22/2014/TT-BTTTT and what changed them up to 2018)."""

_HOUSE = re.compile(r"02(?:0[3-9]|1[0-689]|2[0-25-9]|3[2-9]|4[2-9]|5[124-79]|6[0-39]|7[0-7]|8[2-9]|9[0-9])\d{7}")
_CUE = re.compile(
    r"\b(?:sdt|dt|dien thoai|dthoai|phone|tel|hotline|zalo|viber|goi|alo|lien he|lien lac|nhan tin|so may)\b"
)
_REFERENCE_ONLY = re.compile(r"\b(?:mst|ma so thue)\b")


def phones(text: Prepared) -> list[tuple[int, int]]:
    """Where numbers of telephones stand in the plain text."""
    found: list[tuple[int, int]] = []
    cues = Cues(text, _CUE)
    for number in numbers(text, least=9, most=13):
        if (not found or number.start >= found[-1][1]) and _is_phone(number, cues):
            found.append((number.start, number.end))
    return found


def _is_phone(number: Number, cues: Cues) -> bool:
    if number.digits[0] not in "08":
        return False
    cued = cues.near(number)
    home = _at_home(number, cued)
    if not (_MOBILE.fullmatch(home) or _HOUSE.fullmatch(home)) or number.is_part:
        return False
    if cued and not _REFERENCE_ONLY.search(number.before):
        return True
    return _is_grouped(number) and not number.is_amount and not number.is_reference


def _at_home(number: Number, cued: bool) -> str:
    """The number as it is dialled within the country; nothing where that cannot be told."""
    digits = number.digits
    if digits.startswith("0084"):
        digits = digits[2:]
    elif not (digits.startswith("84") and (cued or len(number.sizes) == 1 or number.before.rstrip(" (").endswith("+"))):
        return digits
    return "0" + digits[2:].removeprefix("0")


def _is_grouped(number: Number) -> bool:
    """Whether its groups are those of a telephone: not five pairs, which may be anything that is counted."""
    first, *others = number.sizes
    if first >= 3 or not others or number.digits.startswith(("84", "0084")) or set(number.sizes) == {1}:
        return True
    return number.before.endswith("(") or (first == 2 and min(others) >= 3)
