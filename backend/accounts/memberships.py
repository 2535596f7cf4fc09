"""Which unit a member belongs to on a day; the past stays as it was."""

import uuid
from collections.abc import Collection
from datetime import date

from base import clock, database
from notifications import devices


async def unit_of(member: uuid.UUID, on: date) -> int | None:
    """The unit to which the member was assigned on that day, by the name it had then."""
    rows = await database.fetch(
        "SELECT unit FROM membership WHERE member = {} AND from_on <= {} AND (to_on IS NULL OR to_on > {})",
        member, on, on,
    )  # fmt: skip
    return rows[0]["unit"] if rows else None


async def count(units: Collection[int], *, since: date) -> int:
    """How many members belong to one of the units on that day or will later."""
    condition, rows = database.among("unit", units)
    found = await database.fetch(
        f"SELECT count(DISTINCT member) AS n FROM membership WHERE (to_on IS NULL OR to_on > {{}}) AND {condition}",
        since, rows,
    )  # fmt: skip
    return int(found[0]["n"])


async def of(units: Collection[int]) -> list[tuple[uuid.UUID, str]]:
    """Members who belong to one of the units as far as is known, with their names, by given name."""
    condition, rows = database.among("membership.unit", units)
    found = await database.fetch(
        "SELECT member.id, member.name FROM membership JOIN member ON member.id = membership.member "
        f"WHERE to_on IS NULL AND {condition} ORDER BY member.name_key, member.id",
        rows,
    )
    return [(row["id"], row["name"]) for row in found]


async def place(member: uuid.UUID, unit: int, *, on: date, id: uuid.UUID | None = None) -> None:
    """Let the member belong to the unit from ``on``, in the surrounding transaction.

    What was planned from that day or later is replaced; what was before it ends on that day.
    """
    await _leave(member, on)
    await begin(member, unit, on=on, id=id)
    await _settle(member)


async def begin(member: uuid.UUID, unit: int, *, on: date, id: uuid.UUID | None = None) -> None:
    """Let a member who belongs nowhere yet belong to the unit from ``on``, in the surrounding transaction."""
    await database.execute(
        "INSERT INTO membership (id, member, unit, from_on, name_key, search_key) "
        "SELECT {}, id, {}, {}, name_key, search_key FROM member WHERE id = {}",
        id or uuid.uuid4(), unit, on, member,
    )  # fmt: skip


async def take_keys(member: uuid.UUID) -> None:
    """Repeat the member's keys in all their rows, in the surrounding transaction; after each change of a name."""
    await database.execute(
        "UPDATE membership SET name_key = member.name_key, search_key = member.search_key "
        "FROM member WHERE member.id = membership.member AND membership.member = {}",
        member,
    )


async def leave(member: uuid.UUID, *, on: date) -> None:
    """Let the member belong nowhere from ``on``, in the surrounding transaction."""
    await _leave(member, on)
    await _settle(member)


async def settle_due(since: date) -> None:
    """Let devices follow whoever was to belong elsewhere from a day after ``since`` on that has come by now."""
    today = clock.today()
    await database.execute(
        "UPDATE device SET unit = (SELECT unit FROM membership WHERE membership.member = device.member "
        "AND from_on <= {} AND (to_on IS NULL OR to_on > {})) WHERE member IN (SELECT member FROM membership "
        "WHERE (from_on > {} AND from_on <= {}) OR (to_on > {} AND to_on <= {}))",
        today, today, since, today, since, today,
    )  # fmt: skip


async def _settle(member: uuid.UUID) -> None:
    """What is sent to the member's devices is what is addressed to where they belong today."""
    await devices.settle(member, await unit_of(member, clock.today()))


async def _leave(member: uuid.UUID, on: date) -> None:
    await database.execute("DELETE FROM membership WHERE member = {} AND from_on >= {}", member, on)
    await database.execute(
        "UPDATE membership SET to_on = {} WHERE member = {} AND (to_on IS NULL OR to_on > {})", on, member, on
    )
