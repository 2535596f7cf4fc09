"""What all pages of a unit's administrator share: who may enter, and which units can be chosen."""

import uuid
from collections.abc import Iterable
from typing import Any

from backend.accounts import authority, roles, units
from backend.accounts.forest import Forest, Unit
from backend.accounts.roles import Held
from backend.accounts.roster import Member
from backend.accounts.sessions import Reader
from backend.door.visit import reader_of, visit_of
from backend.pages.shell import AnyRequest
from backend.pages.views import role_words, unit_name
from base import clock
from base.errors import InvalidError

ADMINISTRATOR = authority.ADMIN


async def administrator(request: AnyRequest) -> Reader:
    """The reader, who must administer some unit and have signed in with a passkey."""
    return await roles.require(reader_of(request), ADMINISTRATOR)


async def administered_units(request: AnyRequest) -> list[Unit]:
    """The living units that the reader administers, each after the one above it."""
    tree, day = await units.forest(), clock.today()
    reader = await administrator(request)
    tops = [grant.unit for grant in reader.roles if grant.role == ADMINISTRATOR]
    reached = dict.fromkeys(unit for top in tops for unit in tree.subtree(top, day))
    return [tree[unit] for unit in reached if tree[unit].alive(day)]


async def unit_options(request: AnyRequest) -> list[tuple[int, str]]:
    """The same as a form offers them."""
    tree, language = await units.forest(), visit_of(request).language
    return [(unit.id, _words(tree, unit, language)) for unit in await administered_units(request)]


def role_options(request: AnyRequest) -> list[tuple[str, str]]:
    """Every role, in words."""
    return [(role, role_words(role, visit_of(request).language)) for role in authority.ROLES]


def unit_of(typed: str, field: str = "unit") -> int:
    """The chosen unit's id."""
    if not typed.isdecimal() or len(typed) > 18:
        raise InvalidError.of(field, "pages-unit-missing")
    return int(typed)


async def shown_member(request: AnyRequest, member: Member) -> dict[str, Any]:
    """A member of the roster as templates take them."""
    names = ("id", "name", "login", "card_number", "unit", "disabled")
    unit = await unit_name(member.unit, visit_of(request).language)
    return {**{name: getattr(member, name) for name in names}, "unit_name": unit}


def roles_in_words(held: Iterable[Held], language: str) -> dict[uuid.UUID, list[str]]:
    """What each member holds, in words."""
    found: dict[uuid.UUID, list[str]] = {}
    for each in held:
        words = found.setdefault(each.member, [])
        if (role := role_words(each.grant.role, language)) not in words:
            words.append(role)
    return found


def today() -> str:
    """The day that date fields begin with."""
    return clock.today().isoformat()


def _words(tree: Forest, unit: Unit, language: str) -> str:
    above = tree.parent(unit.id, clock.today())
    return _name(unit, language) if above is None else f"{_name(unit, language)} · {_name(tree[above], language)}"


def _name(unit: Unit, language: str) -> str:
    return (unit.name_en or unit.name) if language == "en" else unit.name
