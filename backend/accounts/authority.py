"""Who may act on whom: grants that are held on a day, and how far an administrator reaches."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from backend.accounts.forest import Forest
from backend.accounts.standing import forest
from base import clock, database
from base.errors import ForbiddenError, NotFoundError

CLI: Final = "cli"
"""The actor at the server's command line; whoever sits there may do everything."""

Actor = uuid.UUID | str
"""Who acts: a member's id, or CLI."""

ROLES = ("editor", "approver", "moderator", "feedback_handler", "unit_admin", "secretary", "auditor")

PASSKEY_ROLES = frozenset({"editor", "approver", "moderator", "auditor", "unit_admin", "secretary"})
"""Roles that sleep in a session which was opened without a passkey."""

ADMIN: Final = "unit_admin"

HIGHER_ROLES: Final = frozenset({"auditor", ADMIN})
"""Roles that only an administrator of a unit above gives and takes."""

NOWHERE: Final = 0
"""The id of no unit: what an administrator may not see and what does not exist get the same answer."""


BELONGS: Final = (
    "membership.member = member.id AND membership.from_on <= {} AND (membership.to_on IS NULL OR membership.to_on > {})"
)
"""Joins a member with where they belong on a day, which is given twice."""


class NotAdministratorError(ForbiddenError):
    """The act belongs to administrators, or to one standing higher."""

    key = "account-not-administrator"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held for a unit and everything below it."""

    id: uuid.UUID
    role: str
    unit: int
    from_on: date
    to_on: date | None


async def grants(member: Actor, on: date | None = None, *, planned: bool = False) -> tuple[Grant, ...]:
    """What the member holds on that day (today when not said); ``planned``: and what they will hold later."""
    if isinstance(member, str):
        return ()
    day = on or clock.today()
    rows = await database.fetch(
        "SELECT id, role, unit, from_on, to_on FROM role_grant "
        "WHERE member = {} AND from_on <= {} AND (to_on IS NULL OR to_on > {}) ORDER BY role, unit",
        member, date.max if planned else day, day,
    )  # fmt: skip
    return tuple(Grant(**row) for row in rows)


def reaching(held: Collection[Grant], role: str, unit: int, tree: Forest, on: date) -> bool:
    """Whether one of the grants is ``role`` for the unit or for one above it."""
    return any(grant.role == role and tree.reaches(grant.unit, unit, on) for grant in held)


async def administered(by: Actor, on: date | None = None) -> set[int]:
    """Rows of all units that a member administers, ended ones that were taken up included."""
    tree, day = await forest(), on or clock.today()
    held = [grant.unit for grant in await grants(by, day) if grant.role == ADMIN]
    return set().union(*(tree.within(unit, day) for unit in held))


async def over_unit(by: Actor, unit: int | None, *, strictly: bool = False, tree: Forest | None = None) -> None:
    """Let only an administrator of the unit pass; ``strictly``: of a unit above it. Without a unit only CLI.

    Raises NotFoundError for a unit out of an administrator's sight, NotAdministratorError otherwise.
    """
    if by == CLI:
        return
    tree, today = tree or await forest(), clock.today()
    held = [grant.unit for grant in await grants(by, today) if grant.role == ADMIN]
    if not held or unit is None:
        raise NotAdministratorError
    if unit not in tree or not _governs(held, unit, tree, today):
        raise NotFoundError
    if strictly and not _governs(held, unit, tree, today, strictly=True):
        raise NotAdministratorError("account-needs-higher-administrator")


async def over_member(by: Actor, member: uuid.UUID) -> dict[str, Any]:
    """Let only an administrator of the member's unit pass; the member's row, with ``unit`` and since when.

    Absent, erased, and outside the administrator's units look the same: NotFoundError.
    """
    today = clock.today()
    rows = await database.fetch(
        "SELECT member.id, name, login, card_number, disabled_at, membership.unit, from_on FROM member "
        f"LEFT JOIN membership ON {BELONGS} WHERE member.id = {{}} AND erased_at IS NULL",
        today, today, member,
    )  # fmt: skip
    if by != CLI:
        await over_unit(by, (rows[0]["unit"] if rows else None) or NOWHERE)
    if not rows:
        raise NotFoundError
    return rows[0]


async def over_standing(by: Actor, member: uuid.UUID) -> None:
    """Let nobody take over a member who holds a role that the administrator could not have given them.

    Otherwise a commune's administrator could print the province's approver, or the auditor who watches the
    administrator, a code and sign in with it.
    """
    if by == CLI:
        return
    if by == member:
        raise NotAdministratorError("account-not-yourself")
    tree, today = await forest(), clock.today()
    mine = [grant.unit for grant in await grants(by) if grant.role == ADMIN]
    for held in await grants(member, planned=True):
        if not _governs(mine, held.unit, tree, today, strictly=held.role in HIGHER_ROLES):
            raise NotAdministratorError("account-needs-higher-administrator")


def _governs(places: Collection[int], unit: int, tree: Forest, on: date, *, strictly: bool = False) -> bool:
    """Whether one of the places is the unit (not when ``strictly``) or stands above it."""
    line = tree.ancestors(unit, on) if strictly else tree.path(unit, on)
    return any(tree.current(place, on) in line for place in places)
