"""One step through a chunk: read who is next, send, and note what became of it, the last in one transaction.

A chunk is gone through from its first device to its last. While most people's quiet window lasts, only those who keep
another one are, ahead of the others; and whoever a push service's pause kept from it is come back to at the end.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from base import clock, database
from notifications import pacing, retrying, sending, settling, trusting
from notifications.meant import Condition, Owed
from notifications.sending import Post, Target, Told

STEP: Final = 50
"""Devices of one step: so many messages are sent twice at most when a worker dies."""

LEASE_S: Final = 60.0
"""How long a chunk belongs to the worker that claimed it; each step begins the time anew, and ends well within it."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk as the last step left it: ``told`` have it ahead of their turn, ``behind`` are those to come back to."""

    id: int
    wave: int
    first: int
    last: int
    size: int
    checkpoint: int
    ahead: int
    told: tuple[int, ...]
    behind: tuple[int, ...]
    due_at: datetime | None


class Stepped(NamedTuple):
    """After a step: in how many seconds the next may begin, and until when the chunk is leased to this worker."""

    wait_s: float
    lease: datetime


class LostError(Exception):
    """The chunk was cancelled, or taken by another worker, while its step was under way."""


async def through(chunk: Chunk, notice: Owed, post: Post) -> Stepped | None:
    """The next devices in their order; None when that was the last step."""
    found, reached = await _next(chunk, notice, post, ("d.id > {} AND d.id <= {}", [chunk.checkpoint, chunk.last]))
    sort = await sending.sort_out(notice, found, post)
    sent = await sending.send(notice, sort.now, post)
    async with database.transaction():
        told, denied = await trusting.weigh(sent, post)
        behind = (*chunk.behind, *sort.still, *denied)
        lease = _lease() if reached < chunk.last or behind else None
        await _advance(chunk, replace(chunk, checkpoint=reached, ahead=reached, behind=behind, due_at=lease))
        await _note(notice, told, sort.quiet)
    return await _paid(notice, sent, lease)


async def ahead(chunk: Chunk, notice: Owed, post: Post, until: datetime) -> Stepped | None:
    """The next of those who keep a quiet window of their own, while that of most lasts ``until`` then."""
    begin = max(chunk.ahead, chunk.checkpoint)
    where: Condition = ("d.id > {} AND d.id <= {} AND q.member IS NOT NULL", [begin, chunk.last])
    found, reached = await _next(chunk, notice, post, where)
    sort = await sending.sort_out(notice, found, post)
    sent = await sending.send(notice, sort.now, post)
    async with database.transaction():
        told, denied = await trusting.weigh(sent, post)
        lease = _lease() if reached < chunk.last else None
        due = lease or pacing.begin(until, notice.urgency, notice.devices)
        have = (*chunk.told, *(one.id for one in found))
        await _advance(chunk, replace(chunk, ahead=reached, told=have, due_at=due))
        await _note(notice, told, sort.quiet, sort.still, denied)
    return await _paid(notice, sent, lease)


async def back(chunk: Chunk, notice: Owed, post: Post) -> Stepped | None:
    """Those whom a pause of their push service kept from it, and then the night, as far as it can be told now."""
    ids, value = database.among("d.id", chunk.behind)
    found = await sending.targets(notice, chunk.wave, post, (ids, [value]), limit=len(chunk.behind))
    sort = await sending.sort_out(notice, found, post)
    sent = await sending.send(notice, sort.now[:STEP], post)
    asleep = {one.id: sort.quiet[one.id] for one in found if one.id in sort.quiet and one.is_usual}
    rest = [one.id for one in sort.now[STEP:]]
    async with database.transaction():
        told, denied = await trusting.weigh(sent, post, again=chunk.behind)
        waiting = {**sort.still, **asleep, **denied}
        lease = _lease() if rest else None
        due = lease or min(waiting.values(), default=None)
        await _advance(chunk, replace(chunk, behind=(*rest, *waiting), due_at=due))
        await _note(notice, told, {id: at for id, at in sort.quiet.items() if id not in asleep})
    return await _paid(notice, sent, lease)


async def fenced(change: str, chunk: Chunk, *values: object) -> None:
    """Change the chunk if it still is as it was read, under the same lease; else LostError."""
    rows = await database.fetch(
        f"{change} WHERE id = {{}} AND checkpoint = {{}} AND ahead = {{}} AND due_at = {{}} RETURNING id",
        *values, chunk.id, chunk.checkpoint, chunk.ahead, chunk.due_at,
    )  # fmt: skip
    if not rows:
        raise LostError


async def _next(chunk: Chunk, notice: Owed, post: Post, where: Condition) -> tuple[list[Target], int]:
    """The next devices that have not been told, and how far they reach."""
    found = await sending.targets(notice, chunk.wave, post, where, limit=STEP)
    reached = found[-1].id if len(found) == STEP else chunk.last
    return [one for one in found if one.id not in set(chunk.told)], reached


async def _advance(chunk: Chunk, after: Chunk) -> None:
    """Keep the chunk as it is after the step, or take it away when nobody is left in it."""
    if after.checkpoint == after.last and not after.behind:
        await fenced("DELETE FROM chunk", chunk)
        return
    have = [id for id in after.told if id > after.checkpoint]
    await fenced(
        "UPDATE chunk SET checkpoint = {}, ahead = {}, told = {}, behind = {}, due_at = {}",
        chunk, after.checkpoint, after.ahead, json.dumps(have), json.dumps(after.behind), after.due_at,
    )  # fmt: skip


async def _note(
    notice: Owed,
    told: Sequence[Told],
    quiet: Mapping[int, datetime],
    still: Mapping[int, datetime] | None = None,
    denied: Mapping[int, datetime] | None = None,
) -> None:
    await settling.note(notice, told, first={one.target.id for one in told})
    await retrying.again(notice, told)
    await retrying.later(notice, quiet, retrying.QUIET)
    await retrying.later(notice, still or {}, retrying.STANDSTILL)
    await retrying.later(notice, denied or {}, trusting.DENIED)


async def _paid(notice: Owed, told: Sequence[Told], lease: datetime | None) -> Stepped | None:
    wait_s = await pacing.pay(sending.tally(told)) if notice.devices >= pacing.BIG else 0.0
    return Stepped(wait_s, lease) if lease else None


def _lease() -> datetime:
    return clock.now() + timedelta(seconds=LEASE_S)
