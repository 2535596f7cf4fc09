"""Whose reading may have changed: every process asks this instead of forgetting everybody at each sign-out."""

import uuid
from datetime import timedelta

from base import clock, database, revisions

TOPIC = "sessions"
"""The revision that grows whenever a reader may have lost or gained something."""

KEPT = timedelta(days=1)

MOST = 5000
"""Changes after which a process rather forgets everybody."""


async def note(member: uuid.UUID) -> None:
    """Have the member's readers looked at anew, in the surrounding transaction.

    ``touch`` holds the topic's row until the transaction ends, so numbers grow in the order of commits and a process
    that has seen one has seen all before it.
    """
    async with database.transaction():
        await revisions.touch(TOPIC)
        await database.execute("INSERT INTO reader_change (reader, at) VALUES ({}, {})", member, clock.now())


async def latest() -> int:
    """The number of the last change; 0 before the first."""
    rows = await database.fetch("SELECT id FROM reader_change ORDER BY id DESC LIMIT 1")
    return int(rows[0]["id"]) if rows else 0


async def since(number: int) -> tuple[int, set[uuid.UUID] | None]:
    """The last change's number and who changed after ``number``; None for too many to name."""
    rows = await database.fetch(
        "SELECT id, reader FROM reader_change WHERE id > {} ORDER BY id LIMIT {}", number, MOST + 1
    )
    if len(rows) > MOST:
        return await latest(), None
    return (rows[-1]["id"] if rows else number), {row["reader"] for row in rows}


async def prune() -> None:
    """Drop changes that every process has long seen."""
    await database.execute("DELETE FROM reader_change WHERE at < {}", clock.now() - KEPT)
