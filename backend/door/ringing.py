"""The bell that open pages hear: in every process it rings for whoever listens there when something may have changed.

Each process notices changes by itself (base/revisions.py). Redis, where there is one, rings in the other processes
sooner than they would look; while it does not answer, nothing but that is lost.
"""

import asyncio
import contextlib
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from litestar.channels import ChannelsPlugin
from litestar.channels.backends.memory import MemoryChannelsBackend
from litestar.channels.backends.redis import RedisChannelsPubSubBackend

from base import logs, redis, revisions

CHANNEL = "sotay:changes"

LOOK_S = 0.5
"""How often a process looks for what others committed to a SQLite file."""

PACE_S = 0.5
"""The bell rings no sooner again: a hundred acts within a second are looked at once or twice."""

RETRY_S = 5.0
"""How long Redis is left alone once it did not answer."""

RING = b"1"

log = logs.get(__name__)


class Channels(MemoryChannelsBackend):
    """Channels within the process; where there is Redis, what is published here is heard in the others too."""

    def __init__(self) -> None:
        super().__init__()
        self._far: RedisChannelsPubSubBackend | None = None
        self._hearing: asyncio.Task[None] | None = None

    async def on_startup(self) -> None:
        """Begin, and listen to Redis if there is one."""
        await super().on_startup()
        if store := redis.connection():
            self._far = RedisChannelsPubSubBackend(redis=store)
            self._hearing = asyncio.create_task(self._hear(self._far))

    async def publish(self, data: bytes, channels: Iterable[str]) -> None:
        """Publish here first, then to the others."""
        await super().publish(data, channels)
        if self._far:
            try:
                await self._far.publish(data, channels)
            except redis.Unreachable:
                log.warning("ringing.redis_lost")

    async def on_shutdown(self) -> None:
        """Stop listening."""
        if self._hearing and self._far:
            self._hearing.cancel()
            await asyncio.gather(self._hearing, return_exceptions=True)
            with contextlib.suppress(*redis.Unreachable):
                await self._far.on_shutdown()
        await super().on_shutdown()

    async def _hear(self, far: RedisChannelsPubSubBackend) -> None:
        while True:
            try:
                await far.subscribe([CHANNEL])
                async for channel, data in far.stream_events():
                    await super().publish(data, [channel])
            except redis.Unreachable as error:
                log.warning("ringing.deaf", error=type(error).__name__)
            await asyncio.sleep(RETRY_S)


class Bell(ChannelsPlugin):
    """Litestar's channels with one channel, on which it rings whenever ``stamp`` differs while the application runs.

    Of what a slow listener missed it hears the last ring alone.
    """

    def __init__(self, stamp: Callable[[], Hashable]) -> None:
        super().__init__(
            Channels(), channels=[CHANNEL], subscriber_max_backlog=1, subscriber_backlog_strategy="dropleft"
        )
        self._stamp = stamp
        self._woken = asyncio.Event()
        self._watching: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Bell":
        await super().__aenter__()
        revisions.moved.append(self._woken.set)
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *how: Any) -> None:
        revisions.moved.remove(self._woken.set)
        if self._watching:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        await super().__aexit__(*how)

    async def _watch(self) -> None:
        seen: Hashable = None
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), LOOK_S)
            self._woken.clear()
            try:
                now = self._stamp()
            except Exception as error:  # whatever the engine raises when it is gone; the next look may find it again
                log.warning("ringing.database", error=type(error).__name__)
                continue
            if now != seen:
                seen = now
                self.publish(RING, CHANNEL)
                await asyncio.sleep(PACE_S)
