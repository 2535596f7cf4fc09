"""Numbers of bank accounts: digits beside a word that says so, and not an amount of money."""

import re

from backend.discussion.screening.numerals import Cues, Number, numbers
from backend.discussion.screening.preparing import Prepared

_ACCOUNT = re.compile(
    r"\b(?:stk|so tk|so tai khoan|tai khoan(?: so)?|tk(?: so)?|momo|so the(?: atm| ngan hang| tin dung)?|the atm)\b"
)
_BANK = re.compile(
    r"\b(?:ngan hang|vietcombank|vcb|bidv|agribank|techcombank|tcb|mb ?bank|mbbank|vietinbank|ctg|sacombank|acb|tpbank|"
    r"vpbank|vib|shb|hdbank|ocb|msb|seabank|lpbank|chuyen khoan|ck|chu tai khoan|ctk|internet banking)\b"
)
_LAW = re.compile(
    r"\b(?:luat|nghi dinh|thong tu|quyet dinh|nghi quyet|dieu|(?<!tai )(?<!chuyen )khoan|diem|cong van|ngay|nam"
    r"|quy|thang)\s*(?:so)?\s*:?\s*$"
)


def accounts(text: Prepared) -> list[tuple[int, int]]:
    """Where numbers of accounts stand in the plain text, each as far as it goes."""
    found: list[tuple[int, int]] = []
    named, banks = Cues(text, _ACCOUNT), Cues(text, _BANK)
    if not (named or banks):
        return found
    for number in numbers(text, least=6, most=19):
        inside = bool(found) and number.start < found[-1][1]
        if (inside and number.start != found[-1][0]) or not _is_account(number, named, banks):
            continue
        if inside:
            found.pop()
        found.append((number.start, number.end))
    return found


def _is_account(number: Number, named: Cues, banks: Cues) -> bool:
    told = named.before(number)
    if not told and not (
        len(number.digits) >= 8 and min(number.sizes) >= 2 and (banks.near(number) or named.near(number))
    ):
        return False
    return not (number.is_part or number.is_amount or number.is_reference or _LAW.search(number.before))
