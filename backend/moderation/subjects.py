"""Who may read what a comment is about."""

from backend.discussion.comment_model import Comment
from base import clock, database
from content import audiences
from content.audiences import Condition


async def addressed(comment: Comment) -> frozenset[str]:
    """The scopes that may read it now."""
    now = clock.now()
    if comment.document is not None:
        return frozenset(each.scope for each in await audiences.windows(comment.document) if each.open_at(now))
    rows = await database.fetch(
        "SELECT a.scope FROM news_audience a JOIN news n ON n.id = a.news WHERE a.news = {} AND n.state = 'published' "
        "AND a.from_at <= {} AND (a.to_at IS NULL OR a.to_at > {})",
        comment.news, now, now,
    )  # fmt: skip
    return frozenset(row["scope"] for row in rows)


def readable(scopes: frozenset[str]) -> Condition:
    """That these scopes may read, now, what the comment ``c`` is about."""
    document, values = audiences.readable(scopes, of="c.document")
    item, more = audiences.readable(scopes, of="c.news", table="news_audience", owner="news")
    published = "EXISTS (SELECT 1 FROM news n WHERE n.id = c.news AND n.state = 'published')"
    return f"({document} OR (c.news IS NOT NULL AND {published} AND {item}))", [*values, *more]
