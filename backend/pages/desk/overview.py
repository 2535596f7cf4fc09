"""The desk's first page: which roles the reader holds, for which units, and where they lead."""

from typing import Any

from backend.accounts import privacy
from backend.accounts.roles import PasskeyNeededError
from backend.accounts.seats import held
from backend.accounts.sessions import Reader
from backend.door.visit import reader_of, visit_of
from backend.moderation import standing
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import digest_list, drafts, feedback, filing, moderating, overlooking
from backend.pages.desk.administering import ADMINISTRATOR
from backend.pages.desk.counts import counts
from backend.pages.desk.preparing import SECRETARY
from backend.pages.desk.working import DESK_ROLES
from backend.pages.shell import AnyRequest, page_at
from backend.pages.views import role_lines, unit_name
from base.errors import ForbiddenError


@page_at("/desk")
async def shown(request: AnyRequest) -> Page:
    """What the reader's roles let them do."""
    reader = reader_of(request)
    if not reader.roles:
        raise PasskeyNeededError if reader.sleeping else ForbiddenError
    return forms.fresh(
        request,
        "desk/desk.html",
        roles=await role_lines(reader, visit_of(request).language),
        doors=await _doors(reader),
        counts=await counts(reader),
        standing=await _standing(reader, visit_of(request).language),
    )


async def _doors(reader: Reader) -> list[dict[str, Any]]:
    """What there is to work at: its name in the catalogue, where it is, and how much waits there, if that matters.

    Where counts of it change by themselves, ``live`` is what they are called.
    """
    roles = {grant.role for grant in reader.roles}
    doors: list[dict[str, Any]] = []
    if not roles.isdisjoint(DESK_ROLES):
        waiting = len(await drafts.waiting_for(reader)) + len(await digest_list.waiting_for(reader))
        doors.append(_door("drafts", "/desk/documents", count=waiting or None))
        doors.append(_door("news", "/desk/news"))
        doors.append(_door("notices", "/desk/notices"))
    if SECRETARY in roles:
        doors.append(_door("meetings", "/desk/meetings"))
    if not roles.isdisjoint(moderating.ROLES):
        live = ("moderation.waiting", "moderation.overdue")
        doors.append(_door("moderation", moderating.PATH, live=live))
    if not roles.isdisjoint(feedback.ROLES):
        live = ("feedback.open", "feedback.overdue")
        doors.append(_door("feedback", feedback.PATH, live=live))
    if await filing.is_open(reader):
        doors.append(_door("filing", "/desk/topics"))
    if await overlooking.is_open(reader):
        doors.append(_door("screening", "/desk/screening"))
    if ADMINISTRATOR in roles:
        doors += await _administrators(reader)
    return doors


async def _administrators(reader: Reader) -> list[dict[str, Any]]:
    asked = len(await privacy.requests(by=reader.member_id))
    return [
        _door("roster", "/desk/roster"),
        _door("units", "/desk/units"),
        _door("erasures", "/desk/erasures", count=asked or None),
        _door("newcomers", "/desk/newcomers"),
    ]


async def _standing(reader: Reader, language: str) -> list[dict[str, Any]]:
    """Appeals in the reader's units that wait for an administrator to name one more moderator."""
    found = await standing.standing(units) if (units := held(reader.roles, ADMINISTRATOR)) else ()
    return [
        {"unit": await unit_name(each.unit, language), "since": each.since, "due_on": each.due_on} for each in found
    ]


def _door(name: str, href: str, *, count: int | None = None, live: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"name": name, "href": href, "count": count, "live": live}
