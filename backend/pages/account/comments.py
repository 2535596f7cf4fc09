"""A member's own comments: all of them with what became of each, other words for one, and taking one back."""

from typing import Any
from uuid import UUID

from litestar import Response
from litestar.params import FromPath

from backend.discussion import comments, mine
from backend.discussion.mine import Mine
from backend.door.visit import reader_of, visit_of
from backend.pages import forms, links
from backend.pages.answer import Page
from backend.pages.comments import DONE, LENGTH
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.errors import InvalidError, RuleError
from content.rows import Page as Rows

LIST = "account/comments.html"
ONE = "account/comment.html"
HOME = "/account/comments"


@page_at("/account/comments")
async def listed(request: AnyRequest) -> Page:
    """Everything that the reader wrote, the newest first."""
    reader_of(request)
    page = await _rows(request)
    language = visit_of(request).language
    more = links.with_query(HOME, {"cursor": page.next}) if page.next else None
    return forms.fresh(request, LIST, DONE, rows=[_told(row, language) for row in page.rows], more=more)


@page_at("/account/comments/{id:uuid}")
async def one(request: AnyRequest, id: FromPath[UUID]) -> Page:
    """One of them: its words to be changed while they may be, and the way to withdraw it."""
    context = await _context(request, id)
    return forms.fresh(request, ONE, DONE, **context, values={"words": context["row"]["mine"].comment.words})


@form_at("/account/comments/{id:uuid}")
async def save(request: AnyRequest, id: FromPath[UUID]) -> Page | Response[bytes]:
    """Say it in other words."""
    reader, typed = reader_of(request), await forms.read(request, "words", "revision", length=LENGTH)
    revision = int(typed["revision"]) if typed["revision"].isdecimal() and len(typed["revision"]) <= 6 else 0
    try:
        await comments.edit(id, typed["words"], revision=revision, by=reader.member_id)
    except RuleError as error:
        return forms.again(request, ONE, error, typed, **await _context(request, id))
    return see_other(f"{HOME}?done=comment-edited#c-{id}")


@form_at("/account/comments/{id:uuid}/withdrawal")
async def withdraw(request: AnyRequest, id: FromPath[UUID]) -> Response[bytes]:
    """Take it back."""
    await comments.withdraw(id, by=reader_of(request).member_id)
    return see_other(f"{HOME}?done=comment-withdrawn#c-{id}")


async def _rows(request: AnyRequest) -> Rows[Mine]:
    """The rows; an old or mangled cursor begins anew."""
    reader, cursor = reader_of(request), request.query_params.get("cursor")
    try:
        return await mine.mine(reader.member_id, scopes=reader.scopes, cursor=cursor)
    except InvalidError:
        return await mine.mine(reader.member_id, scopes=reader.scopes)


async def _context(request: AnyRequest, id: UUID) -> dict[str, Any]:
    reader = reader_of(request)
    row = await mine.one(id, by=reader.member_id, scopes=reader.scopes)
    return {"row": _told(row, visit_of(request).language)}


def _told(row: Mine, language: str) -> dict[str, Any]:
    return {"mine": row, "reasons": row.comment.reasons(language) if row.comment.state == "waiting" else ()}
