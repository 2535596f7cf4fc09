"""Chunks on their way: nobody is missed, whatever dies when; nobody is told who is not meant at that moment."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from base import clock
from base import database as floor
from notifications import (
    choosing,
    counting,
    delivery,
    devices,
    expanding,
    kinds,
    meant,
    outbox,
    steering,
    walking,
    working,
)
from notifications.channels.channel import Outcome
from notifications.outbox import readdress
from notifications.quiet import Window
from tests.notifications.post import (
    MORNING,
    NIGHT,
    NOON,
    claimed,
    crowd,
    device,
    expand,
    expand_all,
    later,
    left,
    office,
    owe,
    turn,
)

LEASE = {"seconds": walking.LEASE_S + 1}


class KilledError(BaseException):
    """The worker is gone, as by SIGKILL: nothing that would tidy up is asked."""


class Killer:
    """Ends the worker at the ``at``-th statement or sending of its turn; ``hit`` says whether it came so far."""

    def __init__(self, monkeypatch, channel) -> None:
        self.at = self.count = 0
        self.hit = False
        self._armed = False
        for name in ("fetch", "execute"):
            monkeypatch.setattr(floor, name, self._before(getattr(floor, name)))
        monkeypatch.setattr(channel, "send", self._around(channel.send))

    def arm(self, at: int) -> None:
        self.at, self.count, self.hit, self._armed = at, 0, False, True

    def disarm(self) -> None:
        self._armed = False

    def _before(self, call):
        async def done(*args):
            self._strike()
            return await call(*args)

        return done

    def _around(self, send):
        async def done(messages):
            self._strike()
            said = await send(messages)
            self._strike()  # sent, and nobody has noted it yet
            return said

        return done

    def _strike(self) -> None:
        if self._armed:
            self.count += 1
            if self.count == self.at:
                self.hit, self._armed = True, False
                raise KilledError


FAILS = {"h/1-3": [Outcome("later", "http-503")], "h/1-52": [Outcome("later", "dropped")]}
WANTS_A_PAUSE = {"h/1-3": [Outcome("later", "429", retry_after_s=40)]}
ALIKE = pytest.mark.alike


@pytest.mark.parametrize(
    ("says", "begins"),
    [(FAILS, NOON), pytest.param(WANTS_A_PAUSE, NOON, marks=ALIKE), pytest.param(WANTS_A_PAUSE, NIGHT, marks=ALIKE)],
    ids=["failures", "a pause", "a pause at night"],
)
async def test_killed_at_any_line_nobody_is_missed_and_few_are_told_twice(
    noon, channel, post, monkeypatch, says, begins
):
    addresses = set(await crowd(55))
    await _let_stay_up(range(2, 54))
    killer, kills, at = Killer(monkeypatch, channel), 0, 0
    while kills == at:
        at += 1
        clock.stop(begins + timedelta(days=at))
        channel.sent.clear()
        channel.says = {address: list(outcomes) for address, outcomes in says.items()}
        notice = await owe("org:1")
        await expand_all()
        killer.arm(at)
        try:
            await turn(post)
        except KilledError:
            kills += 1
        killer.disarm()
        for _ in range(3):  # the lease, then the retries, then whatever these left
            later(**LEASE)
            await turn(post)
        clock.stop(MORNING + timedelta(days=at))
        await turn(post)
        assert await left() == (0, 0), at
        assert set(channel.sent) == addresses, at
        assert len(channel.sent) - len(addresses) - len(says) <= walking.STEP * killer.hit, at
        done = await counting.progress(notice, expand)
        assert (done.devices, done.sent, done.accepted, done.failed, done.waiting) == (55, 55, 55, {}, 0), at
    assert kills > 20


async def _let_stay_up(numbers: range) -> None:
    """Let most of the crowd keep no quiet window, and the last of these a short one in the evening."""
    people = [row["member"] for row in await floor.fetch("SELECT member FROM device ORDER BY id")]
    for n in numbers:
        await choosing.keep_quiet(people[n], Window(n == numbers[-1], 23 * 60, 23 * 60 + 1))


async def test_a_worker_that_is_killed_while_it_expands_leaves_nothing_half_done(noon, channel, post, monkeypatch):
    addresses = await crowd(620)
    await owe("org:1")
    killer, at = Killer(monkeypatch, channel), 0
    while True:
        at += 1
        killer.arm(at)
        try:
            await expand_all()
            break
        except KilledError:
            assert await left() in ((0, 0), (2, 0))
    killer.disarm()
    assert at > 5
    assert await left() == (2, 0)
    await turn(post)
    assert channel.times == dict.fromkeys(addresses, 1)


async def test_a_step_that_is_cancelled_comes_again_from_the_last_checkpoint(noon, channel, post):
    addresses = await crowd(130)
    await owe("org:1")
    await expand_all()
    chunk = await claimed()
    await delivery.step(chunk, post)
    sending = asyncio.ensure_future(delivery.step(chunk, post))
    while len(channel.sent) < 100:
        await asyncio.sleep(0)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    await turn(post)
    assert len(channel.sent) == 100  # the lease of the dead is not over
    later(**LEASE)
    await turn(post)
    assert set(channel.sent) == set(addresses)
    assert len(channel.sent) <= 130 + walking.STEP


async def test_two_workers_never_have_the_same_chunk(noon, channel, post):
    addresses = await crowd(1_600)
    await owe("org:1")
    await expand_all()
    claimed = await asyncio.gather(*(delivery.claim() for _ in range(8)))
    found = [chunk for chunk in claimed if chunk is not None]
    assert len(found) == len(set(found)) == 4
    later(**LEASE)
    stop = asyncio.Event()
    workers = [asyncio.create_task(working.deliver(post, stop)) for _ in range(2)]
    while await left() != (0, 0):
        await asyncio.sleep(0.01)
    stop.set()
    await asyncio.gather(*workers)
    assert channel.times == dict.fromkeys(addresses, 1)


async def test_a_worker_that_slept_through_its_lease_sends_nothing_more_and_spoils_nothing(noon, channel, post):
    addresses = await crowd(120)
    notice = await owe("org:1")
    await expand_all()
    chunk = await claimed()
    done = await delivery.step(chunk, post)
    later(**LEASE)
    assert await delivery.step(chunk, post, done.lease) is None
    assert await delivery.claim() == chunk
    assert await delivery.step(chunk, post, done.lease) is None, "it is another's by now"
    later(**LEASE)
    await turn(post)
    assert channel.times == dict.fromkeys(addresses, 1)
    assert (await counting.progress(notice, expand)).accepted == 120


async def test_what_became_of_a_step_counts_only_while_the_chunk_is_ours(noon, channel, post, monkeypatch):
    """Another worker takes over, or the document is recalled, while messages are on their way."""
    addresses = await crowd(120)
    send = channel.send

    async def stopped_meanwhile(messages):
        monkeypatch.setattr(channel, "send", send)
        said = await send(messages)
        later(**LEASE)
        await delivery.step(await claimed(), post)  # another worker
        return [*said[:-1], Outcome("later", "dropped")]

    notice = await owe("org:1")
    await expand_all()
    monkeypatch.setattr(channel, "send", stopped_meanwhile)
    assert await delivery.step(await claimed(), post) is None
    assert await left() == (1, 0)
    later(**LEASE)
    await turn(post)
    assert channel.times == {**dict.fromkeys(addresses[:50], 2), **dict.fromkeys(addresses[50:], 1)}
    assert (await counting.progress(notice, expand)).accepted == 120

    async def recalled_meanwhile(messages):
        async with floor.transaction():
            await outbox.cancel("document:2")
        return [Outcome("later", "dropped")] * len(messages)

    await owe("org:1", about="document:2")
    monkeypatch.setattr(channel, "send", recalled_meanwhile)
    await turn(post)
    assert await left() == (0, 0)


async def test_a_worker_told_to_stop_gives_its_chunk_back_at_once(noon, channel, post):
    await crowd(120)
    await owe("org:1")
    await expand_all()
    stop = asyncio.Event()
    stop.set()
    await delivery.carry(await claimed(), post, stop)
    assert len(channel.sent) == 50
    await turn(post)
    assert sorted(channel.times.values()) == [1] * 120


async def test_lanes_end_when_they_are_told_also_while_there_is_nothing_to_do(database, settings, channel):
    stop = asyncio.Event()
    running = asyncio.create_task(working.deliver(office(channel), stop))
    await asyncio.sleep(0)
    stop.set()
    await asyncio.wait_for(running, timeout=5)


# Who is not told


async def _sign_out(who):
    await devices.end_of_member(who)


async def _mute(who):
    await choosing.choose(who, "addressed", "off")


async def _digest(who):
    await choosing.choose(who, "addressed", "digest")


async def _move(who):
    await devices.settle(who, 2)


async def _leave(who):
    await devices.settle(who, None)


async def _recall(_who):
    async with floor.transaction():
        await outbox.cancel("document:1")


async def _recall_as_it_is_expanded(_who):
    await floor.execute("UPDATE notice SET cancelled_at = owed_at")


async def _narrow(_who):
    async with floor.transaction():
        await readdress("document:1", ["org:3"])


async def _stop(_who):
    notice = (await floor.fetch("SELECT id FROM notice"))[0]["id"]
    await steering.cancel(notice, by="cli")


@pytest.mark.parametrize(
    "change", [_sign_out, _mute, _digest, _move, _leave, _recall, _recall_as_it_is_expanded, _narrow, _stop]
)
async def test_who_is_not_meant_any_more_when_it_is_sent_is_not_told(noon, channel, post, change):
    await crowd(50)
    last = await device("h/last")
    await owe("org:1", about="document:1")
    await expand_all()
    chunk = await claimed()
    done = await delivery.step(chunk, post)
    assert len(channel.sent) == 50
    await change(last)
    while done is not None:
        done = await delivery.step(chunk, post, done.lease)
    later(**LEASE)
    await turn(post)
    assert len(channel.sent) == 50
    assert await left() == (0, 0)


async def test_who_is_not_told_from_the_first(noon, channel, post):
    me = await device("h/me")
    for address, unit in (("h/outside", 2), ("h/nowhere", None), ("h/inside", 1)):
        await device(address, unit=unit)
    muted = await device("h/muted")
    await _mute(muted)
    await device("h/refused")
    channel.refused.add("h/refused")
    await owe("org:1", by=str(me))
    await turn(post)
    assert channel.sent == ["h/inside"]


async def test_who_follows_is_told_though_they_muted_the_rest(noon, channel, post):
    follower, fan = await device("h/follower"), await device("h/fan")
    for who in (follower, fan):
        await _mute(who)
    await choosing.follow(follower, "topic:dat-dai")
    await choosing.follow(fan, "topic:y-te")
    await owe("org:1", matters=["topic:dat-dai", "document:1"])
    await turn(post)
    assert channel.sent == ["h/follower"]


async def test_a_device_belongs_to_whoever_signed_in_last(noon, channel, post):
    first = await device("h/shared")
    second = await device("h/shared")
    await owe(f"member:{first}")
    await owe(f"member:{second}", kind="comment.reply")
    await turn(post)
    assert channel.sent == ["h/shared"]
    assert len(await floor.fetch("SELECT id FROM device")) == 1


async def test_of_too_many_devices_of_one_member_the_oldest_go(noon, channel, post):
    who = await device("h/0")
    await device("h/other")
    for n in range(1, devices.MOST + 2):
        await device(f"h/{n}", member=who)
    await owe("org:1")
    await turn(post)
    assert channel.times == Counter(["h/other", *(f"h/{n}" for n in range(2, devices.MOST + 2))])


async def test_the_payload_says_that_there_is_something_new_and_nothing_else(noon, channel, post):
    await device("h/1")
    notice = await owe("org:1", urgency="high")
    await turn(post)
    (message,) = channel.messages
    assert message.body.decode() == (
        '{"web_push": 8030, "mutable": true, "notification": {"title": "Có văn bản mới", '
        f'"navigate": "https://sotay.example.vn/notices/{notice}", "tag": "{notice}", "lang": "vi"}}}}'
    )
    assert (message.tag, message.urgency) == (str(notice), "high")
    assert message.ttl_s == kinds.of("document.publish").lasts_h * 3600


# Addressed anew while it is under way


async def test_who_is_added_meanwhile_is_told_and_nobody_twice(noon, channel, post):
    one, three = await crowd(55), await crowd(30, unit=3)
    one, two, three = one + await crowd(5, host="g"), await crowd(60, unit=2), three + await crowd(30, unit=3, host="g")
    notice = await owe("org:1", "org:2", about="document:1")
    await expand_all()
    chunk = await claimed()
    await delivery.step(chunk, post)
    async with floor.transaction():
        await readdress("document:1", ["org:1", "org:3"])
    later(**LEASE)
    await turn(post)
    assert channel.times == dict.fromkeys([*one, *three], 1)
    async with floor.transaction():
        await readdress("document:1", ["members"])
    await device("h/unplaced", unit=None)
    await turn(post)
    assert channel.times == dict.fromkeys([*one, *two, *three, "h/unplaced"], 1)
    assert (await counting.progress(notice, expand)).devices == 60 * 3 + 1


async def test_a_notice_that_is_too_old_is_not_begun_again_when_it_is_addressed_anew(noon, channel, post):
    await crowd(3)
    await owe("org:2", about="document:1")
    await turn(post)
    later(days=4)
    async with floor.transaction():
        await readdress("document:1", ["org:1"])
    await turn(post)
    assert channel.sent == []


async def test_devices_that_come_and_go_while_it_is_sent_disturb_nothing(noon, channel, post):
    addresses = await crowd(520)
    await owe("org:1")
    await expand_all()
    await floor.execute("DELETE FROM device WHERE address = 'h/1-70'")
    await floor.execute("DELETE FROM device WHERE address = 'h/1-519'")
    await device("h/new")
    await turn(post)
    assert channel.times == dict.fromkeys(set(addresses) - {"h/1-70", "h/1-519"}, 1)


async def test_a_narrow_audience_makes_few_chunks(noon):
    for unit in range(1, 9):
        await crowd(250, unit=unit)
    await owe("org:3")
    await owe("org:1", "org:8", "org:4")
    foretold = meant.intended("document.publish", ["org:1", "org:8", "org:4"])
    assert await expanding.would_reach(foretold, expand) == expanding.Reach(750, {"webpush": 750})
    await expand_all()
    rows = await floor.fetch("SELECT size FROM chunk ORDER BY id")
    assert [row["size"] for row in rows] == [250, 500, 250]
    assert expanding.SIZE == 500


# Paused, and too late


async def test_a_paused_notice_waits_and_goes_on_where_it_was(noon, channel, post):
    addresses = await crowd(120)
    channel.says["h/1-0"] = [Outcome("later", "http-500")]
    notice = await owe("org:1")
    await expand_all()
    await delivery.step(await claimed(), post)
    await steering.pause(notice, by="cli")
    later(minutes=10)
    await turn(post)
    assert len(channel.sent) == 50
    await steering.resume(notice, by="cli")
    await turn(post)
    assert channel.times == {**dict.fromkeys(addresses, 1), "h/1-0": 2}
    acts = await floor.fetch("SELECT act FROM journal ORDER BY at")
    assert [row["act"] for row in acts] == ["notice.pause", "notice.resume"]


async def test_what_was_put_off_just_as_it_was_resumed_comes_due_all_the_same(noon, channel, post):
    await crowd(3)
    await owe("org:1")
    await expand_all()
    await floor.execute("UPDATE chunk SET due_at = NULL")
    await steering.wake()
    await turn(post)
    assert len(channel.sent) == 3


async def test_what_is_too_late_ends_and_is_counted(noon, channel, post):
    await crowd(30)
    notice = await owe("org:1")
    await expand_all()
    later(hours=73)
    await turn(post)
    assert channel.sent == []
    assert await left() == (0, 0)
    assert (await counting.progress(notice, expand)).failed == {"gave-up-late": 30}


async def test_a_channel_that_breaks_its_promise_keeps_no_chunk_from_ending(noon, post, channel, monkeypatch):
    await crowd(4)
    notice = await owe("org:1")

    async def broken(_messages):
        raise ValueError

    monkeypatch.setattr(channel, "send", broken)
    for _ in range(8):
        await turn(post)
        later(hours=13)
    assert await left() == (0, 0)
    assert (await counting.progress(notice, expand)).failed == {"gave-up-broken": 4}
