"""How many members an audience reaches, and in how many units: the other side of scopes.

Whoever holds one of the scopes is counted, once. Members are counted by unit in the database and never listed here:
the whole country is five million of them.
"""

import asyncio
import re
import uuid
from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from backend.accounts.authority import BELONGS
from backend.accounts.forest import Forest
from backend.accounts.standing import TOPIC, forest
from base import clock, database, revisions

ALL = frozenset({"public", "members"})
"""Scopes that every member holds."""

MANY = 100_000
"""Members from which on a count may be up to RECENT old: it takes a second, and no act changes it much."""

RECENT = timedelta(seconds=60)
HELD = 50

_UNIT = re.compile(r"(org|at):([1-9][0-9]{0,17})")
_ROLE = re.compile(r"role:([a-z_]+)@([1-9][0-9]{0,17})")
_MEMBER = re.compile(r"member:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Reach:
    """Members who may sign in and belong somewhere, and the units where they do; visitors too when ``is_public``."""

    members: int
    units: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """What another audience changes: how many members get it, lose it and keep it; visitors when ``*_visitors``."""

    gained: int
    lost: int
    kept: int
    gains_visitors: bool
    loses_visitors: bool


class _Recent(NamedTuple):
    members: int
    units: int
    until: datetime


_recent: dict[Hashable, _Recent] = {}


async def reach(scopes: Collection[str], on: date | None = None) -> Reach:
    """Whom a set of scopes reaches on that day (today when not said): all that ``scopes.of`` gives one of them.

    Not for everybody's eyes: a count under narrow scopes tells of people.
    """
    tree, day = await forest(), on or clock.today()
    named = frozenset(scopes) if ALL.isdisjoint(scopes) else ALL
    asked = (database.engine(), revisions.current(TOPIC), day, named)
    recent = _recent.get(asked)
    if recent is None or recent.until < clock.now():
        members, units = await _reached(named, tree, day)
        recent = _Recent(members, units, clock.now() + RECENT)
        _keep(asked, recent)
    return Reach(recent.members, recent.units, "public" in scopes)


async def shift(before: Collection[str], after: Collection[str], on: date | None = None) -> Shift:
    """How whom one set of scopes reaches differs from whom another does."""
    had, have = await reach(before, on), await reach(after, on)
    either = await reach({*before, *after}, on)
    return Shift(
        gained=max(0, either.members - had.members),  # large counts may be of different moments
        lost=max(0, either.members - have.members),
        kept=max(0, had.members + have.members - either.members),
        gains_visitors=have.is_public and not had.is_public,
        loses_visitors=had.is_public and not have.is_public,
    )


async def _reached(scopes: frozenset[str], tree: Forest, on: date) -> tuple[int, int]:
    if scopes is ALL:
        counts = await _counted(None, tree, on)
    else:
        rows = await asyncio.to_thread(units_of, scopes, tree, on)
        counts = await _counted(rows, tree, on)
        counts.update(await _singled_out(scopes, rows, tree, on))
    return await asyncio.to_thread(_summed, counts, tree, on)


def _keep(asked: Hashable, recent: _Recent) -> None:
    if recent.members < MANY:
        return
    if len(_recent) >= HELD:
        _recent.clear()
    _recent[asked] = recent


def units_of(scopes: Iterable[str], tree: Forest, on: date) -> frozenset[int]:
    """Every unit's row whose members hold one of the ``org:`` and ``at:`` scopes."""
    found: set[int] = set()
    for kind, unit in _named(_UNIT, scopes):
        for place in _continued(int(unit), tree, on):
            found.update(tree.within(place, on) if kind == "org" else tree.became(place, on))
    return frozenset(found)


def _continued(unit: int, tree: Forest, on: date) -> set[int]:
    """The units whose members hold what was addressed to this one: itself, and all that continue it."""
    return {unit} | tree.successors(unit, on) if unit in tree else set()


async def _counted(rows: frozenset[int] | None, tree: Forest, on: date) -> Counter[int]:
    """Members by the row of the unit that they belong to, among ``rows`` or (None) everywhere.

    All are counted along an index, then those who are shut out, few as they are, taken off.
    """
    condition, values = _among(rows, tree)
    belonging = await database.fetch(
        "SELECT unit, count(*) AS n FROM membership "
        f"WHERE from_on <= {{}} AND (to_on IS NULL OR to_on > {{}}) AND {condition} GROUP BY unit",
        on, on, *values,
    )  # fmt: skip
    counts = Counter({row["unit"]: row["n"] for row in belonging})
    shut_out = await database.fetch(
        f"SELECT unit, count(*) AS n FROM member JOIN membership ON {BELONGS} "
        f"WHERE disabled_at IS NOT NULL AND {condition} GROUP BY unit",
        on, on, *values,
    )  # fmt: skip
    counts.subtract({row["unit"]: row["n"] for row in shut_out})
    return counts


def _among(rows: frozenset[int] | None, tree: Forest) -> tuple[str, list[object]]:
    """Names the units outside when these are fewer."""
    if rows is None:
        return "TRUE", []
    if 2 * len(rows) <= len(tree):
        condition, value = database.among("unit", rows)
        return condition, [value]
    condition, value = database.among("unit", tree.units.keys() - rows)
    return f"NOT {condition}", [value]


async def _singled_out(scopes: Collection[str], rows: frozenset[int], tree: Forest, on: date) -> Counter[int]:
    """Members whom ``role:`` and ``member:`` scopes name and who are not counted by their unit, by its row."""
    named = await named_in(scopes, tree, on)
    if not named:
        return Counter()
    condition, values = database.among("member.id", sorted(named))
    found = await database.fetch(
        f"SELECT unit FROM member JOIN membership ON {BELONGS} WHERE disabled_at IS NULL AND {condition}",
        on, on, values,
    )  # fmt: skip
    return Counter(row["unit"] for row in found if row["unit"] not in rows)


async def named_in(scopes: Iterable[str], tree: Forest, on: date) -> set[uuid.UUID]:
    """Members whom ``role:`` and ``member:`` scopes name, whether they are on the roster or not any more."""
    named = {uuid.UUID(member) for (member,) in _named(_MEMBER, scopes)}
    for role, unit in _named(_ROLE, scopes):
        named |= await _holders(role, int(unit), tree, on)
    return named


async def _holders(role: str, unit: int, tree: Forest, on: date) -> set[uuid.UUID]:
    """Who holds the role for the unit, by any name that it had or has."""
    places = {row for place in _continued(unit, tree, on) for row in tree.became(place, on)}
    condition, values = database.among("unit", places)
    found = await database.fetch(
        "SELECT DISTINCT member FROM role_grant "
        f"WHERE role = {{}} AND from_on <= {{}} AND (to_on IS NULL OR to_on > {{}}) AND {condition}",
        role, on, on, values,
    )  # fmt: skip
    return {row["member"] for row in found}


def _named(pattern: re.Pattern[str], scopes: Iterable[str]) -> list[tuple[str, ...]]:
    return [match.groups() for scope in scopes if (match := pattern.fullmatch(scope))]


def _summed(counts: Counter[int], tree: Forest, on: date) -> tuple[int, int]:
    """All members, and in how many units they are by what these are called on that day."""
    return counts.total(), len({tree.current(row, on) for row, members in counts.items() if members > 0})
