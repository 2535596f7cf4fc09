"""Who may see a picture: whoever may read one of the news items that have it as their cover or in their text."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from base import clock, database
from content import audiences
from content.memory import Memory

PICTURES = 5_000
"""Of how many pictures a process remembers which news they belong to."""


class _Use(Struct, frozen=True):
    """A news item with the picture: from when it is shown, and to whom."""

    from_at: datetime
    addressed: tuple[audiences.Window, ...]


_uses: Memory[tuple[_Use, ...]] = Memory(PICTURES)


async def may_see(picture: str, *, scopes: frozenset[str]) -> bool:
    """Whether a reader with these scopes may see the picture of this id now."""
    uses = _uses.recall(picture)
    if uses is None:
        uses = await _uses.ask(picture, lambda: _used(picture))
    now = clock.now()
    return any(use.from_at <= now and audiences.may_read(scopes, use.addressed, now) for use in uses)


async def _used(picture: str) -> tuple[_Use, ...]:
    rows = await database.fetch(
        "SELECT n.id, n.published_at, a.scope, a.from_at, a.to_at FROM news n JOIN news_audience a ON a.news = n.id "
        "WHERE n.state = 'published' AND n.id IN (SELECT id FROM news WHERE cover = {} "
        "UNION SELECT manuscript FROM news_picture WHERE picture = {} AND shown)",
        picture, picture,
    )  # fmt: skip
    windows: dict[Any, list[audiences.Window]] = {}
    for row in rows:
        window = audiences.Window(row["scope"], row["from_at"], row["to_at"])
        windows.setdefault((row["id"], row["published_at"]), []).append(window)
    return tuple(_Use(published_at, tuple(found)) for (_, published_at), found in windows.items())
