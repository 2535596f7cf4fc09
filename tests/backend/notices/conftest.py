"""The known people in their units, a stopped clock, and settings of the test's own."""

from collections.abc import AsyncIterator

import pytest

from base import clock
from base.settings import Settings
from tests import people as known
from tests.notifications.post import NOON
from tests.people import People


@pytest.fixture
async def people(database: str, settings: Settings) -> AsyncIterator[People]:
    clock.stop(NOON)
    yield await known.everyone()
    clock.stop(None)
