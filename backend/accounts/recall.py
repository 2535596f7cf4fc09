"""Readers that a process remembers, so that a request costs no query while nothing about its reader has changed."""

import asyncio
import uuid
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from backend.accounts import changes, standing
from base import clock, database, revisions


class Remembered(Protocol):
    """What can be remembered: something of one member's."""

    @property
    def member_id(self) -> uuid.UUID: ...


R = TypeVar("R", bound=Remembered)

_Stamp = tuple[object, int, date]
"""What must still be so, beside the member themselves: the engine, the tree of units, and the day."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far a process has followed the changes."""

    engine: object
    revision: int
    last: int
    at: datetime


class Recall(Generic[R]):
    """Readers by the hash of their cookie; the one that was longest not asked for goes first."""

    def __init__(self, at_most: int) -> None:
        self.at_most = at_most
        self._held: OrderedDict[bytes, tuple[_Stamp, R]] = OrderedDict()
        self._keys: dict[uuid.UUID, set[bytes]] = defaultdict(set)
        self._mark: _Mark | None = None
        self._seen: tuple[object, date] | None = None
        self._stamp: _Stamp | None = None
        self._one_at_a_time = asyncio.Lock()

    def __contains__(self, key: bytes) -> bool:
        return key in self._held

    def at_hand(self, key: bytes) -> R | None:
        """The reader by that key if memory is right as it is; None when ``take`` has to look first."""
        seen = self._seen
        if seen is None or seen[0] is not revisions.state() or seen[1] is not clock.today():
            return None
        held = self._held.get(key)
        if held is None or held[0] is not self._stamp:
            return None
        self._held.move_to_end(key)
        return held[1]

    async def take(self, key: bytes, read: Callable[[], Awaitable[R | None]]) -> R | None:
        """The reader by that key, from memory if that is right, else from ``read``; nobody is not remembered."""
        seen, stamp = self._seen, self._stamp
        if seen is None or seen[0] is not revisions.state() or seen[1] is not clock.today():
            stamp = await self._look()
        held = self._held.get(key)
        if held is not None and stamp is not None and held[0] == stamp:
            self._keep(key, stamp, held[1])
            return held[1]
        mark = self._mark
        found = await read()
        if found is None:
            self._drop(key)
        elif mark is not None and stamp is not None and self._mark is not None and self._mark.last == mark.last:
            self._keep(key, stamp, found)
        return found

    def clear(self) -> None:
        """Forget everybody."""
        self._held.clear()
        self._keys.clear()

    async def _look(self) -> _Stamp:
        """What must be so now, after forgetting whoever changed."""
        seen, mark = (revisions.state(), clock.today()), self._mark
        if mark is None or mark.engine is not database.engine() or mark.revision != revisions.current(changes.TOPIC):
            mark = await self._catch_up()
        stamp = (mark.engine, revisions.current(standing.TOPIC), seen[1])
        if stamp != self._stamp:  # else the same one, by which those at hand are known
            self._stamp = stamp
        self._seen = seen
        return self._stamp

    async def _catch_up(self) -> _Mark:
        """Forget whoever changed since the mark, and move it on."""
        async with self._one_at_a_time:
            engine, revision, mark = database.engine(), revisions.current(changes.TOPIC), self._mark
            if mark is not None and (mark.engine, mark.revision) == (engine, revision):
                return mark
            if mark is None or mark.engine is not engine or clock.now() - mark.at > changes.KEPT / 2:
                last, changed = await changes.latest(), None
            else:
                last, changed = await changes.since(mark.last)
            self._forget(changed)
            self._mark = _Mark(engine, revision, last, clock.now())
            return self._mark

    def _forget(self, members: set[uuid.UUID] | None) -> None:
        if members is None:
            self.clear()
            return
        for member in members:
            for key in list(self._keys.get(member, ())):
                self._drop(key)

    def _keep(self, key: bytes, stamp: _Stamp, reader: R) -> None:
        self._held[key] = (stamp, reader)
        self._held.move_to_end(key)
        self._keys[reader.member_id].add(key)
        if len(self._held) > self.at_most:
            self._drop(next(iter(self._held)))

    def _drop(self, key: bytes) -> None:
        held = self._held.pop(key, None)
        if held is not None:
            keys = self._keys[held[1].member_id]
            keys.discard(key)
            if not keys:
                del self._keys[held[1].member_id]
