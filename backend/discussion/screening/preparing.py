"""A text made ready for the rules: what a person reads in it, however it was typed, and where each piece stands."""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from backend.discussion.screening.lookalikes import MARKS, read
from backend.discussion.screening.model import Span
from content.folding import agreed, fold

LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
"""Letters that only Vietnamese words with marks have."""

_ODD = re.compile(f"[^\\t\\n\\r -~{LETTERS}{LETTERS.upper()}–—…“”‘’«»°²³•]")
"""Whatever must be looked at letter by letter; an ordinary text has none of it."""

_BARE = str.maketrans({letter: fold(letter) for letter in LETTERS})
_MARKED = re.compile(f"[{LETTERS}]")
WORD = re.compile(r"[^\W\d_]+")
_STRETCHED = re.compile(r"(.)\1{2,}|(.)\2+$")
"""A letter three times or more, or again at the end of a word."""

SPOKEN = {
    "khong": "0", "mot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5", "sau": "6",
    "bay": "7", "tam": "8", "chin": "9",
}  # fmt: skip
"""Digits in words, without marks."""

_NUMBERED = re.compile(r"\d(?:[ .\-–—()_·]{0,3}\d){5}|\d[oil]|[oil]\d")
_SPOKEN = frozenset({*SPOKEN, "không", "một", "bốn", "tư", "năm", "sáu", "bảy", "tám", "chín"})
LEAST_SPOKEN = 9
"""So many words for digits in a row are a number that was spelt out; fewer are ordinary words."""

LONGEST_WORD = 24

FEW_MARKED = 0.15
"""A text is written without marks when it has fewer marked letters than this for each word; real ones have one."""


class Word(Struct, frozen=True):
    """A run of letters in the plain text, and how it is spelt in the one agreed way."""

    marked: str
    start: int
    end: int

    @property
    def is_alone(self) -> bool:
        """Whether it is a single letter."""
        return self.end - self.start == 1


class Prepared(Struct, frozen=True):
    """A text as the rules read it.

    ``plain``: small composed letters without ornament, one or more for a character of the text; ``folded``: the same
    without marks, of the same length; ``places``: where in the text each character of ``plain`` stands, None when it
    is the same place. ``bare``: written without marks, as on old phones.

    So that most rules need not look at most texts: ``known`` are the words by their spelling, ``alone`` the places in
    ``words`` of single letters, ``numbered`` says whether anything stands there that may be a number of six digits.
    """

    text: str
    plain: str
    folded: str
    places: tuple[int, ...] | None
    words: tuple[Word, ...]
    bare: bool
    known: frozenset[str]
    alone: tuple[int, ...]
    numbered: bool

    def span(self, start: int, end: int) -> Span:
        """A stretch of ``plain`` as it stands in the text, with the ornament that belongs to its last letter."""
        if self.places is None:
            return start, end
        after = self.places[end] if end < len(self.places) else len(self.text)
        last = self.places[end - 1] + 1
        while last < after and read(self.text[last]) == "":
            last += 1
        return self.places[start], last


def prepare(text: str) -> Prepared:
    """Make a text of any length and any characters ready; takes time in proportion to its length."""
    plain, places = (text.lower(), None) if not _ODD.search(text) else _read(text)
    words = tuple([Word(spelt(found[0]), *found.span()) for found in WORD.finditer(plain)])
    known = frozenset([word.marked for word in words])
    alone = tuple([at for at, word in enumerate(words) if word.end - word.start == 1])
    bare, folded = _is_bare(plain, len(words)), plain.translate(_BARE)
    numbered = bool(_NUMBERED.search(folded)) or _is_spoken(words, known)
    return Prepared(text, plain, folded, places, words, bare, known, alone, numbered)


def spelt(word: str) -> str:
    """A word in the agreed spelling, with letters that were drawn out taken once: ``nguuu`` is ngu.

    Of a word longer than any real one the beginning is taken, so that what is remembered stays small.
    """
    return _spelt(word if len(word) <= LONGEST_WORD else _short(word)[:LONGEST_WORD])


@lru_cache(maxsize=50_000)
def _spelt(word: str) -> str:
    return agreed(_undrawn(_short(word)))


def _short(word: str) -> str:
    if word.count(word[0]) == len(word):
        return word[:2]
    return _STRETCHED.sub(lambda found: found[1] or found[2], word)


def _undrawn(word: str) -> str:
    """A marked vowel that goes on without its mark: ``chóoo``."""
    bare = word.translate(_BARE)
    if len(word) < 4 or bare[-1] != bare[-2] or word[-1] == word[-2]:
        return word
    end = len(word)
    while end > 1 and bare[end - 2] == bare[-1]:
        end -= 1
    return word[:end] if word[end:] == bare[end:] else word


def _is_spoken(words: tuple[Word, ...], known: frozenset[str]) -> bool:
    """Whether so many digits stand in words, one behind the other, as a number has."""
    said = known & _SPOKEN
    row = 0
    for word in words if said else ():
        row = row + 1 if word.marked in said else 0
        if row == LEAST_SPOKEN:
            return True
    return False


def _is_bare(plain: str, words: int) -> bool:
    return words > 1 and len(_MARKED.findall(plain)) < FEW_MARKED * words


def _read(text: str) -> tuple[str, tuple[int, ...]]:
    plain: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter in MARKS:
            if plain:
                plain[-1] = _joined(plain[-1], letter)
            continue
        for each in read(letter):
            plain.append(each)
            places.append(place)
    return "".join(plain), tuple(places)


@lru_cache(maxsize=5_000)
def _joined(letter: str, mark: str) -> str:
    """The letter with its mark, where there is such a letter; a mark that nobody writes there is ornament."""
    made = unicodedata.normalize("NFC", letter + mark)
    return made if len(made) == 1 else letter
