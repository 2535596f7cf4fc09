"""What members of the sample were told of: its newest documents and news, as if they had been issued just now."""

from typing import Any

from base import database
from content.following import names_of_issuer, names_of_topic
from content.issuing import URGENCIES
from content.newsroom import telling
from notifications import outbox

NEWEST = 4
URGENT, EXPRESS = "Hỏa tốc", "31-QĐ/TU"
"""How one of them is marked, so that there is one that passes the night."""


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


async def _owe_document(row: dict[str, Any], by: str) -> None:
    matters = {f"document:{row['id']}", *await names_of_issuer(row["issuer"]), *await names_of_topic(row["topic"])}
    audience = await _audience("document", row["id"])
    await outbox.owe(
        key=f"document.publish:{row['edition']}", kind="document.publish", about=f"document:{row['id']}",
        audience=audience, urgency=URGENCIES[URGENT] if row["number"] == EXPRESS else "normal", by=by, matters=matters,
    )  # fmt: skip


async def _newest(query: str) -> list[dict[str, Any]]:
    return await database.fetch(f"{query} LIMIT {NEWEST}")


async def _audience(noun: str, id: Any) -> set[str]:
    table = "audience" if noun == "document" else "news_audience"
    rows = await database.fetch(f"SELECT scope FROM {table} WHERE {noun} = {{}} AND to_at IS NULL", id)
    return {row["scope"] for row in rows}
