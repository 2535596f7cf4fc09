"""A member's own comments, in whatever state, each with where it was written."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.discussion import turning
from backend.discussion.comment_model import COLUMNS, FROM, WITHDRAWN, Comment
from backend.discussion.comment_moves import find
from base import database
from base.errors import NotFoundError
from content import audiences
from content.mentioning import mentioned
from content.rows import Page

KIND = "comments-mine"
LIMIT = 20


class Mine(Struct, frozen=True):
    """A comment and what its text is called and where it is; both "" where the member may no longer read it."""

    comment: Comment
    title: str = ""
    path: str = ""

    @property
    def href(self) -> str:
        """Where it stands among what others said; "" where that may no longer be read."""
        if not self.path or self.comment.state == WITHDRAWN:
            return self.path and f"{self.path}/comments"
        return f"{self.path}/comments?thread={self.comment.parent or self.comment.id}"


async def mine(member: UUID, *, scopes: frozenset[str], cursor: str | None = None) -> Page[Mine]:
    """One page of what the member wrote, the newest first; raises InvalidError on a cursor that was not made here."""
    condition, values = "TRUE", list[Any]()
    if before := turning.place(KIND, cursor):
        condition, values = "(c.created_at, c.id) < ({}, {})", list(before)
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM {FROM} WHERE c.author = {{}} AND {condition} ORDER BY c.created_at DESC, c.id DESC "
        "LIMIT {}",
        member, *values, LIMIT + 1,
    )  # fmt: skip
    found = [Comment(**row) for row in rows]
    return Page(await titled(found[:LIMIT], scopes), turning.ahead(KIND, found, LIMIT))


async def one(id: UUID, *, by: UUID, scopes: frozenset[str]) -> Mine:
    """One of a member's own; raises NotFoundError for anybody else's."""
    found = await find(id)
    if found is None or found.author != by:
        raise NotFoundError
    (row,) = await titled([found], scopes)
    return row


async def titled(comments: Sequence[Comment], scopes: frozenset[str]) -> tuple[Mine, ...]:
    """The comments with the texts that they are about, as far as these scopes may know of them."""
    known = {
        **await documents_named([each.document for each in comments if each.document], scopes),
        **await _news([each.news for each in comments if each.news], scopes),
    }
    return tuple(Mine(each, *known.get(each.document or each.news, ())) for each in comments)


async def documents_named(ids: Sequence[UUID], scopes: frozenset[str]) -> dict[UUID | None, tuple[str, str]]:
    """What these documents are called and where they are, of those that these scopes may read."""
    return {id: (each.name, each.href) for id, each in (await mentioned(ids, scopes=scopes)).items()}


async def _news(ids: Sequence[UUID], scopes: frozenset[str]) -> dict[UUID | None, tuple[str, str]]:
    if not ids:
        return {}
    among, values = database.among("n.id", ids)
    readable, more = audiences.readable(scopes, of="n.id", table="news_audience", owner="news")
    rows = await database.fetch(
        f"SELECT n.id, n.slug, n.title FROM news n WHERE {among} AND n.state = 'published' AND {readable}",
        values, *more,
    )  # fmt: skip
    return {row["id"]: (row["title"], f"/news/{row['slug']}") for row in rows}
