"""Where members' push messages go: a device belongs to the member who signed in on it last, while they are."""

import json
from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from base import clock, database

MOST: Final = 20
"""Devices of one member: nobody carries more, and whoever registers more for the sake of it is told no oftener."""


async def register(
    *,
    member: UUID,
    unit: int | None,
    session: bytes,
    channel: str,
    address: str,
    keys: Mapping[str, str],
    language: str,
) -> int:
    """Send this member's messages there from now on; the device's id. The same again changes nothing.

    An address that another member had is taken over. A session whose address changed keeps its device, so that what
    is under way for it arrives. Of more than MOST those go that were not used for longest. Whether the address may
    be used is for the channel to say (``Channel.admits``).
    """
    now, today = clock.now(), clock.today()
    async with database.transaction():
        await database.execute(
            "DELETE FROM device WHERE channel = {} AND address = {} AND session <> {}", channel, address, session
        )
        rows = await database.fetch(
            "INSERT INTO device (member, unit, session, channel, address, keys, language, made_at, seen_on) "
            "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (session, channel) DO UPDATE SET "
            "member = excluded.member, unit = excluded.unit, address = excluded.address, keys = excluded.keys, "
            "language = excluded.language, seen_on = excluded.seen_on, "
            "denied_by = CASE WHEN device.address = excluded.address THEN device.denied_by ELSE '' END RETURNING id",
            member, unit, session, channel, address, json.dumps(dict(keys), sort_keys=True), language, now, today,
        )  # fmt: skip
        await _keep_most(member, rows[0]["id"])
    return int(rows[0]["id"])


async def _keep_most(member: UUID, newest: int) -> None:
    await database.execute(
        "DELETE FROM device WHERE member = {} AND id <> {} AND id NOT IN "
        "(SELECT id FROM device WHERE member = {} ORDER BY seen_on DESC, id DESC LIMIT {})",
        member, newest, member, MOST,
    )  # fmt: skip


async def of_session(session: bytes) -> list[dict[str, Any]]:
    """The devices of one session: id, channel, address and since when."""
    return await database.fetch(
        "SELECT id, channel, address, made_at FROM device WHERE session = {} ORDER BY id", session
    )


async def settle(member: UUID, unit: int | None) -> None:
    """The member belongs to that unit now, or to none; in the act that moves them."""
    await database.execute("UPDATE device SET unit = {} WHERE member = {}", unit, member)


async def end(device: int, *, member: UUID) -> bool:
    """Send nothing there any more; whether it was the member's and still there."""
    rows = await database.fetch("DELETE FROM device WHERE id = {} AND member = {} RETURNING id", device, member)
    return bool(rows)


async def end_of_session(*sessions: bytes) -> None:
    """Send nothing to where somebody was signed in; in the act that ends the sessions."""
    condition, values = _sessions(sessions)
    await database.execute(f"DELETE FROM device WHERE {condition}", *values)


async def end_of_member(member: UUID, *, but: bytes = b"") -> None:
    """Send nothing to the member anywhere, except in the session ``but``."""
    await database.execute("DELETE FROM device WHERE member = {} AND session <> {}", member, but)


async def renew_session(old: bytes, new: bytes) -> None:
    """The session goes on under another secret; in the act that renews it."""
    await database.execute("UPDATE device SET session = {} WHERE session = {}", new, old)


def _sessions(sessions: Collection[bytes]) -> tuple[str, list[Any]]:
    """Bytes do not travel in JSON, by which SQLite is given sets."""
    return f"session IN ({', '.join('{}' for _ in sessions)})" if sessions else "FALSE", list(sessions)
