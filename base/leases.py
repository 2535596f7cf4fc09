"""Who may do what only one process may do at a time, and for how long; rows leased to one worker."""

import os
import socket
import uuid
from datetime import datetime, timedelta
from typing import Any

from base import clock, database

HOLDER = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
"""This process, as it signs leases."""


async def hold(name: str, seconds: float, *, holder: str | None = None) -> bool:
    """Take or renew the lease ``name`` for ``seconds``; False while another live holder has it.

    A holder that dies loses it by itself when the time is up.
    """
    me, now = holder or HOLDER, clock.now()
    rows = await database.fetch(
        "INSERT INTO lease (name, holder, until, beaten_at) VALUES ({}, {}, {}, {}) "
        "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, "
        "beaten_at = excluded.beaten_at WHERE lease.holder = excluded.holder OR lease.until < excluded.beaten_at "
        "RETURNING name",
        name, me, now + timedelta(seconds=seconds), now,
    )  # fmt: skip
    return bool(rows)


async def release(name: str, *, holder: str | None = None) -> None:
    """Give the lease back before its time, so that a successor need not wait."""
    await database.execute("DELETE FROM lease WHERE name = {} AND holder = {}", name, holder or HOLDER)


async def last_beat(name: str) -> datetime | None:
    """When the holder of ``name`` last renewed it; None when nobody holds it."""
    rows = await database.fetch("SELECT beaten_at FROM lease WHERE name = {}", name)
    return rows[0]["beaten_at"] if rows else None


async def claim(
    table: str, *, due: str, limit: int, seconds: float, key: str = "id", among: str = "TRUE", first: str = ""
) -> list[dict[str, Any]]:
    """Lease up to ``limit`` rows of ``table`` whose ``due`` time has come, oldest first, by moving it ahead.

    ``among`` is a condition on the rows, ``first`` what they are ordered by before their time ("rank, "). Two workers
    never get the same row: PostgreSQL skips locked rows, SQLite has one writer at a time.
    All names and conditions are from our own code, never input.
    """
    now = clock.now()
    skip = " FOR UPDATE SKIP LOCKED" if database.is_postgres() else ""
    next_ones = f"SELECT {key} FROM {table} WHERE {due} <= {{}} AND {among} ORDER BY {first}{due} LIMIT {{}}{skip}"
    return await database.fetch(
        f"UPDATE {table} SET {due} = {{}} WHERE {key} IN ({next_ones}) RETURNING *",
        now + timedelta(seconds=seconds), now, limit,
    )  # fmt: skip
