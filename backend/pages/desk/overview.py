"""The desk's first page: which roles the reader holds, for which units, and where they lead."""

from typing import Any

from backend.accounts import privacy
from backend.accounts.roles import PasskeyNeededError
from backend.accounts.sessions import Reader
from backend.door.visit import reader_of, visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import digest_list, drafts, feedback, filing, moderating, overlooking
from backend.pages.desk.administering import ADMINISTRATOR
from backend.pages.desk.counts import counts
from backend.pages.desk.preparing import SECRETARY
from backend.pages.desk.working import DESK_ROLES
from backend.pages.shell import AnyRequest, page_at
from backend.pages.views import role_lines
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
    )


async def _doors(reader: Reader) -> list[dict[str, Any]]:
    """What there is to work at: its name in the catalogue, where it is, and how much waits there, if that matters.

    Where counts of it change by themselves, ``live`` is what they are called.
    """
    held = {grant.role for grant in reader.roles}
    doors: list[dict[str, Any]] = []
    if not held.isdisjoint(DESK_ROLES):
        waiting = len(await drafts.waiting_for(reader)) + len(await digest_list.waiting_for(reader))
        doors.append(_door("drafts", "/desk/documents", count=waiting or None))
        doors.append(_door("news", "/desk/news"))
        doors.append(_door("notices", "/desk/notices"))
    if SECRETARY in held:
        doors.append(_door("meetings", "/desk/meetings"))
    if not held.isdisjoint(moderating.ROLES):
        live = ("moderation.waiting", "moderation.overdue")
        doors.append(_door("moderation", moderating.PATH, live=live))
    if not held.isdisjoint(feedback.ROLES):
        live = ("feedback.open", "feedback.overdue")
        doors.append(_door("feedback", feedback.PATH, live=live))
    if await filing.is_open(reader):
        doors.append(_door("filing", "/desk/topics"))
    if await overlooking.is_open(reader):
        doors.append(_door("screening", "/desk/screening"))
    if ADMINISTRATOR in held:
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


def _door(name: str, href: str, *, count: int | None = None, live: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"name": name, "href": href, "count": count, "live": live}
