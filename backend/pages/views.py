"""What lists and articles show that rows do not say themselves: names of topics and units, pictures in their sizes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from backend.accounts import units
from content import topics
from content.rows import Article, Cover, NewsRow

KINDS = (("avif", "image/avif"), ("webp", "image/webp"))
"""Forms in which each picture is kept, best first."""

FALLBACK_WIDTH = 800
"""The width in pixels, or the next smaller one, that a browser without ``srcset`` gets."""


@dataclass(frozen=True)
class Source:
    """One form of a picture in all its widths, as ``<source>`` takes it."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """A picture with everything ``<picture>`` needs."""

    src: str
    alt: str
    width: int
    height: int
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class NewsView:
    """A news item as a list or the article's head shows it."""

    slug: str
    title: str
    standfirst: str
    cover: Picture | None
    published_at: datetime
    topic: str
    unit: str
    html: str = ""


async def topic_names(language: str) -> dict[str, str]:
    """What each topic is called."""
    return {row.code: row.en if language == "en" else row.vi for row in await topics.topics()}


async def article_view(article: Article, language: str) -> NewsView:
    """An article as it is read."""
    (head,) = await news_views([article.news], language)
    return replace(head, html=article.html)


async def news_views(rows: Iterable[NewsRow], language: str) -> list[NewsView]:
    """News as it is shown."""
    names = await topic_names(language)
    return [
        NewsView(
            slug=row.slug, title=row.title, standfirst=row.standfirst, cover=picture(row.cover),
            published_at=row.published_at, topic=names.get(row.topic, ""), unit=await unit_name(row.unit, language),
        )
        for row in rows
    ]  # fmt: skip


async def unit_name(unit: int | None, language: str) -> str:
    """What a unit is called; nothing for one that is not known."""
    tree = await units.forest()
    if unit is None or unit not in tree:
        return ""
    found = tree[unit]
    return (found.name_en or found.name) if language == "en" else found.name


def picture(cover: Cover | None) -> Picture | None:
    """A cover in all its forms and widths."""
    if cover is None:
        return None
    fallback = max((width for width in cover.widths if width <= FALLBACK_WIDTH), default=min(cover.widths))
    sources = tuple(
        Source(type, ", ".join(f"{cover.url(width, kind)} {width}w" for width in cover.widths)) for kind, type in KINDS
    )
    return Picture(cover.url(fallback, "webp"), cover.alt, cover.width, cover.height, sources)
