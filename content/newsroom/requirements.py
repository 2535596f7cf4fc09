"""What an item must have before readers are given it, in one list."""

import asyncio
from collections.abc import Iterator, Mapping

from base.errors import FieldError
from content import articles
from content.articles import Flaw
from content.newsroom.model import Sheet, UnmetError
from content.rows import Cover

TEXTS = ("title", "standfirst", "body")


async def check(sheet: Sheet, pictures: Mapping[str, Cover]) -> None:
    """Raise UnmetError for what a sheet lacks; ``pictures`` are those that were brought for it."""
    flaws = await asyncio.to_thread(articles.flaws, sheet.body, pictures)
    if missing := tuple(_missing(sheet, flaws)):
        raise UnmetError(fields=missing)


def _missing(sheet: Sheet, flaws: tuple[Flaw, ...]) -> Iterator[FieldError]:
    for name in TEXTS:
        if not getattr(sheet, name):
            yield FieldError(name, f"content-news-{name}-missing", {})
    if sheet.cover and not sheet.cover_alt:
        yield FieldError("cover_alt", "content-news-cover-alt-missing", {})
    if not sheet.audience:
        yield FieldError("audience", "content-news-audience-missing", {})
    for flaw in flaws[:1]:  # the preview tells of all
        yield FieldError("body", flaw.key, {"line": flaw.line})
