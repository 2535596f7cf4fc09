"""Answers kept ready: encoded once, compressed once, known by an ETag, and forgotten as soon as anything changed.

Who may read is never remembered here: a handler asks the domain on every request and only then takes the bytes.
What differs between readers belongs into the key.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

from litestar.connection import ASGIConnection

from backend.door.answering import Answer, Kept, answer
from base import clock, database, revisions

SHELF_BYTES = 16 * 1024 * 1024
"""How much a shelf holds unless it says otherwise, compressed forms included; the least lately asked for goes first."""

MARK = "sotay.kept"
"""Where in a request's scope a shelf notes which answer it gave."""

Make = Callable[[], Awaitable[Kept]]


class Shelf:
    """Remembers answers while ``topics`` (of base.revisions), the day in Vietnam and the database stay the same.

    One shelf serves one event loop. Many requests for the same missing answer make it once.
    """

    def __init__(self, *topics: str, limit_bytes: int = SHELF_BYTES) -> None:
        self.topics = topics
        self.limit_bytes = limit_bytes
        self._held: OrderedDict[Hashable, tuple[object, Kept]] = OrderedDict()
        self._bytes = 0
        self._making: dict[Hashable, asyncio.Task[Kept]] = {}

    async def take(self, key: Hashable, make: Make) -> Kept:
        """The answer under ``key``, made by ``make`` when it is not there or no longer holds."""
        stamp = self._stamp()
        held = self._held.get(key)
        if held is not None and held[0] == stamp:
            self._held.move_to_end(key)
            return held[1]
        return await self._made_once(key, stamp, make)

    async def answer(self, request: ASGIConnection[Any, Any, Any, Any], key: Hashable, make: Make) -> Answer[Any]:
        """Answer ``request`` with what is kept under ``key``: 304 when the reader has it already.

        What ``make`` makes may depend on the address, the visit's ``manner``, and those of its scopes that anything is
        addressed to; on nothing else of the request, for the shortcut gives it again to whoever is alike in these.
        """
        kept = await self.take(key, make)
        request.scope[MARK] = kept  # type: ignore[literal-required]
        return await answer(request, kept)

    def _stamp(self) -> tuple[object, ...]:
        return database.engine(), clock.today(), *map(revisions.current, self.topics)

    async def _made_once(self, key: Hashable, stamp: tuple[object, ...], make: Make) -> Kept:
        mark = (key, stamp)
        task = self._making.get(mark)
        if task is None:
            task = self._making[mark] = asyncio.create_task(self._make(key, stamp, make))
            task.add_done_callback(lambda done: self._made(mark, done))
        return await asyncio.shield(task)  # one reader who goes away does not take it from the others

    def _made(self, mark: Hashable, done: asyncio.Task[Kept]) -> None:
        self._making.pop(mark, None)
        if not done.cancelled():
            done.exception()  # told to whoever waits; perhaps nobody does any more

    async def _make(self, key: Hashable, stamp: tuple[object, ...], make: Make) -> Kept:
        kept = await make()
        if self._stamp() == stamp:  # else something changed meanwhile, and nobody knows which state was read
            self._hold(key, stamp, kept)
        return kept

    def _hold(self, key: Hashable, stamp: tuple[object, ...], kept: Kept) -> None:
        self._drop(key)
        self._held[key] = stamp, kept
        self._bytes += kept.weight
        while self._bytes > self.limit_bytes and len(self._held) > 1:
            self._drop(next(iter(self._held)))

    def _drop(self, key: Hashable) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            self._bytes -= held[1].weight
