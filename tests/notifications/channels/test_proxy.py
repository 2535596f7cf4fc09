"""Where servers go out only through a proxy: it is asked for known services alone, and reads nothing."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from base.settings import SettingsError
from notifications.channels import fcm as firebase
from notifications.channels import signing
from notifications.channels.channel import Outcome
from notifications.channels.webpush import WebPush
from tests.notifications.channels import phone, services
from tests.notifications.channels.conftest import message

APPLE = "https://web.push.apple.com/push/201/mai"


@pytest.fixture
async def between(service):
    async with services.proxy(service.port) as running:
        yield running


@pytest.fixture
async def sender(setting, between):
    setting(push_proxy=f"http://127.0.0.1:{between.port}")
    channel = WebPush(signing.Signatures(ec.generate_private_key(ec.SECP256R1()), "mailto:van-phong@example.vn"))
    yield channel
    await channel.close()


async def test_a_service_is_reached_by_its_name_and_read_by_nobody_between(sender, service, between):
    mai = phone.Phone()
    assert await sender.send([message(APPLE, mai.keys)]) == [Outcome("accepted", host="web.push.apple.com")]
    assert between.asked == ["web.push.apple.com:443"]
    ((_, headers, _),) = service.received
    assert headers["Content-Type"] == "application/notification+json"
    phone.claims(headers["Authorization"], origin="https://web.push.apple.com")
    await sender.send([message(APPLE, mai.keys) for _ in range(3)])
    await sender.send([message(APPLE, mai.keys) for _ in range(3)])
    assert len(service.received) == 7
    assert len(between.asked) <= 3, "connections are used again"


async def test_what_is_not_admitted_is_not_asked_for_and_what_the_office_named_is_reached_without_it(
    sender, service, between, setting
):
    keys = phone.Phone().keys
    (refused,) = await sender.send([message("https://example.vn/push/201/x", keys)])
    assert refused.reason == "host-not-allowed"
    setting(push_proxy=f"http://127.0.0.1:{between.port}", push_hosts=f"127.0.0.1:{service.port}")
    (taken,) = await sender.send([message(service.address("201"), keys)])
    assert taken.verdict == "accepted"
    assert between.asked == []


async def test_a_proxy_that_does_not_let_us_through_costs_no_device(sender, between, setting, free_port):
    keys, between.password = phone.Phone().keys, "hai chu"
    assert await sender.send([message(APPLE, keys)]) == [Outcome("later", "proxy", host="web.push.apple.com")]
    setting(push_proxy=f"http://so-tay:hai%20chu@127.0.0.1:{between.port}")
    assert [one.verdict for one in await sender.send([message(APPLE, keys)])] == ["accepted"]
    setting(push_proxy=f"http://127.0.0.1:{free_port()}")
    assert await sender.send([message(APPLE.replace("web", "api"), keys)]) == [
        Outcome("later", "proxy", host="api.push.apple.com")
    ]


async def test_fcm_goes_through_it_too(fcm, setting, tmp_path):
    async with services.proxy(fcm.port) as between:
        setting(push_proxy=f"http://127.0.0.1:{between.port}")
        channel = firebase.Fcm(fcm.account(tmp_path))
        for _ in range(3):
            outcomes = await channel.send([message(f"accepted:{n:0>40}") for n in range(5)])
            assert outcomes == [Outcome("accepted", host=firebase.HOST)] * 5
        assert set(between.asked) == {"fcm.googleapis.com:443"}
        assert len(between.asked) <= 5, "connections are used again"
        between.password = "another"
        await channel.close()
        closed = firebase.Fcm(fcm.account(tmp_path))
        assert {one.verdict for one in await closed.send([message(f"accepted:{1:0>40}")])} == {"later"}
        await closed.close()


async def test_a_proxy_that_is_meant_for_others_is_not_heeded(service, fcm, setting, tmp_path, monkeypatch, free_port):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    monkeypatch.setattr("firebase_admin.messaging._MessagingService.FCM_URL", fcm.url)
    setting(push_hosts=f"127.0.0.1:{service.port}")
    key = signing.Signatures(ec.generate_private_key(ec.SECP256R1()), "mailto:van-phong@example.vn")
    web, google = WebPush(key), firebase.Fcm(fcm.account(tmp_path))
    sent = [*await web.send([message(service.address("201"), phone.Phone().keys)])]
    sent += await google.send([message(f"accepted:{1:0>40}")])
    assert [one.verdict for one in sent] == ["accepted", "accepted"]
    await web.close()
    await google.close()


@pytest.mark.parametrize(
    "wrong", ["proxy:3128", "https://proxy:3128", "http://proxy", "http://proxy:x", "http://:1", "http://a:1/b"]
)
def test_what_is_no_proxy_is_noticed_at_the_start(setting, wrong):
    with pytest.raises(SettingsError) as told:
        setting(push_proxy=wrong)
    assert "SOTAY_PUSH_PROXY" in str(told.value)


def test_the_password_of_a_proxy_is_never_told(setting):
    assert "bimat" not in repr(setting(push_proxy="http://so-tay:bimat@proxy:3128"))
    with pytest.raises(SettingsError) as told:
        setting(push_proxy="http://so-tay:bimat@proxy")
    assert "bimat" not in str(told.value)
