"""Who the reader is, and which units they belong to: for themselves only."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from backend.accounts.standing import forest
from backend.api.answers import AnyRequest, at, encoded
from backend.api.unit_shapes import Unit, UnitName, named, path_to
from backend.door.answering import Answer, answer
from backend.door.visit import reader_of, visit_of


class UnitList(Struct, frozen=True):
    """The units a reader belongs to."""

    items: Annotated[tuple[Unit, ...], Meta(description="The highest first, the reader's own last.")]


class HeldRole(Struct, frozen=True):
    """A role, held for a unit and everything below it."""

    role: Annotated[
        str,
        Meta(
            description="editor, approver, moderator, feedback_handler, unit_admin, secretary or auditor.",
            examples=["editor"],
        ),
    ]
    unit: UnitName | None


class Me(Struct, frozen=True):
    """The signed-in member, as of today."""

    id: Annotated[UUID, Meta(description="The member's lasting id.")]
    name: Annotated[str, Meta(description="Full name.", examples=["Hà Thị Mai"])]
    unit: Annotated[UnitName | None, Meta(description="Unit the member belongs to; null when none.")]
    roles: Annotated[tuple[HeldRole, ...], Meta(description="Roles in force in this session.")]
    roles_asleep: Annotated[
        bool,
        Meta(
            description="True when the member holds roles that this session does not give, "
            "because it was opened without a passkey.",
            examples=[False],
        ),
    ]


@at("/api/units", tag="people", summary="The reader's units")
async def units(request: AnyRequest) -> Answer[UnitList]:
    """The reader's own unit and all above it, as they stand and are called today, with the units they continue.

    A visitor belongs to no unit and is given an empty list.
    """
    reader = visit_of(request).reader
    items = () if reader is None or reader.unit is None else path_to(reader.unit, await forest())
    return await answer(request, encoded(UnitList(items)))


@at("/api/me", tag="people", summary="The signed-in member", problems=(401,), security=[{"session": []}])
async def me(request: AnyRequest) -> Answer[Me]:
    """Name, unit and roles of whoever is signed in; 401 for a visitor."""
    reader, tree = reader_of(request), await forest()
    roles = tuple(HeldRole(grant.role, named(grant.unit, tree)) for grant in reader.roles)
    found = Me(reader.member_id, reader.name, named(reader.unit, tree), roles, reader.sleeping)
    return await answer(request, encoded(found))
