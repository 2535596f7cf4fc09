"""Sort keys in the order of a Vietnamese dictionary: Đ after D, Ơ after Ô, 9 before 10.

A key is a plain string that sorts by its bytes (``COLLATE "C"`` on PostgreSQL, the default of SQLite). Letters
decide first, then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then the size of letters.
"""

import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_WEIGHTS = {letter: chr(ord("A") + at) for at, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LEVEL = "\x01"
"""Stands between letters, tones and sizes; lower than all of them, so a shorter text comes first."""


def title_key(text: str) -> str:
    """Return the key that titles and names sort by; marks of punctuation count as spaces."""
    letters: list[str] = []
    tones: list[str] = []
    sizes: list[str] = []
    for word in _words(text):
        if letters:
            letters.append(" ")
        if word.isascii() and word.isdigit():
            letters.append(_number(word))
            tones.append(str(min(len(word) - len(word.lstrip("0")), 9)))
            continue
        for letter, tone, capital in _spell(word):
            letters.append(letter)
            tones.append(tone)
            sizes.append("1" if capital else "0")
    return _LEVEL.join(("".join(letters), "".join(tones), "".join(sizes)))


def number_key(text: str) -> str:
    """Return the key that numbers of documents sort by: 9-NQ/TW before 10-NQ/TW, 09 beside 9."""
    return title_key(text)


def _words(text: str) -> list[str]:
    """Cut ``text`` at everything that is neither letter nor digit, and between letters and digits."""
    words: list[str] = []
    kind = ""
    for char in unicodedata.normalize("NFC", text):
        now = "digit" if char.isascii() and char.isdigit() else "letter" if char.isalnum() or _mark(char) else ""
        if now and now == kind:
            words[-1] += char
        elif now:
            words.append(char)
        kind = now
    return words


def _mark(char: str) -> bool:
    return unicodedata.category(char) == "Mn"


def _number(digits: str) -> str:
    """Write a number so that its bytes sort by value: how many digits, then the digits."""
    significant = digits.lstrip("0") or "0"
    size = len(significant)
    return (str(size) if size < 10 else f":{min(size, 9999):04d}") + significant


def _spell(word: str) -> list[tuple[str, str, bool]]:
    """Return (weight of the letter, tone, whether it is a capital) of each letter of ``word``."""
    spelt: list[tuple[str, str, bool]] = []
    for char in word:
        capital = char.isupper()
        tone = "0"
        base = ""
        for piece in unicodedata.normalize("NFD", char.lower()):
            if piece in _TONES:
                tone = _TONES[piece]
            else:
                base = unicodedata.normalize("NFC", base + piece)
        weight = _WEIGHTS.get(base) or _WEIGHTS.get(base[:1]) or _WEIGHTS.get(_plain(base))
        spelt.append((weight or f"~{ord(char):06x}", tone, capital))
    return spelt


def _plain(base: str) -> str:
    return unicodedata.normalize("NFD", base)[:1]
