"""Who is not told: everybody whom a notice is not for at the moment it would reach them, whoever sends it.

From the act that owes it to the channel that would carry it: real members in real units, and three workers at once.
Mai and Quang belong to the same cell; what is true of Mai keeps her from it, and never Quang.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from backend.accounts import addressing, consents, members, memberships, notifying, privacy, sessions
from base import clock
from base import database as floor
from content import publishing
from notifications import choosing, delivery, expanding, outbox, steering, walking, working
from notifications.quiet import Window
from notifications.sending import Post
from tests import builders
from tests.content.builders import put, regulation
from tests.notifications.post import NOON, Recorder, crowd, left
from tests.people import People

WHY = "gửi nhầm"
OTHERS = 70
"""Members of the cell whose devices come before Mai's and Quang's."""


class World:
    """A document addressed to Mai's commune, its notice, and phones that write down what they are told."""

    def __init__(self, people: People) -> None:
        self.people, self.channel = people, Recorder()
        self.post = Post({"webpush": self.channel}, addressing.addressees, "https://sotay.example.vn")
        self.document = self.edition = self.notice = UUID(int=0)
        self.readers: dict[UUID, sessions.Reader] = {}

    async def phone(self, member: UUID, name: str) -> None:
        reader = self.readers[member] = await builders.reader(member)
        await notifying.register(reader, channel="webpush", address=f"h/{name}", keys={}, language="vi")

    async def publish(self) -> None:
        audience = [f"org:{self.people.commune}"]
        row = await put(regulation("12-QĐ/TU"), audience=audience)
        (found,) = await floor.fetch("SELECT id FROM document WHERE slug = {}", row.slug)
        (edition,) = await floor.fetch("SELECT id FROM edition WHERE document = {}", found["id"])
        self.document, self.edition = found["id"], edition["id"]
        async with floor.transaction():
            await outbox.owe(
                key="publish", kind="document.publish", about=f"document:{self.document}", audience=audience,
                by=str(self.people.minh),
            )  # fmt: skip
        (owed,) = await floor.fetch("SELECT id FROM notice")
        self.notice = owed["id"]

    async def expand(self) -> None:
        while await expanding.expand_next(addressing.addressees):
            pass

    async def begin(self) -> None:
        """Let a first worker reach some of the others."""
        await self.expand()
        chunk = await delivery.claim()
        assert chunk is not None
        assert await delivery.step(chunk, self.post) is None, "that was all of one chunk"
        assert 0 < len(self.channel.sent) < OTHERS

    async def go_on(self) -> None:
        """Three workers do whatever is due by now."""
        await self.expand()
        stop = asyncio.Event()
        workers = [asyncio.create_task(working.deliver(self.post, stop)) for _ in range(3)]
        while await self._is_due():
            await asyncio.sleep(0.005)
        stop.set()
        await asyncio.gather(*workers)
        assert set(self.channel.times.values()) <= {1}, "nobody is told twice"

    def told(self, name: str) -> bool:
        return f"h/{name}" in self.channel.sent

    @property
    def others(self) -> int:
        return len({address for address in self.channel.sent if address not in ("h/mai", "h/quang")})

    async def _is_due(self) -> bool:
        """Or in a worker's hands: time stands still, so that is known by the end of its lease."""
        now, leased = clock.now(), clock.now() + timedelta(seconds=walking.LEASE_S)
        rows = await floor.fetch(
            "SELECT EXISTS (SELECT 1 FROM notice WHERE expanded_at IS NULL AND cancelled_at IS NULL) OR "
            "EXISTS (SELECT 1 FROM chunk WHERE due_at <= {} OR due_at = {}) OR "
            "EXISTS (SELECT 1 FROM retry WHERE due_at <= {} OR due_at = {}) AS due",
            now, leased, now, leased,
        )  # fmt: skip
        return bool(rows[0]["due"])


@pytest.fixture
async def world(people: People, monkeypatch) -> World:
    monkeypatch.setattr(expanding, "SIZE", 20)
    made = World(people)
    await crowd(OTHERS, unit=people.cell)
    await made.phone(people.mai, "mai")
    await made.phone(people.quang, "quang")
    return made


# What is true of one member


async def _is_outside(world: World, who: UUID) -> None:
    await members.move(who, unit=world.people.ward_cell, by="cli")


async def _belongs_nowhere(world: World, who: UUID) -> None:
    async with floor.transaction():
        await memberships.leave(who, on=clock.today())


async def _is_disabled(world: World, who: UUID) -> None:
    await members.disable(who, by="cli")


async def _is_erased(world: World, who: UUID) -> None:
    await privacy.erase(who, by="cli")


async def _signed_out(world: World, who: UUID) -> None:
    await sessions.end(world.readers[who])


async def _turned_it_off(world: World, who: UUID) -> None:
    await notifying.end(world.readers[who], channel="webpush")


async def _took_consent_back(world: World, who: UUID) -> None:
    await consents.withdraw(who, consents.NOTIFICATIONS)


async def _muted_it(world: World, who: UUID) -> None:
    await choosing.choose(who, "addressed", "off")


async def _takes_it_once_a_day(world: World, who: UUID) -> None:
    await choosing.choose(who, "addressed", "digest")


async def _lent_the_phone(world: World, who: UUID) -> None:
    """Somebody of another unit signed in on it last."""
    (lent,) = await floor.fetch("SELECT address FROM device WHERE member = {}", who)
    await world.phone(world.people.lan, lent["address"].removeprefix("h/"))


Condition = Callable[[World, UUID], Awaitable[None]]
OF_ONE: list[Condition] = [
    _is_outside, _belongs_nowhere, _is_disabled, _is_erased, _signed_out, _turned_it_off, _took_consent_back, _muted_it,
    _takes_it_once_a_day, _lent_the_phone,
]  # fmt: skip


@pytest.mark.parametrize("condition", OF_ONE)
async def test_what_becomes_true_of_one_while_it_goes_out_keeps_that_one_from_it(world, condition):
    await world.publish()
    await world.begin()
    await condition(world, world.people.mai)
    await world.go_on()
    assert (world.told("mai"), world.told("quang"), world.others) == (False, True, OTHERS)
    assert await left() == (0, 0)


async def test_of_whom_it_was_true_before_none_is_told(world):
    for n, condition in enumerate(OF_ONE):
        who = await builders.member(f"who{n}", unit=world.people.cell, name="Hà Thị Mơ")
        await world.phone(who, condition.__name__)
        await condition(world, who)
    await world.publish()
    await world.go_on()
    assert [condition.__name__ for condition in OF_ONE if world.told(condition.__name__)] == []
    assert (world.told("mai"), world.told("quang"), world.others) == (True, True, OTHERS)


async def test_whoever_did_it_is_not_told_of_it(world):
    await world.publish()
    await floor.execute('UPDATE notice SET "by" = {}', world.people.mai)
    await world.go_on()
    assert (world.told("mai"), world.told("quang")) == (False, True)


async def test_whoever_moves_in_before_their_turn_is_told(world):
    await world.phone(world.people.lan, "lan")
    await world.publish()
    await world.begin()
    await members.move(world.people.lan, unit=world.people.other_cell, by="cli")
    await world.go_on()
    assert world.told("lan")
    assert world.others == OTHERS + 1


async def test_quiet_hours_are_kept_and_what_they_held_is_told_after_them(world):
    nap = Window(True, 12 * 60, 13 * 60)
    await choosing.keep_quiet(world.people.mai, nap)
    await world.publish()
    await world.go_on()
    assert (world.told("mai"), world.told("quang")) == (False, True)
    clock.stop(NOON + timedelta(minutes=39, seconds=59))
    await world.go_on()
    assert not world.told("mai"), "a second too early"
    clock.stop(NOON + timedelta(minutes=40))
    await world.go_on()
    assert world.told("mai")
    assert await left() == (0, 0)


# What is true of the document, or of its notice


async def _is_withdrawn(world: World) -> None:
    await publishing.withdraw(world.edition, by=str(world.people.minh), reason=WHY)


async def _is_narrowed(world: World) -> None:
    audience = [f"org:{world.people.other_cell}"]
    await publishing.set_audience(world.document, audience, by=str(world.people.minh), reason=WHY)


async def _is_cancelled(world: World) -> None:
    await steering.cancel(world.notice, by=str(world.people.minh))


@pytest.mark.parametrize("condition", [_is_withdrawn, _is_narrowed, _is_cancelled])
@pytest.mark.parametrize("when", ["before it was begun", "while it goes out"])
async def test_what_is_taken_back_reaches_nobody_more(world, condition, when):
    await world.publish()
    if when == "while it goes out":
        await world.begin()
    await condition(world)
    had_it = len(world.channel.sent)
    await world.go_on()
    assert not world.told("mai") and not world.told("quang")
    assert len(world.channel.sent) == had_it < OTHERS
    assert await left() == (0, 0)


@pytest.mark.parametrize("when", ["before it was begun", "while it goes out"])
async def test_what_is_paused_waits_and_all_are_told_once_it_goes_on(world, when):
    await world.publish()
    if when == "while it goes out":
        await world.begin()
    await steering.pause(world.notice, by="cli")
    had_it = len(world.channel.sent)
    await world.go_on()
    clock.stop(NOON + timedelta(minutes=30))
    await world.go_on()
    assert len(world.channel.sent) == had_it
    await steering.resume(world.notice, by="cli")
    await world.go_on()
    assert world.told("mai") and world.told("quang")
    assert world.others == OTHERS


async def test_who_was_narrowed_out_is_told_when_the_audience_is_widened_again(world):
    await world.publish()
    await world.begin()
    await _is_narrowed(world)
    await world.go_on()
    assert not world.told("mai")
    await publishing.set_audience(world.document, [f"org:{world.people.province}"], by="cli", reason=WHY)
    await world.go_on()
    assert world.told("mai") and world.told("quang")
    assert world.others == OTHERS
