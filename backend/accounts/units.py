"""Founding, renaming, moving, merging, splitting and closing organisations, each on a day; what was, stays so."""

import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import date

from backend.accounts import authority, memberships, standing
from backend.accounts.acts import act
from backend.accounts.authority import Actor
from backend.accounts.forest import Forest, Unit
from backend.accounts.standing import forest
from backend.accounts.unit_rules import (
    CircularError,
    NewUnit,
    NotEmptyError,
    check_new,
    check_not_circular,
    check_open,
    check_placed,
    tidy,
)
from base import database, journal
from base.errors import InvalidError, NotFoundError

__all__ = [
    "CircularError", "Forest", "NewUnit", "NotEmptyError", "close", "create", "forest", "merge", "move", "rehearsal",
    "rename", "split",
]  # fmt: skip


class _Undone(Exception):
    """Ends a rehearsal."""


async def create(new: NewUnit, *, on: date, by: Actor) -> int:
    """Found a unit; its id. The same again changes nothing, another by that code is a ConflictError."""
    async with act():
        tree = await standing.locked()
        await _authorise(tree, [], [new], by)
        for unit in tree.units.values():
            if unit.valid_from == on and _like(tree, unit, new):
                return unit.id
        return (await _begin(tree, "create", [], [new], on=on, by=by))[0]


async def rename(unit: int, *, name: str, on: date, by: Actor, name_en: str = "", code: str | None = None) -> int:
    """Give a unit another name (and perhaps code) from a day on; the id of what it is from then."""
    async with act():
        tree = await standing.locked()
        old = _known(tree, unit)
        new = _as_is(tree, old, on)
        changed = replace(new, name=name, name_en=name_en or new.name_en, code=code or new.code)
        return await _succeed(tree, "rename", [unit], changed, on=on, by=by)


async def move(unit: int, *, parent: int | None, on: date, by: Actor) -> int:
    """Put a unit with everything below it under another from a day on; the id of what it is from then."""
    async with act():
        tree = await standing.locked()
        new = replace(_as_is(tree, _known(tree, unit), on), parent=parent)
        return await _succeed(tree, "move", [unit], new, on=on, by=by)


async def merge(units: Sequence[int], into: NewUnit, *, on: date, by: Actor) -> int:
    """Make one unit of several from a day on; its id. Members and units below come along by themselves."""
    if len(set(units)) < 2:
        raise InvalidError.of("units", "account-unit-merge-needs-two")
    async with act():
        tree = await standing.locked()
        for unit in units:
            _known(tree, unit)
        return await _succeed(tree, "merge", list(dict.fromkeys(units)), into, on=on, by=by)


async def split(
    unit: int,
    into: Sequence[NewUnit],
    *,
    children: Mapping[int, int],
    members: Mapping[uuid.UUID, int],
    on: date,
    by: Actor,
) -> list[int]:
    """Make several units of one from a day on; their ids.

    ``children`` and ``members`` say for each unit directly below and for each of its own members which of ``into``
    (by position) they belong to; leaving one out is an InvalidError. Roles held for the unit stay with what it was.
    """
    if len(into) < 2:
        raise InvalidError.of("into", "account-unit-split-needs-two")
    async with act(*members):
        tree = await standing.locked()
        _known(tree, unit)
        await _authorise(tree, [unit], into, by)
        if (done := _already(tree, [unit], into, "split", on)) is not None:
            return done
        own = {member for member, _ in await memberships.of(tree.became(unit, on))}
        check_placed(set(tree.children(unit, on)), children, "children", len(into))
        check_placed(own, members, "members", len(into))
        made = await _begin(tree, "split", [unit], into, on=on, by=by)
        after = await standing.locked()
        for child, index in children.items():
            moved = replace(_as_is(after, _known(after, child), on), parent=made[index])
            await _begin(after, "move", [child], [moved], on=on, by=by)
        for member, index in members.items():
            await memberships.place(member, made[index], on=on)
        return made


async def close(unit: int, *, on: date, by: Actor) -> None:
    """End a unit from a day on, with nothing in its place; NotEmptyError while anyone or anything belongs to it."""
    async with act():
        tree = await standing.locked()
        old = _known(tree, unit)
        await _authorise(tree, [unit], [], by)
        if old.valid_to == on and not any(step.old == unit for step in tree.successions):
            return
        check_open(old, on)
        rows = tree.became(unit, on)
        below = [other for other in tree.units.values() if other.parent in rows and not other.ended(on)]
        members = await memberships.count(rows, since=on)
        if below or members:
            raise NotEmptyError(members=members, units=len(below))
        await database.execute("UPDATE unit SET valid_to = {} WHERE id = {}", on, unit)
        await journal.record(
            act="unit.close", subject=f"unit:{unit}", by=str(by), unit=unit, detail={"old": [unit], "on": on}
        )


@asynccontextmanager
async def rehearsal() -> AsyncIterator[None]:
    """Do acts within and leave no trace of them: to hear beforehand what would be refused."""
    with suppress(_Undone):
        async with act():
            yield
            raise _Undone


async def _succeed(tree: Forest, kind: str, olds: list[int], new: NewUnit, *, on: date, by: Actor) -> int:
    await _authorise(tree, olds, [new], by)
    if (done := _already(tree, olds, [new], kind, on)) is not None:
        return done[0]
    return (await _begin(tree, kind, olds, [new], on=on, by=by))[0]


async def _authorise(tree: Forest, olds: Sequence[int], news: Sequence[NewUnit], by: Actor) -> None:
    """A unit is changed by whoever administers a unit above it, and put only where they administer too."""
    for old in olds:
        await authority.over_unit(by, old, strictly=True, tree=tree)
    for new in news:
        await authority.over_unit(by, new.parent, tree=tree)


async def _begin(
    tree: Forest, kind: str, olds: Sequence[int], news: Sequence[NewUnit], *, on: date, by: Actor
) -> list[int]:
    """End ``olds``, begin ``news`` in their place, and note it: what all acts have in common."""
    news = [tidy(new) for new in news]
    for old in olds:
        check_open(tree[old], on)
    for new in news:
        check_new(tree, new, olds, on)
    check_not_circular(tree, kind, olds, news, on)
    for old in olds:
        await database.execute("UPDATE unit SET valid_to = {} WHERE id = {}", on, old)
    made = [await _insert(tree, new, on) for new in news]
    for old in olds:
        for new_id in made:
            await _insert_step(old, new_id, on, kind)
    await journal.record(
        act=f"unit.{kind}", subject=f"unit:{made[0]}", by=str(by), unit=made[0],
        detail={"old": list(olds), "new": made, "on": on},
    )  # fmt: skip
    return made


async def _insert(tree: Forest, new: NewUnit, on: date) -> int:
    parent = None if new.parent is None else tree.current(new.parent, on)
    rows = await database.fetch(
        "INSERT INTO unit (parent, kind, code, name, name_en, valid_from) VALUES ({}, {}, {}, {}, {}, {}) RETURNING id",
        parent, new.kind, new.code, new.name, new.name_en, on,
    )  # fmt: skip
    return int(rows[0]["id"])


async def _insert_step(old: int, new: int, on: date, kind: str) -> None:
    await database.execute(
        'INSERT INTO unit_succession (old, new, "on", kind) VALUES ({}, {}, {}, {})', old, new, on, kind
    )


def _known(tree: Forest, unit: int) -> Unit:
    if unit not in tree:
        raise NotFoundError
    return tree[unit]


def _as_is(tree: Forest, unit: Unit, on: date) -> NewUnit:
    parent = None if unit.parent is None else tree.current(unit.parent, on)
    return NewUnit(code=unit.code, name=unit.name, name_en=unit.name_en, kind=unit.kind, parent=parent)


def _already(tree: Forest, olds: Sequence[int], news: Sequence[NewUnit], kind: str, on: date) -> list[int] | None:
    """The units that the very same act made before, or None."""
    steps = [step for step in tree.successions if step.old in olds and step.on == on and step.kind == kind]
    made = list(dict.fromkeys(step.new for step in sorted(steps, key=lambda step: step.new)))
    complete = all({step.new for step in steps if step.old == old} == set(made) for old in olds)
    alike = len(made) == len(news) and all(_like(tree, tree[id], new) for id, new in zip(made, news, strict=True))
    return made if made and complete and alike else None


def _like(tree: Forest, unit: Unit, new: NewUnit) -> bool:
    new = tidy(new)
    parent = tree.current(new.parent, unit.valid_from) if new.parent in tree.units else new.parent
    return (unit.code, unit.name, unit.kind, unit.parent) == (new.code, new.name, new.kind, parent)
