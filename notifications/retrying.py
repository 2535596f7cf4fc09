"""Devices that could not have a notice yet: each tried again when its time has come, until it is too late."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from base import clock, database, leases, logs
from notifications import counting, meant, sending, settling, trusting
from notifications.channels.channel import Outcome
from notifications.meant import Owed
from notifications.sending import Post, Told

STEP: Final = 50
LEASE_S: Final = 60.0

FIRST_S, LONGEST_S = 30, 3600
"""Pause after the first failure, twice as long after each, and no longer than this."""

QUIET, STANDSTILL = "quiet", "standstill"
"""Reasons that are no failures: the member wants to be left alone, or the service does."""


log = logs.get(__name__)


async def retry_due(post: Post) -> bool:
    """Try again what has come due, one step of it; whether there was any."""
    rows = await leases.claim("retry", due="due_at", limit=STEP, seconds=LEASE_S)
    by_notice: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_notice[row["notice"]].append(row)
    # side by side, for all of them have to end within one lease
    await asyncio.gather(*(_retry_one(id, some, post) for id, some in by_notice.items()))
    return bool(rows)


async def later(notice: Owed, waiting: Mapping[int, datetime], reason: str) -> None:
    """Let devices that nothing was sent to have the notice at their times, in the surrounding transaction."""
    for device, at in waiting.items():
        await _keep(notice.notice, device, at, tries=0, reason=reason)


async def again(notice: Owed, told: Iterable[Told]) -> None:
    """Let those who are to be tried later be tried after their first pause, in the surrounding transaction."""
    for target, outcome in told:
        if outcome.verdict == "later":
            await _keep(notice.notice, target.id, _due(outcome, 0), tries=1, reason=outcome.reason)


def pause_s(tries: int) -> float:
    """Seconds until a device is tried again that was tried so often before; spread, lest all come at once."""
    return float(min(LONGEST_S, FIRST_S * 2 ** min(tries, 10))) * random.uniform(1, 1.25)  # noqa: S311


async def _retry_one(id: UUID, rows: Sequence[dict[str, Any]], post: Post) -> None:
    notices = await database.fetch(f"SELECT {meant.COLUMNS} FROM notice n WHERE n.id = {{}}", id)
    try:
        await _retry(meant.owed(notices[0]), {row["device"]: row for row in rows}, post)
    except Exception as error:  # they come due again, and the others are not to blame
        log.exception("notice.retry", notice=str(id), error=type(error).__name__)


async def _retry(notice: Owed, rows: Mapping[int, dict[str, Any]], post: Post) -> None:
    if notice.cancelled_at is not None:
        await _drop(rows.values())
    elif notice.paused_at is not None:
        await _postpone(rows, dict.fromkeys(rows, None))
    elif notice.ends_at <= clock.now():
        await _give_up(notice, rows.values())
    else:
        await _try(notice, rows, post)


async def _try(notice: Owed, rows: Mapping[int, dict[str, Any]], post: Post) -> None:
    ids, values = database.among("d.id", rows)
    found = await sending.targets(notice, None, post, (ids, [values]), limit=len(rows))
    at_once, quiet, still = await sending.sort_out(notice, found, post)
    sent = await sending.send(notice, at_once, post)
    async with database.transaction():
        told, denied = await trusting.weigh(sent, post, again=[id for id, row in rows.items() if row["tries"]])
        await settling.note(notice, told, first=[id for id, row in rows.items() if row["tries"] == 0])
        await _settle(notice, rows, told)
        await _postpone({id: rows[id] for id in quiet}, quiet, unless_failed=QUIET)
        await _postpone({id: rows[id] for id in still}, still)
        await _postpone({id: {**rows[id], "reason": trusting.DENIED} for id in denied}, denied)
        await _drop(rows[id] for id in rows.keys() - {one.id for one in found})


async def _settle(notice: Owed, rows: Mapping[int, dict[str, Any]], told: Sequence[Told]) -> None:
    for target, outcome in told:
        row = rows[target.id]
        if outcome.verdict != "later":
            await _drop([row])
            continue
        due = _due(outcome, row["tries"])
        if due >= notice.ends_at:
            await _give_up(notice, [{**row, "reason": outcome.reason}])
        else:
            await database.execute(
                "UPDATE retry SET due_at = {}, tries = tries + 1, reason = {} WHERE id = {}",
                due, outcome.reason, row["id"],
            )  # fmt: skip


def _due(outcome: Outcome, tries: int) -> datetime:
    return clock.now() + timedelta(seconds=max(pause_s(tries), outcome.retry_after_s or 0.0))


async def _keep(notice: UUID, device: int, at: datetime, *, tries: int, reason: str) -> None:
    await database.execute(
        "INSERT INTO retry (notice, device, due_at, tries, reason) VALUES ({}, {}, {}, {}, {}) "
        "ON CONFLICT (device, notice) DO NOTHING",
        notice, device, at, tries, reason,
    )  # fmt: skip


async def _postpone(
    rows: Mapping[int, dict[str, Any]], until: Mapping[int, datetime | None], unless_failed: str = ""
) -> None:
    """A failure stays the reason, for by it the notice is counted when it is given up."""
    for device, row in rows.items():
        reason = row["reason"] if row["tries"] or not unless_failed else unless_failed
        await database.execute(
            "UPDATE retry SET due_at = {}, reason = {} WHERE id = {}", until[device], reason, row["id"]
        )


async def _drop(rows: Iterable[dict[str, Any]]) -> None:
    condition, ids = database.among("id", [row["id"] for row in rows])
    await database.execute(f"DELETE FROM retry WHERE {condition}", ids)


async def _give_up(notice: Owed, rows: Iterable[dict[str, Any]]) -> None:
    """Too late: counted by what kept it from them last."""
    some = list(rows)
    async with database.transaction():
        await _drop(some)
        await counting.count(notice.notice, [f"gave-up-{row['reason']}" for row in some])
