"""An audience that is corrected while its notice goes out: whoever comes in is told, and nobody a second time."""

import asyncio

import pytest

from base import clock
from base import database as floor
from notifications import choosing, counting, delivery, expanding, outbox, steering, walking, working
from notifications.channels.channel import Outcome
from notifications.quiet import Window
from notifications.sending import Post
from tests.notifications.post import (
    MORNING,
    NIGHT,
    claimed,
    crowd,
    device,
    expand,
    expand_all,
    later,
    left,
    owe,
    turn,
)

OWL = Window(False, 0, 0)


async def readdress(*audience: str) -> None:
    async with floor.transaction():
        await outbox.readdress("document:1", audience)


async def begun(post: Post, *audience: str, steps: int = 1) -> None:
    """A notice of which so many steps are done, and that its worker gave back."""
    await owe(*audience, about="document:1")
    await expand_all()
    chunk, done = await claimed(), None
    for _ in range(steps):
        done = await delivery.step(chunk, post, done and done.lease)
    await floor.execute("UPDATE chunk SET due_at = {} WHERE id = {}", clock.now(), chunk)


async def mixed(count: int) -> tuple[list[str], list[str]]:
    """Devices of two units by turns, all at one host."""
    addresses = await crowd(2 * count)
    await floor.execute("UPDATE device SET unit = 2 - id % 2")
    units = {row["address"]: row["unit"] for row in await floor.fetch("SELECT address, unit FROM device")}
    one, two = ([address for address in addresses if units[address] == unit] for unit in (1, 2))
    return one, two


@pytest.mark.parametrize("between", ["nothing", "a step", "all"])
async def test_who_was_taken_out_and_put_in_again_is_told_once(noon, channel, post, between):
    one, two = await mixed(70)
    await begun(post, "org:1", "org:2")
    assert len(channel.sent) == 50
    await readdress("org:1")
    await expand_all()
    if between == "a step":
        await delivery.step(await claimed(), post)
        later(seconds=walking.LEASE_S + 1)
    elif between == "all":
        await turn(post)
        assert channel.times == dict.fromkeys([*one, *two[:25]], 1)
        assert await left() == (0, 0)
    await readdress("org:2", "org:1")
    await turn(post)
    assert channel.times == dict.fromkeys([*one, *two], 1)
    (notice,) = await floor.fetch("SELECT id FROM notice")
    done = await counting.progress(notice["id"], expand)
    assert (done.devices, done.accepted, done.waiting, done.left_out) == (140, 140, 0, 0)
    assert await left() == (0, 0)


async def test_an_audience_that_swings_tells_each_once_whatever_it_is_at_last(noon, channel, post):
    one, two = await mixed(130)
    await begun(post, "org:1", steps=2)
    for audience in (("org:2",), ("members",), ("org:3",), ("org:1", "org:2"), ("org:2",), ("org:1",), ("members",)):
        await readdress(*audience)
        await expand_all()
        if (chunk := await delivery.claim()) is not None:
            await delivery.step(chunk, post)
            later(seconds=walking.LEASE_S + 1)
    await turn(post)
    assert channel.times == dict.fromkeys([*one, *two], 1)
    assert await left() == (0, 0)


async def test_what_is_done_goes_on_for_whoever_is_added_later(noon, channel, post):
    one, two = await mixed(5)
    await owe("org:1", about="document:1")
    await turn(post)
    later(hours=30)
    await readdress("org:1", "org:2")
    await turn(post)
    assert channel.times == dict.fromkeys([*one, *two], 1)
    later(hours=43)
    await crowd(1, unit=3)
    await readdress("members")
    await turn(post)
    assert len(channel.sent) == 10, "too old by then"


async def test_a_step_under_way_ends_before_anything_is_cut_anew(noon, channel, post, monkeypatch):
    one, two = await mixed(60)
    send = channel.send

    async def readdressed_meanwhile(messages):
        monkeypatch.setattr(channel, "send", send)
        await readdress("org:2", "org:3")
        assert not await expanding.expand_next(expand), "a step is under way"
        return await send(messages)

    monkeypatch.setattr(channel, "send", readdressed_meanwhile)
    await owe("org:1", "org:2", about="document:1")
    await expand_all()
    await delivery.carry(await claimed(), post, asyncio.Event())
    assert len(channel.sent) == 50, "and no other begins"
    await turn(post)
    assert channel.times == dict.fromkeys([*one[:25], *two], 1)
    await readdress("members")
    await turn(post)
    assert channel.times == dict.fromkeys([*one, *two], 1)


@pytest.mark.alike
async def test_what_is_paused_stays_so_while_it_is_addressed_anew(noon, channel, post):
    one, two = await mixed(60)
    await begun(post, "org:1")
    (notice,) = await floor.fetch("SELECT id FROM notice")
    await steering.pause(notice["id"], by="cli")
    for audience in (["org:2"], ["org:1", "org:2"]):
        await readdress(*audience)
        await turn(post)
        later(minutes=2)
        await turn(post)
    assert len(channel.sent) == 50
    await steering.resume(notice["id"], by="cli")
    await turn(post)
    assert channel.times == dict.fromkeys([*one, *two], 1)


async def test_one_that_died_keeps_its_notice_no_longer_than_its_lease(noon, channel, post):
    one, two = await mixed(5)
    await owe("org:1", about="document:1")
    other = await owe("org:2")
    await expand_all()
    await claimed()
    await readdress("members")
    await turn(post)
    assert channel.times == dict.fromkeys(two, 1), f"of {other} alone"
    later(seconds=walking.LEASE_S + 1)
    await turn(post)
    assert channel.times == {**dict.fromkeys(one, 1), **dict.fromkeys(two, 2)}


async def test_who_was_told_ahead_of_the_night_is_not_told_in_the_morning(noon, channel, post):
    clock.stop(NIGHT)
    one, two = await mixed(40)
    owls = [await device(f"owl/{n}", unit=1 + n % 2) for n in range(4)]
    for owl in owls:
        await choosing.keep_quiet(owl, OWL)
    await owe("members", about="document:1")
    await turn(post)
    assert len(channel.sent) == 4
    for audience in (["org:1"], ["org:1", "org:2"]):
        await readdress(*audience)
        await turn(post)
    clock.stop(MORNING)
    await turn(post)
    assert channel.times == dict.fromkeys([*one, *two, *(f"owl/{n}" for n in range(4))], 1)
    assert await left() == (0, 0)


async def test_who_stays_behind_a_pause_is_come_back_to(noon, channel, post):
    one, two = await mixed(40)
    first = "h/1-0"
    channel.says[first] = [Outcome("later", "429", retry_after_s=300)]
    await owe("org:1", "org:2", about="document:1")
    await turn(post)
    assert len(channel.sent) == 50 and await left() == (1, 1)
    await readdress("members")
    await crowd(3, unit=3, host="quick")
    await turn(post)
    assert len(channel.sent) == 53
    later(minutes=7)
    await turn(post)
    assert channel.times == {**dict.fromkeys([*one, *two], 1), first: 2, **{f"quick/3-{n}": 1 for n in range(3)}}
    assert await left() == (0, 0)


async def test_many_workers_tell_each_once_while_the_audience_swings(noon, channel, post):
    one, two = await crowd(700), await crowd(700, unit=2)
    await owe("org:1", about="document:1")
    stop = asyncio.Event()
    workers = [asyncio.create_task(working.deliver(post, stop)) for _ in range(3)]
    for n, audience in enumerate((["org:2"], ["org:1", "org:2"], ["org:1"], ["members"])):
        while len(channel.sent) < 150 * (n + 1):
            await asyncio.sleep(0.005)
        await readdress(*audience)
    while await left() != (0, 0) or await floor.fetch("SELECT id FROM notice WHERE expanded_at IS NULL"):
        later(seconds=1)
        await asyncio.sleep(0.02)
    stop.set()
    await asyncio.gather(*workers)
    assert channel.times == dict.fromkeys([*one, *two], 1)
