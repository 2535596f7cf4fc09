"""Single words spelt so that a machine should not notice: ``l0n``, ``l*n``, ``đ ị t``, ``n.g.u``."""

import re
from collections.abc import Iterator, Mapping

from backend.discussion.screening.entries import Entry, Hit
from backend.discussion.screening.preparing import Prepared, Word, spelt
from content.folding import folded

_SIGNS = str.maketrans("013457@$!", "oieastasi")
_MIXED = re.compile(r"[\w@$!*]+")
_IS_MIXED = re.compile(r"[\d@$!*](?:[^\W\d_]|(?<=[^\W\d_].))")
_LONGEST = 24

_GAP = re.compile(r"[ .\-_*/|~+,·]{1,3}")
_COUNTED = re.compile(r"\d ?$")
"""A number before a letter: 500.000 đ/m2 is a price."""

_MOST_LETTERS = 8
"""As long as single letters are taken together; no word of a list that is one syllable is longer."""


def disguised(text: Prepared, alone: Mapping[str, Entry], disguises: Mapping[str, Entry]) -> Iterator[Hit]:
    """Where a word stands in disguise: words ``alone`` by their spelling, ``disguises`` by folded and masked ones."""
    for found in _MIXED.finditer(text.folded) if _IS_MIXED.search(text.folded) else ():
        seen = found[0]
        if len(seen) <= _LONGEST and not seen.isalpha() and (entry := disguises.get(_unmasked(seen))):
            yield Hit(entry, found.start(), found.end())
    for start, end, letters in _pulled_apart(text):
        if entry := alone.get(spelt(letters)):
            yield Hit(entry, start, end)


def masked(word: str) -> str:
    """How a word without marks looks behind a star: ``l*n``. The word itself when it is too short for one."""
    return f"{word[0]}*{word[-1]}" if len(word) > 2 else word


def _unmasked(seen: str) -> str:
    """Signs read as letters, several stars as one; nothing for numbers and what is no word in disguise."""
    if not any(map(str.isalpha, seen)):
        return ""
    read = re.sub(r"\*+", "*", seen) if "*" in seen else folded(spelt(seen.translate(_SIGNS)))
    return read if len(read) > 2 else ""  # d1 and c5 are rooms, points, names of files


def _pulled_apart(text: Prepared) -> Iterator[tuple[int, int, str]]:
    """Letters that stand alone, taken together in every way, and one that stands alone beside a word."""
    words = text.words
    for at in sorted({*text.alone, *(place - 1 for place in text.alone if place)}):
        letters = words[at].marked
        for end in range(at + 1, min(len(words), at + _MOST_LETTERS)):
            if not _is_near(text, words[end - 1], words[end]):
                break
            letters += words[end].marked
            if _is_word(letters) and not _COUNTED.search(text.plain, max(0, words[at].start - 2), words[at].start):
                yield words[at].start, words[end].end, letters
            if not (words[end - 1].is_alone and words[end].is_alone):
                break


def _is_word(letters: str) -> bool:
    """Two letters are more often initials; but none begin with đ."""
    return len(letters) > 2 or letters[0] == "đ"


def _is_near(text: Prepared, one: Word, other: Word) -> bool:
    """Whether two words may be one that was pulled apart."""
    return other.start - one.end <= 3 and _GAP.fullmatch(text.plain, one.end, other.start) is not None
