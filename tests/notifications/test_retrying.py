"""Push services are obeyed: not asked again before they allow it, and never where nobody is any more."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from base import clock
from base import database as floor
from notifications import choosing, counting, devices, retrying, standing
from notifications.channels.channel import Outcome
from notifications.quiet import Window
from tests.notifications.post import MORNING, NOON, crowd, device, expand, expand_all, later, left, owe, turn

pytestmark = pytest.mark.alike

WAIT = Outcome("later", "429", retry_after_s=300)
DOWN = Outcome("later", "http-503")
GONE = Outcome("gone", "410")


async def test_who_asks_for_a_pause_gets_it_from_all_workers_and_nobody_else_waits(noon, channel, post):
    slow, quick = await crowd(130, host="slow"), await crowd(400, unit=2, host="quick")
    channel.says[slow[0]] = [WAIT]
    first, other = await owe("org:1"), await owe("members")
    await turn(post)
    assert channel.times == {**dict.fromkeys(slow[:50], 1), **dict.fromkeys(quick, 1)}
    assert await left() == (2, 1), "of those who wait only the one that was asked has a row"
    later(seconds=299)
    await turn(post)
    assert len(channel.sent) == 450, "a second too early"
    later(seconds=1)
    await turn(post)
    later(minutes=2)  # the device's own pause is spread beyond what its host asked for
    await turn(post)
    assert channel.times == {**dict.fromkeys(slow, 2), slow[0]: 3, **dict.fromkeys(quick, 1)}
    assert [(await counting.progress(id, expand)).accepted for id in (first, other)] == [130, 530]
    assert await left() == (0, 0)


async def test_a_device_waits_as_long_as_it_was_told_also_when_its_host_need_not(noon, channel, post):
    await crowd(2)
    channel.says["h/1-0"] = [WAIT._replace(retry_after_s=47 * 3600)]
    await owe("org:1", urgency="express")
    await turn(post)
    later(hours=46)
    await turn(post)
    assert channel.times == {"h/1-0": 1, "h/1-1": 1}
    later(hours=1)
    await turn(post)
    assert channel.times == {"h/1-0": 2, "h/1-1": 1}


async def test_who_stayed_behind_at_nightfall_is_not_woken_when_the_pause_ends(noon, channel, post):
    evening = clock.local(NOON).replace(hour=21, minute=28)
    clock.stop(evening)
    slow = await crowd(60, host="slow")
    owl = await device("slow/owl")
    await choosing.keep_quiet(owl, Window(False, 0, 0))
    channel.says[slow[0]] = [WAIT]
    await owe("org:1")
    await turn(post)
    assert channel.sent == slow[:50]
    later(minutes=7)
    await turn(post)
    assert channel.sent[50:] == ["slow/owl"], "nobody else is up"
    assert await left() == (1, 1), "nor has anybody else a row"
    clock.stop(MORNING)
    await turn(post)
    assert channel.times == {**dict.fromkeys([*slow, "slow/owl"], 1), slow[0]: 2}
    assert await left() == (0, 0)


@pytest.mark.parametrize(
    ("outcome", "seconds"),
    [
        (Outcome("later", "429"), standing.UNSAID_S),
        (Outcome("later", "http-503", retry_after_s=90.5), 90.5),
        (Outcome("later", "429", retry_after_s=1e9), standing.LONGEST_S),
        (Outcome("later", "429", retry_after_s=-5), 0),
        (DOWN, None),
    ],
)
async def test_how_long_a_host_is_left_alone(noon, outcome, seconds):
    async with floor.transaction():
        await standing.heed([outcome._replace(host="h"), Outcome("accepted", host="h")])
    rows = await floor.fetch("SELECT until FROM standstill WHERE host = 'h'")
    assert [row["until"] for row in rows] == ([] if seconds is None else [clock.now() + timedelta(seconds=seconds)])


async def test_a_longer_pause_is_not_shortened_by_a_later_answer(noon):
    for seconds in (300, 5):
        async with floor.transaction():
            await standing.heed([Outcome("later", "429", seconds, "h")])
    assert await standing.standstills() == {"h": clock.now() + timedelta(seconds=300)}


async def test_a_host_that_is_down_is_left_alone_longer_and_longer_until_it_answers(noon):
    found = []
    for _ in range(4):
        async with floor.transaction():
            await standing.heed([DOWN._replace(host="h")] * 6 + [Outcome("accepted", host="h")] * 2)
        until = (await standing.standstills())["h"]
        found.append((until - clock.now()).total_seconds())
        clock.stop(until)
    assert found == [15, 30, 60, 120]
    async with floor.transaction():
        await standing.heed([Outcome("accepted", host="h")])
    assert await floor.fetch("SELECT host FROM standstill") == []


async def test_a_pause_that_was_asked_for_makes_none_longer_that_was_not(noon):
    for _ in range(5):
        async with floor.transaction():
            await standing.heed([Outcome("later", "429", 1, "h")])
        later(seconds=2)
    async with floor.transaction():
        await standing.heed([DOWN._replace(host="h")] * 6)
    assert (await standing.standstills())["h"] == clock.now() + timedelta(seconds=standing.DOWN_S)


async def test_a_device_is_tried_after_growing_pauses_and_given_up_when_it_is_too_late(noon, channel, post):
    await device("h/1")
    channel.says["h/1"] = [DOWN] * 1000
    notice = await owe("org:1", kind="document.publish", urgency="express")
    began, times = clock.now(), []
    while await left() != (0, 0) or not times:
        before = len(channel.sent)
        await turn(post)
        times += [clock.now()] * (len(channel.sent) - before)
        for row in await floor.fetch("SELECT due_at FROM retry"):
            clock.stop(row["due_at"])
    pauses = [(after - before).total_seconds() for before, after in pairwise(times)]
    for n, pause in enumerate(pauses):
        least = min(retrying.LONGEST_S, retrying.FIRST_S * 2**n)
        assert least <= pause <= least * 1.25, n
    assert timedelta(hours=70) < times[-1] - began < timedelta(hours=72)
    done = await counting.progress(notice, expand)
    assert (done.sent, done.accepted, done.failed, done.waiting) == (1, 0, {"gave-up-http-503": 1}, 0)


async def test_a_dead_device_goes_at_once_and_is_never_sent_to_again(noon, channel, post):
    dead, alive = await crowd(60, host="h"), await crowd(3, host="g")
    channel.says[dead[0]] = [DOWN, GONE]
    channel.says |= {address: [GONE] for address in dead[1:]}
    first = await owe("org:1")
    await expand_all()
    second = await owe("org:1", urgency="high")
    await turn(post)
    later(minutes=2)
    await turn(post)
    assert channel.times == {**dict.fromkeys(dead, 1), dead[0]: channel.times[dead[0]], **dict.fromkeys(alive, 2)}
    assert channel.times[dead[0]] <= 3
    assert await left() == (0, 0)
    assert [row["address"] for row in await floor.fetch("SELECT address FROM device ORDER BY id")] == alive
    reached = [await counting.progress(id, expand) for id in (first, second)]
    assert sum(one.failed.get("gone-410", 0) for one in reached) == 60


async def test_a_device_that_got_another_address_meanwhile_is_not_dead(noon, channel, post, monkeypatch):
    session, who = b"s" * 16, await device("h/other")
    known: dict[str, Any] = {
        "member": who,
        "unit": 1,
        "session": session,
        "channel": "webpush",
        "keys": {},
        "language": "vi",
    }
    await devices.register(**known, address="h/old")
    send = channel.send

    async def renewing(messages):
        await devices.register(**known, address="h/new")
        return await send(messages)

    monkeypatch.setattr(channel, "send", renewing)
    channel.says["h/old"] = [GONE]
    await owe("org:1")
    await turn(post)
    assert {row["address"] for row in await floor.fetch("SELECT address FROM device")} == {"h/other", "h/new"}


@pytest.mark.parametrize("change", ["signed out", "moved", "recalled"])
async def test_who_waits_for_another_try_and_is_not_meant_any_more_gets_none(noon, channel, post, change):
    who = await device("h/1")
    channel.says["h/1"] = [DOWN]
    notice = await owe("org:1")
    await turn(post)
    if change == "signed out":
        await devices.end_of_member(who)
    elif change == "moved":
        await devices.settle(who, 2)
    else:
        await floor.execute("UPDATE notice SET cancelled_at = {} WHERE id = {}", clock.now(), notice)
    later(minutes=5)
    await turn(post)
    assert channel.sent == ["h/1"]
    assert await left() == (0, 0)
