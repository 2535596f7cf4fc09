"""What all pages of a meeting's preparation share: who may be here, and how the meeting is shown."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from litestar import Response

from backend.accounts import actors, roles
from backend.accounts.scopes import shared_in
from backend.accounts.sessions import Reader
from backend.door.visit import visit_of
from backend.meetings import choosing, keeping, papers
from backend.meetings.model import NOTE_CHARS, REASON_CHARS, Meeting
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import working
from backend.pages.desk.timeline import acts, who
from backend.pages.meetings import when
from backend.pages.shell import AnyRequest, see_other
from backend.pages.views import unit_name
from base.errors import NotFoundError, RuleError
from content import excerpts, reading
from content.extracting import MAX_BYTES
from content.outcomes import Refusal

SECRETARY = "secretary"
HUB = "desk/meeting.html"
DONE = tuple(
    f"meeting-{done}"
    for done in ("saved", "set", "cancelled", "chosen", "amended", "placed", "dropped", "brought", "removed")
)
Act = Callable[["Opened"], Awaitable[Any]]


class RefusedError(RuleError):
    """A file that is not taken, with the sentence that says why, told beside its field."""

    field = "file"

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.told.key, **refusal.told.values)


@dataclass(frozen=True, slots=True)
class Opened:
    """A meeting before a secretary of its unit or of one above."""

    reader: Reader
    meeting: Meeting

    @property
    def by(self) -> str:
        """Who acts, as the journal knows actors."""
        return str(self.reader.member_id)

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"/desk/meetings/{self.meeting.id}"


async def opened(request: AnyRequest, id: uuid.UUID) -> Opened:
    """The meeting, for its unit's secretary; to all others it does not exist."""
    reader = await working.worker(request, SECRETARY)
    found = await keeping.meeting(id)
    if SECRETARY not in await roles.over(reader, found.unit):
        raise NotFoundError
    return Opened(reader, found)


async def do(
    request: AnyRequest, id: uuid.UUID, act: Act, done: str, typed: dict[str, str] | None = None, panel: str = "",
    at: str = "",
) -> Page | Response[bytes]:  # fmt: skip
    """Do it and go back to the meeting (``at`` its place there), or show it again with what is wrong in ``panel``."""
    desk = await opened(request, id)
    try:
        await act(desk)
    except RuleError as error:
        return await again(request, id, error, typed or {}, panel)
    except Refusal as refusal:
        return await again(request, id, RefusedError(refusal), typed or {}, panel)
    return see_other(f"{desk.address}?done=meeting-{done}{at}")


async def again(
    request: AnyRequest, id: uuid.UUID, error: RuleError, typed: dict[str, str], panel: str
) -> Page:  # fmt: skip
    """The meeting's page with what is wrong; ``panel`` is the one that stays open."""
    return forms.again(request, HUB, error, typed, panel=panel, **await facts(request, await opened(request, id)))


async def facts(request: AnyRequest, desk: Opened) -> dict[str, Any]:
    """What the template desk/meeting.html is given."""
    meeting, language = desk.meeting, visit_of(request).language
    files = await papers.papers(meeting.id)
    hands = [meeting.saved_by, meeting.set_by, *(file.unclassified_by for file in files)]
    known = await actors.names_of(hands)
    return {
        **await head(request, desk), "parts": await _parts(request, meeting), "papers": files,
        "names": {hand: who(hand, known, language) for hand in hands}, "megabytes": MAX_BYTES // 2**20,
        "paper_id": str(uuid.uuid4()),
        "lengths": {"note": NOTE_CHARS, "reason": REASON_CHARS}, **await _timeline(request, desk),
    }  # fmt: skip


async def head(request: AnyRequest, desk: Opened) -> dict[str, Any]:
    """What every page about the meeting says of it."""
    meeting, language = desk.meeting, visit_of(request).language
    return {
        "meeting": meeting, "base": desk.address, "when": when(meeting.at, language),
        "unit": await unit_name(meeting.unit, language), "may_change": not meeting.is_closed,
    }  # fmt: skip


async def _parts(request: AnyRequest, meeting: Meeting) -> list[dict[str, Any]]:
    """Each part with its neighbours within its item; of one that the secretary may not read any more, only that."""
    chosen, shared = await choosing.chosen(meeting.id), await shared_in(meeting.unit)
    lines = []
    for part in chosen:
        alike = [other.id for other in chosen if other.item == part.item]
        at = alike.index(part.id)
        lines.append({
            "part": part, "excerpt": await _excerpt(part, visit_of(request).scopes),
            "is_for_all": not shared.isdisjoint(await reading.audience_of(part.slug)),
            "up": alike[at - 1] if at else None,
            "down": None if at + 1 == len(alike) else alike[at + 2] if at + 2 < len(alike) else "end",
        })  # fmt: skip
    return lines


async def _excerpt(part: choosing.Chosen, scopes: frozenset[str]) -> excerpts.Excerpt | None:
    try:
        return await excerpts.excerpt(part.slug, edition=part.edition, anchor=part.anchor, scopes=scopes)
    except NotFoundError:
        return None


async def _timeline(request: AnyRequest, desk: Opened) -> dict[str, Any]:
    """What was done to the meeting, the last first."""
    found, language = await acts(request, desk.address, f"meeting:{desk.meeting.id}"), visit_of(request).language
    lines = [
        {"act": entry["act"].partition(".")[2], "at": entry["at"], "by": who(entry["by"], found.names, language)}
        for entry in found.entries
    ]
    return {"timeline": lines, "earlier": found.earlier}
