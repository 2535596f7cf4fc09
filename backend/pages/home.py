"""The first page: the newest documents and news, and what comes into force soon."""

from typing import Any

from backend.door.visit import visit_of
from backend.pages import links
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page, page_at
from backend.pages.views import news_views, unit_name
from content import news, reading
from content.rows import Count, Filters

NEWEST = 6
NEWS = 4
UPCOMING = 5


@page_at("/")
async def home(request: AnyRequest) -> Page:
    """What is new for this reader."""
    visit = visit_of(request)
    documents = await reading.documents(scopes=visit.scopes, limit=NEWEST)
    upcoming = await reading.documents(scopes=visit.scopes, filters=Filters(state="not-yet"), limit=UPCOMING)
    facets = await reading.facets(scopes=visit.scopes)
    latest = await news.latest(scopes=visit.scopes, limit=NEWS)
    return await page(
        request,
        "home.html",
        documents=documents.rows,
        upcoming=upcoming.rows,
        types=[_line(count) for count in facets.types],
        news=await news_views(latest.rows, visit.language),
        unit_name=await unit_name(visit.reader.unit, visit.language) if visit.reader else "",
    )


def _line(count: Count) -> dict[str, Any]:
    return {"words": count.value, "count": count.count, "url": links.with_query("/documents", {"type": count.value})}
