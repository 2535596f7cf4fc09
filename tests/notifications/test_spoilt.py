"""What is spoilt keeps nobody else from what is theirs: a row that cannot be read, a notice that always fails."""

import asyncio
from contextvars import Context

import pytest

from base import clock
from base import database as floor
from notifications import counting, expanding, outbox, working
from notifications.channels.channel import Outcome
from tests.notifications.post import crowd, device, expand, expand_all, later, left, owe, turn


async def test_a_notice_that_cannot_be_expanded_holds_up_no_other(noon, channel, post):
    first, second = await crowd(3), await crowd(3, unit=2)
    spoilt = await owe("org:1", about="document:1")
    await floor.execute("UPDATE notice SET audience = '[', owed_at = {} WHERE id = {}", clock.now(), spoilt)
    later(seconds=1)
    await owe("org:2")
    await turn(post)
    assert channel.times == dict.fromkeys(second, 1)
    async with floor.transaction():
        await outbox.readdress("document:1", ["org:1"])
    await turn(post)
    assert len(channel.sent) == 3, "it is set aside for a while"
    later(seconds=expanding.REST.total_seconds() + 1)
    await turn(post)
    assert channel.times == dict.fromkeys([*first, *second], 1)


async def test_a_database_that_is_gone_sets_no_notice_aside(noon, monkeypatch):
    await owe("org:1")

    async def gone(*_):
        raise ConnectionError

    monkeypatch.setattr(expanding, "_expand", gone)
    with pytest.raises(ConnectionError):
        await expanding.expand_next(expand)
    monkeypatch.undo()
    assert await expanding.expand_next(expand)


@pytest.mark.alike
@pytest.mark.parametrize("keys", ["{", "[]", "", "null"])
async def test_a_device_whose_row_is_spoilt_keeps_nobody_of_its_step_from_the_notice(noon, channel, post, keys):
    addresses = await crowd(60)
    await floor.execute("UPDATE device SET keys = {} WHERE address = 'h/1-7'", keys)
    notice = await owe("org:1")
    await turn(post)
    assert channel.times == dict.fromkeys(set(addresses) - {"h/1-7"}, 1)
    done = await counting.progress(notice, expand)
    assert (done.accepted, done.failed) == (59, {"refused-unusable-keys": 1})
    assert await left() == (0, 0)


@pytest.mark.alike
async def test_what_is_for_nobody_is_done_at_once_and_may_be_for_somebody_later(noon, channel, post):
    addresses = await crowd(3)
    async with floor.transaction():
        await outbox.owe(key="k", kind="document.publish", about="document:1", audience=[])
    await turn(post)
    assert (channel.sent, await left()) == ([], (0, 0))
    async with floor.transaction():
        await outbox.readdress("document:1", ["org:1"])
    await turn(post)
    async with floor.transaction():
        await outbox.readdress("document:1", [])
    await turn(post)
    assert channel.times == dict.fromkeys(addresses, 1)


async def test_a_chunk_that_fails_each_time_holds_up_no_other(noon, channel, post, monkeypatch):
    monkeypatch.setattr(working, "UNWELL_S", 0.01)
    monkeypatch.setattr(expanding, "SIZE", 20)
    addresses = await crowd(60)
    notice = await owe("org:1")
    await expand_all()
    (spoilt,) = await floor.fetch("SELECT id FROM chunk ORDER BY id LIMIT 1")
    await floor.execute("UPDATE chunk SET told = '[' WHERE id = {}", spoilt["id"])
    stop = asyncio.Event()
    worker = asyncio.create_task(working.deliver(post, stop))
    while len(channel.sent) < 40 or await left() != (1, 0):
        await asyncio.sleep(0.01)
    for _ in range(3):
        later(minutes=2)
        await asyncio.sleep(0.05)
    stop.set()
    await worker
    assert channel.times == dict.fromkeys(addresses[20:], 1)
    await floor.execute("UPDATE chunk SET told = '[]', due_at = {}", clock.now())
    await turn(post)
    assert channel.times == dict.fromkeys(addresses, 1)
    assert (await counting.progress(notice, expand)).accepted == 60


@pytest.mark.alike
async def test_nobody_else_waits_for_the_database_while_messages_are_on_their_way(noon, channel, post, monkeypatch):
    """SQLite has one writer at a time: what is written by others meanwhile must not wait for a push service."""
    await crowd(3)
    await device("h/other", unit=2)
    send, written = channel.send, []

    async def slow(messages):
        change = floor.execute("UPDATE device SET language = 'en' WHERE unit = 2")
        await asyncio.wait_for(asyncio.create_task(change, context=Context()), 2)  # somebody else's
        written.append(True)
        return await send(messages)

    monkeypatch.setattr(channel, "send", slow)
    channel.says["h/1-0"] = [Outcome("later", "http-503")]
    await owe("org:1")
    await turn(post)
    later(minutes=1)
    await turn(post)
    assert len(channel.sent) == 4 and len(written) == 2
