"""The members of the units one administers: adding, moving, correcting and disabling them."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from backend.accounts import authority, changes, memberships, naming, sessions
from backend.accounts.acts import act
from backend.accounts.authority import Actor
from backend.accounts.standing import forest
from base import clock, database, journal
from base.errors import ConflictError, InvalidError, NotFoundError


class LoginTakenError(ConflictError):
    """Another member has that login."""

    key = "account-login-taken"
    field = "login"


class CardTakenError(ConflictError):
    """Another member has that card number."""

    key = "account-card-taken"
    field = "card_number"


async def add(
    *,
    id: uuid.UUID,
    name: str,
    login: str,
    unit: int,
    by: Actor,
    card_number: str | None = None,
    on: date | None = None,
) -> None:
    """Take a member in from a day on (today when not said), under an id that the caller made.

    The same again changes nothing; another person by that id is a ConflictError, one out of sight NotFoundError.
    """
    name, login, card = naming.name_of(name), naming.login_of(login), naming.card_of(card_number)
    if wrong := naming.wrong(name, login, card):
        raise InvalidError(fields=wrong)
    day = on or clock.today()
    if day > clock.today():
        raise InvalidError.of("on", "account-date-in-future")
    await authority.over_unit(by, unit)
    async with act(id):
        if await database.fetch("SELECT id FROM member WHERE id = {}", id):
            await _same(id, (name, login, card, unit), by)
            return
        await _living(unit, day)
        await _check_free(id, login, card)
        await insert([(id, name, login, card, unit)], on=day, by=by)


async def move(member: uuid.UUID, *, unit: int, by: Actor, on: date | None = None, id: uuid.UUID | None = None) -> None:
    """Let a member belong to another unit from a day on, under an id for the move that the caller made.

    Both units must be the administrator's. The same move again changes nothing.
    """
    day = on or clock.today()
    async with act(member):
        if id is not None and await _moved_already(id, member, unit, day, by):
            return
        found = await authority.over_member(by, member)
        await authority.over_unit(by, unit)
        await _living(unit, day)
        if found["from_on"] is not None and day < found["from_on"]:
            raise InvalidError.of("on", "account-move-too-early")
        if await memberships.unit_of(member, day) == unit == found["unit"]:
            return
        await memberships.place(member, unit, on=day, id=id)
        await note("move", member, unit, by, {"from": found["unit"], "on": day})


async def correct(
    member: uuid.UUID,
    *,
    by: Actor,
    name: str | None = None,
    login: str | None = None,
    card_number: str | None = None,
) -> None:
    """Write a member's name, login or card number differently; what is None stays, an empty card is taken away."""
    async with act(member):
        found = await authority.over_member(by, member)
        new_name = naming.name_of(found["name"] if name is None else name)
        new_login = naming.login_of(found["login"] if login is None else login)
        card = naming.card_of(found["card_number"] if card_number is None else card_number)
        if wrong := naming.wrong(new_name, new_login, card):
            raise InvalidError(fields=wrong)
        if (new_name, new_login, card) == (found["name"], found["login"], found["card_number"]):
            return
        if new_login != found["login"]:
            await authority.over_standing(by, member)
        await _check_free(member, new_login, card)
        await rewrite(member, new_name, new_login, card, unit=found["unit"], by=by)


async def disable(member: uuid.UUID, *, by: Actor) -> None:
    """Shut a member out: every session ends with the next request, every code that waits is void."""
    async with act(member):
        found = await authority.over_member(by, member)
        await authority.over_standing(by, member)
        if found["disabled_at"] is not None:
            return
        await database.execute("UPDATE member SET disabled_at = {} WHERE id = {}", clock.now(), member)
        await shut_out(member)
        await note("disable", member, found["unit"], by, {})


async def enable(member: uuid.UUID, *, by: Actor) -> None:
    """Let a disabled member sign in again, by the means they had."""
    async with act(member):
        found = await authority.over_member(by, member)
        await authority.over_standing(by, member)
        if found["disabled_at"] is None:
            return
        await database.execute("UPDATE member SET disabled_at = NULL WHERE id = {}", member)
        await note("enable", member, found["unit"], by, {})


async def shut_out(member: uuid.UUID) -> None:
    """End a member's sessions and void their codes, in the surrounding transaction."""
    await database.execute(
        "UPDATE activation_code SET ended_at = {} WHERE member = {} AND used_at IS NULL AND ended_at IS NULL",
        clock.now(), member,
    )  # fmt: skip
    await sessions.end_all(member)


async def insert(people: Sequence[tuple[uuid.UUID, str, str, str | None, int]], *, on: date, by: Actor) -> None:
    """Write checked people (id, name, login, card, unit) in the surrounding transaction, each with its entry."""
    now = clock.now()
    for id, name, login, card, unit in people:
        await database.execute(
            "INSERT INTO member (id, name, login, card_number, name_key, search_key, created_at) "
            "VALUES ({}, {}, {}, {}, {}, {}, {})",
            id, name, login, card, naming.name_key(name), naming.search_key(name, login, card), now,
        )  # fmt: skip
        await memberships.begin(id, unit, on=on)
        await journal.record(act="member.add", subject=f"member:{id}", by=str(by), unit=unit, detail={"on": on})


async def rewrite(member: uuid.UUID, name: str, login: str, card: str | None, *, unit: int | None, by: Actor) -> None:
    """Write a checked name, login and card, in the surrounding transaction."""
    await database.execute(
        "UPDATE member SET name = {}, login = {}, card_number = {}, name_key = {}, search_key = {} "
        "WHERE id = {} AND erased_at IS NULL",
        name, login, card, naming.name_key(name), naming.search_key(name, login, card), member,
    )  # fmt: skip
    await memberships.take_keys(member)
    await note("correct", member, unit, by, {})


async def note(verb: str, member: uuid.UUID, unit: int | None, by: Actor, detail: dict[str, Any]) -> None:
    """Record an act upon a member and have readers looked at anew, in the surrounding transaction."""
    await changes.note(member)
    await journal.record(act=f"member.{verb}", subject=f"member:{member}", by=str(by), unit=unit, detail=detail)


async def _same(id: uuid.UUID, wanted: tuple[str, str, str | None, int], by: Actor) -> None:
    found = await authority.over_member(by, id)
    if (found["name"], found["login"], found["card_number"], found["unit"]) != wanted:
        raise ConflictError


async def _moved_already(id: uuid.UUID, member: uuid.UUID, unit: int, day: date, by: Actor) -> bool:
    rows = await database.fetch("SELECT member, unit, from_on FROM membership WHERE id = {}", id)
    if not rows:
        return False
    await authority.over_member(by, rows[0]["member"])
    if (rows[0]["member"], rows[0]["unit"], rows[0]["from_on"]) != (member, unit, day):
        raise ConflictError
    return True


async def _living(unit: int, on: date) -> None:
    tree = await forest()
    if unit not in tree:
        raise NotFoundError
    if not tree[unit].alive(on):
        raise InvalidError.of("unit", "account-unit-not-alive")


async def _check_free(member: uuid.UUID, login: str, card: str | None) -> None:
    if await database.fetch("SELECT id FROM member WHERE login = {} AND id <> {}", login, member):
        raise LoginTakenError
    if card and await database.fetch("SELECT id FROM member WHERE card_number = {} AND id <> {}", card, member):
        raise CardTakenError
