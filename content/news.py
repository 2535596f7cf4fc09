"""News: written in Markdown, addressed to scopes like documents are, listed newest first."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b, sha256
from typing import Any
from uuid import UUID, uuid4

from base import clock, database, journal, revisions
from base.errors import ConflictError, InvalidError, NotFoundError
from content import audiences, cursors, naming, pictures
from content.articles import to_html
from content.memory import Memory
from content.rows import Article, Cover, NewsRow, Page

LIMIT = 100
_COLUMNS = (
    "n.id, n.slug, n.title, n.standfirst, n.cover, n.cover_alt, n.published_at, n.unit, n.topic, "
    "p.width, p.height, p.widths"
)
_pages: Memory[Page[NewsRow]] = Memory(room=400)
_articles: Memory[tuple[Article, tuple[audiences.Window, ...]]] = Memory(room=2_000)


@dataclass(frozen=True, slots=True)
class Writing:
    """A news item as its editor gives it; ``cover`` is the bytes of a picture and needs ``cover_alt``."""

    title: str
    standfirst: str
    body: str
    audience: frozenset[str]
    published_at: datetime | None = None
    unit: int | None = None
    topic: str = ""
    cover: bytes | None = None
    cover_alt: str = ""
    slug: str = ""
    source_digest: str = ""


async def latest(
    *, scopes: frozenset[str], topic: str = "", cursor: str | None = None, limit: int = 12
) -> Page[NewsRow]:
    """A page of news, newest first; raises InvalidError on a cursor or limit that there is not."""
    if not 1 <= limit <= LIMIT:
        raise InvalidError.of("limit", "content-limit-out-of-range", limit=LIMIT)
    place = _place(cursor)
    scopes = scopes & await audiences.used("news_audience")
    return await _pages.ask((scopes, topic, cursor, limit), lambda: _page(scopes, topic, place, limit))


async def article(slug: str, *, scopes: frozenset[str]) -> Article:
    """A news item to read; raises NotFoundError when there is none for these scopes."""
    found, addressed = _articles.recall(slug) or await _articles.ask(slug, lambda: _load(slug))
    if not audiences.may_read(scopes, addressed):
        raise NotFoundError
    return found


async def write(writing: Writing, *, by: str) -> UUID:
    """Publish a news item; raises InvalidError for what it lacks, PictureError for its cover."""
    _check(writing)
    cover = await pictures.keep(writing.cover) if writing.cover is not None else None
    news, now = uuid4(), clock.now()
    try:
        async with database.unique(), database.transaction():
            await _insert(news, writing, cover, by, now)
            for scope in sorted(writing.audience):
                await database.execute(
                    "INSERT INTO news_audience (news, scope, from_at, reason, by) VALUES ({}, {}, {}, '', {})",
                    news, scope, now, by,
                )  # fmt: skip
            await journal.record(act="news.publish", subject=f"news:{news}", by=by, unit=writing.unit)
            await revisions.touch("content")
    except database.DuplicateError:
        raise ConflictError("content-news-address-taken") from None
    return news


async def is_known(digest: str) -> bool:
    """Whether a news item was made from the file with this digest."""
    return bool(await database.fetch("SELECT id FROM news WHERE source_digest = {}", digest))


def _check(writing: Writing) -> None:
    for field in ("title", "standfirst", "body"):
        if not getattr(writing, field).strip():
            raise InvalidError.of(field, f"content-news-{field}-missing")
    if writing.cover is not None and not writing.cover_alt.strip():
        raise InvalidError.of("cover_alt", "content-news-cover-alt-missing")
    if not writing.audience:
        raise InvalidError.of("audience", "content-news-audience-missing")


async def _insert(news: UUID, writing: Writing, cover: str | None, by: str, now: datetime) -> None:
    columns: dict[str, Any] = {
        "id": news, "slug": writing.slug or await _free_slug(naming.slug(writing.title)),
        "title": writing.title.strip(),
        "standfirst": writing.standfirst.strip(), "body": writing.body, "html": to_html(writing.body), "cover": cover,
        "cover_alt": writing.cover_alt.strip(), "unit": writing.unit, "topic": writing.topic, "state": "published",
        "published_at": writing.published_at or now, "created_at": now, "created_by": by,
        "source_digest": writing.source_digest or sha256(writing.body.encode()).hexdigest(),
    }  # fmt: skip
    places = ", ".join("{}" for _ in columns)
    await database.execute(f"INSERT INTO news ({', '.join(columns)}) VALUES ({places})", *columns.values())


async def _free_slug(wanted: str) -> str:
    rows = await database.fetch("SELECT slug FROM news WHERE slug = {} OR slug LIKE {}", wanted, f"{wanted}-%")
    taken = {row["slug"] for row in rows}
    candidates = (wanted if at == 1 else f"{wanted}-{at}" for at in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


def _place(cursor: str | None) -> list[Any] | None:
    if not cursor:
        return None
    try:
        moment, news = cursors.unseal("news", cursor)
        return [datetime.fromisoformat(moment), UUID(news)]
    except cursors.ForeignCursorError:
        raise InvalidError.of("cursor", "content-cursor-unknown") from None


async def _page(scopes: frozenset[str], topic: str, place: list[Any] | None, limit: int) -> Page[NewsRow]:
    readable, values = audiences.readable(scopes, of="n.id", table="news_audience", owner="news")
    where = ["n.state = 'published'", "n.published_at <= {}", readable]
    values = [clock.now(), *values]
    for condition, more in (("n.topic = {}", [topic] if topic else []), ("(n.published_at, n.id) < ({}, {})", place)):
        if more:
            where.append(condition)
            values += more
    rows = await _select(" AND ".join(where) + " ORDER BY n.published_at DESC, n.id DESC LIMIT {}", *values, limit + 1)
    shown = [_row(row) for row in rows[:limit]]
    follows = None
    if len(rows) > limit:
        follows = cursors.seal("news", [shown[-1].published_at.isoformat(), str(shown[-1].id)])
    return Page(tuple(shown), follows)


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
    return NewsRow(
        id=row["id"], slug=row["slug"], title=row["title"], standfirst=row["standfirst"], cover=cover,
        published_at=row["published_at"], unit=row["unit"], topic=row["topic"],
    )  # fmt: skip
