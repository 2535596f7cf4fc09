"""Long passwords that are nevertheless among the first to be tried: words everyone uses, repeated or counted up.

Lists of leaked passwords hold almost nothing of fifteen characters; what people really do is to string common words
and numbers together. So these are taken out, and what is left must still be something of one's own.
"""

import re
from collections.abc import Iterable

from backend.accounts.naming import fold

OWN_CHARS = 6
"""Characters that must remain when all that is common is taken out."""

VARIED_CHARS = 5
"""Different characters that a password must have."""

VIETNAMESE = (
    "matkhau", "anhyeuem", "emyeuanh", "yeuem", "yeuanh", "iuem", "giadinh", "hanhphuc", "toiyeu", "vietnam",
    "hanoi", "saigon", "hochiminh", "tphcm", "bacho", "danang", "haiphong", "dangcongsan", "congsan", "dangvien",
    "dangbo", "chibo", "sotay", "dientu", "tinhuy", "doclap", "tudo", "khongbiet", "khongquen", "quenroi", "xinchao",
    "chaoban", "cogang", "conyeu", "yeume", "yeubo", "bome", "maimai", "mainho", "thanhcong", "suckhoe",
    "mayman", "nguyen", "tran", "pham", "hoang", "huynh",
)  # fmt: skip
ENGLISH = (
    "password", "passw0rd", "passphrase", "iloveyou", "welcome", "letmein", "admin", "administrator", "qwertyuiop",
    "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn", "1q2w3e4r5t", "1q2w3e4r", "1qaz2wsx", "qazwsx", "football",
    "monkey", "dragon", "sunshine", "princess", "superman", "master", "login", "secret", "changeme", "default", "test",
    "correcthorsebatterystaple", "hello", "love", "forever", "facebook", "google", "zalo", "iphone", "samsung",
)  # fmt: skip
WORDS = tuple(sorted({*VIETNAMESE, *ENGLISH}, key=len, reverse=True))

ROWS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
YEAR = re.compile(r"(19|20)\d\d")
DISGUISES = str.maketrans({"0": "o", "@": "a", "3": "e", "$": "s", "5": "s", "!": "i", "1": "i", "4": "a", "7": "t"})


def is_commonplace(password: str, own_words: Iterable[str] = ()) -> bool:
    """Whether little is left of a password without common words, rows, repetitions, dates and ``own_words``."""
    folded = fold(password)
    if len(set(_bare(folded))) < VARIED_CHARS:
        return True
    words = [word for word in (_bare(fold(word)) for word in own_words) if len(word) > 2]
    return any(len(_own(_bare(form), words)) < OWN_CHARS for form in {folded, folded.translate(DISGUISES)})


def _own(text: str, own_words: Iterable[str]) -> str:
    for word in (*WORDS, *sorted(own_words, key=len, reverse=True)):
        text = text.replace(word, " ")
    text = re.sub(r"\d{4,8}", lambda digits: "" if YEAR.search(digits.group()) else digits.group(), text)
    text = re.sub(r"(.{1,8}?)\1+", r"\1", text)
    for row in ROWS:
        for size in range(len(row), 3, -1):
            for start in range(len(row) - size + 1):
                text = text.replace(row[start : start + size], " ")
    return re.sub(r"\s|(?<!\w)\d{1,3}(?!\w)", "", text)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text)
