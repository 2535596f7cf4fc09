"""Letters that are read as others: of other alphabets, in circles, wide, drawn, or invisible.

One letter of a text becomes the letters that a person reads there; what nobody sees becomes nothing.
"""

import unicodedata
from functools import lru_cache

MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
"""The marks of Vietnamese, when they stand by themselves behind their letter; all others are ornament."""

ALIKE = {
    "а": "a", "в": "b", "е": "e", "һ": "h", "і": "i", "ї": "i", "ј": "j", "к": "k", "ӏ": "l", "м": "m", "н": "h",
    "о": "o", "р": "p", "ԛ": "q", "с": "c", "ѕ": "s", "т": "t", "у": "y", "х": "x", "ԝ": "w", "ԁ": "d", "υ": "u",
    "α": "a", "β": "b", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "χ": "x", "η": "n",
    "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ɢ": "g", "ʜ": "h", "ɪ": "i", "ᴋ": "k", "ʟ": "l", "ᴍ": "m",
    "ɴ": "n", "ᴏ": "o", "ᴘ": "p", "ʀ": "r", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ʏ": "y", "ɑ": "a", "ɡ": "g", "ı": "i",
    "ł": "l", "ø": "o", "ð": "đ", "ɖ": "đ", "ⱡ": "l", "µ": "u",
}  # fmt: skip
"""Small letters that look like those of Vietnamese; ð and ɖ are drawn like đ."""

_DRAWN = ((0x1F150, 26), (0x1F170, 26))
"""Where white letters on black begin, in circles and squares."""

_MOST = 4
"""Letters taken of one sign: some stand for whole sentences."""


@lru_cache(maxsize=20_000)
def read(letter: str) -> str:
    """What is read where this one character stands, in small letters; nothing for what nobody sees."""
    for begin, count in _DRAWN:
        if begin <= ord(letter) < begin + count:
            return chr(ord("a") + ord(letter) - begin)
    if letter in "\n\t\r\u2028\u2029":
        return "\n"
    if unicodedata.category(letter) in ("Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"):
        return ""
    plain = unicodedata.normalize("NFKC", letter).lower()
    return unicodedata.normalize("NFC", "".join(ALIKE.get(each, each) for each in plain if each not in MARKS))[:_MOST]
