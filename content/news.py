"""News: written in Markdown, addressed to scopes like documents are, listed newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from base import clock, database
from base.errors import ConflictError, InvalidError, NotFoundError
from content import audiences, cursors, pictures, topics
from content.memory import Memory
from content.newsroom import issuing, keeping, pins
from content.newsroom.model import Sheet
from content.rows import Article, Cover, NewsRow, Page

LIMIT = 100
_COLUMNS = (
    "n.id, n.slug, n.title, n.standfirst, n.cover, n.cover_alt, n.published_at, n.unit, n.topic, n.updated_at, "
    "n.pinned_at, n.pinned_until, p.width, p.height, p.widths"
)
_pages: Memory[Page[NewsRow]] = Memory(room=400)
_articles: Memory[tuple[Article, tuple[audiences.Window, ...]]] = Memory(room=2_000)


_KINDS = {False: "news", True: "news-pinned"}
"""What the cursors of each order are sealed as."""


class _Wish(NamedTuple):
    """What of the news is listed."""

    scopes: frozenset[str]
    topic: str


class _Place(NamedTuple):
    """Behind which item a page begins, and whether that was among the pinned ones."""

    pinned: bool
    moment: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Writing:
    """A whole news item from elsewhere; ``cover`` is the bytes of a picture and needs ``cover_alt``.

    One whose ``published_at`` is to come is scheduled; ``draft``: nobody is given it until an editor says so.
    """

    title: str
    standfirst: str
    body: str
    audience: frozenset[str]
    id: UUID = field(default_factory=uuid4)
    draft: bool = False
    pinned: bool = False
    pinned_until: date | None = None
    published_at: datetime | None = None
    unit: int | None = None
    topic: str = ""
    cover: bytes | None = None
    cover_alt: str = ""
    slug: str = ""
    source_digest: str = ""


async def latest(
    *, scopes: frozenset[str], topic: str = "", cursor: str | None = None, limit: int = 12, pinned_first: bool = False
) -> Page[NewsRow]:
    """A page of news, newest first, those that are pinned before all others if so wished.

    Raises InvalidError on a cursor (each order has its own) or limit that there is not.
    """
    if not 1 <= limit <= LIMIT:
        raise InvalidError.of("limit", "content-limit-out-of-range", limit=LIMIT)
    place = _place(cursor, pinned_first)
    topic = await topics.current(topic) if topic else ""
    scopes = scopes & await audiences.used("news_audience")
    page = _pinned_first if pinned_first else _newest
    return await _pages.ask(
        (scopes, topic, cursor, limit, pinned_first), lambda: page(_Wish(scopes, topic), place, limit)
    )


async def article(slug: str, *, scopes: frozenset[str]) -> Article:
    """A news item to read; raises NotFoundError when there is none for these scopes."""
    if "\0" in slug:  # no address holds one, and PostgreSQL fails on it
        raise NotFoundError
    found, addressed = _articles.recall(slug) or await _articles.ask(slug, lambda: _load(slug))
    if not audiences.may_read(scopes, addressed):
        raise NotFoundError
    return found


async def rows_of(ids: Sequence[UUID]) -> tuple[NewsRow, ...]:
    """The news items of these ids, newest first; who may read them is for the caller to know."""
    among, values = database.among("n.id", ids)
    rows = await _select(f"{among} ORDER BY n.published_at DESC, n.id DESC", values)
    return tuple(_row(row) for row in rows)


async def write(writing: Writing, *, by: str) -> UUID:
    """Put in a whole news item; raises UnmetError for what it lacks, PictureError for its cover."""
    cover = await pictures.keep(writing.cover) if writing.cover is not None else ""
    try:
        async with database.unique(), database.transaction():
            await keeping.save(writing.id, _sheet(writing, cover), version=0, by=by, pictures=[cover] if cover else [])
            if not writing.draft:
                await _issue(writing, by)
    except database.DuplicateError:
        raise ConflictError("content-news-address-taken") from None
    return writing.id


async def is_known(digest: str) -> bool:
    """Whether a news item was made from the file with this digest."""
    return bool(await database.fetch("SELECT id FROM news WHERE source_digest = {}", digest))


def _sheet(writing: Writing, cover: str) -> Sheet:
    names = ("unit", "title", "standfirst", "body", "cover_alt", "topic", "pinned", "pinned_until")
    typed = {name: getattr(writing, name) for name in names}
    return Sheet(**typed, cover=cover, audience=tuple(sorted(writing.audience)))


async def _issue(writing: Writing, by: str) -> None:
    version = (await keeping.manuscript(writing.id)).version
    how: dict[str, Any] = {
        "version": version, "by": by, "slug": writing.slug, "digest": writing.source_digest
    }  # fmt: skip
    if writing.published_at is not None and writing.published_at > clock.now():
        await issuing.schedule(writing.id, at=writing.published_at, **how)
    else:
        await issuing.publish(writing.id, at=writing.published_at, **how)


def _place(cursor: str | None, pinned_first: bool) -> _Place | None:
    if not cursor:
        return None
    try:
        *rank, moment, news = cursors.unseal(_KINDS[pinned_first], cursor)
        return _Place(bool(rank and rank[0]), datetime.fromisoformat(moment), UUID(news))
    except cursors.ForeignCursorError:
        raise InvalidError.of("cursor", "content-cursor-unknown") from None


async def _newest(wish: _Wish, place: _Place | None, limit: int) -> Page[NewsRow]:
    rows = await _rows(wish, ("TRUE", []), place, limit + 1)
    return _page(rows, limit, lambda last: cursors.seal(_KINDS[False], _at(last)))


async def _pinned_first(wish: _Wish, place: _Place | None, limit: int) -> Page[NewsRow]:
    """Two lists, one behind the other, each along its own index."""
    today, rows = clock.today(), list[NewsRow]()
    if place is None or place.pinned:
        rows = await _rows(wish, (pins.NOW, [today]), place, limit + 1)
        place = None
    if len(rows) <= limit:
        rows += await _rows(wish, (f"NOT {pins.NOW}", [today]), place, limit + 1 - len(rows))
    return _page(rows, limit, lambda last: cursors.seal(_KINDS[True], [last.pinned, *_at(last)]))


async def _rows(wish: _Wish, which: audiences.Condition, place: _Place | None, limit: int) -> list[NewsRow]:
    readable = audiences.readable(wish.scopes, of="n.id", table="news_audience", owner="news")
    conditions: list[audiences.Condition] = [("n.published_at <= {}", [clock.now()]), readable, which]
    if wish.topic:
        conditions.append(("n.topic = {}", [wish.topic]))
    if place:
        conditions.append(("(n.published_at, n.id) < ({}, {})", [place.moment, place.id]))
    where = " AND ".join(["n.state = 'published'", *(sql for sql, _ in conditions)])
    values = [value for _, some in conditions for value in some]
    found = await _select(f"{where} ORDER BY n.published_at DESC, n.id DESC LIMIT {{}}", *values, limit)
    return [_row(row) for row in found]


def _page(rows: list[NewsRow], limit: int, follow: Callable[[NewsRow], str]) -> Page[NewsRow]:
    return Page(tuple(rows[:limit]), follow(rows[limit - 1]) if len(rows) > limit else None)


def _at(row: NewsRow) -> list[str]:
    return [row.published_at.isoformat(), str(row.id)]


async def _load(slug: str) -> tuple[Article, tuple[audiences.Window, ...]]:
    rows = await _select("n.slug = {} AND n.state = 'published' AND n.published_at <= {}", slug, clock.now())
    if not rows:
        raise NotFoundError
    html = (await database.fetch("SELECT html FROM news WHERE id = {}", rows[0]["id"]))[0]["html"]
    addressed = await database.fetch("SELECT scope, from_at, to_at FROM news_audience WHERE news = {}", rows[0]["id"])
    etag = blake2b(repr((rows[0], html)).encode(), digest_size=12).hexdigest()
    return Article(_row(rows[0]), html, etag), tuple(audiences.Window(**row) for row in addressed)


async def _select(where: str, *values: Any) -> list[dict[str, Any]]:
    return await database.fetch(
        f"SELECT {_COLUMNS} FROM news n LEFT JOIN picture p ON p.id = n.cover WHERE {where}",
        *values,
    )


def _row(row: dict[str, Any]) -> NewsRow:
    cover = None
    if row["cover"]:
        widths = tuple(int(width) for width in row["widths"].split(","))
        cover = Cover(row["cover"], row["cover_alt"], row["width"], row["height"], widths)
    until = row["pinned_until"]
    return NewsRow(
        id=row["id"], slug=row["slug"], title=row["title"], standfirst=row["standfirst"], cover=cover,
        published_at=row["published_at"], unit=row["unit"], topic=row["topic"], updated_at=row["updated_at"],
        pinned=row["pinned_at"] is not None and (until is None or until >= clock.today()),
    )  # fmt: skip
