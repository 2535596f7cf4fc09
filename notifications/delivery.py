"""Chunks on their way: claimed by one worker at a time, and gone through in steps of which each is all or nothing.

A worker may die at any line. What it claimed comes due again, from the last checkpoint: only the messages of the step
that was under way are sent twice, and collapse on the phone by their tag.
"""

import asyncio
import contextlib
import json
from dataclasses import fields
from datetime import datetime, timedelta

from base import clock, database, leases
from notifications import counting, meant, pacing, sending, trusting, walking
from notifications.meant import Owed
from notifications.quiet import USUAL
from notifications.sending import Post
from notifications.walking import LEASE_S, Chunk, LostError, Stepped

FIELDS = tuple(field.name for field in fields(Chunk))


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
    """Send to the next devices of a chunk that was claimed, or under the ``lease`` of the step before.

    None when there is no further step to be taken now, or the chunk is not this worker's any more.
    """
    found = await _look(id)
    if found is None:
        return None
    chunk, notice = found
    now = clock.now()
    if not _is_ours(chunk, lease, now):
        return None
    with contextlib.suppress(LostError):
        if notice.cancelled_at is not None:
            await walking.fenced("DELETE FROM chunk", chunk)
        elif notice.paused_at is not None or notice.expanded_at is None:
            await _put_off(chunk)
        elif notice.ends_at <= now:
            await _give_up(chunk, notice, post)
        else:
            return await _step(chunk, notice, post, now)
    return None


async def _step(chunk: Chunk, notice: Owed, post: Post, now: datetime) -> Stepped | None:
    if chunk.checkpoint == chunk.last:
        return await walking.back(chunk, notice, post)
    until = None if notice.passes_quiet else USUAL.until(now)
    if until is not None:
        return await walking.ahead(chunk, notice, post, until)
    return await walking.through(chunk, notice, post)


async def _look(id: int) -> tuple[Chunk, Owed] | None:
    rows = await database.fetch(
        "SELECT c.id, c.wave, c.first, c.last, c.size, c.checkpoint, c.ahead, c.told, c.behind, c.due_at, "
        f"{meant.COLUMNS} FROM chunk c JOIN notice n ON n.id = c.notice WHERE c.id = {{}}",
        id,
    )
    if not rows:
        return None
    facts = {name: rows[0][name] for name in FIELDS}
    facts |= {name: tuple(json.loads(rows[0][name])) for name in ("told", "behind")}
    return Chunk(**facts), meant.owed(rows[0])


def _is_ours(chunk: Chunk, lease: datetime | None, now: datetime) -> bool:
    """Whether nobody else took it, nor could while a step is under way."""
    if chunk.due_at is None or (lease is not None and chunk.due_at != lease):
        return False
    return chunk.due_at - now > timedelta(seconds=sending.SEND_S)


async def _release(id: int, lease: datetime, wait_s: float) -> None:
    """Give a chunk back before its lease is over."""
    at = clock.now() + timedelta(seconds=wait_s)
    await database.execute("UPDATE chunk SET due_at = {} WHERE id = {} AND due_at = {}", at, id, lease)


async def _put_off(chunk: Chunk) -> None:
    """Come back to it when the notice goes on, or was expanded again."""
    await walking.fenced("UPDATE chunk SET due_at = NULL", chunk)


async def _give_up(chunk: Chunk, notice: Owed, post: Post) -> None:
    """Too late: whoever it has not reached is counted, by what kept it from them, and that is all."""
    where: meant.Condition = ("d.id > {} AND d.id <= {}", [chunk.checkpoint, chunk.last])
    some = await sending.targets(notice, chunk.wave, post, where, limit=chunk.size)
    missed = len({one.id for one in some} - set(chunk.told))
    ids, value = database.among("d.id", chunk.behind)
    behind = await sending.targets(notice, chunk.wave, post, (ids, [value]), limit=len(chunk.behind))
    denied = await trusting.denied(behind, post)
    async with database.transaction():
        await walking.fenced("DELETE FROM chunk", chunk)
        for what, n in (("gave-up-late", missed + len(behind) - denied), (f"gave-up-{trusting.DENIED}", denied)):
            if n:
                await counting.add(notice.notice, what, n)
