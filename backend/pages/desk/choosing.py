"""Choosing a unit: from a short list, or by looking for it where a reader's roles reach hundreds."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.accounts import unit_finding, units
from backend.accounts.forest import Forest, Unit
from backend.accounts.roles import ADMIN, PasskeyNeededError
from backend.door.visit import reader_of, visit_of
from backend.pages.answer import Page
from backend.pages.desk import receiving
from backend.pages.desk.administering import unit_of
from backend.pages.shell import AnyRequest, page_at, personal
from backend.pages.views import name_of
from base import clock
from base.catalogue import say
from base.errors import ForbiddenError, InvalidError, NotFoundError

FOUND = "desk/units_found.html"
SHORT = 20
"""Units that are simply listed."""

LENGTH = 200


@dataclass(frozen=True)
class Purpose:
    """What a unit is chosen for: those for which the reader holds one of ``roles`` can be, every unit when there are
    none; ``unknown`` says of none. ``noted`` tells what there is to know of a unit.
    """

    name: str
    roles: tuple[str, ...]
    unknown: str
    noted: Callable[[AnyRequest, int], Awaitable[str]] | None = None


ADMINISTER = Purpose("administer", (ADMIN,), "pages-unit-unknown")
ADDRESS = Purpose("address", ("editor", "approver"), "audience-unit-unknown")
WRITE = Purpose("write", ("editor",), "news-desk-unit-unknown")
PREPARE = Purpose("prepare", ("secretary",), "meeting-unit-unknown")
MODERATE = Purpose("moderate", ("moderator", "auditor"), "moderation-unit-unknown")
ANSWER = Purpose("answer", ("feedback_handler", "auditor"), "feedback-unit-none")
FEEDBACK = Purpose("feedback", (), "feedback-unit-none", receiving.of_reader)
FORWARD = Purpose("forward", (), "feedback-unit-none", receiving.of_others)
ALL = (ADMINISTER, ADDRESS, WRITE, PREPARE, MODERATE, ANSWER, FEEDBACK, FORWARD)
PURPOSES = {purpose.name: purpose for purpose in ALL}


@dataclass(frozen=True)
class Offer:
    """What the macro ``choose_unit`` draws: ``few`` options (id, words), or what was looked for and found."""

    few: list[tuple[int, str]] | None
    words: str
    chosen: str
    matches: list[dict[str, Any]]
    total: int
    purpose: Purpose = ADMINISTER


@page_at("/desk/units/found")
async def found(request: AnyRequest) -> Page:
    """The matches alone, for a page that shows them while words are typed."""
    given = request.query_params
    purpose = PURPOSES.get(given.get("for") or ADMINISTER.name)
    if purpose is None:
        raise NotFoundError
    name, words = (given.get("name") or "unit")[:40], (given.get("words") or "")[:LENGTH].strip()
    many = await _looked_for(request, words, "", purpose)
    return personal(request, FOUND, name=name if name.isidentifier() else "unit", units=many)


def fields(name: str = "unit") -> tuple[str, str, str]:
    """What the macro's form sends for the unit called ``name``."""
    return name, f"{name}_words", f"{name}_searched"


async def reachable(request: AnyRequest, purpose: Purpose) -> list[Unit]:
    """The living units that can be chosen, each after the one above it; raises for whoever holds none of the roles."""
    return list(unit_finding.below(await units.forest(), await _tops(request, purpose), clock.today()))


async def offer(
    request: AnyRequest,
    typed: Mapping[str, str] | None = None,
    name: str = "unit",
    *,
    now: int | None = None,
    purpose: Purpose = ADMINISTER,
    proposed: Sequence[int] = (),
) -> Offer:
    """The choice as a form shows it: as it was ``typed``, or with the unit that it is ``now``.

    Where every unit can be chosen, the ``proposed`` ones are shown before anything is looked for, the best first.
    """
    unit, words, searched = ((typed or {}).get(field, "") for field in fields(name))
    if not unit and not words and now is not None:
        tree = await units.forest()
        unit = str(tree.current(now, clock.today())) if now in tree else ""
    living = await reachable(request, purpose)
    if purpose.roles and len(living) <= SHORT:
        return Offer(await _options(request, living), "", unit, [], 0, purpose)
    if words and words != searched:
        return await _looked_for(request, words, "", purpose)
    if proposed and not words:
        return await _proposed(request, proposed, unit, purpose)
    return await _looked_for(request, words, unit, purpose)


async def chosen(
    request: AnyRequest, typed: Mapping[str, str], name: str = "unit", *, purpose: Purpose = ADMINISTER
) -> int:
    """The id of the unit that a form chose, or named without a doubt; InvalidError for ``name`` otherwise."""
    unit, words, searched = (typed.get(field, "") for field in fields(name))
    if unit and (not words or words == searched):
        return unit_of(unit, name)
    if not words:
        raise InvalidError.of(name, "pages-unit-missing")
    living = await reachable(request, purpose)
    exact = unit_finding.named(living, words)
    if len(exact) == 1:
        return exact[0].id
    tree, today = await units.forest(), clock.today()
    total = unit_finding.find_in(tree, living, words, today).total
    if total:
        raise InvalidError.of(name, "pages-unit-choose", count=total)
    reached = {row for top in await _tops(request, purpose) for row in tree.within(top, today)}
    over = unit_finding.closed(tree, reached, words, today)
    if over is not None and over.valid_to is not None:
        raise InvalidError.of(name, "pages-unit-closed", unit=over.name, on=f"{over.valid_to:%d/%m/%Y}")
    raise InvalidError.of(name, purpose.unknown, words=words[:LENGTH])


async def codes(request: AnyRequest, words: str) -> Offer:
    """Units with their codes, to be read: all when they are few."""
    living, tree, language = await reachable(request, ADMINISTER), await units.forest(), visit_of(request).language
    if len(living) > SHORT:
        return await _looked_for(request, words[:LENGTH].strip(), "", ADMINISTER)
    return Offer([], "", "", [_match(tree, unit, living, language) for unit in living], len(living))


def tops(request: AnyRequest, purpose: Purpose) -> tuple[int, ...]:
    """The units from which the reader's reach begins."""
    reader = reader_of(request)
    tops = tuple(dict.fromkeys(grant.unit for grant in reader.roles if grant.role in purpose.roles))
    if not tops:
        raise PasskeyNeededError if reader.sleeping else ForbiddenError
    return tops


async def _tops(request: AnyRequest, purpose: Purpose) -> tuple[int, ...]:
    if purpose.roles:
        return tops(request, purpose)
    reader_of(request)
    return tuple((await units.forest()).roots(clock.today()))


async def _proposed(request: AnyRequest, proposed: Sequence[int], unit: str, purpose: Purpose) -> Offer:
    """The proposed units, with the chosen one in any case; the best is chosen until another is."""
    tree, living, language = await units.forest(), await reachable(request, purpose), visit_of(request).language
    own = [one.id for one in living if str(one.id) == unit]
    offered = [_match(tree, tree[one], living, language) for one in dict.fromkeys([*proposed, *own]) if one in tree]
    matches = await _noted(request, offered, purpose)
    matches[0]["note"] = matches[0]["note"] or say("feedback-unit-best", language)
    return Offer(None, "", unit if own else str(proposed[0]), matches, len(matches), purpose)


async def _noted(request: AnyRequest, matches: list[dict[str, Any]], purpose: Purpose) -> list[dict[str, Any]]:
    if purpose.noted is None:
        return matches
    return [{**one, "note": await purpose.noted(request, one["id"])} for one in matches]


async def _looked_for(request: AnyRequest, words: str, unit: str, purpose: Purpose) -> Offer:
    """What the words find, and the chosen unit in any case."""
    tree, living, language = await units.forest(), await reachable(request, purpose), visit_of(request).language
    found = unit_finding.find_in(tree, living, words, clock.today())
    matches = list(found.units)
    own = next((one for one in living if str(one.id) == unit), None)
    if own is not None and own not in matches:
        matches.insert(0, own)
    shown = words or (name_of(own, language) if own else "")
    offered = await _noted(request, [_match(tree, one, living, language) for one in matches], purpose)
    return Offer(None, shown, unit, offered, max(found.total, len(matches)), purpose)


def _match(tree: Forest, unit: Unit, living: list[Unit], language: str) -> dict[str, Any]:
    """A unit with its path, without what all the units of the reader's reach have in common."""
    common = set(tree.path(living[0].id, clock.today()))
    above = [name_of(tree[place], language) for place in tree.ancestors(unit.id, clock.today()) if place not in common]
    return {"id": unit.id, "name": name_of(unit, language), "code": unit.code, "path": " · ".join(above), "note": ""}


async def _options(request: AnyRequest, living: list[Unit]) -> list[tuple[int, str]]:
    tree, language = await units.forest(), visit_of(request).language
    options = []
    for unit in living:
        above = tree.parent(unit.id, clock.today())
        place = "" if above is None else f" · {name_of(tree[above], language)}"
        options.append((unit.id, name_of(unit, language) + place))
    return options
