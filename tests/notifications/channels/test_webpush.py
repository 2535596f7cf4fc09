"""Web Push over the wire: closed for one phone, signed, taken for what the service answers, and nowhere else."""

import asyncio
import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from notifications.channels import encrypting, signing, webpush
from notifications.channels.channel import Outcome
from tests.notifications.channels import phone, services
from tests.notifications.channels.conftest import BODY, TAG, message

SUBJECT = "mailto:van-phong@example.vn"


@pytest.fixture
async def sender(service, setting):
    """The channel, let through to the service on loopback; its certificate is trusted."""
    setting(push_hosts=f"127.0.0.1:{service.port}, localhost:{service.port}")
    channel = webpush.WebPush(signing.Signatures(ec.generate_private_key(ec.SECP256R1()), SUBJECT))
    yield channel
    await channel.close()


@pytest.fixture
def mai():
    """Mai's phone."""
    return phone.Phone()


async def test_only_the_phone_it_is_for_can_read_it(sender, service, mai):
    assert await sender.send([message(service.address("201"), mai.keys)]) == [Outcome("accepted", host="127.0.0.1")]
    ((_, _, body),) = service.received
    assert mai.read(body) == BODY
    assert json.loads(BODY)["notification"]["title"].encode() not in body
    with pytest.raises(InvalidTag):
        phone.Phone(secret=b"another secret..").read(body)


async def test_each_message_is_signed_for_its_service_and_says_how_long_it_may_wait(sender, service, mai):
    urgent = message(service.address("201"), mai.keys, urgency="express", ttl_s=10**9)
    await sender.send([message(service.address("201"), mai.keys), urgent])
    for (_, headers, _), (ttl, urgency) in zip(
        service.received, [("3600", "normal"), ("2419200", "high")], strict=True
    ):
        told = phone.claims(headers["Authorization"], origin=service.origin)
        assert told["sub"] == SUBJECT
        assert (headers["TTL"], headers["Urgency"], headers["Topic"]) == (ttl, urgency, TAG.replace("-", ""))
        assert (headers["Content-Encoding"], headers["Content-Type"]) == ("aes128gcm", "application/octet-stream")
    first, second = (headers["Authorization"] for _, headers, _ in service.received)
    assert first == second, "signed once for each service, not for each message"


ANSWERS = {
    "200": ("accepted", "", None),
    "202": ("accepted", "", None),
    "404": ("gone", "http-404", None),
    "410": ("gone", "http-410", None),
    "429-seconds": ("later", "429", services.PAUSE_S),
    "429-date": ("later", "429", services.PAUSE_S),
    "429-nonsense": ("later", "429", None),
    "429": ("later", "429", None),
    "406": ("later", "429", None),
    "500": ("later", "http-500", None),
    "503-seconds": ("later", "http-503", services.PAUSE_S),
    "400": ("refused", "http-400", None),
    "401": ("denied", "http-401", None),
    "413": ("refused", "http-413", None),
    "unauthorized": ("denied", "http-403 BadJwtToken", None),
    "redirected": ("refused", "http-307", None),
    "dropped": ("later", "dropped", None),
}


async def test_each_answer_is_taken_for_what_it_means_and_no_device_suffers_from_another(sender, service, mai):
    outcomes = await sender.send([message(service.address(how), mai.keys) for how in ANSWERS])
    for (how, (verdict, reason, pause)), outcome in zip(ANSWERS.items(), outcomes, strict=True):
        assert (outcome.verdict, outcome.reason, outcome.host) == (verdict, reason, "127.0.0.1"), how
        assert outcome.retry_after_s == (pause if pause is None else pytest.approx(pause, abs=5)), how
        assert len(outcome.reason) <= 40
    assert [path for path, _, _ in service.received if "elsewhere" in path] == [], "no redirect is followed"
    assert len(service.received) == len(ANSWERS), "nothing is sent twice by itself"


async def test_connections_are_used_again(sender, service, mai):
    for _ in range(5):
        await sender.send([message(service.address("201", name), mai.keys) for name in range(3)])
    assert len(service.received) == 15
    assert len(service.connections) <= 3


async def test_a_host_that_does_not_answer_holds_up_no_other(sender, service, mai, monkeypatch):
    monkeypatch.setattr(webpush, "AT_ONCE", 2)
    stalled = [message(service.address("stalled", name, host="localhost"), mai.keys) for name in range(6)]
    waiting = asyncio.create_task(sender.send(stalled))
    await service.stalled.wait()
    outcomes = await sender.send([message(service.address("201", name), mai.keys) for name in range(6)])
    assert {outcome.verdict for outcome in outcomes} == {"accepted"}
    assert not waiting.done()
    assert sum("stalled" in path for path, _, _ in service.received) <= 2, "only so many at once"
    waiting.cancel()


async def test_a_host_that_does_not_answer_is_let_alone_for_a_while(sender, service, mai, monkeypatch):
    monkeypatch.setattr(webpush, "PATIENCE_S", 0.2)
    monkeypatch.setattr(webpush, "AT_ONCE", 1)
    monkeypatch.setattr(webpush, "TIRED_AFTER", 2)
    outcomes = await sender.send([message(service.address("stalled", name), mai.keys) for name in range(6)])
    assert {outcome.verdict for outcome in outcomes} == {"later"}
    assert [outcome.reason for outcome in outcomes] == ["timeout"] * 2 + ["unanswered"] * 4
    (outcome,) = await sender.send([message(service.address("201"), mai.keys)])
    assert (outcome.verdict, outcome.reason) == ("later", "unanswered")


async def test_what_may_not_be_sent_never_leaves(sender, service, mai, setting):
    setting(push_hosts="")
    assert await sender.send([message(service.address("201"), mai.keys)]) == [Outcome("refused", "host-not-allowed")]
    setting(push_hosts=f"127.0.0.1:{service.port}")
    large = b"x" * (encrypting.LONGEST_BODY + 1)
    outcomes = await sender.send(
        [
            message(service.address("201"), {"p256dh": "AA", "auth": "AA"}),
            message(service.address("201"), mai.keys, body=large),
        ]
    )
    assert [(outcome.verdict, outcome.reason) for outcome in outcomes] == [
        ("refused", "unusable-keys"),
        ("refused", "too-large"),
    ]
    assert service.received == []


async def test_a_service_whose_certificate_nobody_vouches_for_hears_nothing(sender, service, mai, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    (outcome,) = await sender.send([message(service.address("201"), mai.keys)])
    assert (outcome.verdict, outcome.reason) == ("later", "certificate")
    assert service.received == []


async def test_a_service_that_is_not_there_is_asked_later(sender, mai, setting, free_port):
    port = free_port()
    setting(push_hosts=f"127.0.0.1:{port}")
    (outcome,) = await sender.send([message(f"https://127.0.0.1:{port}/push/1", mai.keys)])
    assert (outcome.verdict, outcome.reason) == ("later", "unreachable")


def test_closing_a_message_matches_the_example_of_the_rfc():
    """RFC 8291, section 5."""
    ours = ec.derive_private_key(
        int.from_bytes(phone.unb64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )
    keys = {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    }
    closed = encrypting.close(
        b"When I grow up, I want to be a watermelon", keys, ours=ours, salt=phone.unb64("DGv6ra1nlYgDCS1FRnbzlw")
    )
    assert phone.b64(closed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize(
    "keys",
    [{}, {"p256dh": "", "auth": ""}, {"p256dh": "ă", "auth": "ă"}, {"p256dh": "BA" + "A" * 85, "auth": "A" * 22},
     {**phone.Phone().keys, "auth": "AAAA"}, {"p256dh": None, "auth": 1}],
)  # fmt: skip
def test_keys_that_are_none_are_noticed_when_a_device_registers(keys):
    assert not encrypting.are_keys(keys)
    assert encrypting.are_keys(phone.Phone().keys)


def test_a_signature_is_made_anew_before_it_ends(monkeypatch):
    signatures = signing.Signatures(ec.generate_private_key(ec.SECP256R1()), SUBJECT)
    now = 1_800_000_000
    monkeypatch.setattr("notifications.channels.signing.time.time", lambda: now)
    first = signatures.head("https://web.push.apple.com")
    assert signatures.head("https://fcm.googleapis.com") != first
    now += signing.LIFE_S - signing.SPARE_S - 1
    assert signatures.head("https://web.push.apple.com") == first
    now += 2
    assert signatures.head("https://web.push.apple.com") != first
