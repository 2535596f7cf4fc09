"""The news of the units one works for: drafts, what is scheduled, published and withdrawn, by state and words."""

from typing import Any

from backend.door.visit import visit_of
from backend.pages import forms, links
from backend.pages.answer import Page
from backend.pages.desk import newsdesk, working
from backend.pages.desk.working import DESK_ROLES, EDITOR
from backend.pages.shell import AnyRequest, page_at
from backend.pages.views import unit_name
from base.errors import InvalidError
from content.newsroom import listing
from content.newsroom.model import STATES, ManuscriptRow
from content.rows import Page as Rows

LIST = "desk/news_list.html"
PATH = "/desk/news"
LENGTH = 200


@page_at(PATH)
async def listed(request: AnyRequest) -> Page:
    """One page of items, narrowed to a state and to words."""
    reader, given = await working.worker(request, *DESK_ROLES), request.query_params
    state = given.get("state") if given.get("state") in STATES else ""
    words = (given.get("words") or "")[:LENGTH].strip()
    units, unowned = await newsdesk.reach(reader)
    asked: dict[str, Any] = {"unowned": unowned, "words": words}
    found = await _rows(units, given.get("cursor"), state=state or "", **asked)
    address = {"state": state, "words": words}
    return forms.fresh(
        request, LIST, ("news-discarded",), rows=[await _row(request, row) for row in found.rows], state=state,
        words=words, counts=await listing.counts(units, **asked), may_write=working.holds(reader, EDITOR),
        url=lambda state: links.with_query(PATH, {"state": state, "words": words}),
        more_url=links.with_query(PATH, {**address, "cursor": found.next}) if found.next else None,
    )  # fmt: skip


async def _rows(units: frozenset[int], cursor: str | None, **asked: Any) -> Rows[ManuscriptRow]:
    """The rows; an old or mangled cursor begins anew."""
    try:
        return await listing.items(units, cursor=cursor, **asked)
    except InvalidError:
        return await listing.items(units, **asked)


async def _row(request: AnyRequest, row: ManuscriptRow) -> dict[str, Any]:
    return {"row": row, "unit": await unit_name(row.unit, visit_of(request).language)}
