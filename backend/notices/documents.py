"""Notices about documents: number and title, for whoever may read it now."""

from collections.abc import Sequence

from backend.accounts.sessions import Reader
from backend.notices.told import Found, Told, subject, subjects, words_of
from base import database
from content import audiences
from notifications.inbox import Item


async def tell(items: Sequence[Item], reader: Reader, language: str) -> Found:
    """What was issued, and where it is read."""
    among, values = database.among("d.id", subjects(items))
    readable, more = audiences.readable(reader.scopes)
    rows = await database.fetch(
        f"SELECT d.id, d.slug, d.type, d.number, d.title FROM document d WHERE {among} AND d.shown AND {readable}",
        values, *more,
    )  # fmt: skip
    known = {row["id"]: row for row in rows}
    return {
        item.id: Told(
            words_of(item.kind, language), f"{row['type']} {row['number']}".strip(),
            row["title"][:1].upper() + row["title"][1:], f"/documents/{row['slug']}",
        )
        for item in items
        if (row := known.get(subject(item)))
    }  # fmt: skip
