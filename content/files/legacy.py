"""Vietnamese as written before Unicode: TCVN3 (ABC, the fonts .Vn…) and VNI, told by the font or by the letters."""

import re
import unicodedata
from collections.abc import Iterable

from content.outcomes import Refusal, Told

_TCVN3 = dict(zip(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    strict=True,
))  # fmt: skip
_VNI_ALONE = dict(zip("ñÑôÔöÖíìæóòîÍÌÆÓÒÎ", "đĐơƠưƯíìỉĩịỵÍÌỈĨỊỴ", strict=True))
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_ROOF, _BREVE = "\u0302", "\u0306"
_VNI_AFTER = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT, "â": _ROOF, "ê": _BREVE,
    "á": _ROOF + _ACUTE, "à": _ROOF + _GRAVE, "å": _ROOF + _HOOK, "ã": _ROOF + _TILDE, "ä": _ROOF + _DOT,
    "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE, "ë": _BREVE + _DOT,
}  # fmt: skip
"""In VNI a letter stands alone, or a vowel is followed by the sign for its marks."""

_VNI = re.compile(rf"[aeouyôöAEOUYÔÖ][{''.join(_VNI_AFTER)}{''.join(_VNI_AFTER).upper()}]|[{''.join(_VNI_ALONE)}]")
_OLD_FONT = re.compile(r"[._]?Vn[A-Z]|VNI[- ]")
_CAPITALS = re.compile(r"[._]?Vn\w*?H(?![a-z])")
_OWN = re.compile("[ăđơưĂĐƠƯĩũĨŨ\u1ea0-\u1ef9]")
"""Letters that only a Vietnamese text in Unicode has."""

_HIGH = re.compile("[\u00a1-\u00ff]")
_TOKEN = re.compile("[A-Za-z\u00a1-\u00ff]+")
_VOWELS = "aăâeêioôơuưy"
_SYLLABLE = re.compile(
    rf"(?:ngh|ng|nh|gh|gi|kh|th|tr|ch|ph|qu|[bcdđghklmnpqrstvx])?[{_VOWELS}]{{1,3}}(?:ng|nh|ch|[cmnptiuyo])?"
)
_TONES = frozenset({_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT})
_SUSPECT = 0.03
_SURE = 0.95
_LIKELY = 0.75
_FEWEST = 12
"""The part of high letters that makes a text suspect; the parts of well-formed syllables that make a reading sure, or
likely enough to be refused; how many marked words there must be to tell."""

_TELLING = 300
"""A text of so many marked words in TCVN3 has the letter ư, which programs take for a hyphen to be dropped."""


def mended(text: str) -> str:
    """``text``, in Unicode if it was not; raises Refusal when it is likely, but not sure, to be in an old encoding.

    Text that has letters which only Unicode has is returned as it is.
    """
    letters = sum(map(str.isalpha, text))
    high = len(_HIGH.findall(text))
    if not letters or high < _SUSPECT * letters or len(_OWN.findall(text)) > 0.02 * high:
        return text
    marked = [word for word in _TOKEN.findall(text) if _HIGH.search(word)]
    if len(marked) < _FEWEST:
        return text
    shares = {name: _well_formed(text, name) for name in ("TCVN3", "VNI")}
    name = max(shares, key=lambda each: shares[each])
    if shares[name] < _LIKELY:
        return text
    lacking = name == "TCVN3" and len(marked) > _TELLING and "\xad" not in text
    if shares[name] < _SURE or lacking:
        raise Refusal(Told("content-file-old-letters", {"encoding": name}))
    return _READ[name](text)


def is_old(font: str) -> bool:
    """Whether a font's name says that its letters are in an old encoding."""
    return bool(_OLD_FONT.match(font))


def of_fonts(words: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Of the old fonts in pairs of words and fonts, those whose words are not in Unicode after all."""
    told = list(words)
    mapped = {font for text, font in told if _OWN.search(text)}
    return frozenset(font for _, font in told if is_old(font) and font not in mapped)


def of_font(text: str, font: str) -> str:
    """Words printed in an old font as Unicode."""
    if font.lower().startswith("vni"):
        return _from_vni(text)
    made = _from_tcvn3(text)
    return made.upper() if _CAPITALS.match(font) else made


def _from_tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def _from_vni(text: str) -> str:
    return _VNI.sub(_vni_letter, text)


def _vni_letter(match: re.Match[str]) -> str:
    letter, sign = match[0][0], match[0][1:].lower()
    return unicodedata.normalize("NFC", _VNI_ALONE.get(letter, letter) + _VNI_AFTER.get(sign, ""))


_READ = {"TCVN3": _from_tcvn3, "VNI": _from_vni}


def _well_formed(text: str, name: str) -> float:
    """How many of the words with marks are Vietnamese syllables when they are read so."""
    words = [word for word in _TOKEN.findall(text) if _HIGH.search(word)]
    good = sum(_is_syllable(_READ[name](word)) for word in words)
    return good / max(len(words), 1)


def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in apart if mark in _TONES]
    plain = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
    return len(tones) <= 1 and bool(_SYLLABLE.fullmatch(plain))
