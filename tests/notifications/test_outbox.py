"""What is owed: once, inside the act that owes it, to whoever is addressed at last."""

import asyncio
import json

import pytest

from base import database as floor
from base import migrations
from notifications import outbox

ABOUT = "document:1"


async def owe(key: str = "issue:1", *, about: str = ABOUT, audience=("members",)) -> bool:
    async with floor.transaction():
        return await outbox.owe(key=key, kind="document.issued", about=about, audience=audience, urgency="high")


async def owed() -> list[tuple]:
    rows = await floor.fetch("SELECT key, audience FROM notice WHERE cancelled_at IS NULL ORDER BY key")
    return [(row["key"], json.loads(row["audience"])) for row in rows]


async def test_an_act_owes_what_it_says(database):
    assert await owe(audience=["org:3", "at:2", "org:3"])
    (row,) = await floor.fetch("SELECT * FROM notice")
    assert (row["key"], row["kind"], row["about"], row["urgency"]) == ("issue:1", "document.issued", ABOUT, "high")
    assert json.loads(row["audience"]) == ["at:2", "org:3"]
    assert row["owed_at"] is not None and row["cancelled_at"] is None


async def test_the_same_key_owes_nothing_twice(database):
    assert await owe()
    assert not await owe(audience=["public"])
    assert await owed() == [("issue:1", ["members"])]


async def test_fifty_at_once_owe_it_once(database):
    new = await asyncio.gather(*(owe() for _ in range(50)))
    assert sum(new) == 1
    assert await owed() == [("issue:1", ["members"])]


async def test_an_act_that_fails_owes_nothing(database):
    class Stop(Exception):
        pass

    with pytest.raises(Stop):
        async with floor.transaction():
            await outbox.owe(key="issue:1", kind="document.issued", about=ABOUT, audience=["members"])
            raise Stop
    assert await owed() == []
    assert await owe()


async def test_a_key_that_is_owed_already_leaves_the_act_whole(database):
    await owe()
    async with floor.transaction():
        assert not await outbox.owe(key="issue:1", kind="document.issued", about=ABOUT, audience=["members"])
        assert await outbox.owe(key="issue:2", kind="document.issued", about=ABOUT, audience=["members"])
    assert [key for key, _ in await owed()] == ["issue:1", "issue:2"]


async def test_what_is_owed_is_addressed_anew(database):
    await owe("issue:1")
    await owe("issue:2")
    await owe("issue:3", about="document:2")
    async with floor.transaction():
        await outbox.readdress(ABOUT, {"org:7", "at:5"})
    assert await owed() == [("issue:1", ["at:5", "org:7"]), ("issue:2", ["at:5", "org:7"]), ("issue:3", ["members"])]


async def test_what_is_cancelled_is_not_owed_again_nor_addressed_anew(database):
    await owe("issue:1")
    await owe("issue:2", about="document:2")
    async with floor.transaction():
        await outbox.cancel(ABOUT)
    assert await owed() == [("issue:2", ["members"])]
    (before,) = await floor.fetch("SELECT * FROM notice WHERE key = 'issue:1'")
    async with floor.transaction():
        await outbox.readdress(ABOUT, {"public"})
        await outbox.cancel(ABOUT)
    assert not await owe("issue:1")
    assert await floor.fetch("SELECT * FROM notice WHERE key = 'issue:1'") == [before]


@pytest.mark.parametrize(
    "act",
    [
        lambda: outbox.owe(key="issue:1", kind="document.issued", about=ABOUT, audience=["members"]),
        lambda: outbox.readdress(ABOUT, ["members"]),
        lambda: outbox.cancel(ABOUT),
    ],
)
async def test_nothing_is_owed_outside_an_act(database, act):
    with pytest.raises(RuntimeError):
        await act()


async def test_the_tables_come_and_go(database):
    await owe()
    assert "notifications.notifications_0001_outbox" in await migrations.down()
    assert "notifications.notifications_0001_outbox" in await migrations.up()
    assert await owed() == []
