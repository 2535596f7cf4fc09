"""The meetings that a secretary prepares: coming, in preparation, and past."""

from typing import Any

from backend.door.visit import visit_of
from backend.meetings import keeping
from backend.meetings.model import DRAFT, Meeting
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import working
from backend.pages.desk.preparing import SECRETARY
from backend.pages.meetings import when
from backend.pages.shell import AnyRequest, page_at
from backend.pages.views import unit_name

LIST = "desk/meetings.html"


@page_at("/desk/meetings")
async def listed(request: AnyRequest) -> Page:
    """Every meeting of the reader's units: what is to be done first, then what was."""
    reader = await working.worker(request, SECRETARY)
    found = await keeping.meetings(await working.reach(reader, SECRETARY))
    groups = {
        "drafts": [one for one in found if one.state == DRAFT],
        "coming": [one for one in reversed(found) if one.state != DRAFT and not one.is_over],
        "past": [one for one in found if one.state != DRAFT and one.is_over],
    }
    shown = {name: [await _row(request, one) for one in group] for name, group in groups.items()}
    return forms.fresh(request, LIST, ("meeting-discarded",), groups=shown)


async def _row(request: AnyRequest, meeting: Meeting) -> dict[str, Any]:
    language = visit_of(request).language
    return {"meeting": meeting, "when": when(meeting.at, language), "unit": await unit_name(meeting.unit, language)}
