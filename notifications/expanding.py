"""A notice becomes chunks of devices that workers share out; what is kept of each chunk is where it begins and ends."""

import json
from typing import Any, Final

from base import clock, database, logs
from notifications import meant, pacing
from notifications.addressees import Expand
from notifications.meant import Owed

SIZE: Final = 500
"""Devices of one chunk."""

log = logs.get(__name__)


async def expand_next(expand: Expand) -> bool:
    """Expand the notice that has waited longest for it; whether there was one.

    All in one transaction, so that a notice is expanded whole or not at all, by one worker.
    """
    if await _waiting(lock=False) is None:
        return False
    await expand([])  # what has to be read for it is read and remembered before the transaction begins
    async with database.transaction():
        notice = await _waiting()
        if notice is None:
            return False
        if notice.ends_at > clock.now():
            await _expand(notice, expand)
        await database.execute("UPDATE notice SET expanded_at = {} WHERE id = {}", clock.now(), notice.notice)
    return True


async def _waiting(*, lock: bool = True) -> Owed | None:
    skip = " FOR UPDATE SKIP LOCKED" if lock and database.is_postgres() else ""
    rows = await database.fetch(
        f"SELECT {meant.COLUMNS} FROM notice n WHERE expanded_at IS NULL AND cancelled_at IS NULL "
        f"ORDER BY owed_at LIMIT 1{skip}"
    )
    return meant.owed(rows[0]) if rows else None


async def _expand(notice: Owed, expand: Expand) -> None:
    """Add a wave for whomever no wave before was for: the first is for all, later ones for who was added since."""
    if notice.audience in notice.waves:
        return
    wave = len(notice.waves)
    condition, values = await meant.addressed(notice, wave, expand)
    await database.execute(
        "INSERT INTO chunk (notice, wave, first, last, size, checkpoint, ahead, rank) "
        f"SELECT {{}}, {wave}, min(id), max(id), count(*), min(id) - 1, min(id) - 1, 0 FROM "
        f"(SELECT d.id, (row_number() OVER (ORDER BY d.id) - 1) / {SIZE} AS slice FROM device d WHERE {condition}) cut "
        "GROUP BY slice",
        notice.notice, *values,
    )  # fmt: skip
    size = await _size(notice, wave)
    await database.execute(
        "UPDATE chunk SET rank = {}, due_at = {} WHERE notice = {} AND wave = {}",
        pacing.rank(notice.urgency, size), _due(notice, size), notice.notice, wave,
    )  # fmt: skip
    await database.execute(
        "UPDATE notice SET devices = devices + {}, waves = {} WHERE id = {}",
        size, json.dumps([*notice.waves, notice.audience], ensure_ascii=False), notice.notice,
    )  # fmt: skip
    log.info("notice.expanded", notice=str(notice.notice), wave=wave, devices=size)


def _due(notice: Owed, size: int) -> Any:
    """A notice that is paused before it was expanded does not begin."""
    return None if notice.paused_at else pacing.begin(clock.now(), notice.urgency, size)


async def _size(notice: Owed, wave: int) -> int:
    rows = await database.fetch(
        "SELECT COALESCE(sum(size), 0) AS n FROM chunk WHERE notice = {} AND wave = {}", notice.notice, wave
    )
    return int(rows[0]["n"])
