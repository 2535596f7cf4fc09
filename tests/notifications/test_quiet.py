"""Nobody is woken but for what is hỏa tốc; what the night held comes after it, once."""

from datetime import datetime, timedelta

import pytest

from base import clock
from base import database as floor
from base.errors import InvalidError
from notifications import choosing, daily, delivery
from notifications.quiet import USUAL, Window
from tests.notifications.post import MORNING, NIGHT, NOON, claimed, crowd, device, expand_all, later, left, owe, turn

pytestmark = pytest.mark.alike

OFF = Window(is_on=False, begins=0, ends=0)
LATE = Window(is_on=True, begins=22 * 60, ends=8 * 60)
NAP = Window(is_on=True, begins=12 * 60, ends=13 * 60)


def at(hour: int, minute: int = 0) -> datetime:
    return clock.local(NOON).replace(hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("window", "now", "until"),
    [
        (USUAL, at(21, 29), None),
        (USUAL, at(21, 30), at(6, 30) + timedelta(days=1)),
        (USUAL, at(23, 59), at(6, 30) + timedelta(days=1)),
        (USUAL, at(0), at(6, 30)),
        (USUAL, at(6, 29), at(6, 30)),
        (USUAL, at(6, 30), None),
        (NAP, at(11, 59), None),
        (NAP, at(12), at(13)),
        (NAP, at(13), None),
        (OFF, at(3), None),
        (Window(True, 60, 60), at(1), None),
        (Window(True, 22 * 60, 0), at(23), at(0) + timedelta(days=1)),
        (Window(True, 0, 5 * 60), at(0), at(5)),
    ],
)
def test_when_a_window_ends(window, now, until):
    assert window.until(now) == until


@pytest.fixture
async def night(noon):
    clock.stop(NIGHT)


async def test_the_night_holds_what_is_not_express_and_lets_it_go_once(night, channel, post):
    addresses = await crowd(130)
    await owe("org:1", urgency="high")
    for hours in (0, 2, 3):
        later(hours=hours)
        await turn(post)
    assert channel.sent == []
    assert await left() == (1, 0), "no row for a device"
    clock.stop(MORNING)
    await turn(post)
    assert channel.times == dict.fromkeys(addresses, 1)
    assert await left() == (0, 0)


async def test_only_what_is_express_passes(night, channel, post):
    who = await device("h/1")
    await choosing.keep_quiet(who, LATE)
    await device("h/2")
    await owe("org:1", urgency="express")
    await turn(post)
    assert sorted(channel.sent) == ["h/1", "h/2"]


async def test_each_is_told_when_their_own_window_lets_it(night, channel, post):
    _, off, late, nap = [await device(f"h/{name}") for name in ("usual", "off", "late", "nap")]
    await choosing.keep_quiet(off, OFF)
    await choosing.keep_quiet(late, LATE)
    await choosing.keep_quiet(nap, NAP)
    await owe("org:1")
    await turn(post)
    assert sorted(channel.sent) == ["h/nap", "h/off"]
    clock.stop(MORNING)
    await turn(post)
    assert channel.sent[2:] == ["h/usual"]
    later(minutes=90)
    await turn(post)
    assert channel.sent[3:] == ["h/late"]
    clock.stop(NOON + timedelta(days=1))
    await owe("org:1")
    await turn(post)
    assert sorted(channel.sent[4:]) == ["h/late", "h/off", "h/usual"]
    later(hours=1)
    await turn(post)
    assert channel.sent[7:] == ["h/nap"]
    assert await left() == (0, 0)


CHANGES = [
    (USUAL, OFF, "at once"), (LATE, OFF, "at once"), (USUAL, LATE, "at eight"), (LATE, USUAL, "in the morning"),
    (OFF, USUAL, "had it"), (OFF, LATE, "had it"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), CHANGES)
async def test_a_window_changed_while_it_holds_something(night, channel, post, before, after, told):
    await crowd(60)
    who = await device("h/me")
    await choosing.keep_quiet(who, before)
    await owe("org:1")
    await turn(post)
    had_it = channel.sent == ["h/me"]
    assert had_it == (told == "had it")
    await choosing.keep_quiet(who, after)
    later(minutes=1)
    await turn(post)
    assert ("h/me" in channel.sent) == (told in ("had it", "at once"))
    clock.stop(MORNING)
    await turn(post)
    assert ("h/me" in channel.sent) == (told != "at eight")
    later(minutes=90)
    await turn(post)
    assert set(channel.times.values()) == {1}
    assert len(channel.sent) == 61
    assert await left() == (0, 0)


async def test_the_night_comes_and_goes_while_a_notice_is_under_way(noon, channel, post):
    addresses = await crowd(170)
    owls = [await device(f"h/owl-{n}") for n in range(60)]
    for owl in owls:
        await choosing.keep_quiet(owl, OFF)
    await owe("org:1")
    await expand_all()
    clock.stop(clock.local(NOON).replace(hour=21, minute=29))
    chunk = await claimed()
    done = await delivery.step(chunk, post)
    clock.stop(clock.local(NOON).replace(hour=21, minute=30))
    assert len(channel.sent) == 50
    later(minutes=2)
    chunk = await claimed()
    done = await delivery.step(chunk, post)
    assert len(channel.sent) == 100, "of those who are up at night, ahead of the others"
    assert done is not None
    clock.stop(MORNING)
    await turn(post)
    assert channel.times == dict.fromkeys([*addresses, *(f"h/owl-{n}" for n in range(60))], 1)
    assert await left() == (0, 0)


@pytest.mark.parametrize("window", [Window(True, 5, 5), Window(True, -1, 5), Window(True, 0, 1440)])
async def test_a_window_that_no_day_has_is_refused(noon, window):
    who = await device("h/1")
    with pytest.raises(InvalidError):
        await choosing.keep_quiet(who, window)
    assert await choosing.window(who) == USUAL


# Once a day


SEVEN = MORNING + timedelta(minutes=30)


async def morning(post, days: int = 0) -> None:
    clock.stop(SEVEN - timedelta(minutes=1) + timedelta(days=days))
    assert not await daily.owe_due()
    clock.stop(SEVEN + timedelta(days=days))
    await daily.owe_due()
    await turn(post)


async def test_who_takes_a_sort_once_a_day_is_told_once_and_only_when_there_is_something(noon, settings, channel, post):
    people = {name: await device(f"h/{name}", unit=unit) for name, unit in (("taker", 1), ("now", 1), ("elsewhere", 2))}
    for name in ("taker", "elsewhere"):
        await choosing.choose(people[name], "addressed", "digest")
    late = await device("h/late")
    await choosing.choose(late, "addressed", "digest")
    await choosing.keep_quiet(late, LATE)
    for _ in range(3):
        await owe("org:1")
    await turn(post)
    assert channel.times == {"h/now": 3}
    await morning(post)
    assert channel.sent[3:] == ["h/taker"]
    assert not await daily.owe_due()
    later(hours=1)
    await turn(post)
    assert channel.sent[4:] == ["h/late"]
    await morning(post, days=1)
    assert len(channel.sent) == 5, "there was nothing new"
    assert await left() == (0, 0)


async def test_the_digest_tells_nothing_that_was_recalled_or_muted_since(noon, settings, channel, post):
    taker, fickle = await device("h/taker"), await device("h/fickle")
    for who in (taker, fickle):
        await choosing.choose(who, "addressed", "digest")
    notice = await owe("org:1")
    await turn(post)
    await choosing.choose(fickle, "addressed", "off")
    clock.stop(SEVEN)
    assert await daily.owe_due()
    await expand_all()
    await floor.execute("UPDATE notice SET cancelled_at = {} WHERE id = {}", clock.now(), notice)
    await turn(post)
    assert channel.sent == []


async def test_whoever_keeps_a_day_quiet_gets_the_digest_after_it(noon, settings, channel, post):
    who = await device("h/by-day")
    await choosing.choose(who, "addressed", "digest")
    await choosing.keep_quiet(who, Window(True, 6 * 60, 20 * 60))
    await owe("org:1")
    await morning(post)
    assert channel.sent == []
    clock.stop(SEVEN + timedelta(hours=13))
    await turn(post)
    assert channel.sent == ["h/by-day"]


async def test_nobody_is_told_in_the_digest_of_their_own_doing_alone(noon, settings, channel, post):
    lan, mai = await device("h/lan"), await device("h/mai")
    for who in (lan, mai):
        await choosing.choose(who, "addressed", "digest")
    await owe("org:1", by=lan)
    await morning(post)
    assert channel.sent == ["h/mai"]
    clock.stop(SEVEN + timedelta(hours=1))
    for doer in (lan, mai):
        await owe("org:1", by=doer)
    await morning(post, days=1)
    assert channel.times == {"h/mai": 2, "h/lan": 1}


async def test_a_late_digest_tells_nothing_twice_and_what_came_after_its_hour_waits_a_day(
    noon, settings, channel, post
):
    await choosing.choose(await device("h/1"), "answers", "digest")
    told = []
    for owed, hours in (
        (timedelta(hours=-1), 5),  # late on the first day
        (None, 24),
        (timedelta(hours=25), 48 + 5),  # late on the third
        (timedelta(hours=48 + 6), 72),
        (timedelta(hours=96 + 2), 96 + 3),  # nothing was due that morning
        (None, 120),
    ):
        if owed is not None:
            clock.stop(SEVEN + owed)
            await owe("org:1", kind="comment.reply")
        clock.stop(SEVEN + timedelta(hours=hours))
        await daily.owe_due()
        await turn(post)
        told.append(len(channel.sent))
    assert told == [1, 1, 2, 3, 3, 4]
