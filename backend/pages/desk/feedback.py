"""The handlers' inbox: feedback at the units that they answer for, narrowed to a state, a kind, a unit, their own."""

from typing import Any

from backend.accounts import actors
from backend.accounts.roles import PasskeyNeededError
from backend.accounts.sessions import Reader
from backend.discussion.feedback import auditing, desk, overdue
from backend.discussion.feedback.desk import View
from backend.discussion.feedback.handlers import AUDITOR, HANDLER
from backend.discussion.feedback.model import KINDS, Case
from backend.door.visit import reader_of, visit_of
from backend.pages import feedback_views, forms, links
from backend.pages.answer import Page
from backend.pages.desk import choosing, working
from backend.pages.desk.counts import counts
from backend.pages.desk.timeline import who
from backend.pages.shell import AnyRequest, page_at
from backend.pages.views import unit_name
from base.catalogue import say
from base.errors import ForbiddenError, InvalidError
from content.rows import Page as Rows

PATH = "/desk/feedback"
TEMPLATE = "desk/feedback.html"
ROLES = (HANDLER, AUDITOR)
MOST = 50
"""Units with late cases that are told of, those with the most first."""


def comer(request: AnyRequest) -> Reader:
    """The reader, who must answer or audit somewhere."""
    reader = reader_of(request)
    if not working.holds(reader, *ROLES):
        raise PasskeyNeededError if reader.sleeping else ForbiddenError
    return reader


@page_at(PATH)
async def listed(request: AnyRequest) -> Page:
    """One page of the inbox; that an auditor looked is an act."""
    reader, given = comer(request), request.query_params
    typed = {name: given.get(name) or "" for name in choosing.fields()}
    within, narrowing = await _within(request, typed)
    view = await desk.view(
        reader, group=given.get("group") or desk.OPEN, kind=given.get("kind") or "", own=given.get("mine") == "yes",
        within=within,
    )  # fmt: skip
    if view.audits:
        await auditing.note_audit(reader.member_id)
    told: dict[str, Any] = {"forwarded": await _forwarded(request)}
    told["units"], told["narrowing"] = await choosing.offer(request, typed, purpose=choosing.ANSWER), narrowing
    return forms.fresh(request, TEMPLATE, **told, **await _context(request, reader, view))


async def _within(request: AnyRequest, typed: dict[str, str]) -> tuple[int | None, dict[str, str]]:
    """The unit to which the inbox is narrowed, and what was wrong with asking for it."""
    if not (typed["unit"] or typed["unit_words"]):
        return None, {}
    try:
        return await choosing.chosen(request, typed, purpose=choosing.ANSWER), {}
    except InvalidError as error:
        language = visit_of(request).language
        return None, {field.field: say(field.key, language, **field.values) for field in error.fields}


async def _forwarded(request: AnyRequest) -> str | None:
    """Where a case has just been forwarded to: perhaps above the unit that was chosen."""
    given, language = request.query_params, visit_of(request).language
    if given.get("done") != "feedback-forwarded":
        return None
    unit = await unit_name(_unit(given.get("to")), language)
    return say("pages-done-feedback-forwarded", language, unit=unit) if unit else None


def _unit(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 19 else None


async def _context(request: AnyRequest, reader: Reader, view: View) -> dict[str, Any]:
    language, found = visit_of(request).language, await _rows(view, request.query_params.get("cursor"))
    asked = {
        "group": view.group, "kind": view.kind, "mine": "yes" if view.own else "", "unit": view.within,
    }  # fmt: skip
    names = await actors.names_of([str(case.handler) for case in found.rows if case.handler])
    return {
        "rows": [
            {**row, "handler": who(str(row["case"].handler), names, language) if row["case"].handler else ""}
            for row in await feedback_views.rows(found.rows, reader.scopes, language)
        ],
        "view": view, "live": await counts(reader), "counts": await desk.counts(view),
        "groups": desk.GROUPS, "kinds": KINDS,
        "late": await _late(view, language),
        "url": lambda **other: links.with_query(PATH, {**asked, **other}),
        "more_url": links.with_query(PATH, {**asked, "cursor": found.next}) if found.next else None,
    }  # fmt: skip


async def _late(view: View, language: str) -> list[tuple[int, str, int]]:
    """Units with cases that are late, with how many, where these are looked at and stand at several."""
    found = await overdue.by_unit(view) if view.group == desk.OVERDUE else {}
    few = list(found.items())[:MOST] if len(found) > 1 else []
    return [(unit, await unit_name(unit, language), count) for unit, count in few]


async def _rows(view: View, cursor: str | None) -> Rows[Case]:
    """The rows; an old or mangled cursor begins anew."""
    try:
        return await desk.inbox(view, cursor=cursor)
    except InvalidError:
        return await desk.inbox(view)
