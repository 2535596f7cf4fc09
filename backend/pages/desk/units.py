"""The units that one administers: looking through the tree, and the history of each."""

from typing import Any

from litestar.params import FromPath

from backend.accounts import authority, memberships, unit_finding, unit_history, units
from backend.accounts.forest import Forest, Unit
from backend.accounts.unit_history import Change
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import choosing
from backend.pages.desk.administering import ADMINISTRATOR, administrator
from backend.pages.shell import AnyRequest, page_at
from backend.pages.views import name_of
from base import clock
from base.catalogue import say
from base.errors import ForbiddenError, NotFoundError

LIST = "desk/units.html"
UNIT = "desk/unit.html"
SHOWN = 50
"""Units below one that are shown at a time."""

CHANGES = ("rename", "move", "merge", "split", "close")
"""What can be done to a unit, by whoever administers one above it."""

DONE = tuple(f"unit-{act}" for act in ("create", *CHANGES))


@page_at("/desk/units")
async def listed(request: AnyRequest) -> Page:
    """The units from which the reader's reach begins, and looking for one by name or code."""
    reader, tree, language = await administrator(request), await units.forest(), visit_of(request).language
    words = (request.query_params.get("words") or "")[:200].strip()
    found = unit_finding.find(await choosing.reachable(request, choosing.ADMINISTER), words)
    tops = dict.fromkeys(
        tree.current(grant.unit, clock.today()) for grant in reader.roles if grant.role == ADMINISTRATOR
    )
    shown = found.units if words else [tree[top] for top in tops]
    return forms.fresh(
        request, LIST, words=words, total=found.total, rows=[_row(tree, unit, language) for unit in shown]
    )


@page_at("/desk/units/{id:int}")
async def one(request: AnyRequest, id: FromPath[int]) -> Page:
    """A unit as it is, what stands below it, its history, and what can be done."""
    unit = await seen(request, id)
    return forms.fresh(request, UNIT, DONE, **await _facts(request, unit))


async def seen(request: AnyRequest, id: int) -> Unit:
    """The unit, for whoever administers it; otherwise it looks as if there were none."""
    reader, tree = await administrator(request), await units.forest()
    await authority.over_unit(reader.member_id, id if id in tree else authority.NOWHERE)
    return tree[id]


async def may_change(request: AnyRequest, unit: Unit) -> bool:
    """Whether the reader administers a unit above this one."""
    reader = await administrator(request)
    try:
        await authority.over_unit(reader.member_id, unit.id, strictly=True)
    except (ForbiddenError, NotFoundError):
        return False
    return True


async def _facts(request: AnyRequest, unit: Unit) -> dict[str, Any]:
    tree, today, language = await units.forest(), clock.today(), visit_of(request).language
    reach = await authority.administered((await administrator(request)).member_id)
    below = tree.children(unit.id, today) if unit.alive(today) else []
    begin = _number(request.query_params.get("from"))
    return {
        "unit": {**_row(tree, unit, language), "kind": kind_words(unit, language)},
        "path": [_row(tree, tree[above], language) for above in tree.ancestors(unit.id, today)[::-1] if above in reach],
        "members": await memberships.count(tree.became(unit.id, today), since=today) if unit.alive(today) else 0,
        "members_below": await memberships.count(tree.within(unit.id, today), since=today) if below else 0,
        "children": [_row(tree, tree[child], language) for child in below[begin : begin + SHOWN]],
        "children_total": len(below),
        "more_url": f"/desk/units/{unit.id}?from={begin + SHOWN}" if len(below) > begin + SHOWN else None,
        "history": [_told(tree, change, reach, language) for change in unit_history.of(tree, unit.id)],
        "acts": CHANGES if unit.valid_to is None and await may_change(request, unit) else (),
        "may_create": unit.alive(today),
    }  # fmt: skip


def kind_words(unit: Unit, language: str) -> str:
    """What kind of organisation it is."""
    return say(f"account-unit-kind-{unit.kind.replace('_', '-')}", language)


def _row(tree: Forest, unit: Unit, language: str) -> dict[str, Any]:
    below = len(tree.children(unit.id, clock.today())) if unit.alive(clock.today()) else 0
    return {
        "id": unit.id, "name": name_of(unit, language), "code": unit.code, "kind": kind_words(unit, language),
        "from_on": unit.valid_from, "to_on": unit.valid_to, "below": below,
    }  # fmt: skip


def _told(tree: Forest, change: Change, reach: set[int], language: str) -> dict[str, Any]:
    """A change in words, with links to what it made where the reader may go there."""
    values = {"old": _names(change.olds, language), "new": _names(change.news, language)}
    if change.kind == "move":
        values |= {
            "from": _above(tree, change.olds[0], language), "to": _above(tree, change.news[0], language),
        }  # fmt: skip
    others = [unit for unit in (*change.olds, *change.news) if unit.id in reach]
    links = [{"id": unit.id, "name": name_of(unit, language), "code": unit.code} for unit in others]
    return {"on": change.on, "words": say(f"unit-history-{change.kind}", language, **values), "units": links}


def _above(tree: Forest, unit: Unit, language: str) -> str:
    return name_of(tree[unit.parent], language) if unit.parent is not None else "–"


def _names(found: tuple[Unit, ...], language: str) -> str:
    return ", ".join(f"“{name_of(unit, language)}”" for unit in found)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 7 else 0
