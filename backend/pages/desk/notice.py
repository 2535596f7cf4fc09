"""How far a notice has got, in numbers alone, and the office's hand on it: to pause it, go on, take back the rest."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response
from litestar.params import FromPath

from backend.accounts import actors
from backend.accounts.addressing import addressees
from backend.accounts.reaching import reach
from backend.accounts.sessions import Reader
from backend.door.visit import visit_of
from backend.notices import office
from backend.notices.office import Published
from backend.pages import audience_words, forms
from backend.pages.answer import Page
from backend.pages.desk import notices, working
from backend.pages.desk.foretelling import roughly
from backend.pages.desk.timeline import who
from backend.pages.desk.working import APPROVER, AUDITOR, EDITOR
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base import journal
from base.catalogue import say
from base.errors import ConflictError, ForbiddenError, InvalidError, RuleError
from notifications import counting, listing, steering

TEMPLATE = "desk/notice.html"
DONE = ("notice-paused", "notice-resumed", "notice-cancelled")
REASONS = ("audience", "content", "early", "other")
"""Codes of why a notice is taken back; the journal holds no words."""

FAILED = {
    "gone": "gone", "refused-http-401": "key", "refused-http-403": "key", "refused-http-400 Vapid": "key",
    "refused": "refused", "gave-up-denied": "denied", "gave-up": "late",
}  # fmt: skip
"""What reasons begin with, and how they are told."""

BEGINNINGS = ("gone-", "refused-", "gave-up-")
"""What is no part of the service's own reason."""

AUDITED = "notice.read"
COUNTS = ("devices", "sent", "accepted", "waiting", "left_out")
MAY_STEER: Mapping[str, frozenset[str]] = {
    "document.publish": frozenset({APPROVER}), "news.publish": frozenset({APPROVER, EDITOR}),
}  # fmt: skip
"""Whoever may withdraw what a notice is about has it in hand."""


class OverError(ConflictError):
    """Nothing of the notice is left to be sent."""

    key = "desk-notices-over"


@dataclass(frozen=True, slots=True)
class Opened:
    """A notice before somebody who works for the unit that published; ``roles`` are theirs there."""

    reader: Reader
    found: Published
    roles: frozenset[str]

    @property
    def may_steer(self) -> bool:
        """Whether the reader may pause it or take it back."""
        return not self.roles.isdisjoint(MAY_STEER[self.found.row.kind])

    @property
    def act(self) -> dict[str, Any]:
        """Who acts, for which unit."""
        return {"by": str(self.reader.member_id), "unit": self.found.unit}


@page_at("/desk/notices/{id:uuid}")
async def shown(request: AnyRequest, id: FromPath[UUID]) -> Page:
    """Its numbers, and what was done to it; that an auditor looked is an act."""
    desk = await _opened(request, id)
    if desk.roles == {AUDITOR}:
        await journal.note_look(act=AUDITED, subject=f"notice:{id}", **desk.act)
    return forms.fresh(request, TEMPLATE, DONE, **await _facts(request, desk))


@form_at("/desk/notices/{id:uuid}/pause")
async def pause(request: AnyRequest, id: FromPath[UUID]) -> Page | Response[bytes]:
    """Send no more of it for now."""
    desk = await _steered(request, id)
    return await _do(request, desk, lambda: steering.pause(id, **desk.act), "notice-paused", {})


@form_at("/desk/notices/{id:uuid}/going-on")
async def resume(request: AnyRequest, id: FromPath[UUID]) -> Page | Response[bytes]:
    """Go on from where it was."""
    desk = await _steered(request, id)
    return await _do(request, desk, lambda: steering.resume(id, **desk.act), "notice-resumed", {})


@form_at("/desk/notices/{id:uuid}/cancelling")
async def cancel(request: AnyRequest, id: FromPath[UUID]) -> Page | Response[bytes]:
    """Take back what has not gone, for a reason."""
    desk, typed = await _steered(request, id), await forms.read(request, "reason")

    async def act() -> None:
        if typed["reason"] not in REASONS:
            raise InvalidError.of("reason", "desk-notices-reason-missing")
        await steering.cancel(id, **desk.act, reason=typed["reason"])

    return await _do(request, desk, act, "notice-cancelled", typed)


async def _opened(request: AnyRequest, id: UUID) -> Opened:
    """For those who work for its unit or one above; to all others it does not exist."""
    reader = working.comer(request)
    found = await office.one(id)
    return Opened(reader, found, await working.held(reader, found.unit))


async def _steered(request: AnyRequest, id: UUID) -> Opened:
    desk = await _opened(request, id)
    if not desk.may_steer:
        raise ForbiddenError
    return desk


def _must_be_open(desk: Opened) -> None:
    """Of what all have, nothing can be stopped; taken back, it would only be gone from their lists."""
    if desk.found.row.state == "done":
        raise OverError


async def _do(
    request: AnyRequest, desk: Opened, act: Callable[[], Awaitable[None]], done: str, typed: dict[str, str]
) -> Page | Response[bytes]:
    try:
        _must_be_open(desk)
        await act()
    except RuleError as error:
        return forms.again(request, TEMPLATE, error, typed, **await _facts(request, desk))
    return see_other(f"{notices.PATH}/{desk.found.row.id}?done={done}")


async def _facts(request: AnyRequest, desk: Opened) -> dict[str, Any]:
    language, id = visit_of(request).language, desk.found.row.id
    return {
        **await notices.told(desk.found, language), "counts": await _counts(id, language),
        "reach": await _reach(id, language),
        "denied": await notices.denied(language) if desk.found.row.is_open else (),
        "may_steer": desk.may_steer and desk.found.row.is_open, "acts": await _acts(id, language),
        "reasons": [(code, say(f"desk-notices-reason-{code}", language), None) for code in REASONS],
    }  # fmt: skip


async def _reach(id: UUID, language: str) -> str:
    """How many members it is for; few are not told to whoever looks at numbers, as on the rest of the page."""
    found = await reach(await listing.audience_of(id))
    if counting.is_small(found.members):
        return say("desk-notices-few-members", language, limit=counting.HIDDEN_UNDER)
    return audience_words.told(found, language)


async def _counts(id: UUID, language: str) -> dict[str, Any]:
    """Every number as it may be shown: small ones tell of people, and are not to be found by subtracting others."""
    found = await counting.progress(id, addressees)
    failed = Counter[str]()
    for what, number in found.failed.items():
        failed[_why(what, language)] += number
    told = {name: roughly(getattr(found, name), language) for name in COUNTS}
    return {**told, "failed": [(why, roughly(n, language)) for why, n in failed.most_common()]}


def _why(what: str, language: str) -> str:
    """A reason in words, with the service's own beside it for those who look after the server."""
    code = next((what.removeprefix(begin) for begin in BEGINNINGS if what.startswith(begin)), what)
    key = next((key for begin, key in FAILED.items() if what.startswith(begin)), "other")
    return say(f"desk-notices-failed-{key}", language, what=code)


async def _acts(id: UUID, language: str) -> list[dict[str, Any]]:
    entries = await journal.about(f"notice:{id}")
    names = await actors.names_of([entry["by"] for entry in entries])
    return [
        {
            "at": entry["at"], "by": who(entry["by"], names, language), "act": entry["act"].partition(".")[2],
            "reason": entry["detail"].get("reason", ""),
        }
        for entry in entries
    ]  # fmt: skip
