"""A device is told for whoever is signed in there and agreed to it, at an address that is known."""

import pytest

from backend.accounts import consents, notifying
from base import database
from base import settings as base_settings
from notifications.channels import encrypting, signing
from tests import people as cast

pytestmark = pytest.mark.alike

WEBPUSH = "/api/devices/webpush"
ADDRESS = "https://fcm.googleapis.com/fcm/send/e1"
ELSEWHERE = "https://updates.push.services.mozilla.com/wpush/v2/e2"


@pytest.fixture
async def people(settings, opened):
    base_settings.use(settings.model_copy(update={"push_subject": "mailto:office@vanlam.example"}))
    signing.make()
    return await cast.everyone()


def body(address=ADDRESS, *, agreed=True, **keys):
    own = signing.key()
    assert own is not None
    known = {"p256dh": signing.public(own), "auth": encrypting.encoded(b"a" * 16)}
    return {"address": address, "keys": {**known, **keys}, "agreed": agreed}


async def told():
    rows = await database.fetch("SELECT member, address, language FROM device ORDER BY id")
    return [(row["member"], row["address"], row["language"]) for row in rows]


async def test_a_device_is_told_for_its_member_until_they_want_it_no_more(people, opened):
    mai = await opened(people.mai, language="en")
    assert (await mai.get("/api/devices")).json()["items"] == []
    answers = [await mai.put(WEBPUSH, json=body(address)) for address in (ADDRESS, ADDRESS, ELSEWHERE)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert await told() == [(people.mai, ELSEWHERE, "en")]
    found = (await mai.get("/api/devices")).json()
    assert [item["channel"] for item in found["items"]] == ["webpush"] and len(found["webpush_key"]) == 87
    assert [(await mai.delete(WEBPUSH)).status_code for _ in range(2)] == [204, 204]
    assert await told() == []


async def test_a_device_belongs_to_one_member_and_no_other_ends_it(people, opened):
    mai, lan = await opened(people.mai), await opened(people.lan)
    await mai.put(WEBPUSH, json=body())
    await lan.delete(WEBPUSH)
    assert await told() == [(people.mai, ADDRESS, "vi")]
    await lan.put(WEBPUSH, json=body())
    assert await told() == [(people.lan, ADDRESS, "vi")]
    assert (await mai.get("/api/devices")).json()["items"] == []
    visitor = await opened()
    for answer in (await visitor.put(WEBPUSH, json=body()), await visitor.delete(WEBPUSH)):
        assert answer.status_code == 401


async def test_who_loses_the_address_to_another_meanwhile_is_told_so(people, opened, monkeypatch):
    mai, lan, register = await opened(people.mai), await opened(people.lan), notifying.register

    async def overtaken(*reader, **where):
        monkeypatch.setattr(notifying, "register", register)
        await register(*reader, **where)
        assert (await lan.put(WEBPUSH, json=body())).status_code == 201

    monkeypatch.setattr(notifying, "register", overtaken)
    assert (await mai.put(WEBPUSH, json=body())).status_code == 409
    assert await told() == [(people.lan, ADDRESS, "vi")]


async def test_who_takes_consent_back_is_told_nowhere_and_no_phone_renews_it(people, opened):
    mai = await opened(people.mai)
    assert (await mai.put(WEBPUSH, json=body(agreed=False))).status_code == 409
    await mai.put(WEBPUSH, json=body())
    assert "notifications" in await consents.given(people.mai)
    assert (await mai.put(WEBPUSH, json=body(ELSEWHERE, agreed=False))).status_code == 200
    await consents.withdraw(people.mai, "notifications")
    assert await told() == []
    refused = await mai.put(WEBPUSH, json=body(agreed=False))
    assert (refused.status_code, await told()) == (409, [])


async def test_what_cannot_be_an_address_is_told(people, opened):
    mai = await opened(people.mai)
    wrong = [
        ({**body(), "address": ""}, "address"),
        ({**body(), "address": f"{ADDRESS}\u0000"}, "address"),
        ({**body(), "address": ADDRESS + "x" * 1024}, "address"),
        (body("https://evil.example/e"), "address"),
        (body("http://fcm.googleapis.com/e"), "address"),
        (body(p256dh="no key"), "keys"),
        (body(auth=""), "keys"),
        ({**body(), "keys": {"auth": 5}}, "keys.auth"),
        ({"keys": {}}, "address"),
        ({**body(), "agreed": "perhaps"}, "agreed"),
    ]
    for sent, field in wrong:
        answer = await mai.put(WEBPUSH, json=sent)
        fields = [error["field"] for error in answer.json()["errors"]]
        assert (answer.status_code, fields) == (422, [field]), sent
    for channel in ("pigeon", "fcm", "webpush%00"):
        assert (await mai.put(f"/api/devices/{channel}", json=body())).status_code == 404
    assert await told() == []
