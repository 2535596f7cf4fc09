"""Drafts at the desk: who may be there, what each form refuses, and the way of a text from its file to its readers."""

import asyncio
import re
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from base import clock, database
from content import fragments, originals, storing
from content.drafts import keeping, starting, writing
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.content.builders import regulation
from tests.people import People

TABS = ("", "/facts", "/audience", "/relations", "/check", "/preview", "/whole")
DAY = timedelta(days=1)


@pytest.fixture
async def lan(opened: Opener, everyone: People) -> httpx.AsyncClient:
    """Lan's browser; she writes for the province."""
    return await opened(everyone.lan)


@pytest.fixture
async def minh(opened: Opener, everyone: People) -> httpx.AsyncClient:
    """Minh's browser; he approves for the province."""
    return await opened(everyone.minh)


@pytest.fixture
async def draft(everyone: People) -> UUID:
    """A draft that Lan began."""
    return await starting.from_text(
        uuid4(), regulation(), unit=everyone.province, by=str(everyone.lan), scopes=frozenset({"public"})
    )


def typed(page: str, form: str) -> dict[str, str]:
    """What the form at this address would send as it is."""
    inside = re.search(rf'<form[^>]*action="{re.escape(form)}"[^>]*>(.*?)</form>', page, re.S)
    assert inside, form
    found = {}
    for tag in re.findall(r"<input[^>]*>", inside[1]):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = value[1] if value else ""
    for name, words in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', inside[1], re.S):
        found[name] = words
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', inside[1], re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


async def state_of(draft: UUID) -> str:
    return (await keeping.draft_of(draft)).state


async def prepare(lan: httpx.AsyncClient, draft: UUID) -> None:
    """All that a draft needs, through the forms."""
    base = f"/desk/drafts/{draft}"
    facts = typed((await lan.get(f"{base}/facts")).text, f"{base}/facts")
    assert (await lan.post(f"{base}/facts", data=facts)).status_code == 303
    chosen = typed((await lan.get(f"{base}/audience")).text, f"{base}/audience")
    answer = await lan.post(f"{base}/audience", data={**chosen, "audience": "public"})
    assert answer.status_code == 303, answer.text
    assert (await lan.post(f"{base}/unclassified", data={"unclassified": "1"})).status_code == 303


async def hand_in(lan: httpx.AsyncClient, draft: UUID) -> httpx.Response:
    version = (await keeping.draft_of(draft)).version
    return await lan.post(f"/desk/drafts/{draft}/submission", data={"version": version})


# Who may


async def test_drafts_lie_open_before_those_who_work_on_them_and_nobody_else(opened, everyone, draft):
    paths = [f"/desk/drafts/{draft}{tab}" for tab in TABS]
    for path in [*paths, "/desk/documents", "/desk/documents/new"]:
        assert (await (await opened()).get(path)).status_code == 401, path
        assert (await (await opened(everyone.lan, method="password")).get(path)).status_code == 403, path
    for member in (everyone.lan, everyone.minh, everyone.thu):
        client = await opened(member)
        assert [(await client.get(path)).status_code for path in paths] == [200] * len(paths)
        assert (await client.get("/desk/documents")).status_code == 200
    for member in (everyone.mai, everyone.tam, everyone.hoa, everyone.quang):
        client = await opened(member)
        assert {(await client.get(path)).status_code for path in paths} == {404}
        assert (await client.get("/desk/documents")).status_code == 403


async def test_a_draft_of_another_unit_looks_like_none(opened, everyone, draft):
    other = await builders.member("vu", unit=everyone.commune)
    for role in ("editor", "approver", "auditor"):
        await builders.role(other, role, everyone.commune)
    client = await opened(other)
    for tab in TABS:
        assert (await client.get(f"/desk/drafts/{draft}{tab}")).status_code == 404
    for verb in ("submission", "approval", "publication", "return", "discarding", "schedule", "unclassified"):
        answer = await client.post(f"/desk/drafts/{draft}/{verb}", data={"version": "1", "reason": "x"})
        assert answer.status_code in (303, 404)
    assert await state_of(draft) == "draft"
    assert (await client.get(f"/desk/drafts/{uuid4()}")).status_code == 404
    assert "sinh hoạt chi bộ" not in (await client.get("/desk/documents")).text


async def test_each_role_does_its_own_part(opened, everyone, lan, minh, draft):
    base, thu = f"/desk/drafts/{draft}", await opened(everyone.thu)
    writing_forms = ("facts", "audience", "relations", "whole", "unclassified", "submission", "discarding", "scan")
    for client in (minh, thu):
        for verb in writing_forms:
            assert (await client.post(f"{base}/{verb}", data={"seen": "x"})).status_code == 403, verb
    for client in (lan, thu):
        for verb in ("approval", "return"):
            assert (await client.post(f"{base}/{verb}", data={"version": "1", "reason": "x"})).status_code == 403, verb
    for verb in ("publication", "schedule"):
        assert (await thu.post(f"{base}/{verb}", data={})).status_code == 403


async def test_nobody_writes_for_a_unit_that_is_not_theirs(lan, everyone):
    sent = {"id": str(uuid4()), "unit": "999999", "text": regulation()}
    answer = await lan.post("/desk/documents/new", data=sent)
    assert answer.status_code == 422
    assert "12-QĐ/TU" in answer.text  # what was pasted is still there
    assert (await lan.post("/desk/documents/new", data={**sent, "unit": ""})).status_code == 422


# Beginning


async def test_several_files_at_once_become_drafts_and_what_is_refused_says_why(lan, everyone):
    files = [
        ("file", ("a.md", regulation().encode())), ("file", ("b.md", regulation("13-QĐ/TU").encode())),
        ("file", ("c.exe", b"MZ")), ("file", ("d.md", ("TỐI MẬT\n\n" + regulation("14-QĐ/TU")).encode())),
    ]  # fmt: skip
    sent = {"id": str(uuid4()), "unit": str(everyone.province)}
    answer = await lan.post("/desk/documents/new", data=sent, files=files)
    assert answer.status_code == 200
    assert answer.text.count("Mở để soát") == 2
    assert "Tối mật" in answer.text
    await lan.post("/desk/documents/new", data=sent, files=files)
    assert len(await keeping.drafts([everyone.province], states=["draft"])) == 2


async def test_one_file_after_the_other_is_told_line_by_line(lan, everyone):
    id = uuid4()
    for _ in range(2):
        answer = await lan.put(
            f"/desk/drafts/{id}/file", data={"unit": str(everyone.province)}, files={"file": ("a.md", regulation())}
        )
        assert answer.status_code == 200
        assert f"/desk/drafts/{id}" in answer.text
    refused = await lan.put(
        f"/desk/drafts/{uuid4()}/file", data={"unit": str(everyone.province)}, files={"file": ("a.zip", b"PK")}
    )
    assert refused.status_code == 422
    assert "wrong-words" in refused.text


@pytest.mark.parametrize("text", ["", "TUYỆT MẬT\n\nSố 1-QĐ/TU\n\nQUY ĐỊNH\n\nĐiều 1. Một\n\nLời."])
async def test_a_text_that_may_not_enter_is_refused_and_kept_in_the_form(lan, everyone, text):
    answer = await lan.post(
        "/desk/documents/new", data={"id": str(uuid4()), "unit": str(everyone.province), "text": text}
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert text[:20] in answer.text
    assert await database.fetch("SELECT id FROM edition") == []


# Writing


async def test_a_part_that_somebody_else_changed_shows_both(lan, draft, everyone):
    base = f"/desk/drafts/{draft}"
    page = (await lan.get(base)).text
    anchor = re.search(r'data-path="dieu-1.khoan-1"[^>]*>\s*<a class="draft-part" href="[^"]*part=(\w+)', page)[1]
    form = typed((await lan.get(f"{base}?part={anchor}")).text, f"{base}/parts/{anchor}")
    await writing.rewrite_part(draft, anchor, "1. Minh viết.", seen=form["seen"], by=str(everyone.minh))
    answer = await lan.post(f"{base}/parts/{anchor}", data={**form, "text": "1. Lan viết."})
    assert answer.status_code == 409
    assert "1. Minh viết." in answer.text
    assert "1. Lan viết." in answer.text
    again = typed(answer.text, f"{base}/parts/{anchor}")
    assert (await lan.post(f"{base}/parts/{anchor}", data=again)).status_code == 303
    assert "1. Lan viết." in await writing.text_of(draft)


async def test_facts_that_somebody_else_changed_show_both(lan, draft, everyone):
    base = f"/desk/drafts/{draft}"
    form = typed((await lan.get(f"{base}/facts")).text, f"{base}/facts")
    other = await lan.post(f"{base}/facts", data={**form, "signer": "Nông Quốc Hiệp B"})
    assert other.status_code == 303
    answer = await lan.post(f"{base}/facts", data={**form, "signer": "Nông Quốc Hiệp C"})
    assert answer.status_code == 409
    assert "Nông Quốc Hiệp B" in answer.text
    assert 'value="Nông Quốc Hiệp C"' in answer.text
    assert (await lan.post(f"{base}/facts", data=typed(answer.text, f"{base}/facts"))).status_code == 303
    assert (await keeping.draft_of(draft)).facts.head.signer == "Nông Quốc Hiệp C"


@pytest.mark.parametrize(
    ("field", "value"),
    [("issued", "31/02/2026"), ("issued", "hôm qua"), ("effective_from", "01/01/1800"), ("effective_until", "x"),
     ("urgency", "Rất khẩn"), ("number", "1" * 61), ("title", "a" * 1001), ("note", "a" * 1001)],
)  # fmt: skip
async def test_a_fact_that_cannot_be_is_told_at_its_field_and_nothing_is_lost(lan, draft, field, value):
    base = f"/desk/drafts/{draft}"
    form = typed((await lan.get(f"{base}/facts")).text, f"{base}/facts")
    answer = await lan.post(f"{base}/facts", data={**form, "signer": "Người Đã Gõ", field: value})
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert 'value="Người Đã Gõ"' in answer.text
    assert (await keeping.draft_of(draft)).version == 1


@pytest.mark.parametrize("sent", [{"kind": "burns", "number": "1-QĐ/TU"}, {"kind": "amends", "number": "không số"}])
async def test_a_relation_that_cannot_be_is_told(lan, draft, sent):
    base = f"/desk/drafts/{draft}"
    seen = typed((await lan.get(f"{base}/relations")).text, f"{base}/relations")["seen"]
    answer = await lan.post(f"{base}/relations", data={"seen": seen, **sent})
    assert answer.status_code == 422
    assert "wrong-words" in answer.text
    good = await lan.post(f"{base}/relations", data={"seen": seen, "kind": "replaces", "number": "04-QĐ/TU"})
    assert good.status_code == 303
    assert (await keeping.draft_of(draft)).facts.relations[0].number == "04-QĐ/TU"
    page = (await lan.get(f"{base}/relations")).text
    seen = typed(page, f"{base}/relations")["seen"]
    await lan.post(f"{base}/relations", data={"seen": seen})  # the tick taken away
    assert (await keeping.draft_of(draft)).facts.relations == ()


async def test_originals_are_given_back_as_attachments_to_those_at_the_desk(lan, opened, everyone):
    id, data = uuid4(), b"%PDF-1.7 no words"
    await starting.from_file(
        id, regulation().encode(), "quy định.md", unit=everyone.province, by=str(everyone.lan), scopes=frozenset()
    )
    base = f"/desk/drafts/{id}"
    assert (await lan.post(f"{base}/scan", files={"scan": ("đã ký.pdf", data)})).status_code == 303
    answer = await lan.get(f"{base}/originals/signed")
    assert (answer.status_code, answer.content) == (200, data)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert (await lan.get(f"{base}/originals/other")).status_code == 404
    assert (await (await opened(everyone.mai)).get(f"{base}/originals/signed")).status_code == 404
    for name, content in (("a.exe", b"MZ"), ("a.pdf", b"no")):
        assert (await lan.post(f"{base}/scan", files={"scan": (name, content)})).status_code == 422
    assert (await lan.post(f"{base}/scan", data={"x": "1"})).status_code == 422
    kept = originals.path((await originals.originals(id))[0])
    assert kept
    kept.unlink()
    assert (await lan.get(f"{base}/originals/source")).status_code == 410


async def test_readers_of_a_document_and_nobody_else_get_its_originals(lan, minh, opened, everyone):
    id, data = uuid4(), regulation().encode()
    await starting.from_file(id, data, "quy định.md", unit=everyone.province, by=str(everyone.lan), scopes=frozenset())
    await prepare(lan, id)
    form = typed((await lan.get(f"/desk/drafts/{id}/audience")).text, f"/desk/drafts/{id}/audience")
    await lan.post(f"/desk/drafts/{id}/audience", data={**form, "audience": f"org:{everyone.commune}"})
    await hand_in(lan, id)
    version = (await keeping.draft_of(id)).version
    await minh.post(f"/desk/drafts/{id}/approval", data={"version": version, "then": "publish"})
    mai, address = await opened(everyone.mai), "/documents/quy-dinh-12-qd-tu-2026/editions/1/originals"
    assert (await mai.get(f"{address}/source")).content == data
    assert (
        f'{address}/source" download>Tệp gốc: quy định.md' in (await mai.get("/documents/quy-dinh-12-qd-tu-2026")).text
    )
    assert (await mai.get(f"{address}/signed")).status_code == 404
    for client in (await opened(), await opened(everyone.tam)):
        assert (await client.get(f"{address}/source")).status_code == 404
    assert (await mai.get(f"{address.replace('/1/', '/x/')}/source")).status_code == 404


async def test_the_preview_may_be_framed_by_our_own_pages_only(lan, draft):
    framed = (await lan.get(f"/desk/drafts/{draft}/preview")).headers["content-security-policy"]
    framing = (await lan.get(f"/desk/drafts/{draft}")).headers["content-security-policy"]
    assert "frame-ancestors 'self'" in framed
    assert "frame-ancestors 'none'" in framing
    assert "frame-src 'self'" in framing
    assert "frame-src" not in (await lan.get("/desk")).headers["content-security-policy"]


# Deciding


async def test_a_draft_goes_from_lan_to_minh_to_its_readers(lan, minh, draft, opened):
    base = f"/desk/drafts/{draft}"
    assert (await hand_in(lan, draft)).status_code == 422
    await prepare(lan, draft)
    assert (await hand_in(lan, draft)).status_code == 303
    assert (await hand_in(lan, draft)).status_code == 303
    assert "Đang chờ duyệt" in (await lan.get(f"{base}/check")).text
    page = (await minh.get(f"{base}/check")).text
    assert "Duyệt và ban hành ngay" in page
    version = typed(page, f"{base}/approval")["version"]
    approval = await minh.post(f"{base}/approval", data={"version": version, "then": "publish"})
    assert approval.status_code == 303, approval.text
    assert await state_of(draft) == "published"
    answer = await (await opened()).get("/documents/quy-dinh-12-qd-tu-2026")
    assert answer.status_code == 200
    assert "về sinh hoạt chi bộ" in answer.text


async def test_nobody_approves_their_own_work_though_they_hold_both_roles(opened, everyone, lan, draft):
    await builders.role(everyone.lan, "approver", everyone.province)
    lan = await opened(everyone.lan)
    await prepare(lan, draft)
    await hand_in(lan, draft)
    version = (await keeping.draft_of(draft)).version
    page = (await lan.get(f"/desk/drafts/{draft}/check")).text
    assert "người khác phải duyệt" in page
    assert "Duyệt và ban hành ngay" not in page
    answer = await lan.post(f"/desk/drafts/{draft}/approval", data={"version": version})
    assert answer.status_code == 403
    assert await state_of(draft) == "submitted"


async def test_a_returned_draft_tells_its_editor_why_and_where(lan, minh, draft):
    base = f"/desk/drafts/{draft}"
    await prepare(lan, draft)
    await hand_in(lan, draft)
    version = (await keeping.draft_of(draft)).version
    page = (await minh.get(f"{base}/check")).text
    anchor = re.search(r'<option value="(\w+)" lang="vi">Điều 1', page)[1]
    sent = {"version": version, "remark_part": anchor, "remark_words": "Nêu rõ hạn."}
    blank = await minh.post(f"{base}/return", data={**sent, "reason": ""})
    assert blank.status_code == 422
    assert "Nêu rõ hạn." in blank.text
    assert (await minh.post(f"{base}/return", data={**sent, "reason": "Thiếu căn cứ."})).status_code == 303
    page = (await lan.get(base)).text
    assert "Thiếu căn cứ." in page
    assert "Nêu rõ hạn." in page
    assert "Trần Quang Minh" in page


@pytest.mark.parametrize(
    ("sent", "field"),
    [({}, "publish_day"), ({"publish_day": "31/02/2027"}, "publish_day"),
     ({"publish_day": "01/01/2020"}, "publish_at"),
     ({"publish_day": "01/01/2100", "publish_time": "25:00"}, "publish_time")],
)  # fmt: skip
async def test_a_moment_that_cannot_be_is_told(lan, minh, draft, sent, field):
    await approve(lan, minh, draft)
    answer = await minh.post(f"/desk/drafts/{draft}/schedule", data=sent)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert await state_of(draft) == "approved"


async def test_a_scheduled_draft_is_taken_off_the_schedule_or_issued_in_time(lan, minh, draft):
    await approve(lan, minh, draft)
    tomorrow = clock.today() + DAY
    sent = {"publish_day": tomorrow.isoformat(), "publish_time": "07:30"}
    assert (await lan.post(f"/desk/drafts/{draft}/schedule", data=sent)).status_code == 303
    at = (await keeping.draft_of(draft)).publish_at
    assert at
    assert clock.local(at).strftime("%H:%M %d/%m/%Y") == f"07:30 {tomorrow:%d/%m/%Y}"
    assert (await lan.post(f"/desk/drafts/{draft}/schedule", data={"then": "unschedule"})).status_code == 303
    assert await state_of(draft) == "approved"


async def test_an_old_form_is_told_so(lan, minh, draft):
    await prepare(lan, draft)
    for version in ("", "x", "1" * 10):
        assert (await lan.post(f"/desk/drafts/{draft}/submission", data={"version": version})).status_code == 422
    assert (await lan.post(f"/desk/drafts/{draft}/submission", data={"version": "1"})).status_code == 409


async def test_publication_asked_fifty_times_at_once_happens_once(lan, minh, opened, everyone, draft):
    await approve(lan, minh, draft)
    address = f"/api/editions/{draft}/publication"
    assert (await (await opened()).put(address)).status_code == 401
    assert (await (await opened(everyone.mai)).put(address)).status_code == 404
    assert (await (await opened(everyone.thu)).put(address)).status_code == 403
    answers = await asyncio.gather(*(minh.put(address) for _ in range(50)))
    assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]
    assert {answer.json()["slug"] for answer in answers} == {"quy-dinh-12-qd-tu-2026"}
    assert len(await database.fetch("SELECT id FROM notice")) == 1
    assert len(await database.fetch("SELECT id FROM journal WHERE act = 'document.publish'")) == 1


async def test_what_is_not_approved_is_not_issued_by_program_either(lan, minh, draft):
    assert (await minh.put(f"/api/editions/{draft}/publication")).status_code == 409
    assert (await minh.put(f"/api/editions/{uuid4()}/publication")).status_code == 404
    assert (await minh.put("/api/editions/x/publication")).status_code == 404


async def test_a_discarded_draft_is_gone_however_often_it_is_asked(lan, draft):
    for _ in range(2):
        answer = await lan.post(f"/desk/drafts/{draft}/discarding")
        assert answer.status_code == 303
    assert (await lan.get(f"/desk/drafts/{draft}")).status_code == 404


async def test_the_list_shows_an_approver_first_what_waits(lan, minh, draft):
    await prepare(lan, draft)
    await hand_in(lan, draft)
    assert 'aria-current="page">Chờ duyệt (1)' in (await minh.get("/desk/documents")).text
    assert "Văn bản (1)" in (await minh.get("/desk")).text
    assert "Văn bản (1)" not in (await lan.get("/desk")).text
    assert (await lan.get("/desk/documents?group=issued")).status_code == 200
    assert (await lan.get("/desk/documents?group=x")).status_code == 200


async def approve(lan: httpx.AsyncClient, minh: httpx.AsyncClient, draft: UUID) -> None:
    await prepare(lan, draft)
    await hand_in(lan, draft)
    version = (await keeping.draft_of(draft)).version
    assert (await minh.post(f"/desk/drafts/{draft}/approval", data={"version": version})).status_code == 303
    assert await state_of(draft) == "approved"


async def test_an_issued_document_is_written_on_by_its_editors(lan, minh, draft, opened, everyone):
    await approve(lan, minh, draft)
    await minh.post(f"/desk/drafts/{draft}/publication")
    base, id = "/desk/documents/quy-dinh-12-qd-tu-2026", str(uuid4())
    assert (await minh.post(f"{base}/drafts", data={"id": id})).status_code == 403
    assert (await (await opened(everyone.mai)).post(f"{base}/drafts", data={"id": id})).status_code == 404
    for _ in range(2):
        answer = await lan.post(f"{base}/drafts", data={"id": id})
        assert answer.headers["location"] == f"/desk/drafts/{id}?done=draft-begun"
    assert f"/desk/drafts/{id}" in (await lan.get(base)).text
    assert "Bản sửa đổi của văn bản đã ban hành" in (await lan.get(f"/desk/drafts/{id}")).text
    assert (await lan.post(f"{base}/drafts", data={"id": "x"})).status_code == 422


async def test_what_a_later_text_changes_is_shown_before_it_is_decided_on(lan, minh, draft, opened, everyone):
    assert (await lan.get(f"/desk/drafts/{draft}/changes")).status_code == 404
    assert "/changes" not in (await lan.get(f"/desk/drafts/{draft}")).text
    await approve(lan, minh, draft)
    await minh.post(f"/desk/drafts/{draft}/publication")
    later = uuid4()
    await lan.post("/desk/documents/quy-dinh-12-qd-tu-2026/drafts", data={"id": str(later)})
    base = f"/desk/drafts/{later}"
    assert f'href="{base}/changes"' in (await minh.get(f"{base}/check")).text
    assert "Hai bản giống nhau về câu chữ." in (await minh.get(f"{base}/changes")).text
    pieces = await fragments.pieces_of(later)
    part = next(each for each in pieces.parts if each.path == "dieu-1.khoan-1")
    seen, anchor = storing.digest_of(part.text), pieces.anchors[part.path]
    await writing.rewrite_part(later, anchor, f"{part.text.rstrip()} và báo cáo.", seen=seen, by=str(everyone.lan))
    page = (await minh.get(f"{base}/changes")).text
    assert "<ins>" in page and "và báo cáo" in page and f"{base}?part={anchor}#part-{anchor}" in page
    assert "/documents/quy-dinh-12-qd-tu-2026/editions/1#dieu-1.khoan-1" in page
    assert (await (await opened(everyone.mai)).get(f"{base}/changes")).status_code == 404
    issue = await lan.get(f"/desk/drafts/{draft}/changes")
    assert issue.headers["location"] == "/documents/quy-dinh-12-qd-tu-2026/editions/1/changes"
