"""What documents and news can be about."""

from collections.abc import Iterable

from base import database, revisions
from content.memory import Memory
from content.rows import TopicRow

_topics: Memory[tuple[TopicRow, ...]] = Memory(room=1)


async def topics() -> tuple[TopicRow, ...]:
    """All topics in their order."""
    return await _topics.ask("all", _load)


async def _load() -> tuple[TopicRow, ...]:
    rows = await database.fetch("SELECT code, vi, en FROM topic ORDER BY position, code")
    return tuple(TopicRow(**row) for row in rows)


async def set_topics(rows: Iterable[TopicRow]) -> None:
    """Add topics, or give those that there are other names and another order; none is ever removed."""
    async with database.transaction():
        for position, row in enumerate(rows):
            await database.execute(
                "INSERT INTO topic (code, position, vi, en) VALUES ({}, {}, {}, {}) "
                "ON CONFLICT (code) DO UPDATE SET position = excluded.position, vi = excluded.vi, en = excluded.en",
                row.code, position, row.vi, row.en,
            )  # fmt: skip
        await revisions.touch("content")
