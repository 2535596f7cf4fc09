"""The members of the units one administers, to look through and to search."""

import uuid
from dataclasses import dataclass
from typing import Any, cast

from backend.accounts import authority, naming
from backend.accounts.authority import CLI, Actor
from backend.accounts.standing import forest
from base import clock, database
from base.errors import InvalidError, NotFoundError

PAGE = 50


@dataclass(frozen=True, slots=True)
class Member:
    """A line of the roster; ``unit`` is where they were put, by the id it had then."""

    id: uuid.UUID
    name: str
    login: str
    card_number: str | None
    unit: int | None
    disabled: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """A page of members; ``next`` (the last one's id, so that no name gets into an address) asks for the following."""

    members: tuple[Member, ...]
    next: str | None


async def find(member: uuid.UUID, *, by: Actor) -> Member:
    """One member of the administrator's units."""
    return _member(await authority.over_member(by, member))


async def by_login(login: str) -> uuid.UUID:
    """The member with that login, for the command line."""
    rows = await database.fetch("SELECT id FROM member WHERE login = {}", naming.login_of(login))
    if not rows:
        raise NotFoundError("account-no-such-login")
    return cast(uuid.UUID, rows[0]["id"])


async def page(
    *, by: Actor, search: str = "", unit: int | None = None, cursor: str | None = None, limit: int = PAGE
) -> Roster:
    """Members of the administrator's units (or of ``unit`` and below), by given name; ``search`` needs no accents."""
    if unit is None and by != CLI:
        await authority.over_unit(by, next(iter(await authority.administered(by)), None))
    elif unit is not None:
        await authority.over_unit(by, unit)
    conditions = ["erased_at IS NULL"]
    values: list[Any] = []
    if by != CLI or unit is not None:
        rows = (await forest()).within(unit, clock.today()) if unit is not None else await authority.administered(by)
        condition, value = database.among("membership.unit", rows)
        conditions.append(condition)
        values.append(value)
    for word in naming.fold(search).split():
        conditions.append("search_key LIKE {} ESCAPE '!'")
        values.append(f"%{_literal(word)}%")
    return await _page(conditions, values, cursor, limit)


async def _page(conditions: list[str], values: list[Any], cursor: str | None, limit: int) -> Roster:
    if cursor:
        conditions.append("(name_key, member.id) > (SELECT name_key, id FROM member WHERE id = {})")
        values.append(_uuid(cursor))
    today = clock.today()
    rows = await database.fetch(
        "SELECT member.id, name, login, card_number, disabled_at, membership.unit FROM member "
        f"LEFT JOIN membership ON {authority.BELONGS} WHERE {' AND '.join(conditions)} "
        "ORDER BY name_key, member.id LIMIT {}",
        today, today, *values, limit + 1,
    )  # fmt: skip
    more = len(rows) > limit
    return Roster(tuple(_member(row) for row in rows[:limit]), str(rows[limit - 1]["id"]) if more else None)


def _member(row: dict[str, Any]) -> Member:
    return Member(row["id"], row["name"], row["login"], row["card_number"], row["unit"], row["disabled_at"] is not None)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise InvalidError.of("cursor", "error-invalid") from None


def _literal(word: str) -> str:
    return "".join(f"!{char}" if char in "!%_" else char for char in word)
