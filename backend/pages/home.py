"""The first page: the newest documents and news, and what comes into force soon."""

from backend.door.visit import visit_of
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page, page_at
from content import news, reading
from content.rows import Filters

NEWEST = 6
NEWS = 4
UPCOMING = 5


@page_at("/")
async def home(request: AnyRequest) -> Page:
    """What is new for this reader."""
    scopes = visit_of(request).scopes
    return await page(
        request,
        "home.html",
        documents=(await reading.documents(scopes=scopes, limit=NEWEST)).rows,
        upcoming=(await reading.documents(scopes=scopes, filters=Filters(state="not-yet"), limit=UPCOMING)).rows,
        facets=await reading.facets(scopes=scopes),
        news=(await news.latest(scopes=scopes, limit=NEWS, pinned_first=True)).rows,
    )
