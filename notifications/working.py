"""A worker's share of the sending: a few chunks at a time, beside whatever else the worker does.

Every worker process sends; they share nothing but the database. One lane is for what is small alone, so that a reply
does not wait for a campaign.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Final

from base import bell, clock, database, logs
from notifications import delivery, expanding, retrying, trusting
from notifications.sending import Post

LANES: Final = 4
"""Chunks that one worker process sends at a time, and so 50 times as many messages."""

LOOK_S: Final = 0.5
"""How long until a worker looks for work when nothing wakes it."""

UNWELL_S: Final = 2.0
"""How long a lane rests after something went wrong, such as a database that does not answer."""

log = logs.get(__name__)

Turn = Callable[[], Awaitable[bool]]


async def deliver(post: Post, stop: asyncio.Event) -> None:
    """Expand and send what is owed until told to stop; then each lane ends its step and gives its chunk back."""
    awake = asyncio.Event()
    with contextlib.suppress(Exception):  # as with a database that does not answer yet; it all comes due later
        await trusting.wake()  # this process may have another key than those before
    lanes = [
        _lane(lambda: expanding.expand_next(post.expand), stop, awake),
        _lane(lambda: _small(post, stop), stop, awake),
        *(_lane(lambda: _any(post, stop), stop, awake) for _ in range(LANES - 1)),
    ]
    async with asyncio.TaskGroup() as group:
        for lane in lanes:
            group.create_task(lane)
        group.create_task(_look(stop, awake))


async def _look(stop: asyncio.Event, awake: asyncio.Event) -> None:
    """Wake the lanes when there is something for them: one look for all of them, however many there are."""
    while not stop.is_set():
        try:
            if await _is_due():
                awake.set()
        except Exception as error:  # the next look tells
            log.warning("notice.look", error=type(error).__name__)
        await _first(bell.wait(LOOK_S), stop.wait())
    awake.set()


async def _is_due() -> bool:
    rows = await database.fetch(
        "SELECT EXISTS (SELECT 1 FROM notice WHERE expanded_at IS NULL AND cancelled_at IS NULL) "
        "OR EXISTS (SELECT 1 FROM chunk WHERE due_at <= {}) OR EXISTS (SELECT 1 FROM retry WHERE due_at <= {}) AS due",
        clock.now(), clock.now(),
    )  # fmt: skip
    return bool(rows[0]["due"])


async def _lane(turn: Turn, stop: asyncio.Event, awake: asyncio.Event) -> None:
    """Take turns while there is work; a turn that fails costs a rest, and what it had comes due again."""
    while not stop.is_set():
        try:
            if await turn():
                awake.set()
                continue
            awake.clear()
            await _first(awake.wait(), stop.wait())
        except Exception as error:  # whatever it is, it must not end the lane
            log.exception("notice.turn", error=type(error).__name__)
            await _first(asyncio.sleep(UNWELL_S), stop.wait())


async def _small(post: Post, stop: asyncio.Event) -> bool:
    """What was put off for single devices, and what is small."""
    retried = await retrying.retry_due(post)
    chunk = await delivery.claim(small_only=True)
    if chunk is not None:
        await delivery.carry(chunk, post, stop)
    return retried or chunk is not None


async def _any(post: Post, stop: asyncio.Event) -> bool:
    chunk = await delivery.claim()
    if chunk is not None:
        await delivery.carry(chunk, post, stop)
    return chunk is not None


async def _first(*waits: Awaitable[object]) -> None:
    """Wait for whichever comes first."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
