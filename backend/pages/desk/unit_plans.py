"""What each change of a unit needs to be told, does, and means for those who belong there."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from backend.accounts import memberships, units
from backend.accounts.forest import Forest, Unit
from backend.accounts.units import NewUnit
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.desk import choosing
from backend.pages.shell import AnyRequest
from backend.pages.views import name_of
from base import clock
from base.errors import InvalidError

Typed = Mapping[str, str]
Line = tuple[str, dict[str, Any]]

PARTS = ("1", "2", "3", "4")
"""Units that one can be split into at one go."""

OTHERS = ("other", "other2", "other3")
"""Units that can join another at one go."""


@dataclass(frozen=True)
class Plan:
    """A change ready to be done: ``do`` answers with the unit to look at then; ``lines`` say what it means."""

    do: Callable[[uuid.UUID], Awaitable[int]]
    lines: list[Line]
    news: list[NewUnit] = field(default_factory=list)


@dataclass(frozen=True)
class Act:
    """A kind of change: the fields of its form, the units it lets one choose, and how a plan is made of them."""

    plan: Callable[[AnyRequest, Unit, Typed], Awaitable[Plan]]
    fields: tuple[str, ...] = ()
    choosers: tuple[str, ...] = ()


async def create(request: AnyRequest, parent: Unit, typed: Typed) -> Plan:
    """A new unit below."""
    on, new = day(typed), _new(typed, kind=typed["kind"], parent=parent.id)
    told = {"on": on, "name": new.name, "code": new.code, "parent": _called(request, parent)}
    return Plan(lambda by: units.create(new, on=on, by=by), [("unit-plan-create", told)])


async def rename(request: AnyRequest, unit: Unit, typed: Typed) -> Plan:
    """Another name, and perhaps another code."""
    on, new = day(typed), _new(typed, kind=unit.kind, parent=unit.parent)

    async def do(by: uuid.UUID) -> int:
        return await units.rename(unit.id, name=new.name, name_en=new.name_en, code=new.code, on=on, by=by)

    told = {"on": on, "old": _called(request, unit), "name": new.name, "code": new.code}
    return Plan(
        do, [("unit-plan-rename", told), await _along(unit), ("unit-plan-kept", {"old": _called(request, unit)})]
    )


async def move(request: AnyRequest, unit: Unit, typed: Typed) -> Plan:
    """Another place in the tree."""
    on, parent, tree = day(typed), await choosing.chosen(request, typed, "parent"), await units.forest()
    goal, above = _known(tree, parent, "parent"), tree.parent(unit.id, clock.today())
    lines = [await _along(unit), ("unit-plan-kept", {"old": _called(request, unit)})]
    if above is not None:
        told = {
            "on": on,
            "name": _called(request, unit),
            "from": _called(request, tree[above]),
            "to": _called(request, goal),
        }
        lines.insert(0, ("unit-plan-move", told))
        if above not in tree.path(parent, clock.today()):
            lines.append(("unit-plan-move-read", {"from": _called(request, tree[above]), "to": _called(request, goal)}))
    return Plan(lambda by: units.move(unit.id, parent=parent, on=on, by=by), lines)


async def merge(request: AnyRequest, unit: Unit, typed: Typed) -> Plan:
    """One unit of several, where the first one stands."""
    on, tree = day(typed), await units.forest()
    others = [await choosing.chosen(request, typed, name) for name in OTHERS if name == "other" or _told(typed, name)]
    olds = [unit, *(_known(tree, other, name) for other, name in zip(others, OTHERS, strict=False))]
    new = _new(typed, kind=typed["kind"], parent=unit.parent)
    listed = ", ".join(f"“{_called(request, old)}”" for old in olds)
    lines: list[Line] = [("unit-plan-merge", {"on": on, "olds": listed, "name": new.name, "code": new.code})]
    for old in olds:
        members, _ = await _reach(old)
        lines.append(("unit-plan-merge-each", {"members": members, "old": _called(request, old), "name": new.name}))
    return Plan(lambda by: units.merge([old.id for old in olds], new, on=on, by=by), lines)


async def split(request: AnyRequest, unit: Unit, typed: Typed) -> Plan:
    """Several units of one; ``typed`` says for each member and each unit below (``to-…``) which part is theirs."""
    on, tree = day(typed), await units.forest()
    news = [
        NewUnit(code=typed[f"code{part}"], name=typed[f"name{part}"], kind=unit.kind, parent=unit.parent)
        for part in PARTS
        if typed[f"name{part}"] or typed[f"code{part}"]
    ]
    children = {child: _part(typed, f"to-{child}") for child in tree.children(unit.id, on)}
    members = {member: _part(typed, f"to-{member}") for member, _ in await memberships.of(tree.became(unit.id, on))}

    async def do(by: uuid.UUID) -> int:
        return (await units.split(unit.id, news, children=children, members=members, on=on, by=by))[0]

    told, old = {"on": on, "count": len(news)}, {"old": _called(request, unit)}
    lines: list[Line] = [
        ("unit-plan-split", told | old),
        *(_share(new, index, members, children) for index, new in enumerate(news)),
        ("unit-plan-kept", old),
        ("unit-plan-split-roles", old),
    ]
    return Plan(do, lines, news)


async def close(request: AnyRequest, unit: Unit, typed: Typed) -> Plan:
    """An end without a successor."""
    on = day(typed)

    async def do(by: uuid.UUID) -> int:
        await units.close(unit.id, on=on, by=by)
        return unit.id

    return Plan(do, [("unit-plan-close", {"on": on, "name": _called(request, unit)})])


ACTS = {
    "create": Act(create, ("name", "name_en", "code", "kind")),
    "rename": Act(rename, ("name", "name_en", "code")),
    "move": Act(move, (), ("parent",)),
    "merge": Act(merge, ("name", "name_en", "code", "kind"), OTHERS),
    "split": Act(split, tuple(f"{field}{part}" for part in PARTS for field in ("name", "code"))),
    "close": Act(close),
}


def day(typed: Typed) -> date:
    """The day from which a change holds; today when not said."""
    return forms.date_of(typed.get("on", ""), "on") or clock.today()


def _new(typed: Typed, *, kind: str, parent: int | None) -> NewUnit:
    return NewUnit(code=typed["code"], name=typed["name"], name_en=typed["name_en"], kind=kind, parent=parent)


def _called(request: AnyRequest, unit: Unit) -> str:
    return name_of(unit, visit_of(request).language)


def _known(tree: Forest, unit: int, name: str) -> Unit:
    if unit not in tree:
        raise InvalidError.of(name, "pages-unit-missing")
    return tree[unit]


def _told(typed: Typed, name: str) -> bool:
    return any(typed.get(field) for field in choosing.fields(name)[:2])


def _part(typed: Typed, name: str) -> int:
    """The part chosen for someone; none for who joined since everybody was asked for, and the first one before that."""
    chosen = typed.get(name, "")
    return int(chosen) if chosen.isdecimal() and len(chosen) < 3 else -1 if typed["divided"] else 0


def _share(new: NewUnit, part: int, members: Mapping[Any, int], children: Mapping[Any, int]) -> Line:
    counts = {"members": list(members.values()).count(part), "units": list(children.values()).count(part)}
    return "unit-plan-split-each", {"name": new.name, "code": new.code, **counts}


async def _along(unit: Unit) -> Line:
    members, below = await _reach(unit)
    return "unit-plan-along", {"members": members, "units": below}


async def _reach(unit: Unit) -> tuple[int, int]:
    """How many members the unit has with all below it, and how many units are below it."""
    tree, today = await units.forest(), clock.today()
    members = await memberships.count(tree.within(unit.id, today), since=today)
    return members, len(tree.subtree(unit.id, today)) - 1
