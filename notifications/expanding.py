"""A notice becomes chunks of devices that workers share out; what is kept of each chunk is where it begins and ends."""

import json
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from base import bell, clock, database, logs
from notifications import closing, meant, pacing
from notifications.addressees import Expand
from notifications.meant import Condition, Owed

SIZE: Final = 500
"""Devices of one chunk."""


REST: Final = timedelta(minutes=1)
"""How long a notice is set aside that cannot be expanded, before it is tried again."""

LEASED: Final = timedelta(minutes=1)
"""What comes due within this time may be in a worker's hands."""


class Reach(NamedTuple):
    """Devices of an audience, and by channel how many of these would be told at once, by what members chose."""

    devices: int
    told: dict[str, int]


log = logs.get(__name__)
_set_aside: dict[UUID, datetime] = {}


async def expand_next(expand: Expand) -> bool:
    """Expand the notice that has waited longest for it; whether there was one.

    All in one transaction, so that a notice is expanded whole or not at all, by one worker. One that was addressed anew
    waits until no step of it is under way: none begins meanwhile.
    """
    if await _waiting(lock=False) is None:
        return False
    await expand([])  # what has to be read for it is read and remembered before the transaction begins
    row = None
    try:
        async with database.transaction():
            row = await _waiting()
            if row is None:
                return False
            await _go(meant.owed(row), expand)
    except Exception as error:
        if row is None or database.is_lost(error):
            raise
        _set_aside[row["notice"]] = clock.now() + REST  # the others are not to blame
        log.exception("notice.expand", notice=str(row["notice"]), error=type(error).__name__)
    await bell.ring()  # other workers may begin, too
    return True


async def would_reach(notice: Owed, expand: Expand) -> Reach:
    """Whom a notice would be for if it were owed now, and who of them wants to be told at once."""
    (who, whom), (wants, what) = await meant.addressed(notice, None, expand), meant.wanting(notice)
    rows = await database.fetch(
        f"SELECT d.channel, count(*) AS n, sum(CASE WHEN {wants} THEN 1 ELSE 0 END) AS told FROM device d "
        f"WHERE {who} GROUP BY d.channel",
        *what, *whom,
    )  # fmt: skip
    return Reach(sum(int(row["n"]) for row in rows), {row["channel"]: int(row["told"]) for row in rows if row["told"]})


async def _go(notice: Owed, expand: Expand) -> None:
    if notice.ends_at > clock.now():
        await _expand(notice, expand)
    await database.execute("UPDATE notice SET expanded_at = {} WHERE id = {}", clock.now(), notice.notice)
    if not notice.paused_at:
        await database.execute(
            "UPDATE chunk SET due_at = {} WHERE notice = {} AND due_at IS NULL", clock.now(), notice.notice
        )


async def _waiting(*, lock: bool = True) -> dict[str, Any] | None:
    now = clock.now()
    aside, ids = database.among("n.id", [id for id, until in _set_aside.items() if until > now])
    skip = " FOR UPDATE SKIP LOCKED" if lock and database.is_postgres() else ""
    rows = await database.fetch(
        f"SELECT {meant.COLUMNS} FROM notice n WHERE expanded_at IS NULL AND cancelled_at IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM chunk c WHERE c.notice = n.id AND c.due_at > {} AND c.due_at <= {}) "
        f"AND NOT {aside} ORDER BY owed_at LIMIT 1{skip}",
        now, now + LEASED, ids,
    )  # fmt: skip
    return rows[0] if rows else None


async def _expand(notice: Owed, expand: Expand) -> None:
    """Add a wave for whomever no wave before has passed: the first is for all, a later one ends those before."""
    if notice.waves and notice.waves[-1] == notice.audience:
        return
    wave, rest = len(notice.waves), await closing.close(notice, expand)
    whom = await meant.addressed(notice, wave, expand)
    size = await _cut(notice, wave, whom)
    await database.execute(
        "UPDATE chunk SET rank = {}, due_at = {} WHERE notice = {} AND wave = {}",
        pacing.rank(notice.urgency, size), _due(notice, size), notice.notice, wave,
    )  # fmt: skip
    await database.execute(
        "UPDATE notice SET devices = devices + {}, waves = {} WHERE id = {}",
        size - rest, json.dumps([*notice.waves, notice.audience], ensure_ascii=False), notice.notice,
    )  # fmt: skip
    log.info("notice.expanded", notice=str(notice.notice), wave=wave, devices=size)


async def _cut(notice: Owed, wave: int, whom: Condition) -> int:
    """Cut whoever is meant into chunks; how many devices that are.

    Together they reach from the very first device to the last, so that whoever comes in before their turn is told, too.
    Only where chunks begin is picked out of the numbered devices: grouping five million of them takes three times as
    long.
    """
    condition, values = whom
    (all_of,) = await database.fetch(
        f"SELECT count(*) AS n, (SELECT max(id) FROM device) AS last FROM device d WHERE {condition}", *values
    )
    if not all_of["n"]:
        return 0
    size, last = int(all_of["n"]), int(all_of["last"])
    await database.execute(
        "INSERT INTO chunk (notice, wave, first, last, size, checkpoint, ahead, rank) "
        f"SELECT {{}}, {wave}, start, COALESCE(lead(start) OVER (ORDER BY start) - 1, {last}), "
        f"CASE WHEN {size} - n < {SIZE} THEN {size} - n + 1 ELSE {SIZE} END, start - 1, start - 1, 0 FROM "
        "(SELECT CASE WHEN n = 1 THEN 1 ELSE id END AS start, n FROM "
        f"(SELECT d.id, row_number() OVER (ORDER BY d.id) AS n FROM device d WHERE d.id <= {last} AND {condition}) d "
        f"WHERE n % {SIZE} = 1) cut",
        notice.notice, *values,
    )  # fmt: skip
    return size


def _due(notice: Owed, size: int) -> Any:
    """A notice that is paused before it was expanded does not begin."""
    return None if notice.paused_at else pacing.begin(clock.now(), notice.urgency, size)
