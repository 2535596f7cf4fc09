"""Numbers of papers that tell who somebody is: citizens' cards old and new, party cards, insurance, passports."""

import re

from backend.discussion.screening.numerals import Cues, Number, numbers
from backend.discussion.screening.preparing import Prepared

PROVINCES = frozenset(
    f"{code:03}" for code in (
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44,
        45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89,
        91, 92, 93, 94, 95, 96,
    )
)  # fmt: skip
"""How a citizen's number begins (Thông tư 59/2021/TT-BCA, appendix I); people keep theirs when provinces merge."""

CENTURIES = "0123"
"""Then whether a man or woman, of the 20th or the 21st century; nobody alive has another."""

_GROUPED = {(12,), (3, 3, 3, 3), (4, 4, 4), (3, 1, 2, 6), (6, 6), (3, 9), (3, 3, 6)}

_CITIZEN = re.compile(r"\b(?:cccd|cmnd|cmtnd|cmt|cm|can cuoc|chung minh(?: thu| nhan dan)?|dinh danh|so giay to)\b")
_CARD = re.compile(r"\b(?:the dang|the dang vien|so the|bhxh|bhyt|bao hiem xa hoi|bao hiem y te|so bao hiem)\b")
_PASSPORT = re.compile(r"\b(?:ho chieu|passport)\b[^\d\n]{0,20}?\b([a-z]\d{7})\b")
_LAW = re.compile(
    r"\b(?:luat|nghi dinh|thong tu|quyet dinh|nghi quyet|quy dinh|dieu|khoan|cong van|huong dan)\b[^,;.\n]{0,12}$"
)


def identities(text: Prepared) -> list[tuple[int, int]]:
    """Where numbers of such papers stand in the plain text."""
    if not text.numbered:
        return []
    found = [passport.span(1) for passport in _PASSPORT.finditer(text.folded)]
    citizens, cards, end = Cues(text, _CITIZEN), Cues(text, _CARD), 0
    for number in numbers(text, least=6, most=15):
        if number.start >= end and _is_identity(number, citizens, cards):
            found.append((number.start, number.end))
            end = number.end
    return sorted(found)


def _is_identity(number: Number, citizens: Cues, cards: Cues) -> bool:
    count = len(number.digits)
    told = count in (9, 12) and min(number.sizes) >= 3 and citizens.near(number)
    carded = len(number.sizes) <= 4 and cards.before(number) and _is_whole(number)
    known = number.sizes in _GROUPED and _is_citizen(number.digits) and not number.is_reference
    if not (told or carded or known):
        return False
    return not (number.is_part or number.is_amount or _LAW.search(number.before))


def _is_citizen(digits: str) -> bool:
    return len(digits) == 12 and digits[:3] in PROVINCES and digits[3] in CENTURIES


def _is_whole(number: Number) -> bool:
    """Whether no more digits follow that belong to it."""
    return not re.match(r"[ .\-]?\d", number.behind)
