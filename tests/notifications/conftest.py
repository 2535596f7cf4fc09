"""A stopped clock at noon, a database, and a channel that writes down what it was given."""

import pytest

from base import clock
from tests.notifications.post import NOON, Recorder, office


@pytest.fixture
def channel():
    return Recorder()


@pytest.fixture
def post(channel):
    return office(channel)


@pytest.fixture
async def noon(database):
    """A migrated database, and time that stands still at noon until a test lets it pass."""
    clock.stop(NOON)
    yield
    clock.stop(None)
