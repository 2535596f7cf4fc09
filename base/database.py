"""The database, SQLite or PostgreSQL, behind one face; the only module that knows which."""

import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine
from piccolo.table import Table

from base.queries import Query
from base.sqlite import PooledSQLiteEngine, is_out_of_order, is_unique_violation

Engine = PooledSQLiteEngine | PostgresEngine

LOST = (
    asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError, asyncpg.InternalClientError,
)  # fmt: skip
"""What PostgreSQL's driver raises when the server is gone, going, or full, or cut the line between two messages."""

_connected: list[Engine] = []

after_commit: list[Callable[[], None]] = []
"""Told when a transaction of this process was committed (or joined an outer one that goes on)."""


class DuplicateError(Exception):
    """A row with the same unique key exists already, whichever engine said so."""


class NotConnectedError(Exception):
    """The database was used before ``connect``, or PostgreSQL let nobody in; says why, without the address."""


async def connect(url: str, *, pool: int = 4) -> Engine:
    """Open the database at ``url`` and hand it to every Piccolo table; one at a time per process.

    ``url`` is ``sqlite:///FILE`` or ``postgresql://…``; ``pool`` is how many connections are kept.
    """
    await close()
    made = await _open(url, pool)
    _connected[:] = [made]
    _bind(made)
    return made


async def close() -> None:
    """Close all connections; without it a process on SQLite does not exit."""
    if not _connected:
        return
    ended = _connected.pop()
    if isinstance(ended, PostgresEngine):
        await ended.close_connection_pool()
    else:
        await ended.close()


def engine() -> Engine:
    """The connected engine; also what ``piccolo_conf`` gives to Piccolo's own commands."""
    if not _connected:
        raise NotConnectedError("connect() was not called")
    return _connected[0]


def is_postgres() -> bool:
    """Whether the connected database is PostgreSQL, for the few statements that differ."""
    return isinstance(engine(), PostgresEngine)


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """All or nothing; joins a transaction that is already open in this task."""
    async with engine().transaction():
        yield
    for told in after_commit:
        told()


def in_transaction() -> bool:
    """Whether this task has a transaction open."""
    return engine().current_transaction.get() is not None


async def fetch(sql: str, *args: Any) -> list[dict[str, Any]]:
    """Run one statement whose ``{}`` are filled by ``args``; its rows as dicts."""
    rows: list[dict[str, Any]] = await engine().run_querystring(Query(sql, *args))
    return [dict(row) for row in rows or ()]


async def execute(sql: str, *args: Any) -> None:
    """Run one statement for its effect."""
    await engine().run_querystring(Query(sql, *args))


def among(column: str, values: Iterable[Any]) -> tuple[str, Any]:
    """A condition "``column`` is one of ``values``" with one ``{}``, and what fills it: for sets of any size.

    ``column`` is a name from our own code, never input.
    """
    if is_postgres():
        return f"{column} = ANY({{}})", list(values)
    return f"{column} IN (SELECT value FROM json_each({{}}))", json.dumps(list(values), default=str)


@asynccontextmanager
async def unique() -> AsyncIterator[None]:
    """Turn the engines' unique violations into DuplicateError.

    On PostgreSQL a violation ends the transaction around it: insert first, act afterwards.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, asyncpg.UniqueViolationError) or is_unique_violation(error):
            raise DuplicateError(str(error)) from error
        raise


def is_lost(error: BaseException) -> bool:
    """Whether the database does not answer, as against having refused a statement."""
    return isinstance(error, (NotConnectedError, ConnectionError, TimeoutError, *LOST)) or is_out_of_order(error)


class _Postgres(PostgresEngine):
    """Piccolo's engine without the connections of its own that it opens to look at the version."""

    async def check_version(self) -> None:
        """Asked for in docs/operating.md instead."""

    async def prep_database(self) -> None:
        """No extension is needed."""


async def _open(url: str, pool: int) -> Engine:
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return PooledSQLiteEngine(path, pool)
    made = _Postgres(config={"dsn": url}, extensions=())
    try:
        await made.start_connection_pool(min_size=1, max_size=pool)
    except asyncpg.PostgresError as error:
        raise NotConnectedError(str(error)) from None
    except ValueError as error:  # of an address it cannot use; what it says may hold the password
        raise NotConnectedError(type(error).__name__) from None
    return made


def _bind(made: Engine) -> None:
    pending = list(Table.__subclasses__())
    while pending:
        table = pending.pop()
        pending.extend(table.__subclasses__())
        table._meta.db = made
