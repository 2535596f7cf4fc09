"""Moderation through the API: by ids, with the rules of the pages, and told to moderators alone."""

from uuid import uuid4

import pytest

from backend.moderation import reporting
from tests import builders
from tests import people as cast
from tests.content.builders import put, regulation

CLEAN = "Tôi đề nghị hướng dẫn rõ hơn thời hạn gửi báo cáo của chi bộ."
HELD = "Cần thì gọi tôi theo số 0912 345 678 nhé các đồng chí."


@pytest.fixture
async def people(database, settings):
    return await cast.everyone()


@pytest.fixture
async def slug(people):
    return (await put(regulation(), audience=["members"])).slug


@pytest.fixture
async def mai(opened, people, slug):
    return await opened(people.mai)


@pytest.fixture
async def tam(opened, people):
    return await opened(people.tam)


async def said(client, slug, words=HELD):
    address = f"/api/comments/{uuid4()}"
    assert (await client.put(address, json={"document": slug, "words": words})).status_code == 201
    return address


def decision(**changed):
    return {"revision": 1, "verdict": "hide", "reason": "Q2", **changed}


async def test_a_comment_is_held_hidden_appealed_and_shown_by_somebody_else(mai, tam, opened, people, slug):
    khanh = await builders.member("khanh", unit=people.office, name="Bùi Duy Khánh")
    await builders.role(khanh, "moderator", people.commune)
    other = await opened(khanh)
    address = await said(mai, slug)
    (item,) = (await other.get("/api/moderation/queue")).json()["items"]
    assert (item["kind"], item["words"], item["title"]) == ("held", HELD, "Quy định 12-QĐ/TU")
    assert item["reasons"] and item["unit"]["code"] == "DM-BX" and str(people.mai) not in str(item)
    assert (await tam.get("/api/moderation/queue")).json()["items"] == []
    assert len((await tam.get("/api/moderation/queue?of=all&kind=held")).json()["items"]) == 1
    made = f"{address}/decisions/{uuid4()}"
    answers = [await other.put(made, json=decision()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200] and answers[0].json() == answers[1].json()
    late = await tam.put(f"{address}/decisions/{uuid4()}", json=decision(verdict="show", reason=""))
    assert late.status_code == 409 and "Bùi Duy Khánh" in late.json()["detail"]

    appeal = f"{address}/appeals/{uuid4()}"
    answers = [await mai.put(appeal, json={"appeal": "Đó là số của ủy ban."}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert (await tam.put(appeal, json={"appeal": "Tôi cũng vậy."})).status_code == 404
    (item,) = (await tam.get("/api/moderation/queue")).json()["items"]
    assert (item["kind"], item["appeal"]["words"]) == ("appealed", "Đó là số của ủy ban.")
    body = {"outcome": "overturned", "answer": "Đúng là số của cơ quan."}
    assert (await other.put(f"{appeal}/answer", json=body)).status_code == 409
    assert (await mai.put(f"{appeal}/answer", json=body)).status_code == 404
    assert (await tam.put(f"{appeal}/answer", json=body)).json()["outcome"] == "overturned"
    (own,) = (await mai.get("/api/comments/mine")).json()["items"]
    assert own["state"] == "shown"


async def test_a_member_reports_once(mai, tam, opened, people, slug, monkeypatch):
    address, body = await said(mai, slug, CLEAN), {"reason": "Q1", "words": "Nói xấu"}
    quang = await opened(people.quang)
    first = await quang.put(f"{address}/reports/{uuid4()}", json=body)
    again = await quang.put(f"{address}/reports/{uuid4()}", json={"reason": "Q2"})
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert (await mai.put(f"{address}/reports/{uuid4()}", json=body)).status_code == 409
    assert (await (await opened()).put(f"{address}/reports/{uuid4()}", json=body)).status_code == 401
    assert (await quang.put(f"/api/comments/{uuid4()}/reports/{uuid4()}", json=body)).status_code == 404
    (item,) = (await tam.get("/api/moderation/queue?kind=reported")).json()["items"]
    assert item["reports"] == 1 and str(people.quang) not in str(item)
    monkeypatch.setattr(reporting, "LIMIT", 0)
    lan = await opened(people.lan)
    answer = await lan.put(f"{address}/reports/{uuid4()}", json=body)
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0


async def test_who_may_not_decides_nothing(mai, opened, people, slug):
    address = await said(mai, slug)
    for who, status, listed in (
        (people.mai, 404, 403), (people.lan, 404, 403), (people.thu, 403, 200), (None, 401, 401),
    ):  # fmt: skip
        client = await opened(who)
        assert (await client.put(f"{address}/decisions/{uuid4()}", json=decision())).status_code == status
        assert (await client.get("/api/moderation/queue")).status_code == listed
    asleep = await opened(people.tam, method="password")
    assert (await asleep.put(f"{address}/decisions/{uuid4()}", json=decision())).status_code == 404
    assert (await asleep.get("/api/moderation/queue")).status_code == 403


@pytest.mark.parametrize(
    ("path", "body", "fields"),
    [
        ("decisions", decision(reason=""), {"reason"}),
        ("decisions", decision(reason="Q99"), {"reason"}),
        ("decisions", decision(reason="Q" * 100_000), {"reason"}),
        ("decisions", decision(verdict="return"), {"remark"}),
        ("decisions", decision(remark="ơ" * 100_000), {"remark"}),
        ("decisions", decision(verdict="erase"), {"verdict"}),
        ("decisions", decision(revision=0), {"revision"}),
        ("decisions", {"verdict": "hide"}, {"revision"}),
        ("reports", {"reason": "", "words": "a" * 501}, {"reason", "words"}),
        ("reports", {"reason": 1}, {"reason"}),
        ("appeals", {"appeal": ""}, {"appeal"}),
        ("appeals", {"appeal": "\u202e\x07"}, {"appeal"}),
        ("appeals", {"appeal": "👍"}, {"appeal"}),
    ],
)
async def test_what_is_wrong_is_named_field_by_field(mai, tam, opened, people, slug, path, body, fields):
    address = await said(mai, slug, HELD if path != "reports" else CLEAN)
    client = {"decisions": tam, "appeals": mai, "reports": await opened(people.quang)}[path]
    answer = await client.put(f"{address}/{path}/{uuid4()}", json=body)
    assert answer.status_code == 422, answer.text
    assert {error["field"] for error in answer.json()["errors"]} == fields
    assert (await client.put(f"{address}/{path}/khong-phai-id", json=body)).status_code == 404


async def test_a_foreign_cursor_or_kind_is_refused(tam):
    for query in ("cursor=abc", "kind=alle", "of=x"):
        answer = await tam.get(f"/api/moderation/queue?{query}")
        assert answer.status_code == 422, query
