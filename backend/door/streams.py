"""Answers that stay open: so many for each member and process, and all of them ended at once with the server."""

import asyncio
import contextlib
import uuid
from collections import Counter
from collections.abc import AsyncGenerator

from backend.door.ringing import CHANNEL, Bell
from base.errors import TooManyError, UnavailableError

EACH = 6
"""Streams that one member may have open in a process; a page closes its own while it is not looked at."""

ALL = 500
"""Streams that a process keeps open; whoever comes later asks now and then instead."""

BEAT_S = 15.0
"""How long a stream is silent at most: proxies cut what says nothing for a minute, and pages notice one that died."""

WAIT_S = 60
"""After how many seconds to try again for whom there was no place."""

_open: Counter[uuid.UUID] = Counter()
_ending = asyncio.Event()


class TooManyStreamsError(TooManyError):
    """The member has as many streams open as one may."""

    key = "api-too-many-streams"


def check(member: uuid.UUID) -> None:
    """Raise TooManyStreamsError or UnavailableError where there is no place for one more stream."""
    if _open[member] >= EACH:
        raise TooManyStreamsError(retry_after_s=WAIT_S)
    if _open.total() >= ALL or _ending.is_set():
        raise UnavailableError


async def rings(bell: Bell, member: uuid.UUID) -> AsyncGenerator[None, None]:
    """One ring at once, then one whenever the bell rings, and one when it did not for BEAT_S.

    Takes one of the member's places until it ends: with whoever listens, or with the server.
    """
    _open[member] += 1
    try:
        async with bell.start_subscription(CHANNEL) as subscriber:
            heard = subscriber.iter_events()
            yield
            async with contextlib.aclosing(_timed(heard)) as timed:
                async for _ in timed:
                    yield
    finally:
        _open[member] -= 1
        if not _open[member]:
            del _open[member]


def end_all() -> None:
    """Let every stream end now, and none begin: the server stops."""
    _ending.set()


async def _timed(heard: AsyncGenerator[bytes, None]) -> AsyncGenerator[None, None]:
    ending = asyncio.ensure_future(_ending.wait())
    ring = asyncio.ensure_future(anext(heard, None))
    try:
        while True:
            done, _ = await asyncio.wait({ring, ending}, timeout=BEAT_S, return_when=asyncio.FIRST_COMPLETED)
            if ending in done or (ring in done and ring.result() is None):
                return
            if ring in done:
                ring = asyncio.ensure_future(anext(heard, None))
            yield
    finally:
        for waiting in (ring, ending):
            waiting.cancel()
