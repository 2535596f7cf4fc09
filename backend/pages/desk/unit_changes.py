"""Changing units: a form, then what it would mean in words, then, confirmed, the change; safe to send again."""

from collections.abc import Mapping
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import authority, memberships, units
from backend.accounts.forest import KINDS, Unit
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import choosing
from backend.pages.desk.administering import administrator, today
from backend.pages.desk.unit_plans import ACTS, PARTS, Act, Plan, day
from backend.pages.desk.units import seen
from backend.pages.shell import AnyRequest, form_at, page_at, personal, see_other
from backend.pages.views import name_of
from base.catalogue import say
from base.errors import NotFoundError, RuleError

FORM = "desk/unit_change.html"
PREVIEW = "desk/unit_preview.html"
DIVIDE = "desk/unit_divide.html"
STEPS = ("find", "back", "divided", "confirmed")
"""Fields by which a form says which step is wanted."""

AT_WILL = "to-"
"""What the names of fields begin with that say where a member or a unit below belongs after a split."""


@page_at("/desk/units/{id:int}/{name:str}")
async def form(request: AnyRequest, id: FromPath[int], name: FromPath[str]) -> Page | Response[bytes]:
    """What the change needs to be told."""
    unit = await _changeable(request, id, name)
    if unit.valid_to is not None:
        return see_other(f"/desk/units/{id}")
    return forms.fresh(request, FORM, **await _asked(request, unit, name, _as_is(unit, name)))


@form_at("/desk/units/{id:int}/{name:str}")
async def change(request: AnyRequest, id: FromPath[int], name: FromPath[str]) -> Page | Response[bytes]:
    """Show what the change would mean or, when that was confirmed, do it. The same again changes nothing."""
    unit, by = await _changeable(request, id, name), (await administrator(request)).member_id
    typed = await _typed(request, ACTS[name])
    asked = await _asked(request, unit, name, typed)
    if typed["find"] or typed["back"]:
        return forms.fresh(request, FORM, **asked)
    try:
        plan = await ACTS[name].plan(request, unit, typed)
        if typed["confirmed"]:
            goal = await plan.do(by)
            return see_other(f"/desk/units/{goal}?done=unit-{name}")
        async with units.rehearsal():
            await plan.do(by)
    except RuleError as error:
        return forms.again(request, FORM, error, **{**asked, "values": typed})
    if name == "split" and not typed["divided"]:
        return personal(request, DIVIDE, **await _to_divide(request, unit, typed, plan))
    return personal(request, PREVIEW, **_foreseen(request, unit, name, typed, plan))


async def _changeable(request: AnyRequest, id: int, name: str) -> Unit:
    """The unit, when the reader may do that to it."""
    if name not in ACTS:
        raise NotFoundError
    unit = await seen(request, id)
    await authority.over_unit((await administrator(request)).member_id, id, strictly=name != "create")
    return unit


async def _typed(request: AnyRequest, act: Act) -> dict[str, str]:
    chosen = [field for name in act.choosers for field in choosing.fields(name)]
    at_will = [name for name in await request.form() if name.startswith(AT_WILL)]
    return await forms.read(request, "on", *act.fields, *chosen, *STEPS, *at_will)


async def _asked(request: AnyRequest, unit: Unit, name: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the form is given."""
    language = visit_of(request).language
    kinds = [(kind, say(f"account-unit-kind-{kind.replace('_', '-')}", language)) for kind in KINDS]
    return {
        "act": name,
        "unit": _shown(unit, language),
        "kinds": kinds,
        "parts": PARTS,
        "choosers": {each: await choosing.offer(request, typed, each) for each in ACTS[name].choosers},
        "today": today(),
        "values": typed,
    }


async def _to_divide(request: AnyRequest, unit: Unit, typed: Mapping[str, str], plan: Plan) -> dict[str, Any]:
    """Everyone and everything that a split must find a place for."""
    tree, language, on = await units.forest(), visit_of(request).language, day(typed)
    below = [(child, name_of(tree[child], language)) for child in tree.children(unit.id, on)]
    return {
        "act": "split",
        "unit": _shown(unit, language),
        "news": list(enumerate(new.name for new in plan.news)),
        "below": below,
        "members": await memberships.of(tree.became(unit.id, on)),
        "values": typed,
        "carried": _carried(typed),
    }


def _foreseen(request: AnyRequest, unit: Unit, name: str, typed: Mapping[str, str], plan: Plan) -> dict[str, Any]:
    """What the page before the change is given: its meaning, and all that was typed, to be sent again."""
    language = visit_of(request).language
    lines = [say(key, language, **_in_words(values)) for key, values in plan.lines]
    return {"act": name, "unit": _shown(unit, language), "lines": lines, "carried": _carried(typed)}


def _carried(typed: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(field, value) for field, value in typed.items() if value and field not in STEPS]


def _shown(unit: Unit, language: str) -> dict[str, Any]:
    return {"id": unit.id, "name": name_of(unit, language), "code": unit.code}


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else value for key, value in values.items()}


def _as_is(unit: Unit, name: str) -> dict[str, str]:
    """What the form begins with."""
    if name == "rename":
        return {"name": unit.name, "name_en": unit.name_en, "code": unit.code}
    return {"kind": "cell" if name == "create" else unit.kind}
