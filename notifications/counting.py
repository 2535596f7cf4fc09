"""How far a notice has got, as counts alone: no device and no member is named, and small numbers are hidden."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from base import database

SENT, ACCEPTED = "sent", "accepted"

HIDDEN_UNDER: Final = 10
"""Counts below this tell of people rather than of a number of them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A notice's counts of devices; ``failed`` by reason. ``waiting``: not tried yet, or to be tried again."""

    devices: int
    sent: int
    accepted: int
    failed: dict[str, int]
    waiting: int


async def count(notice: UUID, words: Iterable[str]) -> None:
    """Add to a notice's counts, in the surrounding transaction; always in the same order, lest two steps embrace."""
    for what, n in sorted(Counter(words).items()):
        await add(notice, what, n)


async def add(notice: UUID, what: str, n: int) -> None:
    """Add so many to one count."""
    await database.execute(
        "INSERT INTO notice_count (notice, what, n) VALUES ({}, {}, {}) "
        "ON CONFLICT (notice, what) DO UPDATE SET n = notice_count.n + excluded.n",
        notice, what, n,
    )  # fmt: skip


async def progress(notice: UUID) -> Progress:
    """How far a notice has got."""
    rows = await database.fetch("SELECT what, n FROM notice_count WHERE notice = {}", notice)
    counts = {row["what"]: int(row["n"]) for row in rows}
    known = await database.fetch(
        "SELECT devices, (SELECT count(*) FROM retry WHERE notice = n.id) AS kept, "
        "(SELECT COALESCE(sum(size), 0) FROM chunk WHERE notice = n.id AND checkpoint < first) AS untouched "
        "FROM notice n WHERE n.id = {}",
        notice,
    )
    sent, accepted = counts.pop(SENT, 0), counts.pop(ACCEPTED, 0)
    waiting = int(known[0]["kept"]) + int(known[0]["untouched"])
    return Progress(int(known[0]["devices"]), sent, accepted, counts, waiting)


def shown(count: int) -> str:
    """A count as it may be shown: none, "<10", or the number."""
    return f"<{HIDDEN_UNDER}" if 0 < count < HIDDEN_UNDER else str(count)
