"""Comments through the API: sent by id as often as the phone likes, and told to members alone."""

from uuid import uuid4

import pytest

from backend.discussion import comments
from tests import people as cast
from tests.content.builders import put, regulation

CLEAN = "Tôi đề nghị hướng dẫn rõ hơn thời hạn gửi báo cáo của chi bộ."
HELD = "Cần thì gọi tôi theo số 0912 345 678 nhé các đồng chí."
PART = "dieu-1.khoan-2"


@pytest.fixture
async def people(database, settings):
    return await cast.everyone()


@pytest.fixture
async def slug(people):
    return (await put(regulation(), audience=["members"])).slug


@pytest.fixture
async def mai(opened, people, slug):
    return await opened(people.mai)


async def send(client, body, id=None):
    return await client.put(f"/api/comments/{id or uuid4()}", json=body)


async def test_a_comment_is_written_once_by_its_id(mai, slug, opened, people):
    id, body = uuid4(), {"document": slug, "part": PART, "words": CLEAN}
    answers = [await send(mai, body, id) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert (answers[0].json()["state"], answers[0].json()["editable"]) == ("shown", True)
    assert (await send(mai, {**body, "words": "Khác đi."}, id)).status_code == 409
    assert (await send(await opened(people.lan), body, id)).status_code == 404
    assert (await send(await opened(), body)).status_code == 401


async def test_members_read_comments_and_counts_and_a_visitor_neither(mai, slug, opened, people):
    head, answer = uuid4(), uuid4()
    await send(mai, {"document": slug, "part": PART, "words": CLEAN}, head)
    lan = await opened(people.lan)
    assert (await send(lan, {"document": slug, "words": "Tôi đồng ý.", "parent": str(head)}, answer)).status_code == 201
    await send(mai, {"document": slug, "words": HELD})
    (item,) = (await lan.get(f"/api/documents/{slug}/comments")).json()["items"]
    assert item["author"]["name"] == "" and item["author"]["unit"]["code"] == "VL"
    assert (item["id"], item["mine"], item["place"]["path"]) == (str(head), False, PART)
    assert [(each["id"], each["mine"]) for each in item["answers"]] == [(str(answer), True)]
    assert str(people.mai) not in str(item), "who spoke namelessly is nobody's business"
    (own, _) = (await mai.get(f"/api/documents/{slug}/comments")).json()["items"]
    assert own["state"] == "waiting" and own["reasons"]
    counted = (await lan.get(f"/api/documents/{slug}/comments/counts")).json()
    assert counted == {"total": 2, "parts": [{"path": PART, "count": 2}]}
    only = await lan.get(f"/api/documents/{slug}/comments", params={"part": PART})
    assert [each["id"] for each in only.json()["items"]] == [str(head)]
    thread = await lan.get(f"/api/documents/{slug}/comments", params={"thread": str(head)})
    assert [each["id"] for each in thread.json()["items"]] == [str(head)]
    for path in (f"/api/documents/{slug}/comments", f"/api/documents/{slug}/comments/counts", "/api/comments/mine"):
        answer = await (await opened()).get(path)
        assert answer.status_code == 401 and CLEAN not in answer.text


async def test_words_are_edited_and_withdrawn(mai, slug, opened, people):
    id, body = uuid4(), {"document": slug, "words": CLEAN}
    await send(mai, body, id)
    edited = await send(mai, {**body, "words": "Nói lại cho rõ.", "revision": 1}, id)
    assert (edited.status_code, edited.json()["revision"]) == (200, 2)
    assert (await send(mai, {**body, "words": "Từ máy khác.", "revision": 1}, id)).status_code == 409
    lan = await opened(people.lan)
    assert (await lan.delete(f"/api/comments/{id}")).status_code == 404
    assert (await send(lan, {**body, "revision": 2}, id)).status_code == 404
    for _ in range(2):
        assert (await mai.delete(f"/api/comments/{id}")).json()["state"] == "withdrawn"
    assert (await (await opened()).delete(f"/api/comments/{id}")).status_code == 401
    (mine,) = (await mai.get("/api/comments/mine")).json()["items"]
    assert (mine["state"], mine["title"]) == ("withdrawn", "Quy định 12-QĐ/TU")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "👍"}, "words"),
        ({"words": "\u202e\u0007"}, "words"),
        ({"words": "ơ" * 100_000}, "words"),
        ({"words": None}, "words"),
        ({"named": True}, "named"),
        ({"named": "có"}, "named"),
        ({"part": PART, "quote": "Câu không có trong văn kiện."}, "quote"),
        ({"edition": -1}, "edition"),
        ({"parent": "khong-phai-id"}, "parent"),
        ({"revision": "một"}, "revision"),
        ({"news": "hoi-nghi"}, "about"),
        ({"document": ""}, "about"),
    ],
)
async def test_what_is_wrong_is_named_field_by_field(mai, slug, wrong, field):
    answer = await send(mai, {"document": slug, "words": CLEAN, **wrong})
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_what_is_not_there_is_not_found(mai, slug):
    for wrong in (
        {"document": "khong-co"}, {"part": "dieu-99"}, {"part": "\x00"}, {"edition": 7}, {"parent": str(uuid4())},
        {"document": "", "news": "khong-co"}, {"document": "a\x00b"},
    ):  # fmt: skip
        assert (await send(mai, {"document": slug, "words": CLEAN, **wrong})).status_code == 404, wrong
    answer = await mai.put(f"/api/comments/{uuid4()}", content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 400


async def test_too_many_are_told_when_to_go_on(mai, slug, monkeypatch):
    monkeypatch.setattr(comments, "LIMIT", 0)
    answer = await send(mai, {"document": slug, "words": CLEAN})
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
    assert answer.json()["type"] == "/problems/comment-too-many"
