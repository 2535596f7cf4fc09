"""The names under which documents and news are filed, topics and issuers, held still while an act uses them.

An act that files something holds all names; one that changes a name holds them alone. It is the first thing that either
locks, so that they wait for each other and for nothing else.
"""

from base import database

LOCK = (1_413_829_460, 1)
"""The lock's two numbers among those of the database."""


async def hold() -> None:
    """Let no name change until this transaction ends. SQLite has one writer at a time anyway."""
    await _lock("pg_advisory_xact_lock_shared")


async def hold_alone() -> None:
    """Let nothing be filed, and no other name change, until this transaction ends."""
    await _lock("pg_advisory_xact_lock")


async def _lock(function: str) -> None:
    if not database.in_transaction():
        raise RuntimeError("names were held outside a transaction")
    if database.is_postgres():
        await database.fetch(f"SELECT {function}({LOCK[0]}, {LOCK[1]})")
