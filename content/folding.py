"""Words as they are compared, however they were typed: composed or not, the tone on either vowel, y or i, no marks.

What is shown is never rewritten; only what is looked for and where it is looked for. ``folding_cases.json`` holds the
cases that every other implementation must agree on.
"""

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng."""

WORD = re.compile(r"\d+|[^\W\d_]+")
"""A run of digits or of letters, so that NQ57 and 57-NQ/TW are made of the same words."""

_SYLLABLE = re.compile(r"((?:q(?=u)u(?=[aăâeêioôơy])|gi(?=[aăâeêoôơuư])|[^aăâeêioôơuưy])*)([aăâeêioôơuưy]+)(.*)")
_MARKED = "ăâêôơư"
_SECOND = ("oa", "oe", "uy")
"""Open rimes that are written with the tone on either vowel; the second is the one agreed on."""

_AS_I = re.compile(r"[hklmst]y")
_ETH = str.maketrans("ð", "đ")
"""Old fonts draw the letter of Icelandic for đ."""


def fold(text: str) -> str:
    """The text in small letters without marks: ``Điều`` is ``dieu``."""
    spelt = unicodedata.normalize("NFD", text.lower().translate(_ETH).replace("đ", "d"))
    return "".join(letter for letter in spelt if unicodedata.category(letter) != "Mn")


def tokenise(text: str) -> list[str]:
    """The words of a text with their marks, each spelt in the one agreed way: ``Hòa, KỸ`` is hoà, kĩ."""
    return [agreed(word) for word in WORD.findall(unicodedata.normalize("NFC", text).lower().translate(_ETH))]


@lru_cache(maxsize=50_000)
def agreed(word: str) -> str:
    """The agreed spelling of one word in small composed letters."""
    bare, tone = _without_tone(word)
    if _AS_I.fullmatch(bare):
        bare = f"{bare[0]}i"
    found = _SYLLABLE.fullmatch(bare) if tone else None
    if not found:  # no syllable: a letter of another language keeps its mark
        return unicodedata.normalize("NFC", word) if tone else bare
    at = found.end(1) + _bearer(found[2], closed=bool(found[3]))
    return unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """An agreed spelling without marks."""
    return fold(word)


def _without_tone(word: str) -> tuple[str, str]:
    """The word without its tone, also when that stands on a consonant, and the tone."""
    if word.isascii():
        return word, ""
    spelt = unicodedata.normalize("NFD", word)
    tone = next((letter for letter in spelt if letter in TONES), "")
    return unicodedata.normalize("NFC", "".join(letter for letter in spelt if letter not in TONES)), tone


def _bearer(vowels: str, *, closed: bool) -> int:
    """Which of the vowels bears the tone."""
    marked = [at for at, vowel in enumerate(vowels) if vowel in _MARKED]
    if marked:
        return marked[-1]
    if closed or vowels in _SECOND:
        return len(vowels) - 1
    return 1 if len(vowels) > 2 else 0
