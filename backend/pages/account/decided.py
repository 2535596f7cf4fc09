"""What was decided on one of a member's own comments and by which rule, and the way to appeal."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.discussion import mine
from backend.discussion.comment_model import HIDDEN, RETURNED
from backend.door.visit import reader_of, visit_of
from backend.moderation import appealing, cases, standing
from backend.moderation.model import WORDS_CHARS, Case
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from backend.pages.views import unit_name
from base.errors import NotFoundError, RuleError
from base.settings import settings

TEMPLATE = "account/decided.html"
LENGTH = 200_000
"""What was typed is kept in the form even where it is far too long to be taken."""


@page_at("/account/comments/{id:uuid}/decision")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The decisions on the comment, and what became of an appeal."""
    return forms.fresh(request, TEMPLATE, ("comment-appealed",), **await _context(request, id))


@form_at("/account/comments/{id:uuid}/decision")
async def appeal(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Appeal against the decision that stands."""
    reader, typed = reader_of(request), await forms.read(request, "id", "appeal", length=LENGTH)
    try:
        await appealing.appeal(forms.id_of(typed["id"]), id, words=typed["appeal"], by=reader.member_id)
    except RuleError as error:
        return forms.again(request, TEMPLATE, error, typed, **await _context(request, id))
    return see_other(f"/account/comments/{id}/decision?done=comment-appealed")


async def _context(request: AnyRequest, id: uuid.UUID) -> dict[str, Any]:
    """Who decided is not told: the body did, and an appeal goes to somebody else, whose unit is told."""
    reader, language = reader_of(request), visit_of(request).language
    row = await mine.one(id, by=reader.member_id, scopes=reader.scopes)
    case = await cases.one(id)
    if not case.decisions:
        raise NotFoundError
    appeals = {each.decision: each for each in (await cases.appeals_of([id])).get(id, ())}
    return {
        "row": row, "reasons": row.comment.reasons(language), "new_id": uuid.uuid4(), "most": WORDS_CHARS,
        "lines": [{"decision": each, "appeal": appeals.get(each.id)} for each in case.decisions],
        "may_appeal": _may_appeal(case), "reviewing": await _reviewing(case, language),
        "days": settings().appeal_days,
    }  # fmt: skip


def _may_appeal(case: Case) -> bool:
    return case.comment.state in (HIDDEN, RETURNED) and case.last is not None and case.appeal is None


async def _reviewing(case: Case, language: str) -> str:
    """The unit whose moderators answer an appeal that is open."""
    is_open = case.appeal is not None and case.appeal.is_open
    return await unit_name(await standing.reviewing(case), language) if is_open else ""
