"""Which unit a member belongs to on a day; the past stays as it was."""

import uuid
from datetime import date

from base import database


async def unit_of(member: uuid.UUID, on: date) -> int | None:
    """The unit to which the member was assigned on that day, by the name it had then."""
    rows = await database.fetch(
        "SELECT unit FROM membership WHERE member = {} AND from_on <= {} AND (to_on IS NULL OR to_on > {})",
        member, on, on,
    )  # fmt: skip
    return rows[0]["unit"] if rows else None


async def place(member: uuid.UUID, unit: int, *, on: date, id: uuid.UUID | None = None) -> None:
    """Let the member belong to the unit from ``on``, in the surrounding transaction.

    What was planned from that day or later is replaced; what was before it ends on that day.
    """
    await leave(member, on=on)
    await begin(member, unit, on=on, id=id)


async def begin(member: uuid.UUID, unit: int, *, on: date, id: uuid.UUID | None = None) -> None:
    """Let a member who belongs nowhere yet belong to the unit from ``on``, in the surrounding transaction."""
    await database.execute(
        "INSERT INTO membership (id, member, unit, from_on) VALUES ({}, {}, {}, {})",
        id or uuid.uuid4(), member, unit, on,
    )  # fmt: skip


async def leave(member: uuid.UUID, *, on: date) -> None:
    """Let the member belong nowhere from ``on``."""
    await database.execute("DELETE FROM membership WHERE member = {} AND from_on >= {}", member, on)
    await database.execute(
        "UPDATE membership SET to_on = {} WHERE member = {} AND (to_on IS NULL OR to_on > {})", on, member, on
    )
