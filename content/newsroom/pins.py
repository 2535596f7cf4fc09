"""Pins: what stands on top of the news until a day, or until it is taken down; few for each unit, or none is seen."""

from datetime import date
from uuid import UUID

from base import clock, database, journal, revisions
from base.errors import InvalidError
from content.newsroom import keeping
from content.newsroom.model import Manuscript, OutOfTurnError

MOST = 3
"""How many items of one unit are pinned at a time."""

NOW = "(n.pinned_at IS NOT NULL AND (n.pinned_until IS NULL OR n.pinned_until >= {}))"
"""That item ``n`` stands on top on a day."""


async def pin(id: UUID, until: date | None, *, by: str) -> Manuscript:
    """Put a published item on top, to the end of a day or without an end; raises InvalidError when there is no room."""
    async with database.transaction():
        await revisions.touch("content")
        was = await keeping.locked(id)
        if was.state != "published":
            raise OutOfTurnError
        if (was.pinned, was.until) == (True, until):
            return was
        await check(until, was.sheet.unit, but=id)
        await _set(was, "news.pin", until, by)
    return await keeping.manuscript(id)


async def unpin(id: UUID, *, by: str) -> Manuscript:
    """Take an item down from the top; one that does not stand there stays as it is."""
    async with database.transaction():
        was = await keeping.locked(id)
        if was.pinned:
            await revisions.touch("content")
            await _set(was, "news.unpin", None, by)
    return await keeping.manuscript(id)


async def check(until: date | None, unit: int | None, *, but: UUID) -> None:
    """Raise InvalidError for a day that is over, or when the unit has as many pins as it may; inside a transaction
    that has touched the content, so that two acts follow each other.
    """
    today = clock.today()
    if until is not None and until < today:
        raise InvalidError.of("pinned_until", "newsroom-pin-over")
    whose = "n.unit IS NULL" if unit is None else "n.unit = {}"
    rows = await database.fetch(
        "SELECT count(*) AS n FROM news n WHERE n.state IN ('published', 'scheduled') "
        f"AND n.id <> {{}} AND {whose} AND {NOW}",
        but, *([] if unit is None else [unit]), today,
    )  # fmt: skip
    if rows[0]["n"] >= MOST:
        raise InvalidError.of("pinned", "newsroom-pin-no-room", most=MOST)


async def _set(was: Manuscript, act: str, until: date | None, by: str) -> None:
    at = clock.now() if act == "news.pin" else None
    await database.execute("UPDATE news SET pinned_at = {}, pinned_until = {} WHERE id = {}", at, until, was.id)
    await journal.record(
        act=act, subject=f"news:{was.id}", by=by, unit=was.sheet.unit, detail={"until": until} if until else None
    )
