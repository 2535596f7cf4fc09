"""The tree of organisations through time: who stood above whom on a day, and what became of whom.

Pure and in memory. A unit's row says where it was put when it began; everything after that follows from successions,
so a merger of two communes changes no row of the cells below them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

KINDS = (
    "centre", "province", "agency", "body", "district", "commune", "ward", "special_zone",
    "grassroots", "division", "cell", "group",
)  # fmt: skip
"""What an organisation may be; each has a name in the catalogue (``account-unit-kind-…``)."""


SCOPES_HELD = 50_000
"""Units whose scopes are remembered, so that their members share one set of texts."""

WITHIN_HELD = 500_000
"""Ids of units below others that are remembered, so that an administrator's tree is not walked at each page."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One state of an organisation, from ``valid_from`` until (not including) ``valid_to``."""

    id: int
    parent: int | None
    kind: str
    code: str
    name: str
    name_en: str
    valid_from: date
    valid_to: date | None

    def alive(self, on: date) -> bool:
        """Whether it exists as such on that day."""
        return self.valid_from <= on and not self.ended(on)

    def ended(self, on: date) -> bool:
        """Whether its time is over on that day."""
        return self.valid_to is not None and self.valid_to <= on


@dataclass(frozen=True, slots=True)
class Succession:
    """``new`` takes the place of ``old``, or of a part of it, from ``on``; kind: merge, split, rename or move."""

    old: int
    new: int
    on: date
    kind: str


class Forest:
    """Units and successions, answering for any day. Ids that it does not hold raise KeyError."""

    def __init__(self, units: Iterable[Unit], successions: Iterable[Succession]) -> None:
        self.units = {unit.id: unit for unit in units}
        self.successions = tuple(successions)
        self._after: dict[int, list[Succession]] = defaultdict(list)
        self._before: dict[int, list[Succession]] = defaultdict(list)
        self._below: dict[int | None, list[int]] = defaultdict(list)
        self._coded: dict[str, list[Unit]] = defaultdict(list)
        self._scopes: dict[tuple[int, date], frozenset[str]] = {}
        self._within: dict[tuple[int, date], frozenset[int]] = {}
        for unit in self.units.values():
            self._below[unit.parent].append(unit.id)
            self._coded[unit.code].append(unit)
        for step in self.successions:
            self._after[step.old].append(step)
            self._before[step.new].append(step)

    def __getitem__(self, unit: int) -> Unit:
        return self.units[unit]

    def __contains__(self, unit: object) -> bool:
        return unit in self.units

    def __len__(self) -> int:
        return len(self.units)

    def coded(self, code: str, on: date) -> Unit | None:
        """The unit with that code on that day; when none is alive, the one that last had it."""
        rows = sorted(self._coded.get(code, ()), key=lambda unit: unit.valid_from)
        living = [unit for unit in rows if unit.alive(on)]
        found = living or rows
        return found[-1] if found else None

    def current(self, unit: int, on: date) -> int:
        """What the unit has become by that day.

        Follows successions while there is exactly one. A unit that was split, or ended without a successor, stays
        itself: its members keep their place until somebody says where they belong.
        """
        seen = {unit}
        while self.units[unit].ended(on):
            following = [step.new for step in self._after.get(unit, ()) if step.on <= on]
            if len(following) != 1 or following[0] in seen:
                break
            unit = following[0]
            seen.add(unit)
        return unit

    def parent(self, unit: int, on: date) -> int | None:
        """The unit directly above on that day, whatever it is called by then."""
        above = self.units[self.current(unit, on)].parent
        return None if above is None else self.current(above, on)

    def ancestors(self, unit: int, on: date) -> list[int]:
        """All units above on that day, nearest first, without the unit itself."""
        path = [self.current(unit, on)]
        while (above := self.parent(path[-1], on)) is not None and above not in path:
            path.append(above)
        return path[1:]

    def path(self, unit: int, on: date) -> list[int]:
        """The unit as it is on that day and all above it, nearest first."""
        return [self.current(unit, on), *self.ancestors(unit, on)]

    def predecessors(self, unit: int, on: date) -> set[int]:
        """Every unit that it continues, wholly or in part, however many steps back."""
        found: set[int] = set()
        waiting = [unit]
        while waiting:
            for step in self._before.get(waiting.pop(), ()):
                if step.on <= on and step.old not in found:
                    found.add(step.old)
                    waiting.append(step.old)
        found.discard(unit)
        return found

    def successors(self, unit: int, on: date) -> set[int]:
        """Every unit that continues it, wholly or in part, however many steps on."""
        found: set[int] = set()
        waiting = [unit]
        while waiting:
            new = [step.new for step in self._after.get(waiting.pop(), ()) if step.on <= on and step.new not in found]
            found.update(new)
            waiting.extend(new)
        found.discard(unit)
        return found

    def children(self, unit: int, on: date) -> list[int]:
        """The units directly below on that day; also ended ones that nothing replaced, lest anyone be out of reach."""
        return [
            child
            for place in self.became(self.current(unit, on), on)
            for child in self._below.get(place, ())
            if self._stands(child, on)
        ]

    def roots(self, on: date) -> list[int]:
        """The units with nothing above them on that day."""
        return [unit for unit in self._below.get(None, ()) if self._stands(unit, on)]

    def subtree(self, unit: int, on: date) -> list[int]:
        """The unit as it is on that day and all below it, each after the one above it."""
        return list(self._walk(self.current(unit, on), on))

    def within(self, unit: int, on: date) -> frozenset[int]:
        """Ids of all rows, ended ones too, that have become a part of the subtree: for asking memberships."""
        if (unit, on) not in self._within:
            found = frozenset(row for place in self.subtree(unit, on) for row in self.became(place, on))
            if sum(map(len, self._within.values())) + len(found) > max(WITHIN_HELD, len(found)):
                self._within.clear()
            self._within[unit, on] = found
        return self._within[unit, on]

    def reach(self, units: Iterable[int], on: date) -> frozenset[int]:
        """The same of several units."""
        return frozenset().union(*(self.within(unit, on) for unit in units))

    def reaches(self, holder: int, unit: int, on: date) -> bool:
        """Whether ``unit`` is ``holder`` or below it on that day."""
        return self.current(holder, on) in self.path(unit, on)

    def nearest(self, unit: int, among: Collection[int], on: date) -> int | None:
        """The first of the unit and those above it that is in ``among`` (as these are called on that day)."""
        wanted = {self.current(other, on) for other in among}
        return next((place for place in self.path(unit, on) if place in wanted), None)

    def became(self, unit: int, on: date) -> list[int]:
        """The unit and every row that has become it by that day."""
        return [unit, *(old for old in self.predecessors(unit, on) if self.current(old, on) == unit)]

    def scopes(self, unit: int, on: date) -> frozenset[str]:
        """``at:`` and ``org:`` scopes of whoever belongs to the unit, with those of all it continues."""
        if (unit, on) not in self._scopes:
            if len(self._scopes) >= SCOPES_HELD:
                self._scopes.clear()
            self._scopes[unit, on] = self._scopes_of(unit, on)
        return self._scopes[unit, on]

    def _scopes_of(self, unit: int, on: date) -> frozenset[str]:
        own, *above = self.path(unit, on)
        at = {own} | self.predecessors(own, on)
        org = at.union(above, *(self.predecessors(place, on) for place in above))
        return frozenset([*(f"at:{place}" for place in at), *(f"org:{place}" for place in org)])

    def circular(self, unit: int, since: date) -> bool:
        """Whether the unit comes to stand above itself on ``since`` or any later day on which something changes."""
        days = {since} | {other.valid_from for other in self.units.values() if other.valid_from > since}
        return any(self.loops(unit, day) for day in days)

    def changed(
        self, *, ended: Collection[int], on: date, begun: Iterable[Unit], steps: Iterable[Succession]
    ) -> "Forest":
        """The forest as it would be after an act, for asking before doing."""
        kept = [_ended(unit, on) if unit.id in ended else unit for unit in self.units.values()]
        return Forest([*kept, *begun], [*self.successions, *steps])

    def loops(self, unit: int, on: date) -> bool:
        """Whether the unit stands above itself on that day."""
        seen: set[int] = set()
        place: int | None = self.current(unit, on)
        while place is not None and place not in seen:
            seen.add(place)
            place = self.parent(place, on)
        return place is not None

    def _stands(self, unit: int, on: date) -> bool:
        return self.units[unit].valid_from <= on and self.current(unit, on) == unit

    def _walk(self, unit: int, on: date) -> Iterator[int]:
        seen = {unit}
        waiting = [unit]
        while waiting:
            place = waiting.pop()
            yield place
            below = [child for child in self.children(place, on) if child not in seen]
            seen.update(below)
            waiting.extend(reversed(below))


def _ended(unit: Unit, on: date) -> Unit:
    return Unit(unit.id, unit.parent, unit.kind, unit.code, unit.name, unit.name_en, unit.valid_from, on)
