"""One meeting at the desk: how it stands, what is on its list, and giving it to members or taking it back."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts.scopes import shared_in
from backend.door.visit import visit_of
from backend.meetings import reading, setting
from backend.pages import forms, meetings
from backend.pages.answer import Page
from backend.pages.desk import preparing
from backend.pages.desk.preparing import DONE, HUB, Opened
from backend.pages.shell import AnyRequest, form_at, page_at, personal, see_other
from base.errors import RuleError


@page_at("/desk/meetings/{id:uuid}")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The meeting, for its secretary."""
    desk = await preparing.opened(request, id)
    return forms.fresh(request, HUB, DONE, panel="", **await preparing.facts(request, desk))


@page_at("/desk/meetings/{id:uuid}/preview")
async def preview(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The page as every member will have it, before they do."""
    desk = await preparing.opened(request, id)
    found = await reading.laid(desk.meeting, scopes=await shared_in(desk.meeting.unit))
    told: dict[str, Any] = await meetings.shown(found, visit_of(request).language)
    return personal(request, "meeting.html", **{**told, "papers_at": f"{desk.address}/papers"}, preview=True)


@form_at("/desk/meetings/{id:uuid}/setting")
async def set_list(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Give the list to the unit's members, as it was seen."""
    typed = await forms.read(request, "version")

    async def act(desk: Opened) -> None:
        await setting.set_list(id, version=forms.version_of(typed["version"]), by=desk.by)

    return await preparing.do(request, id, act, "set")


@form_at("/desk/meetings/{id:uuid}/cancellation")
async def cancel(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Say that it will not be held, and why."""
    typed = await forms.read(request, "reason")

    async def act(desk: Opened) -> None:
        await setting.cancel(id, reason=typed["reason"], by=desk.by)

    return await preparing.do(request, id, act, "cancelled", typed, panel="cancel")


@form_at("/desk/meetings/{id:uuid}/discarding")
async def discard(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Throw a draft away."""
    desk = await preparing.opened(request, id)
    try:
        await setting.discard(id, by=desk.by)
    except RuleError as error:
        return await preparing.again(request, id, error, {}, "")
    return see_other("/desk/meetings?done=meeting-discarded")
