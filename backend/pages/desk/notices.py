"""What was told of the documents and news of the units one works for: of which, when, and how far it has got."""

from typing import Any
from uuid import UUID

from backend.door.visit import visit_of
from backend.notices import office
from backend.notices.office import Published
from backend.notices.told import words_of
from backend.pages import forms, links
from backend.pages.answer import Page
from backend.pages.desk import newsdesk, working
from backend.pages.desk.working import DESK_ROLES
from backend.pages.shell import AnyRequest, page_at
from backend.pages.views import unit_name
from base import clock
from base.catalogue import say

PATH = "/desk/notices"


@page_at(PATH)
async def listed(request: AnyRequest) -> Page:
    """One page of them, the newest first; an old or mangled cursor begins anew."""
    reader = await working.worker(request, *DESK_ROLES)
    units, unowned = await newsdesk.reach(reader)
    found = await office.published(units, unowned=unowned, after=_after(request))
    more = links.with_query(PATH, {"cursor": str(found.after)}) if found.after else None
    rows = [await told(each, visit_of(request).language) for each in found.rows]
    waiting = await denied(visit_of(request).language) if any(each.row.is_open for each in found.rows) else ()
    return forms.fresh(request, "desk/notices.html", rows=rows, more_url=more, denied=waiting)


async def told(found: Published, language: str) -> dict[str, Any]:
    """A notice as templates take it."""
    return {
        "notice": found.row, "words": words_of(found.row.kind, language), "called": found.called, "title": found.title,
        "unit": await unit_name(found.unit, language), "desk": found.desk, "href": f"{PATH}/{found.row.id}",
    }  # fmt: skip


async def denied(language: str) -> tuple[str, ...]:
    """In words: which push services take nothing from the handbook, and since when."""
    return tuple(
        say("desk-notices-denied", language, host=one.host, since=clock.local(one.since).strftime("%H:%M %d/%m/%Y"))
        for one in await office.denied()
    )


def _after(request: AnyRequest) -> UUID | None:
    try:
        return UUID(request.query_params.get("cursor") or "")
    except ValueError:
        return None
