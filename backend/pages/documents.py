"""The list of documents: narrowed, sorted, counted; chosen filters stay visible and can be taken away."""

from dataclasses import dataclass
from typing import Any

from litestar import Response

from backend.door.moving import moved
from backend.door.visit import Visit, visit_of
from backend.pages import links, narrowing
from backend.pages.alike import page_alike
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page_at
from base.errors import InvalidError
from content import reading
from content.rows import DocumentRow, Filters
from content.rows import Page as Rows

LIMIT = 20


@dataclass(frozen=True)
class Wish:
    """What of the list was asked for; what cannot be meant counts as not asked."""

    chosen: dict[str, str]
    sort: str
    cursor: str | None

    @property
    def filters(self) -> Filters:
        """The wish as the library takes it."""
        return narrowing.filters(self.chosen)

    def url(self, **changed: object) -> str:
        """The address of the list with other choices; None takes one away, and the cursor goes unless given."""
        values = {**self.chosen, "sort": self.sort, **changed}
        return links.with_query("/documents", {**values, "sort": _unless_default(values["sort"])})


@page_at("/documents")
async def documents(request: AnyRequest) -> Page | Response[bytes]:
    """One page of the list; by a former name of a topic or issuer one is led to the present one."""
    if address := await narrowing.by_names_of_now(request):
        return moved(address)
    visit, wish = visit_of(request), _wish(request)

    async def shown() -> dict[str, Any]:
        return {
            "page": await _rows(visit, wish),
            "facets": await reading.facets(scopes=visit.scopes, filters=wish.filters),
            "chosen": wish.chosen,
            "sort": wish.sort,
            "sorts": reading.SORTS,
            "listing_url": wish.url,
        }

    return await page_alike(request, "documents.html", shown)


def _wish(request: AnyRequest) -> Wish:
    given = request.query_params
    chosen = narrowing.chosen(given)
    if words := narrowing.said(given, "words"):
        chosen["words"] = words
    sort = given.get("sort") or ""
    return Wish(chosen, sort if sort in reading.SORTS else reading.SORTS[0], given.get("cursor"))


async def _rows(visit: Visit, wish: Wish) -> Rows[DocumentRow]:
    """The rows; an old or mangled cursor begins anew."""
    try:
        return await reading.documents(
            scopes=visit.scopes, filters=wish.filters, sort=wish.sort, cursor=wish.cursor, limit=LIMIT
        )
    except InvalidError:
        return await reading.documents(scopes=visit.scopes, filters=wish.filters, sort=wish.sort, limit=LIMIT)


def _unless_default(sort: object) -> object:
    return None if sort == reading.SORTS[0] else sort
