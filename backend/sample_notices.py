"""What members of the sample were told of: its newest documents and news, as if they had been issued just now."""

import uuid
from typing import Any

from base import database
from content.following import names_of_issuer, names_of_topic
from content.issuing import URGENCIES
from content.newsroom import telling
from notifications import outbox, steering

NEWEST = 4
URGENT, EXPRESS = "Hỏa tốc", "31-QĐ/TU"
"""How one of them is marked, so that there is one that passes the night."""


NAMESPACE = uuid.UUID("8b0c1f5e-53f0-4f3e-9c0b-1a1f6f0a7d44")
PAUSED = uuid.uuid5(NAMESPACE, "paused")
"""The notice that its editor paused: the one about the oldest of these news."""


async def owe(*, by: str) -> None:
    """Owe them, in the name of who wrote them; again owes nothing twice."""
    documents = await _newest(
        "SELECT d.id, d.number, d.issuer, d.topic, e.id AS edition FROM document d JOIN edition e ON e.document = d.id "
        "WHERE d.shown AND e.state = 'published' ORDER BY d.issued_key DESC, d.number"
    )
    news = await _newest("SELECT id, topic FROM news WHERE state = 'published' ORDER BY published_at DESC")
    async with database.transaction():
        for row in reversed(documents):
            await _owe_document(row, by)
        for row in reversed(news):
            await telling.owe(row["id"], await _audience("news", row["id"]), topic=row["topic"], by=by)
        # All have gone by now: there is no device yet that any would reach.
        await database.execute("UPDATE notice SET expanded_at = owed_at WHERE expanded_at IS NULL")
        await _pause(telling.about(news[-1]["id"]), await _audience("news", news[-1]["id"]), by)


async def _owe_document(row: dict[str, Any], by: str) -> None:
    matters = {f"document:{row['id']}", *await names_of_issuer(row["issuer"]), *await names_of_topic(row["topic"])}
    audience = await _audience("document", row["id"])
    await outbox.owe(
        key=f"document.publish:{row['edition']}", kind="document.publish", about=f"document:{row['id']}",
        audience=audience, urgency=URGENCIES[URGENT] if row["number"] == EXPRESS else "normal", by=by, matters=matters,
    )  # fmt: skip


async def _pause(about: str, audience: set[str], by: str) -> None:
    """Under an id that is the same in every sample."""
    for row in await database.fetch("SELECT id FROM notice WHERE about = {} AND id <> {}", about, PAUSED):
        await database.execute("DELETE FROM notice_scope WHERE notice = {}", row["id"])
        await database.execute("UPDATE notice SET id = {} WHERE id = {}", PAUSED, row["id"])
        await outbox.readdress(about, audience)
        await steering.pause(PAUSED, by=by)


async def _newest(query: str) -> list[dict[str, Any]]:
    return await database.fetch(f"{query} LIMIT {NEWEST}")


async def _audience(noun: str, id: Any) -> set[str]:
    table = "audience" if noun == "document" else "news_audience"
    rows = await database.fetch(f"SELECT scope FROM {table} WHERE {noun} = {{}} AND to_at IS NULL", id)
    return {row["scope"] for row in rows}
