"""Whom a draft will be addressed to, and how many members that reaches."""

import uuid
from typing import Any

import msgspec
from litestar import Response
from litestar.params import FromPath

from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import addressing, drafting
from backend.pages.desk.drafting import DONE, Opened
from backend.pages.shell import AnyRequest, form_at, page_at
from base.errors import RuleError
from content.drafts import writing
from content.drafts.model import ChangedError, Facts

AUDIENCE = "desk/draft_audience.html"


@page_at("/desk/drafts/{id:uuid}/audience")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The audience as it stands, and what the paper's recipients suggest."""
    desk = await drafting.opened(request, id)
    return forms.fresh(request, AUDIENCE, DONE, **await _context(request, desk))


@form_at("/desk/drafts/{id:uuid}/audience")
async def save(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Address it to what was chosen; or the form once more, after a step of choosing."""
    desk = (await drafting.opened(request, id)).writing()
    typed = {**await forms.read(request, "seen"), **await addressing.read(request)}
    if addressing.is_step(typed):
        return forms.fresh(request, AUDIENCE, values=typed, **await _context(request, desk, typed))
    facts = desk.draft.facts

    async def act() -> None:
        wanted = await addressing.chosen(request, typed, facts.audience)
        stated = msgspec.structs.replace(facts, audience=tuple(sorted(wanted)))
        await writing.state_facts(id, stated, seen=typed["seen"], by=desk.by)

    async def again(error: RuleError) -> Page:
        theirs = error.theirs if isinstance(error, ChangedError) and isinstance(error.theirs, Facts) else None
        context = await _context(request, desk, typed)
        if theirs is not None:
            offered = await addressing.offer(request, theirs.audience)
            context |= {"theirs": offered.lines, "seen": writing.mark_of(theirs)}
        return forms.again(request, AUDIENCE, error, typed, **context)

    return await drafting.do(request, act, f"/desk/drafts/{id}/audience?done=draft-saved", again)


async def _context(request: AnyRequest, desk: Opened, typed: dict[str, str] | None = None) -> dict[str, Any]:
    facts = desk.draft.facts
    offer = await addressing.offer(
        request, facts.audience, typed, recipients=facts.head.recipients, owner_unit=desk.draft.unit
    )
    return {
        **await drafting.head(request, desk, "audience"), "theirs": None, "offer": offer,
        "seen": writing.mark_of(facts),
    }  # fmt: skip
