"""One member as their unit's administrator sees them: correcting, moving, disabling, giving and taking roles."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import authority, members, roles, roster
from backend.accounts.authority import HIGHER_ROLES
from backend.accounts.roles import Held
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import choosing
from backend.pages.desk.administering import administrator, role_options, shown_member, today
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from backend.pages.views import role_words, unit_name
from base.errors import ForbiddenError, RuleError

MEMBER = "desk/member.html"
ROLE_UNIT = "role_unit"
"""The unit of a role, beside the one that the member moves to."""

DAY = timedelta(days=1)
"""A role ends before its ``to_on``; people are told, and say, its last day."""

DONE = (
    "member-added", "member-corrected", "member-moved", "member-disabled", "member-enabled", "role-granted",
    "role-withdrawn",
)  # fmt: skip


@page_at("/desk/roster/{id:uuid}")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The member, and a form for each thing that can be done."""
    return forms.fresh(request, MEMBER, DONE, panel="", **await _facts(request, id, {}))


@form_at("/desk/roster/{id:uuid}/name")
async def correct(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Write the name, login or card number differently."""
    typed = await forms.read(request, "name", "login", "card_number")

    async def act(by: uuid.UUID) -> None:
        await members.correct(id, by=by, name=typed["name"], login=typed["login"], card_number=typed["card_number"])

    return await _do(request, id, act, "correct", typed, done="member-corrected")


@form_at("/desk/roster/{id:uuid}/move")
async def move(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Let the member belong to another unit from a day on."""
    typed = await forms.read(request, "id", "on", "find", *choosing.fields())
    if typed["find"]:
        return await _found(request, id, "move", typed)

    async def act(by: uuid.UUID) -> None:
        unit, on = await choosing.chosen(request, typed), forms.date_of(typed["on"], "on")
        await members.move(id, unit=unit, on=on, id=forms.id_of(typed["id"]), by=by)

    return await _do(request, id, act, "move", typed, done="member-moved")


@form_at("/desk/roster/{id:uuid}/disabling")
async def disable(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Shut the member out, at once and everywhere."""

    async def act(by: uuid.UUID) -> None:
        await members.disable(id, by=by)

    return await _do(request, id, act, "", {}, done="member-disabled")


@form_at("/desk/roster/{id:uuid}/enabling")
async def enable(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Let the member in again."""

    async def act(by: uuid.UUID) -> None:
        await members.enable(id, by=by)

    return await _do(request, id, act, "", {}, done="member-enabled")


@form_at("/desk/roster/{id:uuid}/roles")
async def grant(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Give the member a role for a unit and all below it."""
    typed = await forms.read(request, "id", "role", "from_on", "to_on", "find", *choosing.fields(ROLE_UNIT))
    if typed["find"]:
        return await _found(request, id, "role", typed)

    async def act(by: uuid.UUID) -> None:
        last = forms.date_of(typed["to_on"], "to_on")
        await roles.grant(
            forms.id_of(typed["id"]),
            member=id,
            role=typed["role"],
            unit=await choosing.chosen(request, typed, ROLE_UNIT),
            from_on=forms.date_of(typed["from_on"], "from_on"),
            to_on=last and last + DAY,
            by=by,
        )

    return await _do(request, id, act, "role", typed, done="role-granted")


@form_at("/desk/roster/{id:uuid}/roles/{held:uuid}/withdrawal")
async def withdraw(request: AnyRequest, id: FromPath[uuid.UUID], held: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Take a role away, at once."""

    async def act(by: uuid.UUID) -> None:
        await roster.find(id, by=by)
        await roles.withdraw(held, by=by)

    return await _do(request, id, act, "", {}, done="role-withdrawn")


async def _do(
    request: AnyRequest,
    id: uuid.UUID,
    act: Callable[[uuid.UUID], Awaitable[None]],
    panel: str,
    typed: Mapping[str, str],
    *,
    done: str,
) -> Page | Response[bytes]:
    """Do it and go back to the member, or show the page again with what is wrong in that ``panel``."""
    reader = await administrator(request)
    try:
        await act(reader.member_id)
    except RuleError as error:
        return await again(request, id, error, panel, typed)
    return see_other(f"/desk/roster/{id}?done={done}")


async def _found(request: AnyRequest, id: uuid.UUID, panel: str, typed: Mapping[str, str]) -> Page:
    """The page once more with the units that were looked for in that ``panel``."""
    return forms.fresh(request, MEMBER, values=typed, panel=panel, **await _facts(request, id, typed))


async def again(request: AnyRequest, id: uuid.UUID, error: RuleError, panel: str, typed: Mapping[str, str]) -> Page:
    """The member's page once more, with what is wrong in that ``panel``."""
    wrong = forms.renamed(error, card="card_number", **({"unit": ROLE_UNIT} if panel == "role" else {}))
    return forms.again(request, MEMBER, wrong, typed, panel=panel, **await _facts(request, id, typed))


async def _facts(request: AnyRequest, id: uuid.UUID, typed: Mapping[str, str]) -> dict[str, Any]:
    reader, language = await administrator(request), visit_of(request).language
    found = await roster.find(id, by=reader.member_id)
    held = await roles.holders(by=reader.member_id, member=id)
    return {
        "member": await shown_member(request, found),
        "itself": id == reader.member_id,
        "roles": [await _grant(each, language, by=reader.member_id) for each in held],
        "units": await choosing.offer(request, typed, now=found.unit),
        "role_units": await choosing.offer(request, typed, ROLE_UNIT, now=found.unit),
        "role_choices": role_options(request),
        "ids": {"move": str(uuid.uuid4()), "grant": str(uuid.uuid4()), "code": str(uuid.uuid4())},
        "today": today(),
    }


async def _grant(held: Held, language: str, *, by: uuid.UUID) -> dict[str, Any]:
    given = held.grant
    last = given.to_on - DAY if given.to_on else None
    return {
        "id": given.id, "words": role_words(given.role, language), "may_withdraw": await _may_withdraw(held, by),
        "unit": await unit_name(given.unit, language), "from_on": given.from_on, "to_on": last,
    }  # fmt: skip


async def _may_withdraw(held: Held, by: uuid.UUID) -> bool:
    """Whether a button is shown; the act itself asks again."""
    try:
        await authority.over_unit(by, held.grant.unit, strictly=held.grant.role in HIGHER_ROLES)
    except ForbiddenError:
        return False
    return True
