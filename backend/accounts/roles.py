"""Who may write, approve, moderate, answer, administer and audit, and for which units."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.accounts import authority, changes
from backend.accounts.acts import act
from backend.accounts.authority import ADMIN, CLI, HIGHER_ROLES, PASSKEY_ROLES, ROLES, Actor, Grant, grants
from backend.accounts.sessions import Reader
from backend.accounts.standing import forest
from base import clock, database, journal
from base.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, SignInRequiredError

__all__ = [
    "ADMIN",
    "PASSKEY_ROLES",
    "ROLES",
    "Grant",
    "Held",
    "grant",
    "grants",
    "holders",
    "holds",
    "over",
    "require",
    "withdraw",
]


class OwnRoleError(ForbiddenError):
    """Nobody gives a role to themselves."""

    key = "account-role-not-to-yourself"


class RoleHeldError(ConflictError):
    """The member holds that role for that unit already."""

    key = "account-role-held"


class PasskeyNeededError(ForbiddenError):
    """The member holds the role, but this session was opened without a passkey."""

    key = "account-passkey-needed"


@dataclass(frozen=True, slots=True)
class Held:
    """A grant as an administrator sees it: with whom it is."""

    grant: Grant
    member: uuid.UUID
    name: str


async def holds(member: uuid.UUID, role: str, unit: int, on: date | None = None) -> bool:
    """Whether the member holds the role for the unit, or for one above it, on that day (today when not said)."""
    day = on or clock.today()
    tree = await forest()
    return unit in tree and authority.reaching(await grants(member, day), role, unit, tree, day)


async def require(reader: Reader | None, role: str, unit: int | None = None) -> Reader:
    """Let only a reader pass in whose session the role is awake, for ``unit`` or, without one, for any unit."""
    if reader is None:
        raise SignInRequiredError
    tree = await forest()
    if unit is not None and unit not in tree:
        raise NotFoundError
    for grant in reader.roles:
        if grant.role == role and (unit is None or tree.reaches(grant.unit, unit, clock.today())):
            return reader
    raise PasskeyNeededError() if reader.sleeping else ForbiddenError()


async def over(reader: Reader | None, unit: int | None) -> frozenset[str]:
    """The roles that are awake in the reader's session and reach the unit; without a unit, those held at the top.

    What belongs to no unit is the business of those who stand above all others.
    """
    if reader is None:
        raise SignInRequiredError
    tree, today = await forest(), clock.today()
    if unit is None:
        return frozenset(grant.role for grant in reader.roles if tree.parent(grant.unit, today) is None)
    if unit not in tree:
        return frozenset()
    return frozenset(grant.role for grant in reader.roles if tree.reaches(grant.unit, unit, today))


async def grant(
    id: uuid.UUID,
    *,
    member: uuid.UUID,
    role: str,
    unit: int,
    by: Actor,
    from_on: date | None = None,
    to_on: date | None = None,
) -> None:
    """Give a member a role for a unit and all below it, under an id that the caller made.

    The same again changes nothing. An administrator gives roles within their own units; administrators and auditors
    are named by an administrator of a unit above, or at the command line.
    """
    begin = from_on or clock.today()
    _check(role, begin, to_on)
    if by == member:
        raise OwnRoleError
    async with act(member):
        await authority.over_unit(by, unit, strictly=role in HIGHER_ROLES)
        if await _granted_already(id, (member, role, unit, begin, to_on), by):
            return
        found = await authority.over_member(by, member)
        if found["disabled_at"] is not None:
            raise ConflictError("account-member-disabled")
        await _check_unit(unit, begin)
        await _check_not_held(member, role, unit, begin, to_on)
        await database.execute(
            "INSERT INTO role_grant (id, member, role, unit, from_on, to_on, granted_by) "
            "VALUES ({}, {}, {}, {}, {}, {}, {})",
            id, member, role, unit, begin, to_on, None if by == CLI else by,
        )  # fmt: skip
        await _note("grant", id, unit, by, {"member": member, "role": role, "from": begin, "to": to_on})


async def withdraw(id: uuid.UUID, *, by: Actor, on: date | None = None) -> None:
    """End a role from a day on (at once when not said). One that has ended by then stays as it is."""
    day = on or clock.today()
    async with act():
        rows = await database.fetch("SELECT member, role, unit, from_on, to_on FROM role_grant WHERE id = {}", id)
        await authority.over_unit(by, rows[0]["unit"] if rows else authority.NOWHERE)
        if not rows:
            raise NotFoundError
        await authority.over_unit(by, rows[0]["unit"], strictly=rows[0]["role"] in HIGHER_ROLES)
        if rows[0]["to_on"] is not None and rows[0]["to_on"] <= day:
            return
        await database.execute("UPDATE role_grant SET to_on = {} WHERE id = {}", day, id)
        await _note("withdraw", id, rows[0]["unit"], by, {"member": rows[0]["member"], "on": day})


async def holders(*, by: Actor, member: uuid.UUID | None = None) -> list[Held]:
    """Roles in force or to come that the administrator may see: those for their own units, perhaps of one member."""
    tree, day = await forest(), clock.today()
    reach = set(tree.units) if by == CLI else await authority.administered(by, day)
    condition, units = database.among("role_grant.unit", reach)
    rows = await database.fetch(
        "SELECT role_grant.id, role, role_grant.unit, from_on, to_on, member, name FROM role_grant "
        f"JOIN member ON member.id = role_grant.member WHERE (to_on IS NULL OR to_on > {{}}) AND {condition} "
        "ORDER BY name_key, role",
        day, units,
    )  # fmt: skip
    return [_held(row) for row in rows if member is None or row["member"] == member]


async def _note(verb: str, id: uuid.UUID, unit: int, by: Actor, detail: dict[str, Any]) -> None:
    await changes.note(detail["member"])
    await journal.record(act=f"role.{verb}", subject=f"grant:{id}", by=str(by), unit=unit, detail=detail)


async def _granted_already(id: uuid.UUID, wanted: tuple[Any, ...], by: Actor) -> bool:
    rows = await database.fetch("SELECT member, role, unit, from_on, to_on FROM role_grant WHERE id = {}", id)
    if not rows:
        return False
    await authority.over_unit(by, rows[0]["unit"])
    if tuple(rows[0].values()) != wanted:
        raise ConflictError
    return True


async def _check_unit(unit: int, on: date) -> None:
    tree = await forest()
    if unit not in tree:
        raise NotFoundError
    if not tree[unit].alive(on):
        raise InvalidError.of("unit", "account-unit-not-alive")


async def _check_not_held(member: uuid.UUID, role: str, unit: int, begin: date, to_on: date | None) -> None:
    rows = await database.fetch(
        "SELECT id FROM role_grant WHERE member = {} AND role = {} AND unit = {} AND (to_on IS NULL OR to_on > {})",
        member, role, unit, begin,
    )  # fmt: skip
    if rows:
        raise RoleHeldError


def _check(role: str, begin: date, to_on: date | None) -> None:
    if role not in ROLES:
        raise InvalidError.of("role", "account-role-wrong")
    if to_on is not None and to_on <= begin:
        raise InvalidError.of("to_on", "account-date-before-beginning")


def _held(row: dict[str, Any]) -> Held:
    grant = Grant(row["id"], row["role"], row["unit"], row["from_on"], row["to_on"])
    return Held(grant, row["member"], row["name"])
