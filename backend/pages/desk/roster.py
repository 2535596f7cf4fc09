"""The roster of the units one administers: looking through, searching, and taking a member in."""

import uuid
from typing import Any

from litestar import Response

from backend.accounts import members, roles, roster
from backend.door.visit import visit_of
from backend.pages import forms, links
from backend.pages.answer import Page
from backend.pages.desk import choosing
from backend.pages.desk.administering import (
    administrator,
    roles_in_words,
    shown_member,
    today,
)
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.catalogue import say
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
    return forms.fresh(request, ADD, id=str(uuid.uuid4()), today=today(), units=await choosing.offer(request))


@form_at("/desk/roster/add")
async def take_in(request: AnyRequest) -> Page | Response[bytes]:
    """Take a member in; the same form again takes in nobody twice."""
    reader = await administrator(request)
    typed = await forms.read(request, "id", "name", "login", "card_number", "on", "find", *choosing.fields())
    given: dict[str, Any] = {"id": typed["id"], "today": today(), "units": await choosing.offer(request, typed)}
    if typed["find"]:
        return forms.fresh(request, ADD, values=typed, **given)
    try:
        id = forms.id_of(typed["id"])
        await members.add(
            id=id,
            name=typed["name"],
            login=typed["login"],
            card_number=typed["card_number"] or None,
            unit=await choosing.chosen(request, typed),
            on=forms.date_of(typed["on"], "on"),
            by=reader.member_id,
        )
    except RuleError as error:
        return forms.again(request, ADD, forms.renamed(error, card="card_number"), typed, **given)
    return see_other(f"{ROSTER}/{id}?done=member-added")


async def listing(request: AnyRequest) -> dict[str, Any]:
    """What the list is given: the page of members that the address asks for."""
    reader, given = await administrator(request), request.query_params
    search = (given.get("search") or "")[:100].strip()
    typed = {field: (given.get(field) or "")[:200].strip() for field in choosing.fields()}
    unit, wrong = await _narrowed(request, typed)
    try:
        found = await roster.page(by=reader.member_id, search=search, unit=unit, cursor=given.get("cursor"))
    except InvalidError:
        found = await roster.page(by=reader.member_id, search=search, unit=unit)
    more = links.with_query(ROSTER, {"search": search, "unit": unit, "cursor": found.next}) if found.next else None
    held = roles_in_words(await roles.holders(by=reader.member_id), visit_of(request).language)
    rows = [{**await shown_member(request, member), "roles": held.get(member.id, [])} for member in found.members]
    offered = await choosing.offer(request, typed)
    offer = {"units": offered, "narrowing": wrong, "id": str(uuid.uuid4())}
    return {"rows": rows, "search": search, "unit": unit, "more_url": more, **offer}


async def _narrowed(request: AnyRequest, typed: dict[str, str]) -> tuple[int | None, dict[str, str]]:
    """The unit that the list is narrowed to, if any; or words about what was asked for and is none."""
    if not any(typed.values()):
        return None, {}
    try:
        return await choosing.chosen(request, typed), {}
    except InvalidError as error:
        return None, {"unit": say(error.key, visit_of(request).language, **error.values)}
