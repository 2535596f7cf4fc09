"""The text of a part as a row of words and signs, each with what stands before it, and how two of them are compared."""

import html
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from content import markup
from content.folding import agreed
from content.structure import Part

_PIECE = re.compile(r"(\s*)((\w+(?:[^\w\s]+\w+)*)|([^\w\s])\4*)")
"""A word with the signs inside it (57-NQ/TW, 1.250, 15/4/2026), or one sign, or a row of the same sign."""

_NOTE = re.compile(r"\[\^\w{1,12}\]:?")
_TABLE = re.compile(r"<table\b.*?</table\s*>", re.I | re.S)
_ROW_END = re.compile(r"\s*(?:</tr\s*>|</caption\s*>)\s*", re.I)
_CELL_END = re.compile(r"\s*</t[hd]\s*>\s*(?=<t[hd]\b)", re.I)
_TAG = re.compile(r"<[^<>]{0,300}>")

_ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
"""Signs that are printed in several ways and mean the same."""

_ENDS = frozenset({".", ";", ",", "/"})
"""Signs that end a part: they change when another is put behind it or taken away, and say nothing by themselves."""


class Words:
    """Words and signs; ``keys`` are what they are compared by, ``leads`` the blank or line break before each."""

    __slots__ = ("keys", "leads", "texts")

    def __init__(self, lines: Sequence[str] = ()) -> None:
        self.texts: list[str] = []
        self.leads: list[str] = []
        self.keys: list[str] = []
        for line in lines:
            self._add(line)

    def _add(self, line: str) -> None:
        first = len(self.texts)
        for blank, text, word, _ in _PIECE.findall(line):
            self.texts.append(text)
            self.leads.append(" " if blank else "")
            self.keys.append(_spelt(word) if word else _sign(text))
        if len(self.texts) > first:
            self.leads[first] = "\n" if first else ""

    def count(self, begin: int = 0, end: int | None = None) -> int:
        """How many words there are between two places; signs are not counted."""
        return sum(text[0].isalnum() for text in self.texts[begin:end])

    def text(self, begin: int = 0, end: int | None = None, *, after: bool = False) -> str:
        """The text between two places with what stands before its first word; ``after`` other words, a blank does."""
        text = "".join(chain.from_iterable(zip(self.leads[begin:end], self.texts[begin:end], strict=True)))
        return f" {text}" if after and text and not begin else text

    def said(self) -> tuple[str, ...]:
        """What is said, by which two texts are the same: without the sign at the end."""
        end = len(self.keys)
        while end and self.keys[end - 1] in _ENDS:
            end -= 1
        return tuple(self.keys[:end])


def words_of(part: Part) -> Words:
    """The words of a part's heading and of its own body; its number is no part of them."""
    return Words([markup.plain(part.heading), *_lines(part.body)])


def _lines(body: str) -> Iterator[str]:
    """The lines of a body as they are read: no marks of emphasis or notes, the cells of a row parted by bars."""
    if "<table" in body.lower():
        body = _TABLE.sub(_rows, body)
    is_ruled = False
    for line in body.split("\n"):
        line = _NOTE.sub("", line).strip().lstrip("> ")  # noqa: PLW2901 - it is being cleaned
        cells = markup.cells(line) if line.startswith("|") else []
        if not cells:
            yield markup.plain(line)
        elif is_ruled or not markup.is_rule(cells):
            yield " | ".join(map(markup.plain, cells))
        is_ruled = bool(cells) and (is_ruled or markup.is_rule(cells))


def _rows(table: re.Match[str]) -> str:
    parted = _ROW_END.sub("\n", _CELL_END.sub(" | ", " ".join(table[0].split())))
    return html.unescape(_TAG.sub(" ", parted))


@lru_cache(maxsize=50_000)
def _spelt(word: str) -> str:
    """The word with its tone where it is agreed to stand: ``hòa`` is hoà, ``Hòa`` another word."""
    small = word.lower()
    if not word.isalpha() or word not in (small, word.upper(), word.capitalize()):
        return word
    same = agreed(small)
    return same if word == small else same.capitalize() if word == word.capitalize() else same.upper()


@lru_cache(maxsize=1_000)
def _sign(text: str) -> str:
    sign = text.translate(_ALIKE)
    return "…" if (sign[0] in ".…" and len(sign) > 1) or sign == "…" else sign[0]
