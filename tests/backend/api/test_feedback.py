"""Feedback through the API: sent by id as often as the phone likes, handled by steps, published without a name."""

import io
from uuid import uuid4

import pytest
from PIL import Image

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


def photograph(colour="red"):
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "May anh cua Mai"
    Image.new("RGB", (60, 40), colour).save(made, "JPEG", exif=exif)
    return made.getvalue()


async def bring(client, id, file=None, data=None, name="anh.jpg"):
    return await client.put(f"/api/feedback/{id}/files/{file or uuid4()}", files={"file": (name, data or photograph())})


async def test_files_are_brought_once_by_id_and_had_by_the_author_and_those_who_answer(mai, hoa, opened, people):
    id, file = uuid4(), uuid4()
    made = [await bring(mai, id, file) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 200]
    told = made[0].json()
    assert made[1].json() == told and (told["name"], told["media_type"]) == ("anh.webp", "image/webp")
    assert (await bring(mai, id, file, photograph("blue"))).status_code == 409
    lan = await opened(people.lan)
    for other, status in ((lan, 404), (await opened(), 401)):
        assert (await bring(other, id, file)).status_code == (await bring(other, id)).status_code == status
        assert (await other.get(told["url"])).status_code == status
    sent = (await send(mai, id)).json()
    assert sent["files"] == [told]
    assert (await mai.get(f"/api/feedback/mine/{sent['code']}")).json()["files"] == [told]
    late = await bring(mai, id)
    assert late.status_code == 409 and "đã gửi" in late.json()["detail"]
    for reader in (mai, hoa, await opened(people.thu)):
        kept = await reader.get(told["url"])
        assert kept.status_code == 200 and b"May anh" not in kept.content and len(kept.content) == told["size"]
    assert (await lan.get(told["url"])).status_code == 404


async def test_files_that_cannot_be_taken_say_why_in_the_readers_language(mai):
    id, files = uuid4(), [uuid4() for _ in range(5)]
    for file in files:
        assert (await bring(mai, id, file)).status_code == 201
    mai.cookies.set("language", "en")
    for how, status, words in (
        ({"id": id}, 422, "5 files"),
        ({"id": uuid4(), "name": "chay.exe", "data": b"MZ"}, 422, "Only PDF"),
        ({"id": uuid4(), "name": "to.pdf", "data": b"0" * (10 * 2**20 + 1)}, 422, "10 MB"),
        ({"id": uuid4(), "name": "to.pdf", "data": b"0" * (12 * 2**20)}, 413, ""),
    ):
        answer = await bring(mai, **how)
        assert answer.status_code == status and words in answer.json()["detail"], answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    asked = await mai.options(f"/api/feedback/{id}/files/{files[0]}")
    assert (asked.status_code, asked.headers["allow"]) == (204, "DELETE, GET, HEAD, OPTIONS, PUT")
    nameless = await mai.put(f"/api/feedback/{uuid4()}/files/{uuid4()}", data={"file": "x"})
    assert nameless.status_code == 400
    for _ in range(2):
        assert (await mai.delete(f"/api/feedback/{id}/files/{files[0]}")).status_code == 204
    assert (await bring(mai, id)).status_code == 201


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
