"""What is held about a member: handed to them whole, and erased when they ask for it."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backend.accounts import authority, changes, consents, memberships
from backend.accounts.acts import act
from backend.accounts.authority import CLI, Actor
from base import clock, database, journal
from base.errors import ConflictError, NotFoundError
from notifications import choosing
from notifications import devices as pushed

Telling = Callable[[uuid.UUID], Awaitable[Any]]
Afterwards = Callable[[], Awaitable[None]]
Erasing = Callable[[uuid.UUID], Awaitable[Afterwards | None]]

_told: dict[str, Telling] = {}
_erased: dict[str, Erasing] = {}

HELD = {
    "units": 'SELECT unit.code, unit.name, from_on AS "from", to_on AS "to" FROM membership '
    "JOIN unit ON unit.id = membership.unit WHERE member = {} ORDER BY from_on",
    "roles": 'SELECT role, unit.code, unit.name, from_on AS "from", to_on AS "to" FROM role_grant '
    "JOIN unit ON unit.id = role_grant.unit WHERE member = {} ORDER BY from_on",
    "activation_codes": "SELECT purpose, issued_at, expires_at, used_at, ended_at FROM activation_code "
    "WHERE member = {}",
    "password": "SELECT set_on FROM password WHERE member = {}",
    "passkeys": "SELECT name, backed_up, created_on, used_on FROM passkey WHERE member = {}",
    "devices": "SELECT device, method, created_at, used_on FROM session WHERE member = {}",
    "consents": "SELECT purpose, wording, given_at, withdrawn_at FROM consent WHERE member = {}",
    "notified_devices": "SELECT channel, language, made_at, seen_on FROM device WHERE member = {} ORDER BY made_at",
    "notice_choices": "SELECT sort, how FROM choice WHERE member = {} ORDER BY sort",
    "quiet_window": "SELECT is_on, begins, ends FROM quiet WHERE member = {}",
    "follows": "SELECT what, since FROM follow WHERE member = {} ORDER BY since",
    "erasure_requests": "SELECT asked_at, settled_at, outcome FROM erasure_request WHERE member = {}",
}
"""What this room holds, by the name it has in the export. Secrets and their hashes are not told: they say nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    """A member waits for their data to be erased."""

    member: uuid.UUID
    name: str
    asked_at: datetime


def also_tell(name: str, telling: Telling) -> None:
    """Have another room add what it holds about a member to the export, under ``name``; JSON-ready."""
    _told[name] = telling


def also_erase(name: str, erasing: Erasing) -> None:
    """Have another room erase what it holds about a member, in the same transaction.

    What cannot be taken back, as the bytes of files, ``erasing`` gives back to be done once that is committed.
    """
    _erased[name] = erasing


async def export(member: uuid.UUID) -> dict[str, Any]:
    """Everything held about a member, ready to be written as JSON; journalled."""
    rows = await database.fetch("SELECT name, login, card_number, created_at FROM member WHERE id = {}", member)
    if not rows:
        raise NotFoundError
    found: dict[str, Any] = {"exported_at": clock.now(), "id": member, **rows[0]}
    for name, sql in HELD.items():
        found[name] = await database.fetch(sql, member)
    found["acts"] = await database.fetch(
        "SELECT at, act, subject FROM journal WHERE by = {} OR subject = {} ORDER BY at",
        str(member),
        f"member:{member}",
    )
    for name, telling in _told.items():
        found[name] = await telling(member)
    async with act():
        await journal.record(act="member.export", subject=f"member:{member}", by=str(member))
    plain: dict[str, Any] = _plain(found)
    return plain


async def ask_erasure(member: uuid.UUID) -> None:
    """Ask that one's data be erased; the administrator of one's unit sees it. To ask again changes nothing."""
    async with act(member):
        if await asked_at(member) is not None:
            return
        await database.execute(
            "INSERT INTO erasure_request (id, member, asked_at) VALUES ({}, {}, {})", uuid.uuid4(), member, clock.now()
        )
        await journal.record(act="erasure.ask", subject=f"member:{member}", by=str(member))


async def take_back_erasure(member: uuid.UUID) -> None:
    """Wish to be kept after all."""
    async with act(member):
        if await _settle(member, "taken back"):
            await journal.record(act="erasure.take_back", subject=f"member:{member}", by=str(member))


async def asked_at(member: uuid.UUID) -> datetime | None:
    """Since when the member waits to be erased."""
    rows = await database.fetch("SELECT asked_at FROM erasure_request WHERE member = {} AND settled_at IS NULL", member)
    return rows[0]["asked_at"] if rows else None


async def requests(*, by: Actor) -> list[Request]:
    """Who of the administrator's units waits to be erased, longest first."""
    await authority.over_unit(by, next(iter(await authority.administered(by)), None))
    condition, units = database.among("membership.unit", await authority.administered(by))
    everyone = "TRUE" if by == CLI else condition
    today = clock.today()
    rows = await database.fetch(
        "SELECT erasure_request.member, name, asked_at FROM erasure_request "
        "JOIN member ON member.id = erasure_request.member "
        f"LEFT JOIN membership ON {authority.BELONGS} WHERE settled_at IS NULL AND {everyone} ORDER BY asked_at",
        today, today, *([] if by == CLI else [units]),
    )  # fmt: skip
    return [Request(**row) for row in rows]


async def erase(member: uuid.UUID, *, by: Actor) -> None:
    """Leave nothing of a member but an id without a name: what they did stays accounted for, who it was does not.

    An administrator can do so only when the member asked; the command line also without. It cannot be undone.
    """
    async with act(member):
        afterwards = await _erase(member, by)
    for each in afterwards:
        await each()


async def _erase(member: uuid.UUID, by: Actor) -> list[Afterwards]:
    """All of it in the surrounding transaction; what is to be done after it."""
    found = await authority.over_member(by, member)
    await authority.over_standing(by, member)
    if by != CLI and await asked_at(member) is None:
        raise ConflictError("account-erasure-not-asked")
    await _take_identity(member)
    left = [await erasing(member) for erasing in _erased.values()]
    await _settle(member, "erased")
    await changes.note(member)
    await journal.record(act="member.erase", subject=f"member:{member}", by=str(by), unit=found["unit"])
    return [each for each in left if each is not None]


async def _take_identity(member: uuid.UUID) -> None:
    await database.execute(
        "UPDATE member SET name = '', login = NULL, card_number = NULL, name_key = '', search_key = '', "
        "disabled_at = {}, erased_at = {} WHERE id = {}",
        clock.now(), clock.now(), member,
    )  # fmt: skip
    for table in ("passkey", "password", "passkey_challenge", "activation_code", "session"):
        await database.execute(f"DELETE FROM {table} WHERE member = {{}}", member)
    await _tell_no_more(member)
    await consents.withdraw_all(member)
    await memberships.leave(member, on=clock.today())
    await memberships.take_keys(member)
    await database.execute(
        "UPDATE role_grant SET to_on = {} WHERE member = {} AND (to_on IS NULL OR to_on > {})",
        clock.today(), member, clock.today(),
    )  # fmt: skip


async def _tell_no_more(member: uuid.UUID) -> None:
    await pushed.end_of_member(member)
    await choosing.forget(member)


async def _settle(member: uuid.UUID, outcome: str) -> bool:
    rows = await database.fetch(
        "UPDATE erasure_request SET settled_at = {}, outcome = {} WHERE member = {} AND settled_at IS NULL "
        "RETURNING id",
        clock.now(), outcome, member,
    )  # fmt: skip
    return bool(rows)


def _plain(value: Any) -> Any:
    """The same in what JSON knows."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value
