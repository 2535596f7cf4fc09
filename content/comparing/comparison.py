"""Two editions compared: which parts stayed, changed, came, went or moved, and by how much. Takes time but no input."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Literal

from content.comparing.difference import difference
from content.comparing.matching import origins
from content.comparing.model import Change, Comparison, Counts, Kind, Run, Shift
from content.comparing.order import moved, reading_order
from content.comparing.sides import Side
from content.comparing.words import Words
from content.fragments import Pieces

UNNUMBERED = frozenset({"dash", "paragraph", "table"})
"""Kinds that nobody knows by a number: when something comes before them they are what they were."""


def compare(old: Pieces, new: Pieces) -> Comparison:
    """Compare two texts; what belongs to the file only is left out.

    100,000 characters each take less than a second: call it outside the loop.
    """
    before, after = Side(old), Side(new)
    told = _Told(before, after)
    changes = tuple(told.changes())
    counts = Counter[str](change.kind for change in changes)
    longer = max(before.count, after.count)
    differing = told.added + told.removed
    return Comparison(
        changes=changes, counts=Counts(**counts), words_added=told.added, words_removed=told.removed, words=longer,
        percent=min(100, round(100 * differing / longer)) if longer else 0,
    )  # fmt: skip


def partners(old: Pieces, new: Pieces) -> dict[str, str]:
    """For the path of each part of ``old`` that goes on in ``new`` its path there."""
    before, after = Side(old), Side(new)
    found = origins(before, after)
    return {before.parts[here].path: after.parts[there].path for there, here in found.items()}


class _Told:
    """What became of each part, told in order; meanwhile the words that came and went are counted."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.added = self.removed = 0
        self._origins = origins(old, new)
        self._moved = moved(old, new, self._origins)

    def changes(self) -> Iterator[Change]:
        for here, there in reading_order(self.old, self.new, self._origins, self._moved):
            if here is not None and there is not None:
                yield self._kept(here, there)
            elif there is not None:
                yield self._added(there)
            elif here is not None:
                yield self._removed(here)

    def _removed(self, here: int) -> Change:
        words = self.old.words[here]
        self.removed += words.count()
        return Change(
            kind="removed", shift="", part=self.old.parts[here].kind, old=self.old.place(here), new=None,
            crumbs=self.old.crumbs(here), runs=_whole("removed", words),
        )  # fmt: skip

    def _added(self, there: int) -> Change:
        words = self.new.words[there]
        self.added += words.count()
        return Change(
            kind="added", shift="", part=self.new.parts[there].kind, old=None, new=self.new.place(there),
            crumbs=self.new.crumbs(there), runs=_whole("added", words),
        )  # fmt: skip

    def _kept(self, here: int, there: int) -> Change:
        shift = self._shift(here, there)
        one, other = self.old.words[here], self.new.words[there]
        same = one.said() == other.said()
        kind: Kind = (shift or "unchanged") if same else "changed"
        runs = () if kind == "unchanged" else _whole("kept", other) if same else self._differing(one, other)
        return Change(
            kind=kind, shift=shift, part=self.new.parts[there].kind, old=self.old.place(here),
            new=self.new.place(there), crumbs=() if kind == "unchanged" else self.new.crumbs(there), runs=runs,
        )  # fmt: skip

    def _shift(self, here: int, there: int) -> Shift:
        if there in self._moved:
            return "moved"
        one, other = self.old.parts[here], self.new.parts[there]
        numbered = one.kind not in UNNUMBERED or other.kind not in UNNUMBERED
        return "renumbered" if numbered and one.label.lower() != other.label.lower() else ""

    def _differing(self, one: Words, other: Words) -> tuple[Run, ...]:
        runs: list[Run] = []
        blocks = difference(one.keys, other.keys)
        end = (len(one.keys), len(one.keys), len(other.keys), len(other.keys))
        here = there = 0
        for a, b, c, d in chain(blocks, [end]):
            self.removed += one.count(a, b)
            self.added += other.count(c, d)
            runs.append(Run("kept", other.text(there, c, after=here > 0)))
            runs.append(Run("removed", one.text(a, b)))
            runs.append(Run("added", other.text(c, d, after=b > 0)))
            here, there = b, d
        return tuple(run for run in runs if run.text)


def _whole(kind: Literal["kept", "removed", "added"], words: Words) -> tuple[Run, ...]:
    text = words.text()
    return (Run(kind, text),) if text else ()
