"""Tables that are drawn with rules: where their columns and rows lie, and which cells are one."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from content.files.pdf.drawing import Rule
from content.files.pdf.pages import Word

_NEAR = 3.0
"""So many points apart two rules may lie that are one, or touch."""

_SMALLEST = 6.0
"""Columns and rows are wider than this, in points."""

_MOST = 1_000
"""So many rules a table may have; more of them are a drawing."""

Place = tuple[int, int]


@dataclass(slots=True)
class Grid:
    """The lines of a table: ``across`` from left to right, ``down`` from top to bottom, and the rules drawn there."""

    across: list[float]
    down: list[float]
    rules: list[Rule]

    def place(self, word: Word) -> Place | None:
        """The row and column of the cell that holds a word; None outside of the table."""
        middle, height = (word.left + word.right) / 2, word.base + word.size * 0.3
        column = next((at for at, (a, b) in enumerate(pairwise(self.across)) if a <= middle <= b), None)
        row = next((at for at, (a, b) in enumerate(pairwise(self.down)) if b <= height <= a), None)
        return None if row is None or column is None else self._first(row, column)

    def _first(self, row: int, column: int) -> Place:
        """The upper left of the places that a cell takes up."""
        while column and not self._parted(column, row, upright=True):
            column -= 1
        while row and not self._parted(row, column, upright=False):
            row -= 1
        return row, column

    def _parted(self, at: int, other: int, *, upright: bool) -> bool:
        """Whether a rule is drawn between a place and the one to its left, or above it."""
        line, ends = (self.across[at], self.down) if upright else (self.down[at], self.across)
        middle = (ends[other] + ends[other + 1]) / 2
        return any(
            rule.level != upright and abs(rule.at - line) <= _NEAR and rule.start - _NEAR <= middle <= rule.end + _NEAR
            for rule in self.rules
        )


def found(rules: list[Rule]) -> list[Grid]:
    """The tables of a page, from top to bottom; frames around one cell and lines under words are none."""
    grids = [grid for group in _groups(rules) if (grid := _grid(group))]
    return sorted(grids, key=lambda grid: -grid.down[0])


def _grid(rules: list[Rule]) -> Grid | None:
    across = _merged(rule.at for rule in rules if not rule.level)
    down = _merged(rule.at for rule in rules if rule.level)[::-1]
    if len(across) < 2 or len(down) < 2 or len(across) + len(down) < 5 or len(rules) > _MOST:
        return None
    return Grid(across, down, rules)


def _merged(places: Iterable[float]) -> list[float]:
    made: list[float] = []
    for place in sorted(places):
        if not made or place - made[-1] > _SMALLEST:
            made.append(place)
    return made


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch one another, directly or through others."""
    rules = sorted({Rule(r.level, round(r.at, 1), round(r.start, 1), round(r.end, 1)) for r in rules})[: _MOST * 2]
    groups: list[list[Rule]] = []
    left = [rule for rule in rules if not rule.level]
    level = [rule for rule in rules if rule.level]
    while left:
        group = [left.pop()]
        for rule in group:
            others = level if not rule.level else left
            touching = [other for other in others if _touch(rule, other)]
            group += touching
            for other in touching:
                others.remove(other)
        groups.append(group)
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    return one.start - _NEAR <= other.at <= one.end + _NEAR and other.start - _NEAR <= one.at <= other.end + _NEAR
