"""What members see of notices, and the office: the inbox and its places, what is followed, counts that name nobody."""

import re
from collections import Counter
from uuid import UUID, uuid4

import httpx
import pytest

from backend.accounts.scopes import scopes_of
from backend.discussion.feedback import handling, sending
from backend.discussion.feedback.sending import Draft
from backend.notices.told import words_of
from base import clock, database
from content import publishing
from content.newsroom import issuing, keeping
from content.newsroom.model import Sheet
from notifications import choosing, counting, kinds, outbox
from tests.backend.pages.conftest import Opener
from tests.content.builders import put, regulation
from tests.people import People

pytestmark = pytest.mark.alike


async def owed(about: str, *audience: str, kind: str = "document.publish", **more) -> UUID:
    """A notice as an act owes it; its id."""
    key = str(uuid4())
    async with database.transaction():
        await outbox.owe(key=key, kind=kind, about=about, audience=audience, **more)
    return (await database.fetch("SELECT id FROM notice WHERE key = {}", key))[0]["id"]


async def paper(number: str, *audience: str, unit: int | None = None, **more) -> tuple[UUID, str]:
    """A document's id and slug."""
    row = await put(regulation(number, **more), audience=audience, owner_unit=unit)
    return (await database.fetch("SELECT id FROM document WHERE slug = {}", row.slug))[0]["id"], row.slug


async def published(people: People, *audience: str) -> str:
    """The id of a news item of the commune, which owes its notice."""
    sheet = Sheet(people.commune, "Bản Xanh mở điểm đọc", "Dẫn.", "Thân bài.", audience=audience)
    made = await keeping.save(uuid4(), sheet, version=0, by=str(people.lan))
    await issuing.publish(made.id, version=1, by=str(people.lan))
    return str(made.id)


def test_every_kind_is_told_in_words_of_its_own():
    mine = {"feedback.answer", "feedback.close"}  # told to authors alone
    for kind in kinds.KINDS.keys() - {kinds.DIGEST}:
        for language in ("vi", "en"):
            told = words_of(kind, language, own=kind in mine)
            assert told != words_of("thing.unknown", language), kind


async def test_an_inbox_tells_each_reader_what_they_may_open_and_leads_there(opened: Opener, everyone: People):
    id, slug = await paper("12-QĐ/TU", f"org:{everyone.commune}", title="về sinh hoạt chi bộ ở thôn bản")
    first = await owed(f"document:{id}", f"org:{everyone.commune}", urgency="express")
    await published(everyone, f"org:{everyone.commune}")
    mai, lan, visitor = await opened(everyone.mai), await opened(everyone.lan), await opened()
    page = (await mai.get("/notices")).text
    for words in ("12-QĐ/TU", "Về sinh hoạt chi bộ ở thôn bản", "Hỏa tốc", "Bản Xanh mở điểm đọc", "Hôm nay"):
        assert words in page, words
    assert page.index("Bản Xanh mở điểm đọc") < page.index("12-QĐ/TU"), "the newest first"
    assert (await mai.get(f"/notices/{first}")).headers["location"] == f"/documents/{slug}"
    assert "Chưa có tin báo nào" in (await lan.get("/notices")).text
    for path in ("/notices", "/notices/digest", f"/notices/{first}"):
        there = await visitor.get(path)
        assert (there.status_code, there.headers["location"][:27]) == (303, "/account/sign-in?next=%2Fno"), path
    for client, notice in ((lan, first), (mai, uuid4())):
        lost = await client.get(f"/notices/{notice}")
        assert (lost.status_code, "không còn nữa" in lost.text, "12-QĐ/TU" in lost.text) == (404, True, False)
    # the notice stands, but the reader cannot open any more what it is about
    await database.execute("UPDATE audience SET to_at = {} WHERE document = {}", clock.now(), id)
    assert "12-QĐ/TU" not in (page := (await mai.get("/notices")).text) and "không còn mở được" in page
    assert (await mai.get(f"/notices/{first}")).status_code == 404


async def test_what_is_told_of_feedback_differs_for_its_author_and_its_handlers(opened: Opener, everyone: People):
    draft = Draft("question", "unit", "Bao giờ có lịch sinh hoạt?", unit=everyone.province)
    case = (await sending.send(uuid4(), draft, by=everyone.mai, scopes=await scopes_of(everyone.mai))).case
    hoa = await opened(everyone.hoa)
    assert "Có góp ý mới cần trả lời" in (await hoa.get("/notices")).text
    await handling.answer(uuid4(), case.id, "Đã có từ hôm qua.", version=1, by=everyone.hoa)
    waits_no_more = (await hoa.get("/notices")).text
    assert "Góp ý này đã được trả lời" in waits_no_more and "cần trả lời" not in waits_no_more
    for who, kind, href in (
        (everyone.mai, "feedback.answer", f"/feedback/{case.code}"),
        (everyone.hoa, "feedback.receive", f"/desk/feedback/{case.id}"),
    ):
        items = (await (await opened(who)).get("/api/notices")).json()["items"]
        assert [(item["kind"], item["href"]) for item in items] == [(kind, href)]


async def test_the_api_gives_pages_and_says_when_nothing_changed(opened: Opener, everyone: People):
    id, _ = await paper("12-QĐ/TU", "members")
    for _ in range(5):
        await owed(f"document:{id}", "members")
    mai, seen, path = await opened(everyone.mai), [], "/api/notices?limit=2"
    while path:
        page = (await mai.get(path)).json()
        seen += [item["id"] for item in page["items"]]
        path = page["next"]
    assert len(seen) == len(set(seen)) == 5
    again = await mai.get("/api/notices", headers={"If-None-Match": (await mai.get("/api/notices")).headers["etag"]})
    assert again.status_code == 304
    assert (await (await opened()).get("/api/notices")).status_code == 401
    wrong = await mai.get("/api/notices?cursor=x")
    assert wrong.headers["content-type"] == "application/problem+json"
    assert [each["field"] for each in wrong.json()["errors"]] == ["cursor"]


async def test_the_digest_holds_what_is_told_once_a_day_since_the_one_before(opened: Opener, everyone: People):
    mai = await opened(everyone.mai)
    assert "Chưa có tin nào trong ngày" in (await mai.get("/notices/digest")).text
    await published(everyone, "members")
    id, _ = await paper("12-QĐ/TU", "members")
    await owed(f"document:{id}", "members")
    digest = await owed("digest:today", "members", kind=kinds.DIGEST)
    page = (await mai.get("/notices/digest")).text
    assert "Bản Xanh mở điểm đọc" in page and "12-QĐ/TU" not in page
    assert (await mai.get(f"/notices/{digest}")).headers["location"] == "/notices/digest"


async def test_what_is_followed_is_chosen_by_a_plain_form_that_may_be_sent_again(opened: Opener, everyone: People):
    id, slug = await paper("12-QĐ/TU", f"org:{everyone.commune}")
    _, hidden = await paper("13-QĐ/TU", f"org:{everyone.ward}")
    mai = await opened(everyone.mai)
    assert f"/follows?document={slug}" in (await mai.get(f"/documents/{slug}")).text
    offered = (await mai.get("/follows", params={"document": slug})).text
    assert offered.count('value="follow"') == 2, "the document and its issuer; it has no topic"
    form = {"noun": "document", "name": slug, "then": "follow", "asked_document": slug}
    for _ in range(2):
        done = await mai.post("/follows", data=form)
        assert done.status_code == 303
    assert "Đã theo dõi" in (await mai.get(done.headers["location"])).text
    assert await choosing.followed(everyone.mai) == [f"document:{id}"]
    await owed(f"document:{id}", "members", matters=[f"document:{id}"])
    assert "Đồng chí theo dõi" in (await mai.get("/notices")).text
    for wrong in ({"name": hidden}, {"noun": "issuer", "name": "Không có"}, {"noun": "x"}, {"then": "perhaps"}):
        assert (await mai.post("/follows", data={**form, **wrong})).status_code == 404, wrong
    assert (await mai.put("/api/follows", json={"noun": "topic", "name": "x", "then": "follow"})).status_code == 404
    body = {"noun": "document", "name": slug, "then": "unfollow"}
    for _ in range(2):
        told = (await mai.put("/api/follows", json=body)).json()
        assert told == {"noun": "document", "name": slug, "follow": False}
    assert (await mai.get("/api/follows")).json() == {"items": []}
    assert (await (await opened()).post("/follows", data=form)).status_code == 401


async def test_what_is_followed_and_may_not_be_read_any_more_can_be_let_go(opened: Opener, everyone: People):
    id, slug = await paper("12-QĐ/TU", "members")
    mai = await opened(everyone.mai)
    await mai.post("/follows", data={"noun": "document", "name": slug, "then": "follow"})
    assert "không còn đọc được" not in (await mai.get("/follows")).text
    await publishing.set_audience(id, {f"org:{everyone.ward}"}, by="cli", reason="nhầm")
    page = (await mai.get("/follows")).text
    assert "1 mục không còn đọc được" in page and "12-QĐ/TU" not in page
    for _ in range(2):
        assert (await mai.post("/follows", data={"then": "forget"})).status_code == 303
    assert await choosing.followed(everyone.mai) == []
    assert "không còn đọc được" not in (await mai.get("/follows")).text


# The office


async def test_the_office_sees_numbers_and_names_nobody(opened: Opener, everyone: People):
    id, _ = await paper("12-QĐ/TU", "members", unit=everyone.province)
    notice = await owed(f"document:{id}", "members")
    async with database.transaction():
        counts = {
            "sent": 1234, "accepted": 1230, "gone-404": 5, "gone-410": 4, "gave-up-timeout": 12,
            "refused-http-403 BadJwtToken": 21,
        }  # fmt: skip
        await counting.count(notice, Counter(counts).elements())
        await database.execute("UPDATE notice SET devices = 1300, expanded_at = owed_at WHERE id = {}", notice)
    minh = await opened(everyone.minh)
    assert "12-QĐ/TU" in (await minh.get("/desk/notices")).text
    roughly = {
        "Số máy thuộc đối tượng": "khoảng 1.300", "Đã gửi đi": "khoảng 1.230",
        "Nơi chuyển tin đã nhận": "khoảng 1.230", "Còn chờ đến lượt": "0", "Không gửi": "khoảng 30",
        "Không gửi được: máy không còn dùng sổ tay": "dưới 10",
        "Không gửi được: quá thời gian chờ (mã timeout)": "khoảng 10",
        "Không gửi được: máy đăng ký với khóa cũ, mở sổ tay trên máy đó thì nhận lại được (mã http-403 BadJwtToken)":
            "khoảng 20",
    }  # fmt: skip
    assert "Tới dưới 10 đảng viên." in (await minh.get(f"/desk/notices/{notice}")).text
    assert await told(minh, notice) == roughly, "nor is a small number found by taking the others from the whole"


async def told(client: httpx.AsyncClient, notice: UUID) -> dict[str, str]:
    """The numbers on the office's page of a notice."""
    page = (await client.get(f"/desk/notices/{notice}")).text
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page))


async def test_a_notice_is_steered_by_those_who_may_withdraw_what_it_is_about(opened: Opener, everyone: People):
    id, _ = await paper("12-QĐ/TU", "members", unit=everyone.province)
    notice = await owed(f"document:{id}", "members")
    personal = await owed(f"feedback:{uuid4()}", f"member:{everyone.mai}", kind="feedback.answer")
    base, reason = f"/desk/notices/{notice}", {"reason": "audience"}
    minh, lan, thu = [await opened(who) for who in (everyone.minh, everyone.lan, everyone.thu)]
    mai, asleep = await opened(everyone.mai), await opened(everyone.minh, method="password")
    for act in ("pause", "going-on", "cancelling"):
        for client, status in ((lan, 403), (thu, 403), (mai, 404), (asleep, 403), (await opened(), 401)):
            assert (await client.post(f"{base}/{act}", data=reason)).status_code == status, act
    assert (await minh.get(f"/desk/notices/{personal}")).status_code == 404, "what is told to one is nobody else's"
    assert [(await client.get(base)).status_code for client in (thu, thu, mai)] == [200, 200, 404]
    for act, verb in (("pause", "notice-paused"), ("going-on", "notice-resumed"), ("pause", "notice-paused")):
        for _ in range(2):
            assert (await minh.post(f"{base}/{act}")).headers["location"] == f"{base}?done={verb}"
    assert (await minh.post(f"{base}/cancelling", data={"reason": "x"})).status_code == 422
    for _ in range(2):
        assert (await minh.post(f"{base}/cancelling", data=reason)).status_code == 303
    page = (await minh.get(base)).text
    assert "Gửi nhầm đối tượng" in page and "cancelling" not in page
    assert "12-QĐ/TU" not in (await mai.get("/notices")).text
    over = await owed(f"document:{id}", "members")
    await database.execute("UPDATE notice SET expanded_at = owed_at WHERE id = {}", over)
    refused = await minh.post(f"/desk/notices/{over}/cancelling", data=reason)
    assert refused.status_code == 409 and "Không còn gì để dừng hoặc hủy" in refused.text
    acts = await database.fetch("SELECT act, unit FROM journal WHERE subject = {} ORDER BY act", f"notice:{notice}")
    verbs = ("cancel", "pause", "pause", "read", "resume")
    assert [(row["act"], row["unit"]) for row in acts] == [(f"notice.{verb}", everyone.province) for verb in verbs]
