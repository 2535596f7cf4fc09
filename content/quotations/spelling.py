"""A quotation's letters beside their plain forms, one to one, so that what is found in one is cut from the other."""

import unicodedata
from functools import lru_cache

from content.structure import normalise

_DASHES = "‐‑‒–—―−－"
_SLASHES = "∕⁄／"


class Spelt:
    """``text`` composed and without stray marks; ``flat`` as long, in small ASCII letters without marks."""

    def __init__(self, text: str) -> None:
        self.text = "".join(letter for letter in normalise(text) if unicodedata.category(letter) != "Mn")
        self.flat = flattened(self.text)

    def blank(self, start: int, end: int) -> None:
        """Blank what was understood, so that it is not read again as something else."""
        self.flat = f"{self.flat[:start]}{' ' * (end - start)}{self.flat[end:]}"


def flattened(text: str) -> str:
    """Composed text in small ASCII letters without marks, character for character."""
    return "".join(map(_plain, text))


@lru_cache(maxsize=4_000)
def _plain(letter: str) -> str:
    """One ASCII character; a letter that has none becomes one that is part of no word."""
    if letter in _DASHES:
        return "-"
    if letter in _SLASHES:
        return "/"
    if letter.isspace():
        return " "
    plain = unicodedata.normalize("NFD", letter.lower())[:1].replace("đ", "d").replace("ð", "d")
    if plain.isascii() and plain.isprintable():
        return plain
    return "\x7f" if letter.isalnum() else " "
