"""How fast a notice to very many goes out: not on the hour, gently at first, and never faster than push services bear.

Notices to fewer than BIG devices are not delayed at all, and pass the big ones.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

from base import clock, database
from base.settings import settings
from notifications.outbox import Urgency

BIG: Final = 5_000
"""Devices from which on a notice is paced."""

EXPRESS, SMALL, HIGH, NORMAL = range(4)
"""Ranks of chunks: which goes before which."""

HOUR_MARGIN: Final = timedelta(minutes=2)
"""So near to a full hour, when everything on every phone begins, no big normal notice does."""

RAMP: Final = timedelta(minutes=2)
"""How long the rate takes to grow to its full height."""

GENTLE: Final = 0.2
"""The share of the rate that it begins with."""

REST: Final = timedelta(minutes=1)
"""After so long without a big notice the rate begins gently again."""


FARTHEST: Final = timedelta(hours=1)
"""So far ahead no worker has paid: a clock that was, and is put right, would hold everything up until then."""


def rank(urgency: Urgency, devices: int) -> int:
    """Before which other chunks those of such a notice go."""
    if urgency == "express":
        return EXPRESS
    if devices < BIG:
        return SMALL
    return HIGH if urgency == "high" else NORMAL


def begin(moment: datetime, urgency: Urgency, devices: int) -> datetime:
    """When a notice that could go from ``moment`` on may begin."""
    if urgency != "normal" or devices < BIG:
        return moment
    hour = (moment + HOUR_MARGIN).replace(minute=0, second=0, microsecond=0)
    return max(moment, hour + HOUR_MARGIN) if abs(moment - hour) < HOUR_MARGIN else moment


def rate(full: float, since: timedelta) -> float:
    """Messages a second after so long of sending, where ``full`` is the most."""
    return full * min(1.0, GENTLE + (1 - GENTLE) * (since / RAMP))


def least_s(devices: int, told: int) -> float:
    """Seconds that a notice takes at least, if there are workers enough: for saying so before it is issued.

    To ``devices`` in all; ``told`` is how many messages go over its busiest channel, for each keeps a rate of its own.
    """
    full, ramp = settings().push_rate, RAMP.total_seconds()
    if devices < BIG or not full:
        return 0.0
    ramped = full * ramp * (1 + GENTLE) / 2
    if told >= ramped:
        return ramp + (told - ramped) / full
    return ramp / (1 - GENTLE) * (sqrt(GENTLE**2 + 2 * (1 - GENTLE) * told / (full * ramp)) - GENTLE)


async def pay(sent: Mapping[str, int]) -> float:
    """Say that a big notice's messages went over these channels; in how many seconds more may go.

    All workers pay into one row for each channel, so that together they keep the rate without a coordinator: who has
    sent waits for what that took. One that dies while it waits has cost its time, and nothing else.
    """
    waits = [await _pay(channel, count) for channel, count in sorted(sent.items()) if count]
    return max(waits, default=0.0)


async def _pay(channel: str, count: int) -> float:
    full, now = settings().push_rate, clock.now()
    if not full:
        return 0.0
    lock = " FOR UPDATE" if database.is_postgres() else ""
    async with database.transaction():
        rows = await database.fetch(f"SELECT free_at, since FROM pace WHERE channel = {{}}{lock}", channel)
        free_at, since = (rows[0]["free_at"], rows[0]["since"]) if rows else (now, now)
        if not now - REST <= free_at <= now + FARTHEST:
            free_at = since = now
        free_at = max(free_at, now) + timedelta(seconds=count / rate(full, now - since))
        await database.execute(
            "INSERT INTO pace (channel, free_at, since) VALUES ({}, {}, {}) "
            "ON CONFLICT (channel) DO UPDATE SET free_at = excluded.free_at, since = excluded.since",
            channel, free_at, since,
        )  # fmt: skip
    return float((free_at - now).total_seconds())
