"""What a process remembers of the content while nothing in it changes, so that hot reads need no query."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import date
from typing import Generic, TypeVar

from base import clock, database, revisions

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """The newest answers, at most ``room`` of them by weight; all forgotten when content or the day changes.

    An answer that many ask for at the same moment is worked out once.
    """

    def __init__(self, room: int, weigh: Callable[[Value], int] = lambda value: 1) -> None:
        self._room, self._weigh = room, weigh
        self._known: OrderedDict[Hashable, Value] = OrderedDict()
        self._asking: dict[Hashable, asyncio.Task[Value]] = {}
        self._weight = 0
        self._of: tuple[object, int, date] | None = None

    def recall(self, key: Hashable) -> Value | None:
        """The answer to ``key`` if it is known and still true."""
        if not self._is_fresh():
            return None
        value = self._known.get(key)
        if value is not None:
            self._known.move_to_end(key)
        return value

    async def ask(self, key: Hashable, find: Callable[[], Awaitable[Value]]) -> Value:
        """The answer to ``key``, found with ``find`` unless known. None is not remembered, nor is anything while in a
        transaction.
        """
        value = self.recall(key)
        if value is not None:
            return value
        if database.in_transaction():
            return await find()
        of = self._of
        asked = self._asking.get((of, key))
        if asked is None:
            asked = self._asking[(of, key)] = asyncio.ensure_future(find())
            asked.add_done_callback(lambda task: self._asked((of, key), task))
        value = await asyncio.shield(asked)
        if value is not None and self._is_fresh() and self._of == of:
            self._remember(key, value)
        return value

    def _asked(self, key: Hashable, task: "asyncio.Task[Value]") -> None:
        self._asking.pop(key, None)
        if not task.cancelled():
            task.exception()  # told to whoever asked; nobody may be left asking

    def _is_fresh(self) -> bool:
        """Forget everything when it belongs to an earlier state; whether anything kept is of now."""
        now = (database.engine(), revisions.current("content"), clock.today())
        if self._of == now:
            return True
        self._known.clear()
        self._weight = 0
        self._of = now
        return False

    def _remember(self, key: Hashable, value: Value) -> None:
        if key in self._known:
            return
        self._known[key] = value
        self._weight += self._weigh(value)
        while self._weight > self._room and len(self._known) > 1:
            self._weight -= self._weigh(self._known.popitem(last=False)[1])
