"""Footnotes: small lines at the foot of a page that begin with a mark, and the marks in the text."""

import re
from dataclasses import dataclass, field

from content.files.pdf.lines import Line, Piece
from content.files.pdf.pages import Page

_MARK = re.compile(r"\(?(\d{1,3}|\*{1,3})\)?(?=\D|$)")
_LOWER = 0.4
_RULE = 0.45
"""Parts of a page: how far from the top notes may begin, and how long the rule above them may be."""

_SMALLER = 1.0
"""Notes are printed so many points smaller than the text, where no rule parts them from it."""


@dataclass(slots=True)
class Note:
    """A note under its mark, counted through the document."""

    mark: str
    pieces: list[Piece]


@dataclass(slots=True)
class Notes:
    """The notes of all pages read so far."""

    size: float
    found: list[Note] = field(default_factory=list)

    def take(self, lines: list[Line], page: Page) -> list[Line]:
        """The lines of a page without its notes; their marks in the text are replaced."""
        at = self._start(lines, page)
        if at == len(lines):
            return lines
        marks: dict[str, str] = {}
        for line in lines[at:]:
            self._add(line, marks)
        return [[_marked(piece, marks) for piece in line] for line in lines[:at]]

    def _start(self, lines: list[Line], page: Page) -> int:
        """Which line the notes of a page begin with; their number when it has none."""
        ruled = [
            rule.at for rule in page.rules
            if rule.level and rule.end - rule.start < _RULE * (page.right - page.left) and _is_low(rule.at, page)
        ]  # fmt: skip
        for at, line in enumerate(lines):
            below = lines[at:]
            if not _is_low(line[0].base, page) or not _MARK.match(line[0].text):
                continue
            if max(piece.size for each in below for piece in each) <= self.size - _SMALLER:
                return at
            parted = any(line[0].base < height for height in ruled) and at > 0
            if parted and all(lines[at - 1][0].base > height > line[0].base for height in ruled[-1:]):
                return at
        return len(lines)

    def _add(self, line: Line, marks: dict[str, str]) -> None:
        piece = Piece([word for each in line for word in each.words])
        match = _MARK.match(piece.text)
        follows = match and (not marks or (match[1].isdigit() and _risen(piece)) or _is_next(match[1], marks))
        if not match or not follows or match[1] in marks:
            if self.found:
                self.found[-1].pieces.append(piece)
            return
        used = {note.mark for note in self.found}
        mark = match[1] if match[1].isdigit() and match[1] not in used else str(len(self.found) + 1)
        while mark in used:
            mark = str(int(mark) + 1)
        marks[match[1]] = mark
        rest = _without_mark(piece, match[0])
        self.found.append(Note(mark, [rest] if rest.words else []))


def _is_low(height: float, page: Page) -> bool:
    return page.top - height > _LOWER * (page.top - page.bottom)


def _is_next(mark: str, marks: dict[str, str]) -> bool:
    last = list(marks)[-1]
    return mark.isdigit() and last.isdigit() and int(mark) == int(last) + 1


def _risen(piece: Piece) -> bool:
    return len(piece.words) > 1 and piece.words[0].size < piece.size


def _without_mark(piece: Piece, mark: str) -> Piece:
    first, *others = piece.words
    rest = first.text.removeprefix(mark).lstrip(" .")
    return Piece([first._replace(text=rest), *others] if rest else others)


def _marked(piece: Piece, marks: dict[str, str]) -> Piece:
    size = piece.size
    return Piece([
        word._replace(note=f"[^{marks[key]}]")
        if (key := word.text.strip("()[]")) in marks and word.size < size and word.base > piece.base
        else word
        for word in piece.words
    ])  # fmt: skip
