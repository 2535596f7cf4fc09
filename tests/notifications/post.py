"""A post office without a wire: devices, notices, and a channel that writes down what it was given."""

import asyncio
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from base import clock
from base import database as floor
from notifications import delivery, devices, expanding, outbox, retrying
from notifications.addressees import Addressees
from notifications.channels.channel import Message, Outcome
from notifications.sending import Post

NOON = datetime(2026, 3, 10, 5, 20, tzinfo=UTC)
"""12:20 in Vietnam."""

NIGHT = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
"""23:00 in Vietnam, in the usual quiet window."""

MORNING = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
"""06:30 in Vietnam, when that window ends."""

ACCEPTED = Outcome("accepted")


class Recorder:
    """A channel: ``sent`` are addresses in their order, ``says`` the outcomes still to come for an address."""

    name = "webpush"

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.messages: list[Message] = []
        self.says: dict[str, list[Outcome]] = {}
        self.refused: set[str] = set()

    def admits(self, address: str) -> bool:
        return address not in self.refused

    def host(self, address: str) -> str:
        return address.partition("/")[0]

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        await asyncio.sleep(0)
        self.sent += [message.address for message in messages]
        self.messages += messages
        return [self._answer(message.address) for message in messages]

    async def close(self) -> None:
        pass

    def _answer(self, address: str) -> Outcome:
        waiting = self.says.get(address)
        outcome = waiting.pop(0) if waiting else ACCEPTED
        return outcome._replace(host=outcome.host or self.host(address))

    @property
    def times(self) -> Counter[str]:
        """How often each address was sent to."""
        return Counter(self.sent)


async def expand(scopes: Collection[str]) -> Addressees:
    """Scopes as accounts would expand them, in a country whose units all stand beside each other."""
    if not {"members", "public"}.isdisjoint(scopes):
        return Addressees(everybody=True)
    units = frozenset(int(scope.partition(":")[2]) for scope in scopes if scope.startswith(("org:", "at:")))
    members = frozenset(UUID(scope.partition(":")[2]) for scope in scopes if scope.startswith("member:"))
    return Addressees(units=units, members=members)


def office(channel: Recorder) -> Post:
    return Post({channel.name: channel}, expand, "https://sotay.example.vn")


async def device(address: str, *, unit: int | None = 1, member: UUID | None = None) -> UUID:
    """A device at ``host/path``; its member."""
    who = member or uuid.uuid4()
    await devices.register(
        member=who, unit=unit, session=uuid.uuid4().bytes, channel="webpush", address=address, keys={}, language="vi"
    )
    return who


async def crowd(count: int, *, unit: int = 1, host: str = "h") -> list[str]:
    """Addresses of so many devices, each of a member of its own."""
    addresses = [f"{host}/{unit}-{n}" for n in range(count)]
    columns = "member, unit, session, channel, address, keys, language, made_at, seen_on"
    for begin in range(0, count, 500):
        some = addresses[begin : begin + 500]
        values = [
            value
            for address in some
            for value in (
                uuid.uuid4(),
                unit,
                uuid.uuid4().bytes,
                "webpush",
                address,
                "{}",
                "vi",
                clock.now(),
                clock.today(),
            )
        ]
        places = ", ".join("({}, {}, {}, {}, {}, {}, {}, {}, {})" for _ in some)
        await floor.execute(f"INSERT INTO device ({columns}) VALUES {places}", *values)
    return addresses


async def owe(*audience: str, key: str = "", kind: str = "document.publish", **more: Any) -> UUID:
    """A notice to these scopes, not expanded yet; its id."""
    key = key or uuid.uuid4().hex
    about = str(more.pop("about", f"document:{key}"))
    async with floor.transaction():
        await outbox.owe(key=key, kind=kind, about=about, audience=audience or ["members"], **more)
    return (await floor.fetch("SELECT id FROM notice WHERE key = {}", key))[0]["id"]


async def claimed() -> int:
    """The next chunk, leased to whoever asks."""
    found = await delivery.claim()
    assert found is not None
    return found


async def expand_all() -> None:
    while await expanding.expand_next(expand):
        pass


async def turn(post: Post, *, most: int = 10_000) -> None:
    """Do all that is due now, as one worker would, and no more than so many chunks."""
    await expand_all()
    stop = asyncio.Event()
    for _ in range(most):
        retried = await retrying.retry_due(post)
        chunk = await delivery.claim()
        if chunk is not None:
            await delivery.carry(chunk, post, stop)
        if chunk is None and not retried:
            return


def later(**passed: float) -> None:
    """Let so much time pass."""
    clock.stop(clock.now() + timedelta(**passed))


async def left() -> tuple[int, int]:
    """How many chunks and how many single devices are still to come."""
    chunks = await floor.fetch("SELECT count(*) AS n FROM chunk")
    retries = await floor.fetch("SELECT count(*) AS n FROM retry")
    return chunks[0]["n"], retries[0]["n"]
