"""A document laid open: the text in force today, or one edition by its number.

The hot path of the house. Whether this reader may read is asked anew each time; the page itself is the same for all
who may, so it is drawn and compressed once and then sent as it is.
"""

from typing import Any

from litestar.params import FromPath

from backend.accounts import notifying
from backend.door.answering import HTML, Kept
from backend.door.remembered import Shelf
from backend.door.visit import visit_of
from backend.pages import assets
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, draw, named, page_at
from backend.pages.views import unit_name
from base.errors import NotFoundError
from base.settings import settings
from content import reading
from content.rows import Reading

_shelf = Shelf(limit_bytes=96 * 1024 * 1024)
"""Pages by the ETag of what they show: a changed text has another key, and the old page fades."""


@page_at("/documents/{slug:str}")
async def document(request: AnyRequest, slug: FromPath[str]) -> Page:
    """The text in force; before its first day, the text to come."""
    found = await reading.edition_in_force(slug, scopes=visit_of(request).scopes)
    return await _ready(request, "document.html", found)


@page_at("/documents/{slug:str}/editions/{ordinal:str}")
async def edition(request: AnyRequest, slug: FromPath[str], ordinal: FromPath[str]) -> Page:
    """One edition, whether or not it is in force: what quotations lead to."""
    number = numbered(ordinal)
    if number is None:
        raise NotFoundError
    found = await reading.edition(slug, number, scopes=visit_of(request).scopes)
    return await _ready(request, "edition.html", found)


def numbered(ordinal: str) -> int | None:
    """The number that an address names an edition by, None when it is none."""
    return int(ordinal) if ordinal.isdecimal() and len(ordinal) <= 6 else None


async def _ready(request: AnyRequest, template: str, found: Reading) -> Page:
    """The page from memory, or drawn now. It may depend on the visit's ``manner``, on nothing else of the reader."""
    unit = await unit_name(found.digest.unit, visit_of(request).language) if found.digest else ""
    key = (template, found.etag, assets.shelf().stamp, unit, *visit_of(request).manner)

    async def make() -> Kept:
        names = await named(request)
        return Kept(_draw(request, template, found, topic=names["topic"], digest_unit=unit).encode(), HTML)

    return await _shelf.answer(request, key, make)


def _draw(request: AnyRequest, template: str, found: Reading, **more: Any) -> str:
    path = f"/documents/{found.document.slug}"
    numbered = f"{path}/editions/{found.edition.ordinal}"
    return draw(
        request,
        template,
        reading=found,
        path=path if template == "document.html" else numbered,
        canonical=f"{settings().origin}{path}",
        quotation_link=f"{settings().origin}{numbered}",
        push_ready=notifying.is_ready(),
        **more,
    )
