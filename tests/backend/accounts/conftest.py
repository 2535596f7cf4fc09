"""Settings of the test's own, quick hashing, the people, and a way to read the journal."""

import asyncio
import json

import pytest
from argon2 import PasswordHasher

from backend.accounts import hashing
from base import database as floor
from base import revisions
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


@pytest.fixture
async def watching(database):
    """Revisions are known as in a web process."""
    await revisions.watch()
    for _ in range(200):
        if revisions.current("sessions") == revisions.current("sessions"):
            return
        await asyncio.sleep(0.02)


@pytest.fixture
def queries(monkeypatch):
    """Counts what is asked of the database."""
    asked = []
    fetch = floor.fetch

    async def counted(sql, *args):
        asked.append(sql)
        return await fetch(sql, *args)

    monkeypatch.setattr(floor, "fetch", counted)
    return asked
