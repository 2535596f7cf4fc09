"""A notice goes from what is owed to the phone: delivery and Web Push together, over a real wire."""

import json
import uuid

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from base import database as floor
from notifications import devices
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
