"""The members of the units one administers, to look through and to search."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

from backend.accounts import authority, naming
from backend.accounts.authority import CLI, Actor
from backend.accounts.forest import Forest
from backend.accounts.standing import forest
from base import clock, database
from base.errors import InvalidError, NotFoundError

PAGE = 50

_Condition = tuple[str, list[Any]]
"""SQL with ``{}``, and what fills them."""


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
    rows, words, tree = await _reach(by, unit), naming.fold(search).split(), await forest()
    finding = _listed if rows is None or (_nearly_all(rows, tree) and not words) else _found
    reach = None if rows is None else _within(rows, tree)
    found = await finding(reach, words, await _after(cursor), limit + 1)
    more = len(found) > limit
    return Roster(tuple(_member(row) for row in found[:limit]), str(found[limit - 1]["id"]) if more else None)


async def _reach(by: Actor, unit: int | None) -> Collection[int] | None:
    """The units whose rows of membership may be shown; None for whoever sees everybody."""
    if unit is not None:
        await authority.over_unit(by, unit)
        return (await forest()).within(unit, clock.today())
    if by == CLI:
        return None
    rows = await authority.administered(by)
    await authority.over_unit(by, next(iter(rows), None))
    return rows


def _nearly_all(rows: Collection[int], tree: Forest) -> bool:
    return 2 * len(rows) > len(tree)


def _within(rows: Collection[int], tree: Forest) -> _Condition:
    """Names the units outside when these are fewer: a whole country is 200,000 units."""
    if not _nearly_all(rows, tree):
        condition, value = database.among("membership.unit", rows)
        return condition, [value]
    condition, value = database.among("membership.unit", tree.units.keys() - rows)
    return f"membership.unit IS NOT NULL AND NOT {condition}", [value]


async def _after(cursor: str | None) -> tuple[str, uuid.UUID] | None:
    """Where the page begins: behind this sorting key and id."""
    if not cursor:
        return None
    rows = await database.fetch("SELECT name_key, id FROM member WHERE id = {}", _uuid(cursor))
    return (rows[0]["name_key"], rows[0]["id"]) if rows else None


async def _listed(
    reach: _Condition | None, words: list[str], after: tuple[str, uuid.UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Along the index of names: a page of nearly everybody is soon full, one of a province is not."""
    condition, values = _all([reach, *_matching(words, "member"), _behind("member.name_key, member.id", after)])
    today = clock.today()
    return await database.fetch(
        "SELECT member.id, name, login, card_number, disabled_at, membership.unit FROM member "
        f"LEFT JOIN membership ON {authority.BELONGS} WHERE erased_at IS NULL AND {condition} "
        "ORDER BY member.name_key, member.id LIMIT {}",
        today, today, *values, limit,
    )  # fmt: skip


async def _found(
    reach: _Condition | None, words: list[str], after: tuple[str, uuid.UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Within the rows of the units, however rare the name; its own limit keeps the planner from walking all names."""
    condition, values = _all([reach, *_matching(words, "membership"), _behind("membership.name_key, member", after)])
    today = clock.today()
    return await database.fetch(
        "SELECT member.id, name, login, card_number, disabled_at, found.unit FROM "
        "(SELECT member, unit FROM membership WHERE from_on <= {} AND (to_on IS NULL OR to_on > {}) "
        f"AND {condition} ORDER BY name_key, member LIMIT {{}}) AS found "
        "JOIN member ON member.id = found.member ORDER BY member.name_key, member.id",
        today, today, *values, limit,
    )  # fmt: skip


def _matching(words: list[str], table: str) -> list[_Condition]:
    return [(f"{table}.search_key LIKE {{}} ESCAPE '!'", [f"%{_literal(word)}%"]) for word in words]


def _behind(columns: str, after: tuple[str, uuid.UUID] | None) -> _Condition | None:
    return (f"({columns}) > ({{}}, {{}})", list(after)) if after else None


def _all(conditions: list[_Condition | None]) -> _Condition:
    kept = [each for each in conditions if each]
    return " AND ".join(["TRUE", *(sql for sql, _ in kept)]), [value for _, values in kept for value in values]


def _member(row: dict[str, Any]) -> Member:
    return Member(row["id"], row["name"], row["login"], row["card_number"], row["unit"], row["disabled_at"] is not None)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise InvalidError.of("cursor", "error-invalid") from None


def _literal(word: str) -> str:
    return "".join(f"!{char}" if char in "!%_" else char for char in word)
