"""News: the list by topic, and an article."""

from litestar.params import FromPath

from backend.door.visit import visit_of
from backend.pages import links
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page, page_at
from backend.pages.views import article_view, news_views, topic_names
from base.catalogue import say
from base.errors import InvalidError
from content import news

LIMIT = 12
OTHERS = 5


@page_at("/news")
async def latest(request: AnyRequest) -> Page:
    """The newest news this reader may read."""
    visit, given = visit_of(request), request.query_params
    topic, cursor = (given.get("topic") or "")[:60], given.get("cursor")
    try:
        found = await news.latest(scopes=visit.scopes, topic=topic, cursor=cursor, limit=LIMIT)
    except InvalidError:
        found = await news.latest(scopes=visit.scopes, topic=topic, limit=LIMIT)
    names = await topic_names(visit.language)
    lines = [{"words": say("pages-news-all", visit.language), "url": "/news", "chosen": not topic}]
    lines += [
        {"words": name, "url": links.with_query("/news", {"topic": code}), "chosen": code == topic}
        for code, name in names.items()
    ]
    return await page(
        request,
        "news.html",
        news=await news_views(found.rows, visit.language),
        topics=lines if names else [],
        more_url=links.with_query("/news", {"topic": topic, "cursor": found.next}) if found.next else None,
    )


@page_at("/news/{slug:str}")
async def article(request: AnyRequest, slug: FromPath[str]) -> Page:
    """An article, with a few others beside it."""
    visit = visit_of(request)
    found = await news.article(slug, scopes=visit.scopes)
    others = await news.latest(scopes=visit.scopes, limit=OTHERS + 1)
    return await page(
        request,
        "article.html",
        article=await article_view(found, visit.language),
        others=[row for row in others.rows if row.slug != slug][:OTHERS],
    )
