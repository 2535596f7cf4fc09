"""Pages that are the same for all readers who may read the same: drawn once, and sent to each as they are."""

from collections.abc import Awaitable, Callable
from typing import Any

from backend.door.answering import HTML, Kept
from backend.door.remembered import Shelf
from backend.door.visit import visit_of
from backend.pages import assets, links
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, draw, named
from content import audiences

Context = Callable[[], Awaitable[dict[str, Any]]]

_shelf = Shelf("content", "units", limit_bytes=64 * 1024 * 1024)


async def page_alike(request: AnyRequest, template: str, context: Context) -> Page:
    """The page at this address, from memory or drawn with ``context``.

    It may depend on the address, on the ``manner`` of the visit, and on those of the reader's scopes that
    anything is addressed to; on nothing else of the reader, least of all the name.
    """
    visit = visit_of(request)
    reading = visit.scopes & (await audiences.reach()).scopes
    key = (template, links.here(request.scope), reading, assets.shelf().stamp, *visit.manner)

    async def make() -> Kept:
        names = await named(request)
        return Kept(draw(request, template, topic=names["topic"], **await context()).encode(), HTML)

    return await _shelf.answer(request, key, make)
