"""Signed-in devices: begun at each sign-in, recognised in microseconds, over on the next request when they must be."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from backend.accounts import changes, devices, scopes
from backend.accounts.authority import PASSKEY_ROLES, Grant
from backend.accounts.recall import Recall
from backend.accounts.standing import forest
from base import clock, database
from base.errors import NotFoundError
from base.settings import settings
from notifications import devices as pushed

STRONG = frozenset({"passkey", "link"})
"""Means of signing in that wake every role; a sample handbook's link stands in for a passkey."""

READERS_HELD = 50_000
"""Readers that one process remembers, about 2 KB each."""

COOKIE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a signed-in member as of today.

    ``roles`` are those in force in this session. ``sleeping`` is true when the member holds roles which this session
    does not give, because it was opened without a passkey.
    """

    member_id: uuid.UUID
    name: str
    unit: int | None
    scopes: frozenset[str]
    roles: tuple[Grant, ...]
    session_id: str
    method: str
    sleeping: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A session just begun: what goes into the browser's cookie, and is known to nobody else."""

    cookie: str
    member_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Device:
    """A line in the list of a member's devices; ``name`` is empty when it was not recognised."""

    id: str
    name: str
    method: str
    created_at: datetime
    used_on: date
    current: bool


_recall: Recall["Reader"] = Recall(READERS_HELD)


async def reader(cookie: str | None) -> Reader | None:
    """Whoever the cookie belongs to, from memory while nothing changed; None when it is not (or no longer) valid."""
    if not cookie:
        return None
    key = digest(cookie)
    return _recall.at_hand(key) or await _recall.take(key, lambda: _read(key))


def at_hand(cookie: str) -> Reader | None:
    """Whoever the cookie belongs to, when that is known without asking the database; None says nothing."""
    return _recall.at_hand(digest(cookie))


async def begin(member: uuid.UUID, *, method: str, user_agent: str = "") -> Opened:
    """Open a session under a new secret, in the surrounding transaction; only its hash is kept."""
    cookie = secrets.token_urlsafe(COOKIE_BYTES)
    await database.execute(
        "INSERT INTO session (id, member, method, device, created_at, used_on) VALUES ({}, {}, {}, {}, {}, {})",
        digest(cookie), member, method, devices.named(user_agent), clock.now(), clock.today(),
    )  # fmt: skip
    return Opened(cookie, member)


async def strengthen(reader: Reader, *, method: str) -> Opened:
    """Give the session a new secret and the strength of ``method``, in the surrounding transaction."""
    cookie = secrets.token_urlsafe(COOKIE_BYTES)
    await database.execute(
        "UPDATE session SET id = {}, method = {} WHERE id = {} AND member = {}",
        digest(cookie), method, bytes.fromhex(reader.session_id), reader.member_id,
    )  # fmt: skip
    await pushed.renew_session(bytes.fromhex(reader.session_id), digest(cookie))
    await changes.note(reader.member_id)
    return Opened(cookie, reader.member_id)


async def devices_of(reader: Reader) -> list[Device]:
    """Where the member is signed in, this device first, then the latest."""
    rows = await database.fetch(
        "SELECT id, device, method, created_at, used_on FROM session WHERE member = {} AND used_on >= {} "
        "ORDER BY created_at DESC",
        reader.member_id, _oldest(clock.today()),
    )  # fmt: skip
    found = [_device(row, reader) for row in rows]
    return sorted(found, key=lambda device: not device.current)


async def end(reader: Reader, session_id: str | None = None) -> None:
    """Sign one of the member's devices out, this one when not said. NotFoundError when it is not theirs."""
    async with database.transaction():
        rows = await database.fetch(
            "DELETE FROM session WHERE id = {} AND member = {} RETURNING member",
            _bytes(session_id or reader.session_id), reader.member_id,
        )  # fmt: skip
        if not rows and session_id:
            raise NotFoundError
        await pushed.end_of_session(_bytes(session_id or reader.session_id))
        await changes.note(reader.member_id)


async def end_all(member: uuid.UUID, *, but: str = "") -> None:
    """Sign a member out everywhere, except on the device ``but``."""
    async with database.transaction():
        await database.execute("DELETE FROM session WHERE member = {} AND id <> {}", member, _bytes(but))
        await pushed.end_of_member(member, but=_bytes(but))
        await changes.note(member)


async def prune() -> None:
    """Drop sessions that were not used for too long; the worker calls it once a day."""
    async with database.transaction():
        rows = await database.fetch("DELETE FROM session WHERE used_on < {} RETURNING id", _oldest(clock.today()))
        await pushed.end_of_session(*(bytes(row["id"]) for row in rows))
    await changes.prune()


def digest(secret: str) -> bytes:
    """What is kept of a secret that is too long to be guessed."""
    return hashlib.sha256(secret.encode()).digest()


async def _read(key: bytes) -> Reader | None:
    today = clock.today()
    rows = await database.fetch(
        "SELECT session.method, session.used_on, member.id AS member_id, member.name, membership.unit AS place, "
        "role_grant.id, role_grant.role, role_grant.unit, role_grant.from_on, role_grant.to_on "
        "FROM session JOIN member ON member.id = session.member "
        "LEFT JOIN membership ON membership.member = member.id AND membership.from_on <= {} "
        "AND (membership.to_on IS NULL OR membership.to_on > {}) "
        "LEFT JOIN role_grant ON role_grant.member = member.id AND role_grant.from_on <= {} "
        "AND (role_grant.to_on IS NULL OR role_grant.to_on > {}) "
        "WHERE session.id = {} AND session.used_on >= {} AND member.disabled_at IS NULL "
        "ORDER BY role_grant.role, role_grant.unit",
        today, today, today, today, key, _oldest(today),
    )  # fmt: skip
    if not rows:
        return None
    if rows[0]["used_on"] < today:
        await _note_use(key, today)
    return await _reader(key, rows, today)


async def _reader(key: bytes, rows: list[dict[str, Any]], today: date) -> Reader:
    first = rows[0]
    held = tuple(_grant(row) for row in rows if row["id"] is not None)
    sleeping = first["method"] not in STRONG and any(grant.role in PASSKEY_ROLES for grant in held)
    active = () if sleeping else held
    return Reader(
        member_id=first["member_id"],
        name=first["name"],
        unit=first["place"],
        scopes=scopes.of(first["member_id"], first["place"], active, await forest(), today),
        roles=active,
        session_id=key.hex(),
        method=first["method"],
        sleeping=sleeping,
    )


async def _note_use(key: bytes, today: date) -> None:
    """Once a day and no finer: enough to let unused sessions end, too little to tell who read when."""
    await database.execute("UPDATE session SET used_on = {} WHERE id = {} AND used_on < {}", today, key, today)


def _grant(row: dict[str, Any]) -> Grant:
    return Grant(row["id"], row["role"], row["unit"], row["from_on"], row["to_on"])


def _device(row: dict[str, Any], reader: Reader) -> Device:
    id = bytes(row["id"]).hex()
    current = id == reader.session_id
    return Device(id, row["device"], row["method"], row["created_at"], row["used_on"], current)


def _bytes(session_id: str) -> bytes:
    try:
        return bytes.fromhex(session_id)
    except ValueError:
        raise NotFoundError from None


def _oldest(today: date) -> date:
    return today - timedelta(days=settings().session_days)
