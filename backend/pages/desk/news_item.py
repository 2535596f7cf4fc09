"""One news item at the desk: how it stands, what was done to it, and pinning, unscheduling and taking it back."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import newsdesk
from backend.pages.desk.newsdesk import Opened
from backend.pages.desk.working import APPROVER, EDITOR
from backend.pages.shell import AnyRequest, form_at, named, page_at, see_other
from base import clock
from base.errors import NotFoundError, RuleError
from content import news
from content.newsroom import issuing, pins, preview, reverting

ITEM = "desk/news_item.html"
DONE = tuple(
    f"news-{done}"
    for done in ("published", "changed", "scheduled", "unscheduled", "withdrawn", "pinned", "unpinned", "reverted")
)
Act = Callable[[Opened], Awaitable[Any]]


@page_at("/desk/news/{id:uuid}")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The item, for whoever works or looks on at the desk of its unit."""
    desk = await newsdesk.opened(request, id)
    await newsdesk.note_audit(desk)
    return forms.fresh(request, ITEM, DONE, panel="", **await _facts(request, desk))


@form_at("/desk/news/{id:uuid}/pin")
async def pin(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Put it on top until a day, or without an end."""
    typed = await forms.read(request, "pinned_until")

    async def act(desk: Opened) -> None:
        await pins.pin(id, forms.date_of(typed["pinned_until"], "pinned_until"), by=desk.by)

    return await _do(request, id, act, "pinned", (EDITOR,), typed, panel="pin")


@form_at("/desk/news/{id:uuid}/pin/removal")
async def unpin(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Take it down from the top."""
    return await _do(request, id, lambda desk: pins.unpin(id, by=desk.by), "unpinned", (EDITOR,))


@form_at("/desk/news/{id:uuid}/schedule/removal")
async def unschedule(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Make it a draft again."""
    return await _do(request, id, lambda desk: issuing.unschedule(id, by=desk.by), "unscheduled", (EDITOR,))


@form_at("/desk/news/{id:uuid}/reverting")
async def revert(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Give up what was written since it was last given to readers."""
    return await _do(request, id, lambda desk: reverting.revert(id, by=desk.by), "reverted", (EDITOR,))


@form_at("/desk/news/{id:uuid}/withdrawal")
async def withdraw(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Take it from readers, with a reason."""
    typed = await forms.read(request, "reason")

    async def act(desk: Opened) -> None:
        await issuing.withdraw(id, reason=typed["reason"], by=desk.by)

    return await _do(request, id, act, "withdrawn", (EDITOR, APPROVER), typed, panel="withdraw")


@form_at("/desk/news/{id:uuid}/discarding")
async def discard(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Throw a draft away."""
    try:
        desk = (await newsdesk.opened(request, id)).only(EDITOR)
        await issuing.discard(id, by=desk.by)
    except NotFoundError:
        raise
    except RuleError as error:
        return await _again(request, id, error, {}, "")
    return see_other("/desk/news?done=news-discarded")


async def _do(
    request: AnyRequest, id: uuid.UUID, act: Act, done: str, who: tuple[str, ...],
    typed: dict[str, str] | None = None, panel: str = "",
) -> Page | Response[bytes]:  # fmt: skip
    """Do it and go back to the item, or show it again with what is wrong in that ``panel``."""
    desk = (await newsdesk.opened(request, id)).only(*who)
    try:
        await act(desk)
    except RuleError as error:
        return await _again(request, id, error, typed or {}, panel)
    return see_other(f"/desk/news/{id}?done=news-{done}")


async def _again(request: AnyRequest, id: uuid.UUID, error: RuleError, typed: dict[str, str], panel: str) -> Page:
    desk = await newsdesk.opened(request, id)
    wrong = forms.renamed(error, pinned="pinned_until")
    return forms.again(request, ITEM, wrong, typed, panel=panel, **await _facts(request, desk))


async def _facts(request: AnyRequest, desk: Opened) -> dict[str, Any]:
    item = desk.item
    return {
        **await newsdesk.shown(request, desk),
        "preview": await preview.drawn(item.id, item.sheet),
        "topic": (await named(request))["topic"], "topic_code": item.sheet.topic,
        **await newsdesk.timeline(request, item.id),
        "may_read": await _may_read(request, desk),
        "most_pins": pins.MOST, "today": clock.today(),
    }  # fmt: skip


async def _may_read(request: AnyRequest, desk: Opened) -> bool:
    """Whether the reader finds it where readers do."""
    try:
        await news.article(desk.item.slug, scopes=visit_of(request).scopes)
    except NotFoundError:
        return False
    return True
