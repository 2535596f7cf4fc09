"""What documents and news can be about, and where the topics went that there were before."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from base import database, revisions
from content.memory import Memory
from content.rows import TopicRow

_topics: Memory[tuple[TopicRow, ...]] = Memory(room=1)
_former: Memory[dict[str, str]] = Memory(room=1)


class FormerTopic(Struct, frozen=True):
    """A topic that was merged into another, and why; ``by`` is a member's id as text."""

    code: str
    topic: str
    vi: str
    en: str
    reason: str
    by: str
    at: datetime


async def topics() -> tuple[TopicRow, ...]:
    """All topics in their order."""
    return await _topics.ask("all", _load)


async def current(code: str) -> str:
    """The code of the topic that one goes by now; of one that there never was, its own."""
    if database.in_transaction():  # an act is not to stand on what was remembered
        rows = await database.fetch("SELECT topic FROM former_topic WHERE code = {}", code)
        return rows[0]["topic"] if rows else code
    return (await _former.ask("all", _load_former)).get(code, code)


async def former() -> tuple[FormerTopic, ...]:
    """The topics that were merged into others, the last first."""
    rows = await database.fetch("SELECT code, topic, vi, en, reason, by, at FROM former_topic ORDER BY at DESC, code")
    return tuple(FormerTopic(**row) for row in rows)


async def set_topics(rows: Iterable[TopicRow]) -> None:
    """Add topics, or give those that there are other names and another order; none is ever removed.

    One that was merged into another does not come back.
    """
    async with database.transaction():
        for position, row in enumerate(rows):
            if await current(row.code) == row.code:
                await database.execute(
                    "INSERT INTO topic (code, position, vi, en) VALUES ({}, {}, {}, {}) "
                    "ON CONFLICT (code) DO UPDATE SET position = excluded.position, vi = excluded.vi, en = excluded.en",
                    row.code, position, row.vi, row.en,
                )  # fmt: skip
        await revisions.touch("content")


async def _load() -> tuple[TopicRow, ...]:
    rows = await database.fetch("SELECT code, vi, en FROM topic ORDER BY position, code")
    return tuple(TopicRow(**row) for row in rows)


async def _load_former() -> dict[str, str]:
    return {row["code"]: row["topic"] for row in await database.fetch("SELECT code, topic FROM former_topic")}
