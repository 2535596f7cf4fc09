"""What changed in an edition since an earlier one: only the parts that did, in the order in which the newer one reads.

Who may read is asked anew each time; the page is the same for all who may, so it is drawn once and kept.
"""

import asyncio
from typing import Any

from litestar.params import FromPath

from backend.door.answering import HTML, Kept
from backend.door.remembered import Shelf
from backend.door.visit import visit_of
from backend.pages import assets
from backend.pages.answer import Page
from backend.pages.change_rows import in_editions, rows, size
from backend.pages.reading import numbered
from backend.pages.shell import AnyRequest, draw, named, page_at
from base.errors import NotFoundError
from content import comparing
from content.comparing import Changes

_shelf = Shelf(limit_bytes=32 * 1024 * 1024)
"""Pages by the ETag of what they show."""


@page_at("/documents/{slug:str}/editions/{ordinal:str}/changes")
async def changes(request: AnyRequest, slug: FromPath[str], ordinal: FromPath[str]) -> Page:
    """The edition compared with the one issued before it, or with an earlier one that ``from`` names."""
    newer, since = numbered(ordinal), numbered(request.query_params.get("from") or "")
    if newer is None:
        raise NotFoundError
    found = await comparing.changes(slug, newer, scopes=visit_of(request).scopes, since=since)

    async def make() -> Kept:
        names = await named(request)
        page = await asyncio.to_thread(_draw, request, found, topic=names["topic"])  # where thousands of parts changed
        return Kept(page.encode(), HTML)

    return await _shelf.answer(request, (found.etag, assets.shelf().stamp, *visit_of(request).manner), make)


def _draw(request: AnyRequest, found: Changes, **more: Any) -> str:
    reading = found.reading
    language = visit_of(request).language
    linked = in_editions(reading.document.slug, found.since.ordinal, reading.edition.ordinal)
    earlier = [line for line in reading.editions if line.ordinal < reading.edition.ordinal]
    return draw(
        request,
        "changes.html",
        found=found,
        size=size(found.comparison, language),
        rows=rows(found.comparison, linked),
        others=[line for line in earlier if line.ordinal != found.since.ordinal],
        **more,
    )
