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
        doors=await _doors(reader, visit_of(request).language),
    )


async def _doors(reader: Reader, language: str) -> list[dict[str, Any]]:
    """What there is to work at: its name in the catalogue, where it is, and how much waits there, if that matters."""
    held = {grant.role for grant in reader.roles}
    doors: list[dict[str, Any]] = []
    if not held.isdisjoint(DESK_ROLES):
        waiting = len(await drafts.waiting_for(reader)) + len(await digest_list.waiting_for(reader))
        doors.append({"name": "drafts", "href": "/desk/documents", "count": waiting or None})
        doors.append({"name": "news", "href": "/desk/news", "count": None})
    if SECRETARY in held:
        doors.append({"name": "meetings", "href": "/desk/meetings", "count": None})
    if not held.isdisjoint(moderating.ROLES):
        count = await moderating.how_many(reader, language)
        doors.append({"name": "moderation", "href": moderating.PATH, "count": count})
    if not held.isdisjoint(feedback.ROLES):
        doors.append({"name": "feedback", "href": feedback.PATH, "count": await feedback.how_many(reader)})
    if await filing.is_open(reader):
        doors.append({"name": "filing", "href": "/desk/topics", "count": None})
    if await overlooking.is_open(reader):
        doors.append({"name": "screening", "href": "/desk/screening", "count": None})
    if ADMINISTRATOR in held:
        doors += await _administrators(reader)
    return doors


async def _administrators(reader: Reader) -> list[dict[str, Any]]:
    asked = len(await privacy.requests(by=reader.member_id))
    return [
        {"name": "roster", "href": "/desk/roster", "count": None},
        {"name": "units", "href": "/desk/units", "count": None},
        {"name": "erasures", "href": "/desk/erasures", "count": asked or None},
        {"name": "newcomers", "href": "/desk/newcomers", "count": None},
    ]
