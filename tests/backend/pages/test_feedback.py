"""Feedback through the door: asked by Mai, forwarded by Hòa, answered and published in the commune, found by search."""

import io
import re
from uuid import UUID, uuid4

import pytest
from PIL import Image

from backend.discussion.feedback import handling, sending
from backend.pages import feedback_views
from base import database as floor
from base import journal
from tests import builders
from tests.content.builders import put, regulation

WORDS = "Khi nào chi bộ tôi phải gửi báo cáo quý? Văn bản chưa nói rõ."
SAID = "Chi bộ gửi trước ngày 25 của tháng cuối quý."
PART = "dieu-1.khoan-2"


@pytest.fixture
async def slug(everyone):
    return (await put(regulation(), audience=["members"])).slug


@pytest.fixture
async def hanh(opened, everyone):
    """Hạnh's browser; she answers for the commune."""
    member = await builders.member("hanh", unit=everyone.commune, name="Bàn Thị Hạnh")
    await builders.role(member, "feedback_handler", everyone.commune)
    return await opened(member)


def form(**changed):
    return {"id": str(uuid4()), "kind": "question", "about": "unit", "words": WORDS, "consent": "yes", **changed}


async def ask(client, **changed):
    """What was sent, and the code of the case."""
    answer = await client.post("/feedback/new", data=form(**changed))
    assert answer.status_code == 303, answer.text
    return re.search(r"GY-\w{4}-\w{2}", answer.headers["location"])[0]


def step(page, **more):
    """The form of a case as it was opened."""
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    return {"id": str(uuid4()), "version": version, **more}


async def case_of(handler, code, group="all"):
    """The address of a case at the desk, by the list."""
    page = (await handler.get("/desk/feedback", params={"group": group})).text
    found = re.search(rf'href="(/desk/feedback/[0-9a-f-]{{36}})"(?:(?!<li>).)*{code}', page, re.DOTALL)
    return found and found[1]


def photograph():
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "May anh cua Mai"
    Image.new("RGB", (60, 40), "red").save(made, "JPEG", exif=exif)
    return made.getvalue()


async def test_a_question_goes_to_another_unit_is_answered_published_and_found(opened, everyone, slug):
    mai, hoa = await opened(everyone.mai), await opened(everyone.hoa)
    page = (await mai.get("/feedback/new", params={"document": slug, "part": PART})).text
    assert "khoản 2 Điều 1 Quy định 12-QĐ/TU" in page
    code = await ask(mai, about="document", document=slug, part=PART)
    member = await builders.member("hanh", unit=everyone.commune, name="Bàn Thị Hạnh")
    await builders.role(member, "feedback_handler", everyone.commune)
    hanh = await opened(member)

    assert await case_of(hanh, code) is None
    at = await case_of(hoa, code, "open")
    page = (await hoa.get(at)).text
    assert "Hà Thị Mai" in page and WORDS in page
    sent = await hoa.post(f"{at}/forwarding", data=step(page, unit=str(everyone.commune), note="Nhờ xã trả lời"))
    assert "Đã chuyển góp ý đến Đảng bộ xã Đồng Mây." in (await hoa.get(sent.headers["location"])).text
    followed = (await mai.get(f"/feedback/{code}")).text
    assert "Đảng bộ xã Đồng Mây" in followed and "Nhờ xã trả lời" not in followed

    page = (await hanh.get(at)).text
    assert "Nhờ xã trả lời" in page
    assert (await hanh.post(f"{at}/answer", data=step(page, answer=SAID))).status_code == 303
    assert SAID in (await mai.get(f"/feedback/{code}")).text
    page = (await hanh.get(at)).text
    public = {"title": "Hạn gửi báo cáo quý", "question": "Khi nào gửi báo cáo quý?", "public_answer": SAID}
    assert (await hanh.post(f"{at}/publication", data=step(page, **public))).status_code == 303

    found = (await (await opened(everyone.lan)).get("/search", params={"q": "bao cao quy"})).text
    address = re.search(r"/answers/[\w-]+", found)[0]
    assert "Hạn gửi báo cáo quý" in found
    shown = (await (await opened(everyone.lan)).get(address)).text
    assert SAID in shown and "Hà Thị Mai" not in shown and code not in shown and WORDS not in shown
    assert f'href="/documents/{slug}#{PART}"' in shown
    lan = await opened(everyone.lan)
    for path, at in (
        (f"/documents/{slug}/comments", PART),
        ("/feedback/new", PART),
        ("/feedback/new", "dieu-1"),
    ):
        beside = (await lan.get(path, params={"document": slug, "part": at})).text
        assert (address in beside) is (at == PART), (path, at)
    listed = (await (await opened(everyone.lan)).get("/answers", params={"document": slug})).text
    assert address in listed
    assert (await (await opened()).get(address)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"about": "trăng"}, "about"),
        ({"about": "document"}, "cited"),
        ({"about": "document", "cited": "khoản 2 Điều 3 Quy định 999-QĐ/TW"}, "cited"),
        ({"words": ""}, "words"),
        ({"words": "👍"}, "words"),
        ({"words": "\u202e\u0007"}, "words"),
        ({"words": "ơ" * 100_000}, "words"),
        ({"words": "Tôi có tài liệu tối mật đây."}, "words"),
        ({"unit": "1e9"}, "unit"),
        ({"unit": "999999"}, "unit"),
    ],
)
async def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_lost(opened, everyone, wrong, field):
    answer = await (await opened(everyone.mai)).post("/feedback/new", data=form(**wrong))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text and f'id="{field}-wrong"' in answer.text
    kept = wrong.get("words", WORDS).replace("\u202e\u0007", "")
    assert kept.strip() in answer.text


async def test_any_unit_is_found_without_a_script_and_told_who_receives_for_it(opened, everyone):
    mai, hoa, typed = await opened(everyone.mai), await opened(everyone.hoa), form(unit_words="bến trầm")
    looked = await mai.post(
        "/feedback/new", data={**typed, "find": "unit"}, files=[("files", ("anh.jpg", photograph()))]
    )
    assert looked.status_code == 200 and WORDS in looked.text and 'name="drop"' in looked.text
    assert f'value="{everyone.ward}" checked' in looked.text
    assert "Chưa có người trả lời; Đảng bộ tỉnh Vân Lam nhận thay." in looked.text
    typed |= {"unit": str(everyone.ward), "unit_searched": "bến trầm"}
    sent = await mai.post("/feedback/new", data=typed)
    page = (await mai.get(sent.headers["location"])).text
    assert "Đồng chí gửi đến Đảng bộ phường Bến Trầm. Ở đó chưa có người trả lời, nên Đảng bộ tỉnh Vân Lam nhận" in page
    wider = await mai.get("/desk/units/found", params={"for": "feedback", "words": "to dan pho ben tram"})
    assert "Chi bộ tổ dân phố số 3" in wider.text and "Đảng bộ phường Bến Trầm" in wider.text
    assert (
        await (await opened()).get("/desk/units/found", params={"for": "feedback", "words": "xa"})
    ).status_code == 401
    unclear = await mai.post("/feedback/new", data=form(unit_words="chi bộ"))
    assert unclear.status_code == 422 and 'id="unit-wrong"' in unclear.text and WORDS in unclear.text
    at = await case_of(hoa, re.search(r"GY-\w{4}-\w{2}", page)[0])
    seen = step((await hoa.get(at)).text, unit_words="bến trầm", note="Nhờ phường trả lời")
    looked = await hoa.post(f"{at}/forwarding", data={**seen, "find": "unit"})
    assert looked.status_code == 200 and "Nhờ phường trả lời" in looked.text and "nhận thay." in looked.text
    refused = await hoa.post(f"{at}/forwarding", data={**seen, "unit": str(everyone.ward), "unit_searched": "bến trầm"})
    assert refused.status_code == 422 and "chính là đơn vị đang giữ việc này" in refused.text


async def test_a_document_is_named_by_a_quotation(opened, everyone, slug):
    mai = await opened(everyone.mai)
    code = await ask(mai, about="document", cited="khoản 2 Điều 1 Quy định 12-QĐ/TU")
    assert f'href="/documents/{slug}#{PART}"' in (await mai.get(f"/feedback/{code}")).text


async def test_numbers_are_warned_of_once_and_markup_stays_words(opened, everyone):
    mai = await opened(everyone.mai)
    typed = form(words="<b>Gọi tôi</b> theo số 0912 345 678 nhé")
    first = await mai.post("/feedback/new", data=typed)
    assert first.status_code == 200 and "Vẫn gửi như vậy" in first.text
    assert "&lt;b&gt;Gọi tôi&lt;/b&gt;" in first.text and "<b>Gọi" not in first.text
    assert (await mai.post("/feedback/new", data={**typed, "warned": "yes"})).status_code == 303


async def test_files_that_can_be_taken_stay_when_others_are_refused(opened, everyone):
    mai, typed = await opened(everyone.mai), form()
    files = [("files", ("anh\u202e.jpg", photograph())), ("files", ("chay.exe", b"MZ"))]
    first = await mai.post("/feedback/new", data=typed, files=files)
    assert first.status_code == 422 and "chay.exe" in first.text and WORDS in first.text
    drop = re.search(r'name="drop" value="([0-9a-f-]{36})"', first.text)[1]
    sent = await mai.post("/feedback/new", data=typed)
    code = sent.headers["location"].split("/")[2].split("?")[0]
    kept = await mai.get(f"/feedback/{code}/files/{drop}")
    assert kept.status_code == 200 and b"May anh" not in kept.content
    assert "attachment" in kept.headers["content-disposition"]
    lan, hoa = await opened(everyone.lan), await opened(everyone.hoa)
    assert (await lan.get(f"/feedback/{code}/files/{drop}")).status_code == 404
    at = await case_of(hoa, code)
    assert (await hoa.get(f"{at}/files/{drop}")).status_code == 200
    assert (await lan.get(f"{at}/files/{drop}")).status_code == 403


async def test_a_file_is_taken_off_again_before_it_is_sent(opened, everyone):
    mai, typed = await opened(everyone.mai), form(kind="")
    first = await mai.post("/feedback/new", data=typed, files=[("files", ("anh.jpg", photograph()))])
    drop = re.search(r'name="drop" value="([0-9a-f-]{36})"', first.text)[1]
    second = await mai.post("/feedback/new", data={**typed, "drop": drop})
    assert second.status_code == 200 and 'name="drop"' not in second.text and WORDS in second.text


async def test_only_its_author_opens_a_case_by_its_code(opened, everyone):
    code = await ask(await opened(everyone.mai))
    for other, status in ((everyone.lan, 404), (everyone.hoa, 404), (None, 401)):
        assert (await (await opened(other)).get(f"/feedback/{code}")).status_code == status
    for odd in ("GY-2222-22", "GY-%00%00%00%00-22", "GY", "%F0%9F%91%8D"):
        for path in ("/feedback", "/answers", "/api/feedback/mine"):
            assert (await (await opened(everyone.mai)).get(f"{path}/{odd}")).status_code == 404, (path, odd)
    assert "GY" not in (await (await opened()).get("/answers", params={"topic": "a\0b", "document": "\0"})).text
    assert code in (await (await opened(everyone.mai)).get("/account/feedback")).text
    assert code not in (await (await opened(everyone.lan)).get("/account/feedback")).text


async def test_an_answer_is_rated_asked_again_and_no_longer_agreed_to(opened, everyone):
    mai, hoa = await opened(everyone.mai), await opened(everyone.hoa)
    code = await ask(mai)
    at = await case_of(hoa, code)
    await hoa.post(f"{at}/answer", data=step((await hoa.get(at)).text, answer=SAID))
    for path, typed, field in (
        ("rating", {"rating": "9"}, "rating"),
        ("reopening", {"asked_again": " "}, "asked_again"),
    ):
        answer = await mai.post(f"/feedback/{code}/{path}", data={"id": str(uuid4()), **typed})
        assert answer.status_code == 422 and f'id="{field}-wrong"' in answer.text
    await mai.post(f"/feedback/{code}/rating", data={"id": str(uuid4()), "rating": "4", "rating_words": "Được"})
    await mai.post(f"/feedback/{code}/reopening", data={"id": str(uuid4()), "asked_again": "Còn quý bốn?"})
    await mai.post(f"/feedback/{code}/consent", data={"id": str(uuid4()), "consent": "no"})
    page = (await hoa.get(at)).text
    assert "Còn quý bốn?" in page and "Đánh giá: 4 trên 5" not in page
    await hoa.post(f"{at}/answer", data=step(page, answer="Cũng vậy."))
    page = (await hoa.get(at)).text
    assert "Đánh giá: 4 trên 5" in page and "Người gửi chưa đồng ý cho đăng." in page
    refused = await hoa.post(f"{at}/publication", data=step(page, title="x", question="x", public_answer="x"))
    assert refused.status_code == 409
    assert (await mai.post(f"/feedback/{code}/closing", data={"id": str(uuid4())})).status_code == 303


async def test_what_a_handler_types_wrongly_is_told_and_kept(opened, everyone, hanh):
    hoa = await opened(everyone.hoa)
    code = await ask(await opened(everyone.mai), unit=str(everyone.province))
    at = await case_of(hoa, code)
    page = (await hoa.get(at)).text
    for path, typed, field in (
        ("answer", {"answer": "ơ" * 10_001}, "answer"),
        ("answer", {"answer": ""}, "answer"),
        ("forwarding", {"unit": str(everyone.commune), "note": ""}, "forward_note"),
        ("forwarding", {"unit": str(everyone.ward), "note": "Nhờ"}, "unit"),
        ("notes", {"note": "👍"}, "note"),
        ("assignment", {"member": str(everyone.lan)}, "member"),
    ):
        answer = await hoa.post(f"{at}/{path}", data=step(page, **typed))
        assert answer.status_code == 422 and f'id="{field}-wrong"' in answer.text, path
    await hoa.post(f"{at}/notes", data=step(page, note="Đã gọi điện hỏi thêm"))
    late = await hoa.post(f"{at}/answer", data=step(page, answer="Lời đang viết"))
    assert late.status_code == 409 and "Lời đang viết" in late.text and "đã có thay đổi" in late.text
    saved = await hoa.post(f"{at}/answer", data=step(late.text, answer="Lời đang viết", save="yes"))
    assert saved.headers["location"].endswith("feedback-saved")
    mine = (await (await opened(everyone.mai)).get(f"/feedback/{code}")).text
    assert "Lời đang viết" not in mine and "Đã gọi điện" not in mine


async def test_a_long_way_is_told_page_by_page_the_last_first(opened, everyone):
    hoa = await opened(everyone.hoa)
    at = await case_of(hoa, await ask(await opened(everyone.mai), unit=str(everyone.province)))
    case = UUID(at.rpartition("/")[2])
    for version in range(1, feedback_views.STEPS + 3):
        await handling.note(uuid4(), case, f"Ghi chú {version}.", version=version, by=everyone.hoa)
    page = (await hoa.get(at)).text
    assert "Ghi chú 52." in page and "Ghi chú 3." in page and "Ghi chú 2." not in page
    earlier = re.search(r'href="([^"]+)#way-title" rel="next"', page)[1]
    page = (await hoa.get(earlier)).text
    assert "Ghi chú 2." in page and 'rel="next"' not in page
    for mangled in ("?steps=0", "?steps=-1", "?steps=x", "?steps=99999999999999999999"):
        assert (await hoa.get(f"{at}{mangled}")).status_code == 200, mangled


async def test_templates_are_written_and_inserted_after_what_was_typed(opened, everyone):
    hoa, id = await opened(everyone.hoa), uuid4()
    typed = {"unit": str(everyone.province), "title": "Cảm ơn", "answer": "Xin cảm ơn đồng chí.", "version": "0"}
    for wrong, field in (({"title": ""}, "title"), ({"answer": " "}, "answer")):
        answer = await hoa.post(f"/desk/feedback/templates/{id}", data={**typed, **wrong})
        assert answer.status_code == 422 and f'id="{field}-wrong"' in answer.text
    assert (await hoa.post(f"/desk/feedback/templates/{id}", data=typed)).status_code == 303
    at = await case_of(hoa, await ask(await opened(everyone.mai)))
    page = (await hoa.get(at)).text
    inserted = await hoa.post(f"{at}/answer", data=step(page, answer="Lời tôi viết", template=str(id), insert="yes"))
    assert inserted.status_code == 200 and "Lời tôi viết\n\nXin cảm ơn đồng chí." in inserted.text
    await hoa.post(f"{at}/notes", data=step(page, note="Đã hỏi Sở"))
    late = await hoa.post(f"{at}/answer", data=step(page, answer="Lời tôi viết", template=str(id), insert="yes"))
    assert late.status_code == 409 and "Xin cảm ơn đồng chí." in late.text
    assert (await hoa.post(f"/desk/feedback/templates/{id}/removal")).status_code == 303
    assert "Cảm ơn" not in (await hoa.get("/desk/feedback/templates")).text


async def test_the_inbox_is_for_handlers_and_auditors_look_without_a_hand(opened, everyone):
    code = await ask(await opened(everyone.mai))
    hoa, thu = await opened(everyone.hoa), await opened(everyone.thu)
    at = await case_of(hoa, code)
    for member, status in ((everyone.mai, 403), (everyone.lan, 403), (None, 401)):
        for path in ("/desk/feedback", at, "/desk/feedback/templates"):
            assert (await (await opened(member)).get(path)).status_code == status
    page = (await thu.get(at)).text
    main = page[page.index("<main") : page.index("</main")]
    assert WORDS in main and "<form" not in main
    for path in ("answer", "notes", "closing", "assignment", "forwarding", "publication"):
        assert (await thu.post(f"{at}/{path}", data={"id": str(uuid4()), "version": "1"})).status_code == 403
    await thu.get("/desk/feedback")
    reads = [entry for entry in await journal.about("feedback:inbox") if entry["act"] == "feedback.read"]
    assert len(reads) == 1
    assert 'href="/desk/feedback"' in (await hoa.get("/desk")).text


async def test_too_many_are_told_in_a_sentence(opened, everyone, monkeypatch):
    monkeypatch.setattr(sending, "LIMIT", 0)
    answer = await (await opened(everyone.mai)).post("/feedback/new", data=form())
    assert answer.status_code == 429 and "Mỗi ngày đồng chí gửi được 0 góp ý" in answer.text and WORDS in answer.text
    assert not await floor.fetch("SELECT id FROM feedback")


async def test_a_moderator_makes_feedback_of_a_comment_and_its_author_follows_it(opened, everyone, slug):
    mai, tam = await opened(everyone.mai), await opened(everyone.tam)
    held = "Xin hỏi hạn gửi báo cáo quý, gọi tôi theo số 0912 345 678."
    id = uuid4()
    await mai.put(f"/api/comments/{id}", json={"document": slug, "words": held})
    assert "Chuyển thành góp ý" in (await tam.get(f"/desk/moderation/{id}")).text
    for _ in range(2):
        assert (await tam.post(f"/desk/moderation/{id}/feedback")).status_code == 303
    assert (await (await opened(everyone.lan)).post(f"/desk/moderation/{id}/feedback")).status_code == 403
    listed = (await mai.get("/account/feedback")).text
    (code,) = set(re.findall(r"GY-\w{4}-\w{2}", listed))
    assert code in (await tam.get(f"/desk/moderation/{id}")).text
    hoa = await opened(everyone.hoa)
    assert "chuyển từ một ý kiến" in (await hoa.get(await case_of(hoa, code))).text
