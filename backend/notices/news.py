"""Notices about news: the title, for whoever may read the item now."""

from collections.abc import Sequence

from backend.accounts.sessions import Reader
from backend.notices.told import Found, Told, subject, subjects, words_of
from base import clock, database
from content import audiences
from notifications.inbox import Item


async def tell(items: Sequence[Item], reader: Reader, language: str) -> Found:
    """What was published, and where it is read."""
    among, values = database.among("n.id", subjects(items))
    readable, more = audiences.readable(reader.scopes, of="n.id", table="news_audience", owner="news")
    rows = await database.fetch(
        f"SELECT n.id, n.slug, n.title FROM news n WHERE {among} AND n.state = 'published' "
        f"AND n.published_at <= {{}} AND {readable}",
        values, clock.now(), *more,
    )  # fmt: skip
    known = {row["id"]: row for row in rows}
    return {
        item.id: Told(words_of(item.kind, language), row["title"], href=f"/news/{row['slug']}")
        for item in items
        if (row := known.get(subject(item)))
    }
