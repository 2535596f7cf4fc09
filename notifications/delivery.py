"""Chunks on their way: claimed by one worker at a time, and gone through in steps of which each is all or nothing.

A worker may die at any line. What it claimed comes due again, from the last checkpoint: only the messages of the step
that was under way are sent twice, and collapse on the phone by their tag.
"""

import asyncio
import contextlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import msgspec

from base import clock, database, leases
from notifications import counting, meant, pacing, retrying, sending, settling
from notifications.meant import Owed
from notifications.quiet import USUAL
from notifications.sending import Post, Target

STEP: Final = 50
"""Devices of one step: so many messages are sent twice at most when a worker dies."""

LEASE_S: Final = 60.0
"""How long a chunk belongs to the worker that claimed it; each step begins the time anew, and ends well within it."""

PATIENCE: Final = timedelta(minutes=2)
"""A chunk rather waits so long for a host than that each device behind it gets a row of its own."""


class Chunk(msgspec.Struct, frozen=True):
    """A chunk as the last step left it. ``told`` are devices that have it, ahead of their turn."""

    id: int
    wave: int
    first: int
    last: int
    size: int
    checkpoint: int
    ahead: int
    told: tuple[int, ...]
    due_at: datetime | None


class Stepped(NamedTuple):
    """After a step: in how many seconds the next may begin, and until when the chunk is leased to this worker."""

    wait_s: float
    lease: datetime


class LostError(Exception):
    """The chunk was cancelled, or taken by another worker, while its step was under way."""


async def claim(*, small_only: bool = False) -> int | None:
    """Lease the next chunk to this worker: what is express before what is small before what is big."""
    among = f"rank <= {pacing.SMALL}" if small_only else "TRUE"
    rows = await leases.claim("chunk", due="due_at", limit=1, seconds=LEASE_S, among=among, first="rank, ")
    return rows[0]["id"] if rows else None


async def carry(id: int, post: Post, stop: asyncio.Event) -> None:
    """Go through a claimed chunk step by step, until it ends, has to wait, or the worker stops."""
    lease: datetime | None = None
    while (done := await step(id, post, lease)) is not None:
        wait_s, lease = done
        if stop.is_set() or wait_s > LEASE_S / 4:
            await _release(id, lease, wait_s)
            return
        await asyncio.sleep(wait_s)


async def step(id: int, post: Post, lease: datetime | None = None) -> Stepped | None:
    """Send to the next STEP devices of a chunk that was claimed, or under the ``lease`` of the step before.

    None when there is no further step to be taken now, or the chunk is not this worker's any more.
    """
    found = await _look(id)
    if found is None:
        return None
    chunk, notice = found
    now = clock.now()
    if not _is_ours(chunk, lease, now):
        return None
    if notice.paused_at is not None:
        await _put_off(chunk, None)
    elif notice.ends_at <= now:
        await _give_up(chunk, notice, post)
    else:
        with contextlib.suppress(LostError):
            return await _step(chunk, notice, post, None if notice.passes_quiet else USUAL.until(now))
    return None


def _is_ours(chunk: Chunk, lease: datetime | None, now: datetime) -> bool:
    """Whether nobody else took it, nor could while a step is under way."""
    if chunk.due_at is None or (lease is not None and chunk.due_at != lease):
        return False
    return chunk.due_at - now > timedelta(seconds=sending.SEND_S)


async def _look(id: int) -> tuple[Chunk, Owed] | None:
    rows = await database.fetch(
        "SELECT c.id, c.wave, c.first, c.last, c.size, c.checkpoint, c.ahead, c.told, c.due_at, "
        f"{meant.COLUMNS} FROM chunk c JOIN notice n ON n.id = c.notice WHERE c.id = {{}} AND n.cancelled_at IS NULL",
        id,
    )
    if not rows:
        return None
    facts = {name: rows[0][name] for name in Chunk.__struct_fields__} | {"told": tuple(json.loads(rows[0]["told"]))}
    return Chunk(**facts), meant.owed(rows[0])


async def _step(chunk: Chunk, notice: Owed, post: Post, until: datetime | None) -> Stepped | None:
    """One step; ``until`` is the end of the usual quiet window while it lasts.

    As long as it does, only those who keep another window are gone through, ahead of the others.
    """
    begin = chunk.checkpoint if until is None else max(chunk.ahead, chunk.checkpoint)
    others = " AND q.member IS NOT NULL" if until else ""
    where = (f"d.id > {{}} AND d.id <= {{}}{others}", [begin, chunk.last])
    some = await sending.targets(notice, chunk.wave, post, where, limit=STEP)
    reached = some[-1].id if len(some) == STEP else chunk.last
    left = [one for one in some if one.id not in set(chunk.told)]
    sorted_out = await sending.sort_out(notice, left, post)
    if wait := _worth_waiting(sorted_out.still, left):
        await _put_off(chunk, wait)
        return None
    told = await sending.send(notice, sorted_out.now, post)
    async with database.transaction():
        lease = await _advance(chunk, reached, left, until, notice)
        await settling.note(notice, told, first={one.target.id for one in told})
        await retrying.again(notice, told)
        await retrying.later(notice, sorted_out.quiet, retrying.QUIET)
        await retrying.later(notice, sorted_out.still, retrying.STANDSTILL)
    wait_s = await pacing.pay(sending.tally(told)) if notice.devices >= pacing.BIG else 0.0
    return Stepped(wait_s, lease) if lease else None


async def _advance(
    chunk: Chunk, reached: int, done: Sequence[Target], until: datetime | None, notice: Owed
) -> datetime | None:
    """Set the checkpoint; the new lease, or None when there is nothing more to do now. LostError if it is not ours."""
    is_through = reached == chunk.last
    if until is None and is_through:
        await _fenced("DELETE FROM chunk", chunk)
        return None
    checkpoint = reached if until is None else chunk.checkpoint
    told = chunk.told if until is None else (*chunk.told, *(one.id for one in done))
    lease = clock.now() + timedelta(seconds=LEASE_S)
    due = pacing.begin(until, notice.urgency, notice.devices) if until and is_through else lease
    await _fenced(
        "UPDATE chunk SET checkpoint = {}, ahead = {}, told = {}, due_at = {}",
        chunk, checkpoint, reached, json.dumps([id for id in told if id > checkpoint]), due,
    )  # fmt: skip
    return None if is_through else lease


async def _fenced(change: str, chunk: Chunk, *values: Any) -> None:
    """Change the chunk if it still is as it was read, under the same lease."""
    rows = await database.fetch(
        f"{change} WHERE id = {{}} AND checkpoint = {{}} AND ahead = {{}} AND due_at = {{}} RETURNING id",
        *values, chunk.id, chunk.checkpoint, chunk.ahead, chunk.due_at,
    )  # fmt: skip
    if not rows:
        raise LostError


def _worth_waiting(still: Mapping[int, datetime], left: Sequence[Target]) -> datetime | None:
    """Until when the whole chunk waits for hosts that are left alone; None to go on without those behind them."""
    if not still:
        return None
    until = max(still.values())
    return until if until - clock.now() <= PATIENCE or 2 * len(still) >= len(left) else None


async def _release(id: int, lease: datetime, wait_s: float) -> None:
    """Give a chunk back before its lease is over."""
    at = clock.now() + timedelta(seconds=wait_s)
    await database.execute("UPDATE chunk SET due_at = {} WHERE id = {} AND due_at = {}", at, id, lease)


async def _put_off(chunk: Chunk, until: datetime | None) -> None:
    """Come back to it at that time, or (None) when the notice goes on."""
    await database.execute("UPDATE chunk SET due_at = {} WHERE id = {} AND due_at = {}", until, chunk.id, chunk.due_at)


async def _give_up(chunk: Chunk, notice: Owed, post: Post) -> None:
    """Too late: whoever it has not reached is counted, and that is all."""
    where: meant.Condition = ("d.id > {} AND d.id <= {}", [chunk.checkpoint, chunk.last])
    some = await sending.targets(notice, chunk.wave, post, where, limit=chunk.size)
    missed = len({one.id for one in some} - set(chunk.told))
    with contextlib.suppress(LostError):
        async with database.transaction():
            await _fenced("DELETE FROM chunk", chunk)
            await counting.add(notice.notice, "gave-up-late", missed)
