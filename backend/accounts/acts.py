"""An act: all of it or nothing, and a race lost to another act is a conflict, not a crash."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from base import database
from base.database import DuplicateError
from base.errors import ConflictError


@asynccontextmanager
async def act() -> AsyncIterator[None]:
    """A transaction in which whoever comes second with the same unique key gets a ConflictError."""
    try:
        async with database.unique(), database.transaction():
            yield
    except DuplicateError:
        raise ConflictError from None
