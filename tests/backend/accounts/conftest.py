"""Settings of the test's own, quick hashing, the people, and a way to read the journal."""

import json

import pytest
from argon2 import PasswordHasher

from backend.accounts import hashing
from base import database as floor
from tests import people as cast


@pytest.fixture(autouse=True)
def _own_settings(settings, monkeypatch):
    monkeypatch.setattr(hashing, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    hashing._decoy.cache_clear()
    yield
    hashing._decoy.cache_clear()


@pytest.fixture
async def people(database) -> cast.People:
    return await cast.everyone()


@pytest.fixture
def journal(database):
    """A function giving (act, subject, by, unit, detail) of every entry with that act, oldest first."""

    async def read(act: str):
        rows = await floor.fetch("SELECT act, subject, by, unit, detail FROM journal WHERE act = {} ORDER BY at", act)
        return [(row["subject"], row["by"], row["unit"], json.loads(row["detail"])) for row in rows]

    return read
