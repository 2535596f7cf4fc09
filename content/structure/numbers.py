"""How numbers are printed in documents: roman, in words, with letters; and the ASCII they take in a path."""

import re

LETTERS = "abcdđefghijklmnopqrstuvwxyz"
"""The order in which points are lettered: đ stands after d."""

_ROMAN = re.compile(r"(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS = (
    ("nhất", "một", "i"),
    ("hai", "nhì", "ii"),
    ("ba", "iii"),
    ("tư", "bốn", "iv"),
    ("năm", "v"),
    ("sáu", "vi"),
    ("bảy", "bẩy", "vii"),
    ("tám", "viii"),
    ("chín", "ix"),
    ("mười", "x"),
)


def roman(text: str) -> int:
    """Return the value of a well-formed roman numeral below 400, else 0."""
    if len(text) > 12 or not _ROMAN.match(text):
        return 0
    total = 0
    for here, following in zip(text, (*text[1:], "I"), strict=True):
        value = _VALUES[here]
        total += -value if value < _VALUES[following] else value
    return total


def ordinal(text: str) -> int:
    """Return the value of a printed number: ``2``, ``II``, ``hai`` or ``nhất``; 0 when it is none."""
    if text.isdecimal():
        return int(text[:6])
    if value := roman(text.upper()):
        return value
    word = text.lower()
    return next((at for at, words in enumerate(_WORDS, 1) if word in words), 0)


def letter_rank(label: str) -> int:
    """Return the place of a point's letter in the Vietnamese order (a = 1), 0 when it is none."""
    return LETTERS.find(label[0].lower()) + 1 if label else 0


def key(label: str) -> str:
    """Return the ASCII a printed number takes in a path: ``đ`` becomes ``dd``, ``5A`` becomes ``5a``."""
    ascii_label = label.lower().replace("đ", "dd")
    return re.sub(r"[^a-z0-9]+", "-", ascii_label).strip("-") or "x"
