"""News: the list by topic, and an article."""

from collections.abc import Iterable
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.door.moving import moved
from backend.door.visit import Visit, visit_of
from backend.pages import narrowing
from backend.pages.alike import page_alike
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page_at
from backend.pages.views import topic_names, unit_name
from base.errors import InvalidError
from content import news
from content.rows import NewsRow
from content.rows import Page as Rows

LIMIT = 12
OTHERS = 5
NEWEST = 60
"""How many of the newest items are looked at for the topics that are offered."""


@page_at("/news")
async def latest(request: AnyRequest) -> Page | Response[bytes]:
    """The newest news this reader may read, pinned ones first; an old or mangled cursor begins anew."""
    if address := await narrowing.by_names_of_now(request):
        return moved(address)
    visit, given = visit_of(request), request.query_params

    async def shown() -> dict[str, Any]:
        names = await topic_names(visit.language)
        topic = given.get("topic") if given.get("topic") in names else ""
        found = await _rows(visit, topic or "", given.get("cursor"))
        return {"page": found, "topics": await _topics(visit, names), "chosen_topic": topic}

    return await page_alike(request, "news.html", shown)


async def _rows(visit: Visit, topic: str, cursor: str | None) -> Rows[NewsRow]:
    try:
        return await news.latest(scopes=visit.scopes, topic=topic, cursor=cursor, limit=LIMIT, pinned_first=True)
    except InvalidError:
        return await news.latest(scopes=visit.scopes, topic=topic, limit=LIMIT, pinned_first=True)


async def _topics(visit: Visit, names: Iterable[str]) -> list[str]:
    """Topics of which this reader finds something among the newest, in their order."""
    newest = await news.latest(scopes=visit.scopes, limit=NEWEST)
    found = {row.topic for row in newest.rows}
    return [code for code in names if code in found]


@page_at("/news/{slug:str}")
async def article(request: AnyRequest, slug: FromPath[str]) -> Page:
    """An article, with a few others beside it."""
    visit = visit_of(request)

    async def shown() -> dict[str, Any]:
        found = await news.article(slug, scopes=visit.scopes)
        others = await news.latest(scopes=visit.scopes, limit=OTHERS + 1)
        return {
            "article": found,
            "unit_name": await unit_name(found.news.unit, visit.language),
            "others": [row for row in others.rows if row.slug != slug][:OTHERS],
        }

    return await page_alike(request, "article.html", shown)
