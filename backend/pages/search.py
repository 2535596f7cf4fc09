"""A plain search: documents by number and words of the title, news by words of the title."""

from backend.door.visit import visit_of
from backend.pages import links
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page, page_at
from base.errors import InvalidError
from content import reading
from content.rows import DocumentRow, Filters
from content.rows import Page as Listed

LIMIT = 20
LENGTH = 200


@page_at("/search")
async def search(request: AnyRequest) -> Page:
    """What was found, or how to search when nothing was asked."""
    visit = visit_of(request)
    query = " ".join((request.query_params.get("q") or "").split())[:LENGTH]
    if not query:
        return await page(request, "search.html", query="", total=0, page=None, more_url=None)
    filters = Filters(words=query)
    facets = await reading.facets(scopes=visit.scopes, filters=filters)
    cursor = request.query_params.get("cursor")
    try:
        found = await reading.documents(scopes=visit.scopes, filters=filters, cursor=cursor, limit=LIMIT)
    except InvalidError:
        found = await reading.documents(scopes=visit.scopes, filters=filters, limit=LIMIT)
    found = await _named_first(found, query, visit.scopes, is_first=not cursor)
    more = links.with_query("/search", {"q": query, "cursor": found.next}) if found.next else None
    return await page(request, "search.html", query=query, total=facets.total, page=found, more_url=more)


async def _named_first(
    found: Listed[DocumentRow], query: str, scopes: frozenset[str], *, is_first: bool
) -> Listed[DocumentRow]:
    """What goes by the number that was typed opens the first page, and comes nowhere else."""
    named = await reading.named(query, scopes=scopes)
    others = tuple(row for row in found.rows if row not in named)
    return Listed((*named, *others) if is_first else others, found.next)
