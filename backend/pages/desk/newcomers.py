"""Whether the first comments of new members are held, unit by unit."""

from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import roles, units
from backend.accounts.roles import ADMIN
from backend.accounts.sessions import Reader
from backend.discussion import newcomers
from backend.door.visit import reader_of, visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import administering, choosing
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from backend.pages.views import unit_name
from base import clock
from base.catalogue import say
from base.errors import InvalidError, NotFoundError, RuleError

PATH = "/desk/newcomers"
TEMPLATE = "desk/newcomers.html"


@page_at(PATH)
async def shown(request: AnyRequest) -> Page:
    """The policy of one unit, and which units below have one of their own."""
    await administering.administrator(request)
    given = {name: request.query_params.get(name) or "" for name in choosing.fields()}
    unit, narrowing = await _chosen(request, given)
    facts = await _facts(request, unit, given)
    return forms.fresh(request, TEMPLATE, ("newcomers-set",), narrowing=narrowing, **facts)


@form_at(f"{PATH}/{{unit:str}}")
async def set_policy(request: AnyRequest, unit: FromPath[str]) -> Page | Response[bytes]:
    """Say how many first comments are held for the unit's members."""
    reader = await administering.administrator(request)
    place = await _administered(reader, unit)
    typed = await forms.read(request, "held_first", "version")
    try:
        version = forms.version_of(typed["version"])
        await newcomers.set_policy(
            place, held_first=_count(typed["held_first"]), version=version, by=str(reader.member_id)
        )
    except RuleError as error:
        facts = await _facts(request, place, {"unit": str(place)})
        return forms.again(request, TEMPLATE, error, typed, narrowing={}, **facts)
    return see_other(f"{PATH}?unit={place}&done=newcomers-set")


def _count(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 3:
        raise InvalidError.of("held_first", "newcomers-count-wrong", most=newcomers.MOST)
    return int(typed)


async def _administered(reader: Reader, unit: str) -> int:
    """The unit's id, if the reader administers it; to all others there is no such unit."""
    try:
        place = administering.unit_of(unit)
    except InvalidError:
        raise NotFoundError from None
    if ADMIN not in await roles.over(reader, place):
        raise NotFoundError
    return place


async def _chosen(request: AnyRequest, given: dict[str, str]) -> tuple[int, dict[str, str]]:
    """The unit that was asked for, else the first that the reader administers, with what was wrong with the asking."""
    top = choosing.tops(request, choosing.ADMINISTER)[0]
    if not (given["unit"] or given["unit_words"]):
        return top, {}
    try:
        asked = await choosing.chosen(request, given)
    except InvalidError as error:
        return top, {"unit": say(error.key, visit_of(request).language, **error.values)}
    if ADMIN not in await roles.over(reader_of(request), asked):
        raise NotFoundError
    return asked, {}


async def _facts(request: AnyRequest, unit: int, given: dict[str, str]) -> dict[str, Any]:
    """What the template is given of the unit, and of those below with policies of their own."""
    language, tree = visit_of(request).language, await units.forest()
    reach = set().union(*(tree.within(top, clock.today()) for top in choosing.tops(request, choosing.ADMINISTER)))
    own, holds = await newcomers.policies(reach), await newcomers.policy(unit)
    others = [
        {"unit": place, "name": await unit_name(place, language), "policy": policy}
        for place, policy in own.items()
        if tree.current(place, clock.today()) == place
    ]
    return {
        "unit": unit, "name": await unit_name(unit, language), "policy": holds, "own": own.get(unit),
        "said_by": await unit_name(holds.unit, language), "others": sorted(others, key=lambda line: line["name"]),
        "units": await choosing.offer(request, given, now=unit), "most": newcomers.MOST,
        "path": f"{PATH}/{unit}",
    }  # fmt: skip
