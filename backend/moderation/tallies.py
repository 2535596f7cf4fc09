"""What is published of decisions: how many there were by rule and month, how many appeals, how many were overturned."""

from msgspec import Struct

from backend.moderation.model import OVERTURNED
from backend.moderation.telling import TOPIC
from base import clock, database, revisions

MONTHS = 12
LEAST = 5
"""Counts below that are not told, lest somebody be known by them; none at all is."""


class Tally(Struct, frozen=True):
    """Decisions of a month (yyyy-mm) that cite a rule by its code, "" for those that cite none.

    ``appeals`` and ``overturned`` are of these same decisions.
    """

    month: str
    reason: str
    decisions: int
    appeals: int
    overturned: int


_held: list[tuple[object, tuple[Tally, ...]]] = []


async def tallies() -> tuple[Tally, ...]:
    """Of the last MONTHS months, the newest first; remembered while nothing was decided."""
    since = _month(MONTHS - 1)
    state = (database.engine(), revisions.current(TOPIC), since)
    if _held and _held[0][0] == state:
        return _held[0][1]
    rows = await database.fetch(
        "SELECT d.month, d.reason, count(*) AS decisions, count(a.id) AS appeals, "
        "count(CASE WHEN a.outcome = {} THEN 1 END) AS overturned FROM decision d "
        "LEFT JOIN appeal a ON a.decision = d.id WHERE d.month >= {} "
        "GROUP BY d.month, d.reason ORDER BY d.month DESC, d.reason",
        OVERTURNED, since,
    )  # fmt: skip
    found = tuple(Tally(**row) for row in rows)
    _held[:] = [(state, found)]
    return found


def told(count: int) -> int | None:
    """A count as it may be told; None for one that is too small."""
    return None if 0 < count < LEAST else count


def _month(back: int) -> str:
    """The month so many before this one."""
    today = clock.today()
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return f"{year:04}-{month + 1:02}"
