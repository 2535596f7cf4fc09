"""The roster of the units one administers: looking through, searching, and taking a member in."""

import uuid
from typing import Any

from litestar import Response

from backend.accounts import members, roles, roster
from backend.door.visit import visit_of
from backend.pages import forms, links
from backend.pages.answer import Page
from backend.pages.desk.administering import (
    administrator,
    roles_in_words,
    shown_member,
    today,
    unit_of,
    unit_options,
)
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.errors import InvalidError, RuleError

ROSTER = "/desk/roster"
LIST = "desk/roster.html"
ADD = "desk/add.html"
DONE = ("members-imported",)


@page_at(ROSTER)
async def shown(request: AnyRequest) -> Page:
    """One page of members by given name; a search needs no accents."""
    return forms.fresh(request, LIST, DONE, **await listing(request))


@page_at("/desk/roster/add")
async def add(request: AnyRequest) -> Page:
    """The form for a new member."""
    return forms.fresh(request, ADD, id=str(uuid.uuid4()), today=today(), units=await unit_options(request))


@form_at("/desk/roster/add")
async def take_in(request: AnyRequest) -> Page | Response[bytes]:
    """Take a member in; the same form again takes in nobody twice."""
    reader = await administrator(request)
    typed = await forms.read(request, "id", "name", "login", "card_number", "unit", "on")
    try:
        id = forms.id_of(typed["id"])
        await members.add(
            id=id,
            name=typed["name"],
            login=typed["login"],
            card_number=typed["card_number"] or None,
            unit=unit_of(typed["unit"]),
            on=forms.date_of(typed["on"], "on"),
            by=reader.member_id,
        )
    except RuleError as error:
        wrong, options = forms.renamed(error, card="card_number"), await unit_options(request)
        return forms.again(request, ADD, wrong, typed, id=typed["id"], today=today(), units=options)
    return see_other(f"{ROSTER}/{id}?done=member-added")


async def listing(request: AnyRequest) -> dict[str, Any]:
    """What the list is given: the page of members that the address asks for."""
    reader, given = await administrator(request), request.query_params
    search, unit = (given.get("search") or "")[:100].strip(), _unit(given.get("unit"))
    try:
        found = await roster.page(by=reader.member_id, search=search, unit=unit, cursor=given.get("cursor"))
    except InvalidError:
        found = await roster.page(by=reader.member_id, search=search, unit=unit)
    more = links.with_query(ROSTER, {"search": search, "unit": unit, "cursor": found.next}) if found.next else None
    held = roles_in_words(await roles.holders(by=reader.member_id), visit_of(request).language)
    rows = [{**await shown_member(request, member), "roles": held.get(member.id, [])} for member in found.members]
    return {"rows": rows, "search": search, "unit": unit, "units": await unit_options(request), "more_url": more}


def _unit(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 19 else None
