"""What the API says about units: names and codes, never the numbers by which they are kept."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from backend.accounts.forest import Forest
from base import clock

Code = Annotated[str, Meta(description="Code of the unit.", examples=["VL-DM"])]
Name = Annotated[str, Meta(description="Name in Vietnamese.", examples=["Đảng bộ xã Đông Mây"])]
EnglishName = Annotated[
    str, Meta(description='Name in English; "" when it has none.', examples=["Đông Mây Commune Party Committee"])
]


class UnitName(Struct, frozen=True):
    """A unit, as it is called."""

    code: Code
    name: Name
    name_en: EnglishName


class FormerUnit(Struct, frozen=True):
    """A unit that another continues: what was addressed to it, the members of the other may read."""

    code: Code
    name: Name
    name_en: EnglishName
    until: Annotated[
        date | None, Meta(description="First day on which it no longer existed as such.", examples=["2025-07-01"])
    ]


class Unit(Struct, frozen=True):
    """A unit that the reader belongs to, directly or because it stands above theirs."""

    code: Code
    name: Name
    name_en: EnglishName
    kind: Annotated[str, Meta(description="Kind of organisation.", examples=["commune"])]
    parent: Annotated[str | None, Meta(description="Code of the unit above; null at the top.", examples=["VL"])]
    own: Annotated[bool, Meta(description="Whether it is the reader's own unit.", examples=[True])]
    continues: Annotated[tuple[FormerUnit, ...], Meta(description="Units whose place it took, latest first.")]


def named(unit: int | None, tree: Forest) -> UnitName | None:
    """What the unit has become by today, by name; None when there is none."""
    if unit is None or unit not in tree:
        return None
    now = tree[tree.current(unit, clock.today())]
    return UnitName(now.code, now.name, now.name_en)


def path_to(unit: int, tree: Forest) -> tuple[Unit, ...]:
    """The unit and all above it as they stand today, the highest first."""
    own, *above = tree.path(unit, clock.today())
    return tuple(_unit(place, tree, own=place == own) for place in reversed([own, *above]))


def _unit(place: int, tree: Forest, *, own: bool) -> Unit:
    today, row = clock.today(), tree[place]
    parent = tree.parent(place, today)
    former = sorted(tree.predecessors(place, today), key=lambda old: (tree[old].valid_from, old), reverse=True)
    return Unit(
        code=row.code, name=row.name, name_en=row.name_en, kind=row.kind,
        parent=None if parent is None else tree[parent].code, own=own,
        continues=tuple(_former(old, tree) for old in former),
    )  # fmt: skip


def _former(old: int, tree: Forest) -> FormerUnit:
    row = tree[old]
    return FormerUnit(row.code, row.name, row.name_en, row.valid_to)
