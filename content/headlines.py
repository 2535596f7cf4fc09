"""Finding news by words of their titles, with or without marks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from base import clock, database
from content import audiences, naming, news
from content.memory import Memory
from content.rows import NewsRow

LIMIT = 20
"""Most news that are shown for one search: the newest."""


class Found(Struct, frozen=True):
    """The newest of what was found, and how many there are in all."""

    rows: tuple[NewsRow, ...]
    total: int


class _Headline(Struct, frozen=True):
    """A title as it is looked through, from when it is shown, and to whom."""

    id: UUID
    key: str
    from_at: datetime
    addressed: tuple[audiences.Window, ...]


_all: Memory[tuple[_Headline, ...]] = Memory(room=1)
_found: Memory[tuple[NewsRow, ...]] = Memory(room=400)


async def find(words: str, *, scopes: frozenset[str]) -> Found:
    """News that these scopes may read now and whose titles hold words beginning so, newest first; none for no words."""
    wanted = [f" {word}" for word in naming.search_words(words)]
    if not wanted:
        return Found((), 0)
    now = clock.now()
    ids = [
        each.id
        for each in await _all.ask("all", _load)
        if all(word in each.key for word in wanted)
        and each.from_at <= now
        and audiences.may_read(scopes, each.addressed, now)
    ]
    shown = tuple(ids[:LIMIT])
    return Found(await _found.ask(shown, lambda: news.rows_of(shown)) if shown else (), len(ids))


async def _load() -> tuple[_Headline, ...]:
    """Every title, newest first: some thousand lines at most, so that a search asks the database nothing."""
    windows: dict[UUID, list[audiences.Window]] = {}
    for row in await database.fetch("SELECT news, scope, from_at, to_at FROM news_audience"):
        windows.setdefault(row["news"], []).append(audiences.Window(row["scope"], row["from_at"], row["to_at"]))
    rows: list[dict[str, Any]] = await database.fetch(
        "SELECT id, title, published_at FROM news WHERE state = 'published' ORDER BY published_at DESC, id DESC"
    )
    return tuple(
        _Headline(
            row["id"], f" {' '.join(naming.words_of(row['title']))}", row["published_at"], tuple(windows[row["id"]])
        )
        for row in rows
        if row["id"] in windows
    )
