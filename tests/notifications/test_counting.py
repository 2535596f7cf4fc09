"""What the office reads of a notice adds up at every moment, not only when all is done."""

import pytest

from base import clock
from base import database as floor
from notifications import choosing, counting, delivery, devices, steering
from notifications.channels.channel import Outcome
from notifications.quiet import Window
from tests.notifications.post import MORNING, NIGHT, claimed, crowd, device, expand, expand_all, later, owe, turn


async def numbers(notice) -> tuple[int, int, int, int, int]:
    """Devices, and of these: accepted, failed, waiting, left out."""
    found = await counting.progress(notice, expand)
    failed = sum(found.failed.values())
    assert found.accepted + failed + found.waiting + found.left_out == found.devices
    return found.devices, found.accepted, failed, found.waiting, found.left_out


async def people() -> list:
    return [row["member"] for row in await floor.fetch("SELECT member FROM device ORDER BY id")]


async def test_what_is_under_way_adds_up_after_every_step(noon, channel, post):
    await crowd(620)
    members = await people()
    for n in (10, 70, 510):
        await choosing.choose(members[n], "addressed", "off")
    channel.says = {"h/1-0": [Outcome("gone", "410")], "h/1-1": [Outcome("later", "http-503")]}
    notice = await owe("org:1")
    assert await numbers(notice) == (0, 0, 0, 0, 0), "nobody has counted yet"
    await expand_all()
    assert await numbers(notice) == (620, 0, 0, 620, 0)
    chunk = await claimed()
    done = await delivery.step(chunk, post)
    assert await numbers(notice) == (620, 48, 1, 569, 2), "two of those who muted it are in the chunk that was begun"
    await devices.end_of_member(members[60])
    assert await numbers(notice) == (620, 48, 1, 568, 3)
    while done is not None:
        done = await delivery.step(chunk, post, done.lease)
    assert await numbers(notice) == (620, 495, 1, 121, 3), "the other chunk, and one who is tried again"
    await steering.pause(notice, by="cli")
    await turn(post)
    assert await numbers(notice) == (620, 495, 1, 121, 3)
    await steering.resume(notice, by="cli")
    await turn(post)
    later(minutes=1)
    await turn(post)
    assert await numbers(notice) == (620, 615, 1, 0, 4)


async def test_what_was_taken_back_is_left_out(noon, channel, post):
    await crowd(120)
    notice = await owe("org:1")
    await expand_all()
    await delivery.step(await claimed(), post)
    await steering.cancel(notice, by="cli")
    assert await numbers(notice) == (120, 50, 0, 0, 70)


@pytest.mark.alike
async def test_who_comes_in_before_their_turn_is_told_and_counted(noon, channel, post):
    before = await device("h/before", unit=2)
    await crowd(3)
    after = await device("h/after", unit=2)
    notice = await owe("org:1")
    await expand_all()
    for moving in (before, after):
        await devices.settle(moving, 1)
    await turn(post)
    assert len(channel.sent) == 5
    assert await numbers(notice) == (5, 5, 0, 0, 0)


@pytest.mark.alike
async def test_the_night_is_waiting_without_those_who_were_told_ahead_of_it(noon, channel, post):
    clock.stop(NIGHT)
    await crowd(60)
    owl, late = await device("h/owl"), await device("h/late")
    await choosing.keep_quiet(owl, Window(False, 0, 0))
    await choosing.keep_quiet(late, Window(True, 22 * 60, 8 * 60))
    channel.says["h/1-5"] = [Outcome("later", "429", retry_after_s=600)]
    notice = await owe("org:1")
    await turn(post)
    assert await numbers(notice) == (62, 1, 0, 61, 0)
    clock.stop(MORNING)
    await turn(post)
    assert await numbers(notice) == (62, 50, 0, 12, 0), (
        "ten stay behind their service's pause, one was asked, one sleeps"
    )
    later(minutes=11)
    await turn(post)
    assert await numbers(notice) == (62, 61, 0, 1, 0)
