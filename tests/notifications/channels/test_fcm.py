"""FCM over HTTP/2: each message by itself, an answer taken for what it means, nothing sent twice behind our back."""

import json

import firebase_admin
import pytest
from firebase_admin import messaging

from notifications.channels import fcm
from notifications.channels.channel import Outcome
from tests.notifications.channels import services
from tests.notifications.channels.conftest import BODY, TAG, message

INSTALLATION = "dGhpcyBpcyBhbiBpZDEyMz"


def token(how: str, name: object = 1) -> str:
    """A registration token to which ``how`` happens."""
    return f"{how}:APA91b{name:0>40}"


@pytest.fixture
async def sender(fcm_running, tmp_path):
    channel = fcm.Fcm(fcm_running.account(tmp_path))
    yield channel
    await channel.close()


@pytest.fixture
def fcm_running(fcm, monkeypatch):
    """A local FCM in the place of Google's."""
    monkeypatch.setattr(messaging._MessagingService, "FCM_URL", fcm.url)
    return fcm


async def test_tokens_and_installations_are_sent_the_payload_as_data(sender, fcm_running):
    sent = [message(token("accepted")), message(INSTALLATION, urgency="express", ttl_s=0)]
    assert await sender.send(sent) == [Outcome("accepted", host=fcm.HOST)] * 2
    usual, urgent = sorted(fcm_running.received, key=lambda one: "fid" in one)
    assert usual["path"] == "/v1/projects/so-tay/messages:send"
    assert usual["data"] == json.loads(BODY)["notification"]
    assert "notification" not in usual, "the service worker and the shell show it, not FCM"
    assert (usual["token"], urgent["fid"]) == (token("accepted"), INSTALLATION)
    assert usual["android"] == {"priority": "normal", "ttl": "3600s"}
    assert (urgent["android"]["priority"], urgent["android"]["ttl"]) == ("high", "0s")
    assert usual["webpush"]["headers"] == {"TTL": "3600", "Topic": TAG.replace("-", ""), "Urgency": "normal"}
    assert usual["apns"]["headers"]["apns-collapse-id"] == TAG
    assert usual["apns"]["payload"]["aps"]["alert"] == {"title": "Có văn bản mới"}


ANSWERS = {
    "unregistered": ("gone", "unregistered", None),
    "misspelt": ("gone", "invalid-address", None),
    "quota": ("later", "429", services.PAUSE_S),
    "quota-date": ("later", "429", services.PAUSE_S),
    "quota-plain": ("later", "429", fcm.QUOTA_PAUSE_S),
    "unavailable": ("later", "http-503 Unavailable", services.PAUSE_S),
    "internal": ("later", "http-500 Internal", None),
    "unauthenticated": ("denied", "http-401 Unauthenticated", None),
    "invalid": ("refused", "http-400 InvalidArgument", None),
    "mismatched": ("denied", "http-403 SenderIdMismatch", None),
    "thirdparty": ("denied", "http-401 ThirdPartyAuth", None),
    "accepted": ("accepted", "", None),
}


SIGNED_AGAIN = ("unauthenticated", "thirdparty")
"""After 401 firebase-admin asks at once with a token that it believes to be another."""


async def test_each_answer_is_taken_for_what_it_means_and_nothing_is_sent_twice(sender, fcm_running):
    outcomes = await sender.send([*(message(token(how)) for how in ANSWERS), message("not a token")])
    for (how, (verdict, reason, pause)), outcome in zip(ANSWERS.items(), outcomes, strict=False):
        host = fcm.BEHIND if how == "thirdparty" else fcm.HOST
        assert (outcome.verdict, outcome.reason, outcome.host) == (verdict, reason, host), how
        assert outcome.retry_after_s == (pause if pause is None else pytest.approx(pause, abs=5)), how
        assert len(outcome.reason) <= 40
    assert outcomes[-1] == Outcome("refused", "host-not-allowed", host=fcm.HOST)
    asked = [one["token"] for one in fcm_running.received if one["token"] not in map(token, SIGNED_AGAIN)]
    assert sorted(asked) == sorted(token(how) for how in ANSWERS if how not in SIGNED_AGAIN)


async def test_fifty_share_a_connection_and_one_access_token(sender, fcm_running):
    assert {one.verdict for one in await sender.send([message(token("accepted", n)) for n in range(50)])} == {
        "accepted"
    }
    assert {one.verdict for one in await sender.send([message(token("accepted", n)) for n in range(50)])} == {
        "accepted"
    }
    assert (len(fcm_running.received), fcm_running.connections, fcm_running.tokens) == (100, 1, 1)


async def test_what_a_dropped_connection_took_with_it_is_sent_later(sender, fcm_running):
    mixed = [token("dropped" if n == 7 else "accepted", n) for n in range(20)]
    outcomes = await sender.send([message(address) for address in mixed])
    assert outcomes[7] == Outcome("later", "dropped", host=fcm.HOST)
    assert {(one.verdict, one.reason) for one in outcomes} <= {("later", "dropped"), ("accepted", "")}
    assert {one.verdict for one in await sender.send([message(token("accepted"))])} == {"accepted"}


async def test_a_message_that_is_not_answered_holds_up_no_other(fcm_running, tmp_path, monkeypatch):
    monkeypatch.setattr(fcm, "PATIENCE_S", 1)
    channel = fcm.Fcm(fcm_running.account(tmp_path))
    await channel.send([message(token("accepted"))])
    outcomes = await channel.send([message(token("stalled" if n == 3 else "accepted", n)) for n in range(5)])
    assert [one.verdict for one in outcomes] == ["accepted"] * 3 + ["later", "accepted"]
    assert outcomes[3].reason == "timeout"
    await channel.close()


async def test_another_access_token_is_fetched_when_one_is_not_taken_any_more(sender, fcm_running):
    await sender.send([message(token("unauthenticated"))])
    await sender.send([message(token("accepted"))])
    assert fcm_running.received[-1]["authorization"] == f"Bearer token-{fcm_running.tokens}"
    assert fcm_running.tokens == 2


async def test_an_account_that_is_closed_loses_no_message(sender, fcm_running):
    fcm_running.is_closed = True
    assert await sender.send([message(token("accepted"))]) == [Outcome("denied", "no-access-token", host=fcm.HOST)]
    assert fcm_running.received == []


async def test_the_private_parts_of_firebase_admin_that_are_leant_on_are_there(sender):
    """Two: where it keeps its sender, and the sender that can be told to try once. See run.in: pinned."""
    assert firebase_admin.__version__ == "7.7.0"
    service = messaging._get_messaging_service(sender._app)
    assert service._async_client is sender._client
    assert sender._client._retry_config.retries_left == 0
