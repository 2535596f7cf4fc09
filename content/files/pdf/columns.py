"""Lines beside each other without rules: the two halves of a head or an end, tables that are only aligned."""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from content.files.pdf.lines import Line, Piece

_RECIPIENTS = re.compile(r"\W*Nơi\s+nhận\s*:?", re.I)
_LEADER = re.compile(r"(?:[.…] ?){4,}")
"""Dots that lead to the number of a page: each line of a list of contents stands by itself."""

_GUTTER = 8.0
"""The least width of the white strip between two columns, in points."""

_PITCH = 2.2
"""Lines of one column stand no further apart than so many times the size of their letters."""

_BESIDE = 0.95
"""So many times the size of its letters a line begins below another that it stands beside."""

_PROSE = 6
_FULL = 0.6
_WIDER = 1.3
"""A column of so many lines, of which this part is full, is running text; rows of a table stand further apart, so many
times as far as lines."""

_ALIGNED = 8.0
"""Cells of one column begin, end or are centred within so many points."""

_CENTRED = 0.04
"""The middle of a line in a column strays no further than this part of the width of the page."""


def bands(lines: list[Line], width: float) -> Iterator[list[Line]]:
    """Lines one by one, and those that stand in columns together, each once and in order."""
    at = 0
    while at < len(lines):
        opening = _opening(lines[at : at + 2])
        end = _band(lines, at, opening, width) if len(opening) > 1 else at
        if end - at > 1:
            yield lines[at:end]
            at = end
        else:
            yield [lines[at]]
            at += 1


def are_recipients(piece: Piece) -> bool:
    """Whether a line announces to whom the document is sent."""
    return bool(_RECIPIENTS.match(piece.text))


def halves(band: list[Line]) -> tuple[list[Piece], list[Piece]] | None:
    """The lines left and right of the white strip that goes through a band; None when there is no such strip."""
    gutter = _gutter(band)
    if gutter is None:
        return None
    left = [piece for line in band for piece in line if piece.right <= gutter[0] + 1]
    right = [piece for line in band for piece in line if piece.left >= gutter[1] - 1]
    return left, right


def running(band: list[Line]) -> list[list[Piece]] | None:
    """The columns of a text that runs on from one to the next; None for a head, an end or a table."""
    made = _parted(band)
    if len(made) < 2 or max(map(len, made)) < _PROSE or not all(map(_runs, made)):
        return None
    return None if _has_rows(made) else made


def _parted(band: list[Line]) -> list[list[Piece]]:
    sides = halves(band) if max(map(len, band), default=0) > 1 else None
    if sides is None or not all(sides):
        return [[piece for line in band for piece in line]]
    held = [{id(piece) for piece in side} for side in sides]
    parts = [[[piece for piece in line if id(piece) in own] for line in band] for own in held]
    return [column for part in parts for column in _parted([line for line in part if line])]


def _runs(column: list[Piece]) -> bool:
    """Whether most lines of a column end only because no further word would have fitted."""
    if sum(bool(_LEADER.search(piece.text)) for piece in column) > 1:
        return False
    right = max(piece.right for piece in column)
    full = sum(before.right + _first_width(after) > right for before, after in pairwise(column))
    return len(column) > 1 and full >= _FULL * (len(column) - 1)


def _first_width(piece: Piece) -> float:
    first = piece.words[0]
    return first.right - first.left + 0.5 * first.size


def _has_rows(made: list[list[Piece]]) -> bool:
    """Whether all columns leave the same white strips between lines, as the rows of a table do."""
    strips = [
        {round(b.base) for a, b in pairwise(column) if a.base - b.base > _WIDER * _usual(column)} for column in made
    ]
    return len(set.intersection(*strips)) > 1


def _usual(column: list[Piece]) -> float:
    return median(a.base - b.base for a, b in pairwise(column))


def columns(band: list[Line]) -> list[list[list[Piece]]] | None:
    """The rows of an aligned table, each with its cells; None when cells do not stand under one another."""
    rows = [line for line in band if len(line) > 1]
    width = max(map(len, rows), default=0)
    full = [line for line in rows if len(line) == width]
    if len(full) < 2 or len(full) < 0.5 * len(band):
        return None
    edges = [[line[at] for line in full] for at in range(width)]
    if not all(_are_aligned(column) for column in edges):
        return None
    return _rows(band, full[0], width)


def _rows(band: list[Line], model: Line, width: int) -> list[list[list[Piece]]] | None:
    made: list[list[list[Piece]]] = []
    for line in band:
        cells: list[list[Piece]] = [[] for _ in range(width)]
        for piece in line:
            at = min(range(width), key=lambda at: _apart(piece, model[at]))
            cells[at].append(piece)
        goes_on = made and not cells[0] and len(line) < width
        if goes_on:
            made[-1] = [[*cell, *more] for cell, more in zip(made[-1], cells, strict=True)]
        else:
            made.append(cells)
    return made


def _apart(piece: Piece, other: Piece) -> float:
    overlap = min(piece.right, other.right) - max(piece.left, other.left)
    return -overlap if overlap > 0 else min(abs(piece.left - other.left), abs(piece.middle - other.middle))


def _are_aligned(pieces: list[Piece]) -> bool:
    return any(
        max(places) - min(places) <= _ALIGNED
        for places in ([p.left for p in pieces], [p.right for p in pieces], [p.middle for p in pieces])
    )


def _opening(lines: list[Line]) -> Line:
    """What opens two columns: a line of both, or two lines of which the lower begins beside the upper."""
    first, *others = lines
    if len(first) > 1 or not others or first[0].base - others[0][0].base > _BESIDE * first[0].size:
        return first
    both = sorted([*first, *others[0]], key=lambda piece: piece.left)
    return both if all(b.left - a.right >= _GUTTER for a, b in pairwise(both)) else first


def _band(lines: list[Line], at: int, opening: Line, width: float) -> int:
    """Where the band that begins with the line ``at`` ends: the line after its last."""
    gutter = _between(opening)
    tail, seen = are_recipients(lines[at][0]), list(opening)
    end = at + 1
    while end < len(lines) and gutter is not None:
        narrowed = _narrowed(gutter, lines[end])
        near = lines[end - 1][0].base - lines[end][0].base <= _PITCH * lines[end][0].size
        if narrowed is None or not (near or len(lines[end]) > 1 or tail):
            break
        if len(lines[end]) == 1 and not tail and not _stands_in_column(lines[end][0], seen, gutter, width):
            break
        gutter = narrowed
        seen += lines[end]
        tail = tail or are_recipients(lines[end][0])
        end += 1
    return end


def _between(line: Line) -> tuple[float, float] | None:
    """The widest white strip of a line."""
    gaps = [(a.right, b.left) for a, b in pairwise(line)]
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def _narrowed(gutter: tuple[float, float], line: Line) -> tuple[float, float] | None:
    """What is left of a white strip beside a line; None when the line crosses it."""
    start, end = gutter
    for piece in line:
        if piece.right <= end - _GUTTER and piece.middle < (start + end) / 2:
            start = max(start, piece.right)
        elif piece.left >= start + _GUTTER:
            end = min(end, piece.left)
        else:
            return None
    return (start, end) if end - start >= _GUTTER else None


def _gutter(band: list[Line]) -> tuple[float, float] | None:
    gutter = _between(_opening(band[:2]))
    for line in band:
        gutter = None if gutter is None else _narrowed(gutter, line)
    return gutter


def _stands_in_column(piece: Piece, seen: Line, gutter: tuple[float, float], width: float) -> bool:
    """Whether a line alone is centred under, or begins with, words that stand in its column."""
    middle = (gutter[0] + gutter[1]) / 2
    column = [each for each in seen if (each.middle < middle) == (piece.middle < middle)]
    return any(
        abs(piece.middle - each.middle) <= _CENTRED * width or abs(piece.left - each.left) <= _ALIGNED / 4
        for each in column
    )
