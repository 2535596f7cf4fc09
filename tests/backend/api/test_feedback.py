"""Feedback through the API: sent by id as often as the phone likes, handled by steps, published without a name."""

from uuid import uuid4

import pytest

from backend.discussion.feedback import sending
from tests import people as cast
from tests.content.builders import put, regulation
from tests.indexes import indexed

WORDS = "Khi nào chi bộ tôi phải gửi báo cáo quý?"
SAID = "Chi bộ gửi trước ngày 25 của tháng cuối quý."


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
async def hoa(opened, people):
    return await opened(people.hoa)


async def send(client, id=None, **changed):
    body = {"kind": "question", "about": "unit", "words": WORDS, "consent": True, **changed}
    return await client.put(f"/api/feedback/{id or uuid4()}", json=body)


async def do(client, id, step=None, **body):
    return await client.put(f"/api/feedback/{id}/steps/{step or uuid4()}", json=body)


async def test_feedback_is_sent_once_by_its_id_and_told_to_its_author_alone(mai, opened, people):
    id = uuid4()
    answers = [await send(mai, id, words=f"{WORDS} Gọi 0912 345 678.") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    made = answers[0].json()
    assert (made["unit"]["code"], made["state"], len(made["warnings"])) == ("VL", "received", 1)
    assert (await send(mai, id)).status_code == 409
    assert (await send(await opened(people.lan), id)).status_code == 404
    assert (await send(await opened())).status_code == 401
    path = f"/api/feedback/mine/{made['code']}"
    assert [step["verb"] for step in (await mai.get(path)).json()["steps"]] == ["receive"]
    assert [each["id"] for each in (await mai.get("/api/feedback/mine")).json()["items"]] == [str(id)]
    for other, status in ((people.lan, 404), (people.hoa, 404), (None, 401)):
        assert (await (await opened(other)).get(path)).status_code == status
    assert (await (await opened()).get("/api/feedback/mine")).status_code == 401


async def test_steps_are_taken_once_on_the_version_that_was_seen(mai, hoa, opened, people, slug):
    id, step = uuid4(), uuid4()
    code = (await send(mai, id, about="document", document=slug, part="dieu-1.khoan-2")).json()["code"]
    taken = [await do(hoa, id, step, verb="assign", version=1) for _ in range(2)]
    assert [answer.status_code for answer in taken] == [201, 200]
    assert taken[1].json()["state"] == "assigned"
    assert (await do(hoa, id, verb="answer", version=1, words=SAID)).status_code == 409
    assert (await do(hoa, id, verb="note", version=2, words="Nội bộ")).status_code == 201
    assert (await do(hoa, id, verb="answer", version=3, words=SAID)).status_code == 201
    for other, status in ((people.lan, 404), (people.thu, 403), (None, 401)):
        assert (await do(await opened(other), id, verb="close", version=4)).status_code == status
    told = (await mai.get(f"/api/feedback/mine/{code}")).json()
    assert told["answer"] == SAID and "Nội bộ" not in str(told)
    assert (await do(mai, id, verb="rate", rating=5)).status_code == 201
    body = {"version": 5, "title": "Hạn báo cáo", "question": "Khi nào?", "answer": SAID}
    made = await hoa.put(f"/api/feedback/{id}/publications/{uuid4()}", json=body)
    assert made.status_code == 201, made.text
    await indexed()
    (found,) = (await (await opened(people.lan)).get("/api/search", params={"q": "thang cuoi quy"})).json()["answers"]
    assert (found["title"], found["document"]) == ("Hạn báo cáo", slug)
    assert str(id) not in str(found) and code not in str(found) and "Mai" not in str(found)
    assert [each["code"] for each in (await mai.get("/api/answers")).json()["items"]] == [found["code"]]
    assert (await (await opened()).get("/api/answers")).json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "👍"}, "words"),
        ({"words": "\u202e\u0007"}, "words"),
        ({"words": "ơ" * 100_000}, "words"),
        ({"kind": "khen"}, "kind"),
        ({"about": None}, "about"),
        ({"about": "document"}, "document"),
        ({"edition": -1}, "edition"),
        ({"unit": "khong-co"}, "unit"),
        ({"consent": "có"}, "consent"),
    ],
)
async def test_what_is_wrong_is_named_field_by_field(mai, wrong, field):
    answer = await send(mai, **wrong)
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_wrong_steps_are_named_and_what_is_not_there_is_not_found(mai, hoa, slug):
    id = uuid4()
    await send(mai, id)
    for wrong, field in (
        ({"verb": "answer", "words": ""}, "answer"), ({"verb": "forward", "words": "x", "unit": "BT"}, "unit"),
        ({"verb": "reopen", "words": "x"}, "verb"), ({"verb": "note", "words": "ơ" * 2_001}, "note"),
    ):  # fmt: skip
        answer = await do(hoa, id, version=1, **wrong)
        assert answer.status_code == 422 and [error["field"] for error in answer.json()["errors"]] == [field], wrong
    assert (await do(mai, id, verb="assign")).status_code == 422
    assert (await send(mai, "khong-phai-id")).status_code in (404, 422)
    assert (await do(hoa, uuid4(), verb="close", version=1)).status_code == 404
    for missing in ({"document": "khong-co"}, {"document": slug, "part": "dieu-99"}):
        assert (await send(mai, about="document", **missing)).status_code == 404


async def test_too_many_are_told_when_to_go_on(mai, monkeypatch):
    monkeypatch.setattr(sending, "LIMIT", 0)
    answer = await send(mai)
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
