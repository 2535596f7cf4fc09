"""How an item will look, drawn from what is typed, with what is still wrong with its pictures."""

import asyncio
from uuid import UUID

import msgspec
from msgspec import Struct

from content import articles
from content.articles import Flaw
from content.newsroom import keeping
from content.newsroom.model import LENGTHS, Sheet
from content.rows import Cover


class Preview(Struct, frozen=True):
    """What a reader would be given, as far as it can be drawn yet; ``html`` is sanitised."""

    title: str
    standfirst: str
    cover: Cover | None
    html: str
    flaws: tuple[Flaw, ...]


async def drawn(id: UUID, sheet: Sheet) -> Preview:
    """The item as ``sheet`` has it; only pictures that were brought for it are drawn."""
    own = await keeping.pictures_of(id)
    body = sheet.body[: LENGTHS["body"]]
    html, flaws = await asyncio.to_thread(lambda: (articles.to_html(body, own), articles.flaws(body, own)))
    cover = own.get(sheet.cover)
    shown = msgspec.structs.replace(cover, alt=sheet.cover_alt) if cover else None
    return Preview(sheet.title, sheet.standfirst, shown, html, flaws)
