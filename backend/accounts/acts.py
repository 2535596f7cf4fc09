"""An act: all of it or nothing, and a race lost to another act is a conflict, not a crash."""

import uuid
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from base import database
from base.database import DuplicateError
from base.errors import ConflictError


@asynccontextmanager
async def act(*upon: uuid.UUID) -> AsyncIterator[None]:
    """A transaction in which whoever comes second with the same unique key gets a ConflictError.

    Acts ``upon`` the same member (or the same id to be) take turns, so that each finds what the one before it left.
    """
    try:
        async with database.unique(), database.transaction():
            await _take_turns(upon)
            yield
    except DuplicateError:
        raise ConflictError from None


async def _take_turns(ids: Iterable[uuid.UUID]) -> None:
    """SQLite has one writer at a time anyway. Always in the same order, or two acts would wait for each other."""
    if database.is_postgres():
        for id in sorted(set(ids)):
            await database.execute("SELECT pg_advisory_xact_lock({})", int.from_bytes(id.bytes[:8], signed=True))
