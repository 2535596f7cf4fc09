"""Reporting a comment that breaks a rule."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.discussion import comments, mine
from backend.door.visit import reader_of, visit_of
from backend.moderation import reporting
from backend.pages import forms, rule_words
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.errors import NotFoundError, RuleError

TEMPLATE = "report.html"
LENGTH = 200_000
"""What was typed is kept in the form even where it is far too long to be taken."""


@page_at("/comments/{id:uuid}/report")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The comment, and the rules that it may break."""
    return forms.fresh(request, TEMPLATE, ("comment-reported",), **await _context(request, id))


@form_at("/comments/{id:uuid}/report")
async def send(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Report it; whoever did so before is told the same."""
    reader, typed = reader_of(request), await forms.read(request, "id", "reason", "words", length=LENGTH)
    try:
        await reporting.report(
            forms.id_of(typed["id"]), id, reason=typed["reason"], words=typed["words"], by=reader.member_id,
            scopes=reader.scopes,
        )  # fmt: skip
    except RuleError as error:
        return forms.again(request, TEMPLATE, error, typed, **await _context(request, id))
    return see_other(f"/comments/{id}/report?done=comment-reported")


async def _context(request: AnyRequest, id: uuid.UUID) -> dict[str, Any]:
    reader = reader_of(request)
    comment = await comments.one(id, scopes=reader.scopes)
    if comment.author == reader.member_id:
        raise NotFoundError
    [titled] = await mine.titled([comment], reader.scopes)
    return {
        "comment": comment, "titled": titled, "report": await reporting.reported_by(reader.member_id, id),
        "reasons": rule_words.options(visit_of(request).language)[1:], "new_id": uuid.uuid4(),
        "most": reporting.MOST_CHARS,
    }  # fmt: skip
