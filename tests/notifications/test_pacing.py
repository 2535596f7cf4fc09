"""What goes to very many goes out gently, not on the hour and never too fast; what is small passes it."""

import asyncio
from datetime import datetime, timedelta

import pytest

from base import clock
from base.settings import load, use
from notifications import delivery, outbox, pacing
from tests.notifications.post import claimed, crowd, device, expand_all, later, owe, turn

BIG, FEW = pacing.BIG, pacing.BIG - 1


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-10T{text}+07:00")


@pytest.mark.parametrize(
    ("ready", "urgency", "devices", "begins"),
    [
        ("08:57:59", "normal", BIG, "08:57:59"),
        ("08:58:01", "normal", BIG, "09:02:00"),
        ("09:00:00", "normal", BIG, "09:02:00"),
        ("09:01:59", "normal", BIG, "09:02:00"),
        ("09:02:00", "normal", BIG, "09:02:00"),
        ("09:31:00", "normal", BIG, "09:31:00"),
        ("23:59:00", "normal", BIG, "00:02:00"),
        ("09:00:00", "normal", FEW, "09:00:00"),
        ("09:00:00", "high", BIG, "09:00:00"),
        ("09:00:00", "express", BIG, "09:00:00"),
    ],
)
def test_nothing_big_begins_on_the_hour_unless_it_is_urgent(ready, urgency, devices, begins):
    begun = pacing.begin(at(ready), urgency, devices)
    assert begun.time() == at(begins).time()
    assert timedelta() <= begun - at(ready) <= 2 * pacing.HOUR_MARGIN


def test_the_rate_grows_to_its_full_height():
    rates = [pacing.rate(1000, timedelta(seconds=seconds)) for seconds in (0, 30, 60, 120, 600)]
    assert rates == pytest.approx([200, 400, 600, 1000, 1000])


@pytest.mark.alike
@pytest.mark.parametrize("devices", [0, BIG - 1, BIG, 50_000, 72_000, 72_001, 5_300_000])
async def test_what_a_notice_takes_at_least_is_what_paying_for_it_takes(settings, devices):
    use(load(push_rate=1000))
    left, seconds = float(devices), 0.0
    while left > 0 and devices >= BIG:
        left -= pacing.rate(1000, timedelta(seconds=seconds)) * 0.1
        seconds += 0.1
    assert pacing.least_s(devices, devices) == pytest.approx(seconds, abs=0.3)
    use(load(push_rate=0))
    assert pacing.least_s(devices, devices) == 0


def test_what_goes_before_what():
    order: list[tuple[outbox.Urgency, int]] = [
        ("express", BIG),
        ("normal", FEW),
        ("high", FEW),
        ("high", BIG),
        ("normal", BIG),
    ]
    assert [pacing.rank(urgency, devices) for urgency, devices in order] == [0, 1, 1, 2, 3]


@pytest.mark.alike
async def test_all_workers_together_keep_the_rate(noon, settings):
    use(load(push_rate=1000))
    assert await pacing.pay({"webpush": 50}) == 0.25, "gently at first"
    waits = await asyncio.gather(*(pacing.pay({"webpush": 50}) for _ in range(7)))
    assert sorted(waits) == [0.25 * n for n in range(2, 9)]
    assert await pacing.pay({"fcm": 50}) == 0.25, "each channel has a rate of its own"
    for _ in range(13):  # goes on without a rest
        later(seconds=10)
        last = await pacing.pay({"webpush": 50})
    assert last == 0.05
    later(minutes=2)
    assert await pacing.pay({"webpush": 50}) == 0.25, "after a rest gently again"
    use(load(push_rate=0))
    assert await pacing.pay({"webpush": 1000}) == 0


@pytest.mark.alike
async def test_a_clock_that_was_ahead_holds_nothing_up_once_it_is_right(noon, settings):
    use(load(push_rate=1000))
    right = clock.now()
    clock.stop(right + timedelta(hours=7))
    await pacing.pay({"webpush": 50})
    clock.stop(right)
    assert await pacing.pay({"webpush": 50}) == 0.25


@pytest.mark.alike
async def test_a_small_notice_passes_a_big_one_and_is_not_slowed(noon, settings, channel, post, monkeypatch):
    monkeypatch.setattr(pacing, "BIG", 300)
    use(load(push_rate=5))
    await crowd(300)
    who = await device("h/small", unit=2)
    await owe("org:1")
    await expand_all()
    small = await owe(f"member:{who}", kind="comment.reply")
    await expand_all()
    stop = asyncio.Event()
    await delivery.carry(await claimed(), post, stop)
    assert channel.messages[0].tag == str(small)
    await delivery.carry(await claimed(), post, stop)
    assert len(channel.sent) == 51, "the big one waits for its turn, and keeps no lane busy with it"
    assert await delivery.claim() is None
    await owe(f"member:{who}", kind="comment.reply")
    await turn(post)
    assert channel.times["h/small"] == 2
    assert await delivery.claim(small_only=True) is None
    later(seconds=51)
    assert await delivery.claim(small_only=True) is None, "nor the lane that is for small ones"
    await delivery.carry(await claimed(), post, stop)
    assert len(channel.sent) == 102


@pytest.mark.alike
async def test_a_big_normal_notice_that_is_ready_on_the_hour_waits(noon, settings, channel, post, monkeypatch):
    monkeypatch.setattr(pacing, "BIG", 3)
    use(load(push_rate=0))
    await crowd(3)
    clock.stop(at("09:00:30"))
    await owe("org:1")
    await turn(post)
    assert channel.sent == []
    later(seconds=90)
    await turn(post)
    assert len(channel.sent) == 3
