"""A handbook with nothing in it, on the engine of the run."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from base import clock, revisions
from base.settings import Settings

PUBLIC = frozenset({"public"})


@pytest.fixture
async def handbook(database: str, settings: Settings) -> AsyncIterator[str]:
    """An empty handbook whose process hears of changes."""
    await revisions.watch()
    yield database
    await revisions.unwatch()


@pytest.fixture
def in_june() -> Iterator[datetime]:
    """The morning of 15 June 2026."""
    moment = datetime(2026, 6, 15, 2, tzinfo=UTC)
    clock.stop(moment)
    yield moment
    clock.stop(None)
