"""News for programs: the list, newest first, and one item to read."""

from datetime import datetime
from typing import Annotated, Final

from msgspec import Meta, Struct

from backend.accounts.forest import Forest
from backend.accounts.standing import forest
from backend.api.answers import AnyRequest, at, encoded, next_page
from backend.api.parameters import Cursor, Limit, NewsSlug, Topic
from backend.api.unit_shapes import UnitName, named
from backend.door.answering import Answer, Kept
from backend.door.remembered import Shelf
from backend.door.visit import visit_of
from content import audiences, rows
from content import news as content_news

PATH: Final = "/api/news"

_lists, _articles = Shelf("content", "units"), Shelf("content", "units")


class PictureSource(Struct, frozen=True):
    """A picture in one width."""

    width: Annotated[int, Meta(description="Pixels.", examples=[960])]
    avif: Annotated[str, Meta(description="Address of the AVIF file.", examples=["/pictures/3f9c/960.avif"])]
    webp: Annotated[str, Meta(description="Address of the WebP file.", examples=["/pictures/3f9c/960.webp"])]


class Cover(Struct, frozen=True):
    """The picture that goes with a news item."""

    alt: Annotated[str, Meta(description="What is to be seen on it, in words.", examples=["Đồi chè buổi sớm"])]
    width: Annotated[int, Meta(description="Pixels of the original.", examples=[1600])]
    height: Annotated[int, Meta(description="Pixels of the original.", examples=[900])]
    sources: Annotated[tuple[PictureSource, ...], Meta(description="Narrowest first.")]


class NewsSummary(Struct, frozen=True):
    """A news item in a list."""

    slug: Annotated[str, Meta(description="Its name in addresses: /news/{slug}.", examples=["hoi-nghi-tinh-uy"])]
    title: Annotated[str, Meta(description="Headline.", examples=["Hội nghị Tỉnh ủy lần thứ năm"])]
    standfirst: Annotated[str, Meta(description="What it is about, in a sentence or two.", examples=["Ngày 12/3, …"])]
    cover: Cover | None
    published_at: Annotated[datetime, Meta(description="When (UTC).", examples=["2026-03-12T02:00:00Z"])]
    unit: Annotated[UnitName | None, Meta(description="Who published it, as it is called today.")]
    topic: Annotated[str, Meta(description='Code from /api/topics; "" for none.', examples=["chuyen-doi-so"])]
    updated_at: Annotated[
        datetime | None,
        Meta(description="When its text was last changed (UTC); null: never.", examples=["2026-03-12T07:30:00Z"]),
    ]
    pinned: Annotated[
        bool, Meta(description="Whether pages show it before newer ones; the list here does not.", examples=[False])
    ]


class NewsList(Struct, frozen=True):
    """One page of news."""

    items: Annotated[tuple[NewsSummary, ...], Meta(description="Newest first.")]
    next: Annotated[
        str | None,
        Meta(description="Address of the next page; null on the last.", examples=["/api/news?limit=12&cursor=eJw"]),
    ]


class Article(Struct, frozen=True):
    """A news item to read."""

    news: NewsSummary
    html: Annotated[str, Meta(description="The body as sanitised HTML.", examples=["<p>Ngày 12/3, …</p>"])]


@at(PATH, tag="news", summary="News, page by page", problems=(422,))
async def news(request: AnyRequest, topic: Topic = "", cursor: Cursor = "", limit: Limit = 12) -> Answer[NewsList]:
    """The news this reader may read (a visitor: the public ones), newest first. Follow `next` for the page after."""
    scopes = visit_of(request).scopes & await audiences.used("news_audience")
    asked = (scopes, topic, cursor, limit)
    return await _lists.answer(request, asked, lambda: _list(*asked))


@at(f"{PATH}/{{slug:str}}", tag="news", summary="A news item to read", problems=(404,))
async def article(request: AnyRequest, slug: NewsSlug) -> Answer[Article]:
    """A news item with its body."""
    found = await content_news.article(slug, scopes=visit_of(request).scopes)
    return await _articles.answer(request, (slug, found.etag), lambda: _to_read(found))


async def _list(scopes: frozenset[str], topic: str, cursor: str, limit: int) -> Kept:
    page = await content_news.latest(scopes=scopes, topic=topic, cursor=cursor or None, limit=limit)
    tree = await forest()
    items = tuple(_summary(row, tree) for row in page.rows)
    return encoded(NewsList(items, next_page(PATH, page.next, topic=topic, limit=limit)))


async def _to_read(found: rows.Article) -> Kept:
    return encoded(Article(_summary(found.news, await forest()), found.html))


def _summary(row: rows.NewsRow, tree: Forest) -> NewsSummary:
    return NewsSummary(
        slug=row.slug, title=row.title, standfirst=row.standfirst, cover=_cover(row.cover),
        published_at=row.published_at, unit=named(row.unit, tree), topic=row.topic, updated_at=row.updated_at,
        pinned=row.pinned,
    )  # fmt: skip


def _cover(cover: rows.Cover | None) -> Cover | None:
    if cover is None:
        return None
    sources = (PictureSource(width, cover.url(width, "avif"), cover.url(width, "webp")) for width in cover.widths)
    return Cover(cover.alt, cover.width, cover.height, tuple(sources))
