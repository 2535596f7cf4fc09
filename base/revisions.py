"""How a process notices that what it remembers is old, without a query per request.

Each topic has a number that grows in the transaction of a change. SQLite's ``PRAGMA data_version`` tells in a few
microseconds whether anything was committed at all; PostgreSQL tells by LISTEN/NOTIFY. Neither needs Redis.
"""

import asyncio
import itertools
import sqlite3
from collections.abc import Callable
from time import perf_counter

import asyncpg

from base import database, logs
from base.sqlite import PooledSQLiteEngine

CHANNEL = "sotay_revision"
PULSE_S = 2.0
"""How often the listening connection is asked whether it still lives; while it is silent nothing counts as fresh."""

HOLDS_S = 0.0005
"""How long one look at a SQLite file counts. Requests under load share one; and nobody hears of an act and asks
another process so soon, for the answer that tells of it takes longer.
"""

moved: list[Callable[[], None]] = []
"""Told when something may have changed: at once where this process committed it or PostgreSQL tells of it. What another
process commits to a SQLite file nobody tells: whoever waits for it looks now and then.
"""

log = logs.get(__name__)
_never_twice = itertools.count(-1, -1)


class _FileWatch:
    """Watches a SQLite file through a connection that only reads."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._version = -1
        self._looked_at = -1.0
        self._numbers: dict[str, int] = {}
        database.after_commit[:] = [self.look_again]

    def current(self, topic: str) -> int:
        return self.state().get(topic, 0)

    def state(self) -> dict[str, int]:
        now = perf_counter()
        if now - self._looked_at > HOLDS_S:
            self._look()
            self._looked_at = now
        return self._numbers

    def look_again(self) -> None:
        """What this process itself committed is seen at once."""
        self._looked_at = -1.0
        _tell()

    def _look(self) -> None:
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._numbers = dict(self._connection.execute("SELECT topic, number FROM revision").fetchall())
            self._version = version

    def close(self) -> None:
        database.after_commit.clear()
        self._connection.close()


class _Listener:
    """Listens to PostgreSQL; deaf (and so never fresh) until connected and whenever the connection is lost."""

    def __init__(self) -> None:
        self.hearing = False
        self._numbers: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None

    def current(self, topic: str) -> int:
        return self._numbers.get(topic, 0) if self.hearing else next(_never_twice)

    def state(self) -> dict[str, int]:
        return self._numbers if self.hearing else {}

    def start(self) -> None:
        self._task = asyncio.create_task(self._listen_for_ever())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                await self._listen()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("revisions.deaf", error=type(error).__name__)
            finally:
                self.hearing = False
            await asyncio.sleep(PULSE_S)

    async def _listen(self) -> None:
        engine = database.engine()
        connection = await asyncpg.connect(**engine.config)  # type: ignore[union-attr]
        try:
            connection.add_termination_listener(self._cut_off)
            await connection.add_listener(CHANNEL, self._heard)
            rows = await connection.fetch("SELECT topic, number FROM revision")
            self._numbers = {row["topic"]: next(_fresh) for row in rows}
            self.hearing = True
            while True:
                await asyncio.sleep(PULSE_S)
                await connection.execute("SELECT 1", timeout=PULSE_S)
        finally:
            await connection.close(timeout=PULSE_S)

    def _cut_off(self, _connection: object) -> None:
        """Does not wait for the next pulse: what is missed until then could be that a member was shut out."""
        self.hearing = False

    def _heard(self, _connection: object, _pid: int, _channel: str, topic: object) -> None:
        self._numbers = {**self._numbers, str(topic): next(_fresh)}
        _tell()


_fresh = itertools.count(1)
_watching: list[_FileWatch | _Listener] = []


async def touch(topic: str) -> None:
    """Say that ``topic`` changed; seen by every process once the surrounding transaction commits."""
    await database.execute(
        "INSERT INTO revision (topic, number) VALUES ({}, 1) "
        "ON CONFLICT (topic) DO UPDATE SET number = revision.number + 1",
        topic,
    )
    if database.is_postgres():
        await database.execute(f"SELECT pg_notify('{CHANNEL}', {{}})", topic)
    for watch in _watching:
        if isinstance(watch, _Listener):
            watch._heard(None, 0, CHANNEL, topic)


def current(topic: str) -> int:
    """A number that differs whenever ``topic`` may have changed; compare for equality only.

    Costs microseconds. While nothing can be known (PostgreSQL not heard), no two calls return the same number.
    """
    if not _watching:
        _watch_file()
    return _watching[0].current(topic) if _watching else next(_never_twice)


def state() -> object:
    """The same object as before only while no topic at all may have changed: one look instead of one for each topic.

    Whoever compares it must hold on to it.
    """
    if not _watching:
        _watch_file()
    return _watching[0].state() if _watching else object()


async def watch() -> None:
    """Begin to listen (PostgreSQL); the web process calls it at start. SQLite needs no start."""
    await unwatch()
    if database.is_postgres():
        listener = _Listener()
        _watching.append(listener)
        listener.start()


async def unwatch() -> None:
    """Stop watching; called before the database is closed."""
    while _watching:
        ended = _watching.pop()
        if isinstance(ended, _Listener):
            await ended.stop()
        else:
            ended.close()


def _tell() -> None:
    for told in moved:
        told()


def _watch_file() -> None:
    engine = database.engine()
    if isinstance(engine, PooledSQLiteEngine):
        _watching.append(_FileWatch(str(engine.path)))
