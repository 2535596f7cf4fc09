"""Meetings as a unit's members have them: what is coming, what was, a list with its words, and its papers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response
from litestar.params import FromPath

from backend.accounts import notifying
from backend.accounts.sessions import Reader
from backend.door.files import attachment
from backend.door.visit import reader_of, visit_of
from backend.meetings import papers, reading
from backend.meetings.papers import Paper
from backend.meetings.reading import Laid, Row
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, page, page_at
from backend.pages.views import unit_name
from base import clock
from base.catalogue import say
from base.errors import NotFoundError
from base.settings import settings

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEXT = 2
"""How many coming meetings the first page tells of."""


@page_at("/meetings")
async def mine(request: AnyRequest) -> Page:
    """The meetings of the reader's unit and of those above it, to come and past."""
    scopes, language = reader_of(request).scopes, visit_of(request).language
    return await page(
        request,
        "meetings.html",
        coming=[await told(row, language) for row in await reading.coming(scopes)],
        past=[await told(row, language) for row in await reading.past(scopes)],
    )


@page_at("/meetings/{id:uuid}")
async def one(request: AnyRequest, id: FromPath[UUID]) -> Page:
    """A meeting with its agenda, the words of what is read before it, and its papers, all on one page."""
    found = await reading.opened(id, scopes=reader_of(request).scopes)
    context = await shown(found, visit_of(request).language)
    return await page(request, "meeting.html", **context, preview=False, push_ready=notifying.is_ready())


@page_at("/meetings/{id:uuid}/papers/{paper:uuid}")
async def paper(request: AnyRequest, id: FromPath[UUID], paper: FromPath[UUID]) -> Response[Any]:
    """A paper, byte for byte, for those whose meeting it is."""
    return sent(await reading.opened(id, scopes=reader_of(request).scopes), paper)


async def next_for(reader: Reader | None, language: str) -> list[dict[str, Any]]:
    """What the first page tells of meetings that are coming."""
    rows = await reading.coming(reader.scopes, NEXT) if reader else ()
    return [await told(row, language) for row in rows]


async def told(row: Row, language: str) -> dict[str, Any]:
    """A row as templates take it."""
    return {
        "row": row, "meeting": row.meeting, "unit": await unit_name(row.meeting.unit, language),
        "when": when(row.meeting.at, language), "href": f"/meetings/{row.meeting.id}",
    }  # fmt: skip


async def shown(found: Laid, language: str) -> dict[str, Any]:
    """A meeting laid open, as the template meeting.html takes it."""
    meeting = found.meeting
    return {
        "laid": found, "meeting": meeting, "when": when(meeting.at, language),
        "unit": await unit_name(meeting.unit, language), "address": f"{settings().origin}/meetings/{meeting.id}",
        "papers_at": f"/meetings/{meeting.id}/papers", "is_over": meeting.is_over,
    }  # fmt: skip


def when(at: datetime | None, language: str) -> str:
    """Time, weekday and day as they are said in Vietnam; nothing while they are open."""
    if at is None:
        return ""
    local = clock.local(at)
    weekday = say(f"meeting-{WEEKDAYS[local.weekday()]}", language)
    return say("meeting-when", language, time=f"{local:%H:%M}", weekday=weekday, date=f"{local:%d/%m/%Y}")


def sent(found: Laid, paper: UUID) -> Response[Any]:
    """One of the meeting's papers to download; raises NotFoundError for any other."""
    kept: Paper | None = next((one for one in found.papers if one.id == paper), None)
    if kept is None:
        raise NotFoundError
    return attachment(papers.path(kept), kept.name)
