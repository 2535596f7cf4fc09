"""The plan of a meeting: what, when, where and the agenda, written on one form; nothing typed is lost."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import actors, roles
from backend.accounts.sessions import Reader
from backend.door.visit import visit_of
from backend.meetings import choosing as parts
from backend.meetings import keeping
from backend.meetings.model import ITEM_CHARS, MOST_ITEMS, PLACE_CHARS, TITLE_CHARS, ChangedSinceError, Meeting, Plan
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import choosing, preparing, working
from backend.pages.desk.choosing import PREPARE
from backend.pages.desk.preparing import SECRETARY
from backend.pages.meetings import when
from backend.pages.shell import AnyRequest, form_at, page_at, personal, see_other
from backend.pages.views import unit_name
from base import clock
from base.catalogue import say
from base.errors import InvalidError, NotFoundError, RuleError

FORM = "desk/meeting_plan.html"
TYPED = ("version", "source", "find", "title", "day", "time", "place", "agenda", *choosing.fields())
LENGTH = 2 * MOST_ITEMS * ITEM_CHARS
"""Characters taken of a field: what is too long for a meeting is told, not cut."""

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Now:
    """What a form is about: the meeting as it stands, None while there is none by this id; and who writes."""

    id: uuid.UUID
    reader: Reader
    meeting: Meeting | None

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"/desk/meetings/{self.id}"


@page_at("/desk/meetings/new")
async def new(request: AnyRequest) -> Page:
    """An empty form, or one that begins as an earlier meeting did; nothing is kept before it is sent."""
    now = Now(uuid.uuid4(), await working.worker(request, SECRETARY), None)
    source = await _source(request, request.query_params.get("from") or "")
    begun = _filled(source.plan, 0) if source else _filled(Plan(), 0)
    values = {
        **begun,
        "day": "",
        "source": str(source.id) if source else "",
        "unit": str(source.unit if source else ""),
    }
    return forms.fresh(request, FORM, values=values, theirs=None, **await _facts(request, now, values))


@page_at("/desk/meetings/{id:uuid}/plan")
async def edit(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """The form with what was last saved."""
    desk = await preparing.opened(request, id)
    if desk.meeting.is_closed:
        return see_other(desk.address)
    now, values = Now(id, desk.reader, desk.meeting), _filled(desk.meeting.plan, desk.meeting.version)
    return forms.fresh(request, FORM, values=values, theirs=None, **await _facts(request, now, values))


@form_at("/desk/meetings/{id:uuid}/plan")
async def save(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Save what was typed, and begin the meeting if there is none. The same form again does nothing twice."""
    now, typed = await _now(request, id), await forms.read(request, *TYPED, length=LENGTH)
    if typed["find"]:
        return forms.fresh(request, FORM, values=typed, theirs=None, **await _facts(request, now, typed))
    try:
        await _save(request, now, typed)
    except ChangedSinceError as error:
        return await _conflict(request, now, typed, error.theirs)
    except RuleError as error:
        wrong = forms.renamed(error, at="day")
        return forms.again(request, FORM, wrong, typed, theirs=None, **await _facts(request, now, typed))
    return see_other(f"{now.address}?done=meeting-saved")


async def _now(request: AnyRequest, id: uuid.UUID) -> Now:
    reader = await working.worker(request, SECRETARY)
    if await keeping.find(id) is None:
        return Now(id, reader, None)
    return Now(id, reader, (await preparing.opened(request, id)).meeting)


async def _save(request: AnyRequest, now: Now, typed: Typed) -> None:
    unit, by = now.meeting.unit if now.meeting else await _unit(request, now, typed), str(now.reader.member_id)
    source = await _source(request, typed["source"])
    await keeping.save(now.id, _plan(typed), unit=unit, version=forms.version_of(typed["version"] or "0"), by=by)
    if source and source.id != now.id:
        await parts.copy(source.id, now.id, by=by)


async def _source(request: AnyRequest, typed: str) -> Meeting | None:
    """The meeting that is taken as a start, if the reader prepares it."""
    try:
        return (await preparing.opened(request, uuid.UUID(typed))).meeting if typed else None
    except (ValueError, NotFoundError):
        return None


async def _unit(request: AnyRequest, now: Now, typed: Typed) -> int:
    """The unit whose meeting it is: one that the reader is secretary of."""
    unit = await choosing.chosen(request, typed, purpose=PREPARE)
    if SECRETARY not in await roles.over(now.reader, unit):
        raise InvalidError.of("unit", "pages-unit-missing")
    return unit


def _plan(typed: Typed) -> Plan:
    return Plan(typed["title"], _moment(typed), typed["place"], tuple(typed["agenda"].splitlines()))


def _moment(typed: Typed) -> datetime | None:
    """Day and time on a Vietnamese clock; None while neither is said. One without the other is told."""
    day = forms.date_of(typed["day"], "day")
    if day is None:
        if typed["time"]:
            raise InvalidError.of("day", "meeting-day-missing")
        return None
    if not typed["time"]:
        raise InvalidError.of("time", "meeting-time-missing")
    return forms.moment_of(day, typed["time"], "time")


def _filled(plan: Plan, version: int) -> dict[str, str]:
    """A plan as it stands in the form's fields."""
    at = clock.local(plan.at) if plan.at else None
    return {
        "version": str(version), "title": plan.title, "place": plan.place, "agenda": "\n".join(plan.agenda),
        "day": f"{at:%d/%m/%Y}" if at else "", "time": f"{at:%H:%M}" if at else "", "source": "", "unit": "",
    }  # fmt: skip


async def _conflict(request: AnyRequest, now: Now, typed: Typed, theirs: Meeting) -> Page:
    """Both versions: what was typed stays in the form, what stands now is above it. To save again is to choose."""
    language, mine = visit_of(request).language, {**typed, "version": str(theirs.version)}
    names = await actors.names_of([theirs.saved_by])
    told = {
        "name": names.get(theirs.saved_by, ""), "at": theirs.saved_at,
        "differing": _differing(theirs, _plan(typed), language),
    }  # fmt: skip
    facts = await _facts(request, Now(now.id, now.reader, theirs), mine)
    note = say(ChangedSinceError.key, language)
    return personal(request, FORM, 409, errors={}, note=note, done=None, values=mine, theirs=told, **facts)


def _differing(theirs: Meeting, mine: Plan, language: str) -> list[tuple[str, str]]:
    """What stands now, in words, where it is not what was typed."""
    stands = theirs.plan
    words = {
        "title": stands.title, "at": when(stands.at, language), "place": stands.place,
        "agenda": "\n".join(stands.agenda),
    }  # fmt: skip
    return [(name, words[name]) for name in words if getattr(stands, name) != getattr(mine, name)]


async def _facts(request: AnyRequest, now: Now, values: Typed) -> dict[str, Any]:
    language = visit_of(request).language
    return {
        "base": now.address, "meeting": now.meeting,
        "unit": await unit_name(now.meeting.unit, language) if now.meeting else "",
        "units": None if now.meeting else await choosing.offer(request, values, purpose=PREPARE),
        "lengths": {"title": TITLE_CHARS, "place": PLACE_CHARS, "item": ITEM_CHARS}, "most_items": MOST_ITEMS,
    }  # fmt: skip
