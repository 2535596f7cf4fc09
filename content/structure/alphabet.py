"""Capital and small letters of Vietnamese, as the insides of character classes.

A range such as ``À-Ỹ`` holds letters of both sizes, so the letters are spelt out.
"""

import unicodedata

_BASES = "aăâeêioôơuưy"
_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def _letters() -> str:
    vowels = (unicodedata.normalize("NFC", base + mark) for base in _BASES for mark in _MARKS)
    return "".join(dict.fromkeys([*vowels, *"bcdđfghjklmnpqrstvwxz"]))


LOWER = _letters()
UPPER = LOWER.upper()
