"""Transactions, leases, limits and revisions hold on both engines, with and without Redis."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from base import bell, clock, leases, limits, migrations, redis, revisions
from base import database as floor
from base import settings as base_settings
from base.errors import TooManyError


@pytest.fixture
def stopped_clock():
    """A clock that moves only when told."""
    start = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    clock.stop(start)
    yield lambda seconds: clock.stop(start + timedelta(seconds=seconds))
    clock.stop(None)


@pytest.fixture(params=[False, True], ids=["without redis", "with redis"])
async def counting(request, database, settings, redis_url):
    """Limits counted in the database, and counted in Redis."""
    if request.param:
        base_settings.use(settings.model_copy(update={"redis_url": redis_url}))
    yield request.param
    await redis.close()


async def _write(topic: str, number: int) -> None:
    await floor.execute("INSERT INTO revision (topic, number) VALUES ({}, {})", topic, number)


async def test_a_failed_transaction_leaves_nothing(database):
    with pytest.raises(ZeroDivisionError):
        async with floor.transaction():
            await _write("a", 1)
            raise ZeroDivisionError
    assert await floor.fetch("SELECT * FROM revision") == []


async def test_an_inner_transaction_joins_the_outer_one(database):

    with pytest.raises(ZeroDivisionError):
        async with floor.transaction():
            async with floor.transaction():
                await _write("a", 1)
            raise ZeroDivisionError
    assert await floor.fetch("SELECT * FROM revision") == []


async def test_a_unique_violation_is_one_error_on_both_engines(database):

    await _write("a", 1)
    with pytest.raises(floor.DuplicateError):
        async with floor.unique(), floor.transaction():
            await _write("a", 2)


async def test_many_writers_queue_instead_of_failing(database):

    await _write("a", 0)

    async def add() -> None:
        async with floor.transaction():
            await floor.execute("UPDATE revision SET number = number + 1 WHERE topic = 'a'")

    await asyncio.gather(*(add() for _ in range(40)))
    assert (await floor.fetch("SELECT number FROM revision"))[0]["number"] == 40


async def test_a_lease_is_held_by_one_until_its_time_is_up(database, stopped_clock):
    assert await leases.hold("seal", 30, holder="a")
    assert not await leases.hold("seal", 30, holder="b")
    stopped_clock(20)
    assert await leases.hold("seal", 30, holder="a")
    stopped_clock(45)
    assert not await leases.hold("seal", 30, holder="b")
    stopped_clock(51)
    assert await leases.hold("seal", 30, holder="b")
    await leases.release("seal", holder="b")
    assert await leases.hold("seal", 30, holder="a")


async def test_claimed_rows_go_to_one_worker_and_come_due_again(database, stopped_clock):

    for name in "abcdef":
        await floor.execute(
            "INSERT INTO lease (name, holder, until, beaten_at) VALUES ({}, '', {}, {})",
            name, clock.now(), clock.now(),
        )  # fmt: skip
    claims = await asyncio.gather(
        *(leases.claim("lease", due="until", limit=2, seconds=60, key="name") for _ in range(4))
    )
    got = [row["name"] for rows in claims for row in rows]
    assert sorted(got) == list("abcdef")
    stopped_clock(61)
    assert len(await leases.claim("lease", due="until", limit=10, seconds=60, key="name")) == 6


async def test_the_try_past_the_limit_is_refused_and_told_when(counting, stopped_clock):
    for _ in range(5):
        await limits.hit("sign-in:mai", limit=5, window_s=900)
    with pytest.raises(TooManyError) as refused:
        await limits.hit("sign-in:mai", limit=5, window_s=900)
    assert 0 < refused.value.retry_after_s <= 900
    await limits.hit("sign-in:lan", limit=5, window_s=900)
    stopped_clock(901)
    await limits.hit("sign-in:mai", limit=5, window_s=900)


async def test_a_days_limit_ends_at_midnight_in_vietnam(counting, stopped_clock):
    midnight = 9 * 3_600  # after 15:00 there
    await limits.hit("feedback:mai", limit=1, window_s=86_400)
    for moment in (3_600, midnight - 1):  # in between a day began in Greenwich
        stopped_clock(moment)
        with pytest.raises(TooManyError) as refused:
            await limits.hit("feedback:mai", limit=1, window_s=86_400)
        assert refused.value.retry_after_s == midnight - moment
    stopped_clock(midnight)
    await limits.hit("feedback:mai", limit=1, window_s=86_400)


async def test_a_forgotten_limit_counts_anew(counting, stopped_clock):
    for _ in range(5):
        await limits.hit("x", limit=5, window_s=900)
    await limits.forget("x", window_s=900)
    await limits.hit("x", limit=5, window_s=900)


async def test_limits_hold_when_redis_is_lost(database, settings):
    base_settings.use(settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"}))
    for _ in range(2):
        await limits.hit("x", limit=2, window_s=900)
    with pytest.raises(TooManyError):
        await limits.hit("x", limit=2, window_s=900)
    await redis.close()


async def test_the_bell_wakes_a_waiter(counting):
    waiting = asyncio.create_task(bell.wait(2 if counting else 0.05))
    await asyncio.sleep(0.3)
    await bell.ring()
    assert await waiting is counting


async def test_a_change_is_noticed_and_only_its_own_topic(database):

    await revisions.watch()
    await _heard(lambda: revisions.current("content") == revisions.current("content"))
    content, units = revisions.current("content"), revisions.current("units")
    async with floor.transaction():
        await revisions.touch("content")
    await _heard(lambda: revisions.current("content") != content)
    assert revisions.current("units") == units
    await revisions.unwatch()


async def test_whoever_was_cut_off_knows_at_once_that_nothing_is_fresh(database, monkeypatch):
    if not floor.is_postgres():
        pytest.skip("nobody listens to a file")
    monkeypatch.setattr(revisions, "PULSE_S", 60)
    await revisions.watch()
    await _heard(lambda: revisions.current("content") == revisions.current("content"))
    await floor.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid()"
    )
    await _heard(lambda: revisions.current("content") != revisions.current("content"))
    await revisions.unwatch()


async def _heard(condition) -> None:
    for _ in range(200):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the change was never noticed")


async def test_migrations_go_up_down_and_up_again_with_data(database):
    await _write("a", 1)
    assert await migrations.pending() == []
    taken = await migrations.down()
    assert taken
    assert len(await migrations.up()) == len(taken)
    await _write("a", 1)


async def test_what_this_process_committed_is_seen_at_once(database):
    await revisions.watch()
    for _ in range(50):
        before = revisions.current("units")
        async with floor.transaction():
            await revisions.touch("units")
            revisions.current("units")
        assert revisions.current("units") != before
    await revisions.unwatch()


@pytest.mark.parametrize(("utc", "day"), [("16:59:59", 24), ("17:00:00", 25)])
def test_a_day_begins_at_midnight_in_vietnam(utc, day):
    clock.stop(datetime.fromisoformat(f"2026-11-24T{utc}+00:00"))
    assert clock.today().day == day
    clock.stop(None)
