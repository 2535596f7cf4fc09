"""SQLite for Piccolo: a small pool of connections in WAL mode, behind Piccolo's own engine interface.

Piccolo's engine opens a connection and a thread for each query; keeping them open reads three times faster.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType, dict_factory
from piccolo.table import Table

BUSY_TIMEOUT_S = 10.0
"""How long a writer waits for another writer before it gives up."""

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    "secure_delete = ON",  # not every build does so by itself, and what was erased would stay readable in the file
)


class PooledConnection:
    """A connection on loan: ``close`` hands it back instead of closing it."""

    def __init__(self, raw: aiosqlite.Connection, give_back: Callable[[aiosqlite.Connection], None]) -> None:
        self._raw = raw
        self._give_back = give_back

    def execute(self, sql: str, parameters: Any = None) -> Any:
        """Run one statement, as aiosqlite does."""
        return self._raw.execute(sql, parameters)

    def rows(self, sql: str, parameters: Any = None) -> Awaitable[Any]:
        """Run one statement and fetch all its rows in a single hop to the connection's thread."""
        return self._raw.execute_fetchall(sql, parameters)

    async def close(self) -> None:
        """Hand the connection back, first ending a transaction that was left open."""
        if self._raw.in_transaction:
            await self._raw.rollback()
        self._give_back(self._raw)


class PooledTransaction(SQLiteTransaction):
    """Piccolo's transaction, which also returns its connection when BEGIN, COMMIT or the caller fails."""

    async def begin(self) -> None:
        try:
            await super().begin()  # type: ignore[no-untyped-call]
        except BaseException:
            await self.connection.close()
            raise

    async def __aexit__(self, kind: Any, error: Any, trace: Any) -> bool:
        if self._parent:
            return error is None
        try:
            if error is None:
                await self.commit()  # type: ignore[no-untyped-call]
            else:
                await self.rollback()  # type: ignore[no-untyped-call]
        finally:
            self.engine.current_transaction.reset(self.context)
            await asyncio.shield(self.connection.close())
        return error is None


class PooledSQLiteEngine(SQLiteEngine):
    """Piccolo's SQLite engine over at most ``size`` open connections."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(path=str(path), timeout=BUSY_TIMEOUT_S)
        self._free: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        self._open: set[aiosqlite.Connection] = set()
        self._size = size

    async def get_connection(self) -> Any:
        """Borrow a connection, opening one while fewer than ``size`` are open."""
        return PooledConnection(await self._borrow(), self._free.put_nowait)

    async def close(self) -> None:
        """Close every connection; their threads would keep the process alive."""
        opened, self._open = self._open, set()
        for raw in opened:
            await raw.close()
        self._free = asyncio.LifoQueue()

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = True
    ) -> PooledTransaction:
        """A transaction that takes the write lock at once, so that two writers queue instead of failing."""
        return PooledTransaction(engine=self, transaction_type=transaction_type, allow_nested=allow_nested)

    async def _borrow(self) -> aiosqlite.Connection:
        if self._free.empty() and len(self._open) < self._size:
            return await self._open_connection()
        return await self._free.get()

    async def _open_connection(self) -> aiosqlite.Connection:
        raw = aiosqlite.connect(**self.connection_kwargs)
        self._open.add(raw)
        try:
            await raw
            raw.row_factory = dict_factory  # type: ignore[assignment]
            for pragma in PRAGMAS:
                await raw.execute(f"PRAGMA {pragma}")
        except BaseException:
            self._open.discard(raw)
            raise
        return raw

    async def _run_in_new_connection(
        self,
        query: str,
        args: list[Any] | None = None,
        query_type: str = "generic",
        table: type[Table] | None = None,
    ) -> Any:
        connection = await self.get_connection()
        try:
            return list(await connection.rows(query, args or []))
        finally:
            await asyncio.shield(connection.close())

    async def _run_in_existing_connection(
        self,
        connection: Any,
        query: str,
        args: list[Any] | None = None,
        query_type: str = "generic",
        table: type[Table] | None = None,
    ) -> Any:
        return list(await connection.rows(query, args or []))


def is_unique_violation(error: BaseException) -> bool:
    """Whether SQLite refused a row because one with the same unique key exists."""
    return isinstance(error, sqlite3.IntegrityError) and "UNIQUE constraint failed" in str(error)


def is_out_of_order(error: BaseException) -> bool:
    """Whether SQLite cannot work with its file: gone, locked for too long, or damaged."""
    return isinstance(error, sqlite3.OperationalError)
