"""The few words around what was found, with what was asked for marked."""

from bisect import bisect_right
from itertools import islice
from typing import Any

from content.folding import WORD, agreed, folded
from content.search.asking import Asked
from content.search.engine import Snippet

BEFORE, LENGTH, LITTLE = 40, 240, 80
"""How many characters are shown before the best passage, and in all; a part of fewer is shown with what follows it."""


def cut(text: str, asked: Asked, *, word: int, starts: list[int], firsts: list[int]) -> tuple[int, Snippet]:
    """The part that holds the ``word``-th word of the text, and a snippet of it; parts begin at these places and words.

    A snippet begins and ends between words, and with its part unless that is no more than a heading.
    """
    part = max(0, bisect_right(firsts, word) - 1)
    begin = starts[part] if starts else 0
    found = next(islice(WORD.finditer(text, begin), word - firsts[part] if firsts else 0, None), None)
    at = found.start() if found else begin
    end = next((start for start in starts[part + 1 :] if start - begin > LITTLE), len(text))
    from_, to = _between_words(text, max(begin, at - BEFORE), begin, end)
    shown = text[from_:to].strip()
    opened, closed = "… " if from_ > begin else "", " …" if to < end else ""
    return part, marked(f"{opened}{' '.join(shown.split())}{closed}", asked)


def marked(text: str, asked: Asked) -> Snippet:
    """The text with the query's words marked, neighbours as one; a word typed with marks is met by no other."""
    wanted = wanted_words(asked)
    marks: list[tuple[int, int]] = []
    for match in WORD.finditer(text):
        if not wanted(match[0].lower()):
            continue
        if marks and text[marks[-1][1] : match.start()] == " ":
            marks[-1] = (marks[-1][0], match.end())
        else:
            marks.append(match.span())
    return Snippet(text, _telling(text, marks))


def _telling(text: str, marks: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The marks without lone words that also stand in a longer mark: beside the phrase a syllable says nothing."""
    found = [text[slice(*mark)].lower() for mark in marks]
    longer = {word for words in found if " " in words for word in words.split(" ")}
    return tuple(mark for mark, words in zip(marks, found, strict=True) if words not in longer)


def wanted_words(asked: Asked) -> Any:
    """A function that tells whether a small word of a text is one that was asked for."""
    exact = frozenset(asked.words)
    loose = frozenset(plain for word, plain in zip(asked.words, asked.folded, strict=True) if word == plain)

    def wanted(word: str) -> bool:
        spelt = agreed(word)
        return spelt in exact or folded(spelt) in loose

    return wanted


def _between_words(text: str, at: int, begin: int, end: int) -> tuple[int, int]:
    if at > begin:
        space = text.find(" ", at - 1, end)
        at = space + 1 if space >= 0 else at
    to = min(end, at + LENGTH)
    if to < end:
        space = text.rfind(" ", at, to)
        to = space if space > at else to
    return at, to
