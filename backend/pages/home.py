"""The first page: the newest documents and news, and what comes into force soon."""

from backend.door.visit import visit_of
from backend.pages.answer import Page
from backend.pages.meetings import next_for
from backend.pages.shell import AnyRequest, page, page_at
from content import news, reading
from content.rows import Filters

NEWEST = 6
NEWS = 4
UPCOMING = 5


@page_at("/")
async def home(request: AnyRequest) -> Page:
    """What is new for this reader."""
    visit = visit_of(request)
    scopes = visit.scopes
    return await page(
        request,
        "home.html",
        meetings=await next_for(visit.reader, visit.language),
        documents=(await reading.documents(scopes=scopes, limit=NEWEST)).rows,
        upcoming=(await reading.documents(scopes=scopes, filters=Filters(state="not-yet"), limit=UPCOMING)).rows,
        facets=await reading.facets(scopes=scopes),
        news=(await news.latest(scopes=scopes, limit=NEWS, pinned_first=True)).rows,
    )
