"""Words beside each other make a line; a wide gap in a line parts it into pieces."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.files.dress import Span
from content.files.pdf.pages import Word

GAP = 1.6
"""So many times the size of the letters a gap measures that no space between words does, even in a justified line."""

_SPACE = 0.12
_SAME = 0.3
_RISEN = 0.85
"""Parts of the size of the letters: the smallest gap that is a space, the largest difference of height in one line, and
the size of raised letters."""


@dataclass(slots=True)
class Piece:
    """Words of a line with no wide gap between them."""

    words: list[Word]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def base(self) -> float:
        return self._main.base

    @property
    def size(self) -> float:
        return self._main.size

    @property
    def text(self) -> str:
        """The words as they are printed."""
        return "".join(space + word.text for word, space in _spaced(self.words))

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def moved(self, away: float) -> "Piece":
        """The same so many points further to the left."""
        return Piece([word._replace(left=word.left - away, right=word.right - away) for word in self.words])

    @property
    def _main(self) -> Word:
        return max(self.words, key=lambda word: (word.size, len(word.text)))

    def spans(self) -> list[Span]:
        """The words with what stands out; raised and lowered ones as such."""
        base, size = self.base, self.size
        made = []
        for word, space in _spaced(self.words):
            if word.note:
                made.append(Span(word.note, ready=True))
                continue
            away = word.base - base if word.size <= size * _RISEN else 0.0
            rise = "sup" if away > size * 0.1 else "sub" if away < -size * 0.05 else ""
            made.append(Span(space + word.text, word.bold, rise))
        return made


Line = list[Piece]
"""Pieces beside each other, from left to right."""


def gathered(words: Iterable[Word]) -> list[Line]:
    """Words as lines from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.base):
        row = rows[-1] if rows else []
        if row and abs(row[0].base - word.base) <= _SAME * min(_tallest(row), word.size):
            row.append(word)
        else:
            rows.append([word])
    return [pieces for row in _with_risen(rows) if (pieces := _pieces(row))]


def _tallest(row: list[Word]) -> float:
    return max(word.size for word in row[-3:])


def _with_risen(rows: list[list[Word]]) -> list[list[Word]]:
    """Rows of raised or lowered letters go into the line that they belong to."""
    made: list[list[Word]] = []
    for row in rows:
        before = made[-1] if made else []
        if before and _joins(row, before):
            before += row
        elif before and _joins(before, row):
            made[-1] = before + row
        else:
            made.append(row)
    return made


def _joins(small: list[Word], row: list[Word]) -> bool:
    """Whether all of ``small`` is small letters that touch words of a line of larger ones, a little higher or lower."""
    main = max(row, key=lambda word: word.size)
    away = abs(small[0].base - main.base)
    if away > main.size * 0.6 or any(word.size > main.size * _RISEN for word in small):
        return False
    near = main.size * 0.35
    edges = [(each.left, each.right) for each in row]
    return all(
        any(abs(right - word.left) <= near or abs(word.right - left) <= near for left, right in edges) for word in small
    )


def _pieces(row: list[Word]) -> Line:
    pieces: Line = []
    for word in sorted(row, key=lambda word: word.left):
        if not pieces:
            pieces.append(Piece([word]))
            continue
        last = pieces[-1].words[-1]
        if word.text == last.text and abs(word.left - last.left) < 0.15 * word.size:
            continue  # drawn twice to look bold
        if word.left - pieces[-1].right > GAP * max(word.size, last.size):
            pieces.append(Piece([word]))
        else:
            pieces[-1].words.append(word)
    return pieces


def _spaced(words: list[Word]) -> Iterator[tuple[Word, str]]:
    """Words, each with the space before it: a tab for a wide one."""
    before = None
    for word in words:
        gap = 0.0 if before is None else word.left - before.right
        if before is None:
            yield word, ""
        elif gap > GAP * max(word.size, before.size):
            yield word, "\t"
        else:
            yield word, " " if word.spaced or gap > _SPACE * min(word.size, before.size) else ""
        before = word
