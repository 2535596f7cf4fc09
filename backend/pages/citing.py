"""Where a quotation leads: to the one part it names, to a choice, or to a plain word that it names nothing here."""

from typing import Any
from urllib.parse import quote

from litestar import Response

from backend.door.visit import visit_of
from backend.pages import links
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, named, page, page_at, personal, see_other
from content import citations
from content.citations import Near
from content.quotations.reading import LENGTH

PLACE = "/cite/"


@page_at("/cite")
async def asked(request: AnyRequest) -> Page | Response[bytes]:
    """Where a quotation can be typed or pasted; what was typed goes on to its own address."""
    text = " ".join((request.query_params.get("text") or "").split())[: 2 * LENGTH]
    if not text:
        return await page(request, "citation.html", text="", found=None, is_long=False)
    return see_other(links.with_query(PLACE + quote(text), {"from": request.query_params.get("from")}))


@page_at("/cite/{quotation:path}")
async def cited(request: AnyRequest) -> Page | Response[bytes]:
    """The document or part that the address names; ``from`` (slug@edition.path) is where it was read."""
    text = request.scope["path"].removeprefix(PLACE).strip()
    near = Near.of(request.query_params.get("from") or "")
    found = await citations.resolve(text, scopes=visit_of(request).scopes, near=near)
    if found.outcome == "one":
        return see_other(found.hits[0].link)
    shown: dict[str, Any] = {"text": text[:LENGTH], "found": found, "is_long": len(text) > LENGTH}
    if found.outcome == "several":
        return await page(request, "citation.html", **shown)
    return personal(request, "citation.html", 404, **await named(request), **shown)
