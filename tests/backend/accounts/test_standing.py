"""The tree is read once for however many ask, and read anew as soon as something in it changed."""

import asyncio
from datetime import date

import pytest

from backend.accounts import standing, units
from base import database as floor
from base import revisions


async def heard() -> None:
    """PostgreSQL tells of a change once more when it is committed: wait until that has come in."""
    if floor.is_postgres():
        await floor.execute(f"SELECT pg_notify('{revisions.CHANNEL}', 'last')")
        while revisions.current("last") == 0:
            await asyncio.sleep(0.01)


async def rename(people) -> None:
    await units.rename(people.commune, name="Xã Bản Mới", name_en="", on=date(2026, 3, 1), by="cli")


async def test_many_who_ask_at_once_share_one_look(people, watching, queries):
    await rename(people)
    await heard()
    queries.clear()
    trees = await asyncio.gather(*(standing.forest() for _ in range(20)))
    assert len(queries) == 2, "units, and what became of them"
    assert all(tree is trees[0] for tree in trees)
    assert await standing.forest() is trees[0]


async def test_a_change_is_in_the_next_look(people):
    before = await standing.forest()
    await rename(people)
    after = await standing.forest()
    assert len(after) == len(before) + 1


async def test_what_may_never_be_is_not_remembered(people):
    before = await standing.forest()
    with pytest.raises(ZeroDivisionError):
        async with floor.transaction():
            await rename(people)
            assert len(await standing.locked()) == len(before) + 1
            await standing.forest()
            raise ZeroDivisionError
    assert len(await standing.forest()) == len(before)
