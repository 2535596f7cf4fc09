"""A notice goes from what is owed to the phone: delivery and Web Push together, over a real wire."""

import json
import random
import uuid
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from base import clock
from base import database as floor
from notifications import counting, devices
from notifications.channels.signing import Signatures
from notifications.channels.webpush import WebPush
from notifications.sending import Post
from tests.notifications import post
from tests.notifications.channels.phone import Phone

pytestmark = pytest.mark.alike


@pytest.fixture
async def office(noon, service, setting):
    setting(push_hosts=f"127.0.0.1:{service.port}")
    channel = WebPush(Signatures(ec.generate_private_key(ec.SECP256R1()), "mailto:van-phong@example.vn"))
    yield Post({"webpush": channel}, post.expand, "https://sotay.example.vn")
    await channel.close()


async def _register(address: str, phone: Phone, *, unit: int = 1) -> None:
    await devices.register(
        member=uuid.uuid4(), unit=unit, session=uuid.uuid4().bytes, channel="webpush", address=address,
        keys=phone.keys, language="vi",
    )  # fmt: skip


async def test_a_notice_reaches_the_phones_it_is_for_and_says_nothing_of_what_it_is_about(office, service):
    mai, other = Phone(), Phone()
    await _register(service.address("201", "mai"), mai)
    await _register(service.address("201", "other"), other, unit=2)
    notice = await post.owe("at:1", about="document:secret-title", urgency="high")
    await post.turn(office)
    ((path, headers, body),) = service.received
    assert path.endswith("/mai")
    assert (headers["Topic"], headers["Urgency"]) == (notice.hex, "high")
    told = json.loads(mai.read(body))
    assert told["web_push"] == 8030
    assert told["notification"]["navigate"] == f"https://sotay.example.vn/notices/{notice}"
    assert told["notification"]["tag"] == str(notice)
    assert "secret" not in json.dumps(told)


async def test_a_dead_device_is_forgotten_and_a_host_that_asks_for_a_pause_gets_it(office, service):
    phone = Phone()
    await _register(service.address("410"), phone)
    await post.owe("at:1")
    await post.turn(office)
    assert await floor.fetch("SELECT id FROM device") == []
    await _register(service.address("429-seconds"), phone)
    await post.owe("at:1")
    await post.turn(office)
    await post.owe("at:1")
    await post.turn(office)
    assert [path.split("/")[2] for path, _, _ in service.received] == ["410", "429-seconds"], (
        "not before the pause ends"
    )


MIXED = {"410": 200, "404": 200, "first-429-seconds": 200, "first-503": 20, "first-dropped": 20, "201": 1360}
"""What becomes of so many of 2,000 devices; "first-" is how a service answers once, and 201 afterwards."""

DEAD = ("410", "404")


async def test_a_mix_of_answers_at_size_gives_up_only_the_dead_and_asks_nobody_too_early(office, service, setting):
    setting(push_hosts=f"127.0.0.1:{service.port}, localhost:{service.port}")
    hows = [how for how, count in MIXED.items() for _ in range(count)]
    dice = random.Random(1)
    dice.shuffle(hows)
    addresses = [service.address(how, n, ("127.0.0.1", "localhost")[n % 2]) for n, how in enumerate(hows)]
    await post.crowd(len(hows))
    keys = json.dumps(Phone().keys)
    rows = await floor.fetch("SELECT id FROM device ORDER BY id")
    async with floor.transaction():
        for row, address in zip(rows, addresses, strict=True):
            await floor.execute("UPDATE device SET address = {}, keys = {} WHERE id = {}", address, keys, row["id"])
    notice = await post.owe("org:1")
    await post.turn(office)
    while await post.left() != (0, 0):
        due = [await floor.fetch(f"SELECT due_at FROM {table} ORDER BY due_at LIMIT 1") for table in ("chunk", "retry")]
        clock.stop(min(row["due_at"] for rows in due for row in rows) + timedelta(seconds=dice.choice([0, 45])))
        await post.turn(office)
    for n, how in enumerate(hows):
        times = service.asked[f"/push/{how}/{n}"]
        assert len(times) == (2 if how.startswith("first-") else 1), how
        if how == "first-429-seconds":
            assert times[1] - times[0] >= timedelta(seconds=service.pause_s)
    assert _asked_during_a_pause(service, hows) == []
    alive = {row["address"] for row in await floor.fetch("SELECT address FROM device")}
    assert alive == {address for address, how in zip(addresses, hows, strict=True) if how not in DEAD}
    done = await counting.progress(notice, post.expand)
    assert (done.accepted, done.failed) == (1600, {"gone-http-404": 200, "gone-http-410": 200})


def _asked_during_a_pause(service, hows: list[str]) -> list[datetime]:
    """Moments at which a host was asked that had wanted to be left alone until later."""
    by_host: dict[int, list[tuple[datetime, bool]]] = {0: [], 1: []}
    for n, how in enumerate(hows):
        for tried, at in enumerate(service.asked[f"/push/{how}/{n}"]):
            by_host[n % 2].append((at, how == "first-429-seconds" and tried == 0))
    pause = timedelta(seconds=service.pause_s)
    return [
        at
        for asked in by_host.values()
        for at in {at for at, _ in asked}
        if any(wanted and begin < at < begin + pause for begin, wanted in asked)
    ]
