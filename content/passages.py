"""Changes that the clock makes: a text comes into force or ends, an audience begins or ends. Noted by the worker.

Phones, search and live counts follow the journal alone; without an entry a date that passes would go unnoticed.
"""

from datetime import datetime
from uuid import UUID

from base import clock, database, journal, revisions

BOOKMARK = "passages"


async def note_passages() -> int:
    """Journal the documents for which a moment passed since the last call; how many. Call at least each minute."""
    async with database.transaction():
        now = clock.now()
        since = await _bookmark(now)
        documents = await _passed(since, now) if since else set()
        for document in sorted(documents, key=str):
            await journal.record(act="document.passage", subject=f"document:{document}", by="system")
        if documents or (since and await _otherwise_stale(since, now)):
            await revisions.touch("content")
    return len(documents)


async def _bookmark(now: datetime) -> datetime | None:
    """Up to when the last call looked (None: there was none), moved to ``now``."""
    rows = await database.fetch("SELECT at FROM content_bookmark WHERE name = {}", BOOKMARK)
    await database.execute(
        "INSERT INTO content_bookmark (name, at) VALUES ({}, {}) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
        BOOKMARK,
        now,
    )
    return rows[0]["at"] if rows else None


async def _otherwise_stale(since: datetime, now: datetime) -> bool:
    """Whether a day began, or news appeared or ended, so that lists kept in memory are no longer true."""
    if clock.local(since).date() != clock.local(now).date():
        return True
    rows = await database.fetch(
        "SELECT id FROM news WHERE published_at > {} AND published_at <= {} "
        "UNION SELECT news AS id FROM news_audience "
        "WHERE (from_at > {} AND from_at <= {}) OR (to_at > {} AND to_at <= {})",
        since, now, since, now, since, now,
    )  # fmt: skip
    return bool(rows)


async def _passed(since: datetime, now: datetime) -> set[UUID]:
    audiences = await database.fetch(
        "SELECT document FROM audience WHERE from_at > {} AND from_at <= {} "
        "UNION SELECT document FROM audience WHERE to_at > {} AND to_at <= {}",
        since, now, since, now,
    )  # fmt: skip
    addressed = {row["document"] for row in audiences}
    addressed |= await _told_of(addressed)
    yesterday, today = clock.local(since).date(), clock.local(now).date()
    if yesterday == today:
        return addressed
    days = await database.fetch(
        "SELECT document FROM edition WHERE published_at IS NOT NULL AND effective_from > {} AND effective_from <= {} "
        "UNION SELECT id AS document FROM document WHERE effective_until >= {} AND effective_until < {}",
        yesterday, today, yesterday, today,
    )  # fmt: skip
    return addressed | {row["document"] for row in days}


async def _told_of(documents: set[UUID]) -> set[UUID]:
    """Those above which it is said that one of ``documents`` did something to them."""
    among, values = database.among("document", sorted(documents, key=str))
    rows = await database.fetch(f"SELECT DISTINCT other FROM relation WHERE {among} AND other IS NOT NULL", values)
    return {row["other"] for row in rows}
