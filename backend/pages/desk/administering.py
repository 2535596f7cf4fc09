"""What all pages of a unit's administrator share: who may enter, and how members and roles are shown."""

import uuid
from collections.abc import Iterable
from typing import Any

from backend.accounts import authority, roles
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
    return f"{clock.today():%d/%m/%Y}"
