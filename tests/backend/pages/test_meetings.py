"""Meetings through the door: the secretary sets, members read, others find nothing; nothing typed is lost."""

import io
import re
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from pypdf import PdfWriter

from backend.accounts import members
from backend.meetings import choosing, keeping, papers, setting
from backend.meetings.model import Meeting
from base import clock, database
from content import publishing
from tests import builders, people
from tests.backend.meetings.conftest import Cell
from tests.backend.meetings.lists import begun, chosen, given, issued, paper
from tests.backend.pages.conftest import Opener
from tests.people import People

CLAUSE = "dieu-1.khoan-2"


@pytest.fixture
async def cell(everyone: People) -> Cell:
    return Cell(everyone, await people.thang(everyone))


@pytest.fixture
async def thang(opened: Opener, cell: Cell) -> httpx.AsyncClient:
    """Thắng's browser; he prepares the meetings of Mai's cell."""
    return await opened(cell.thang)


@pytest.fixture
async def mai(opened: Opener, cell: Cell) -> httpx.AsyncClient:
    return await opened(cell.people.mai)


def form(**changed: str) -> dict[str, str]:
    day = (clock.today() + timedelta(days=7)).isoformat()
    given = {
        "version": "0", "source": "", "title": "Sinh hoạt tháng 12", "day": day, "time": "19:30",
        "place": "Nhà văn hóa thôn", "agenda": "Thời sự\r\nKiểm điểm tháng trước",
    }  # fmt: skip
    return {**given, **changed}


def value_of(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1]


def wrong_on(page: str) -> set[str]:
    """The fields that the summary leads to."""
    return set(re.findall(r'<a href="#([a-z_]+)">', page.partition('class="summary"')[2].partition("</ul>")[0]))


async def parts_of(meeting: Meeting) -> list[choosing.Chosen]:
    return list(await choosing.chosen(meeting.id))


# Who may


def paths(made: Meeting, part: UUID, paper: UUID) -> tuple[list[str], list[str]]:
    base = f"/desk/meetings/{made.id}"
    reads = ["/desk/meetings", "/desk/meetings/new", *(f"{base}{path}" for path in ("", "/plan", "/preview", "/parts"))]
    writes = [
        f"{base}{path}"
        for path in (
            "/plan", "/setting", "/cancellation", "/discarding", "/parts", f"/parts/{part}", f"/parts/{part}/place",
            f"/parts/{part}/removal", "/papers", f"/papers/{paper}/removal",
        )
    ]  # fmt: skip
    return [*reads, f"{base}/papers/{paper}"], writes


async def test_the_desk_of_meetings_is_the_secretarys(opened: Opener, cell: Cell) -> None:
    made, slug, kept = await given(cell), await issued(), uuid4()
    await chosen(cell, made, slug, CLAUSE)
    await papers.bring(kept, made.id, paper(), "a.docx", item="", is_unclassified=True, by=cell.by)
    [part] = await parts_of(made)
    reads, writes = paths(made, part.id, kept)
    others = [
        await opened(cell.people.mai),
        await opened(cell.people.quang),
        await opened(cell.thang, method="password"),
    ]
    for address in reads:
        assert (await (await opened()).get(address)).status_code == 401, address
        assert {(await other.get(address)).status_code for other in others} == {403}, address
        assert (await (await opened(cell.thang)).get(address)).status_code == 200, address
    for address in writes:
        assert (await (await opened()).post(address, data=form())).status_code == 401, address
        assert {(await other.post(address, data=form())).status_code for other in others} == {403}, address
    assert await keeping.meeting(made.id) == made and len(await parts_of(made)) == 1


async def test_a_secretary_of_another_unit_finds_nothing_and_one_above_does(opened: Opener, cell: Cell) -> None:
    made, kept = await given(cell), uuid4()
    await papers.bring(kept, made.id, paper(), "a.docx", item="", is_unclassified=True, by=cell.by)
    foreign = await builders.member("kha", unit=cell.people.other_cell)
    await builders.role(foreign, "secretary", cell.people.other_cell)
    above = await builders.member("sau", unit=cell.people.commune)
    await builders.role(above, "secretary", cell.people.commune)
    kha, sau = await opened(foreign), await opened(above)
    reads, writes = paths(made, uuid4(), kept)
    for address in reads[2:]:
        assert (await kha.get(address)).status_code == 404, address
        assert (await sau.get(address)).status_code == 200, address
    for address in writes:
        assert (await kha.post(address, data=form())).status_code == 404, address
    assert str(made.id) not in (await kha.get("/desk/meetings")).text
    assert str(made.id) in (await sau.get("/desk/meetings")).text
    foreign_unit = await kha.post(f"/desk/meetings/{uuid4()}/plan", data={**form(), "unit": str(cell.people.cell)})
    assert foreign_unit.status_code == 422 and wrong_on(foreign_unit.text) == {"unit"}


async def test_the_desk_leads_secretaries_to_meetings(opened: Opener, cell: Cell, thang) -> None:
    assert 'href="/desk/meetings"' in (await thang.get("/desk")).text
    assert 'href="/desk/meetings"' not in (await (await opened(cell.people.quang)).get("/desk")).text


# The walk


async def test_from_an_empty_form_to_members_who_read_and_others_who_find_nothing(
    opened: Opener, cell: Cell, thang, mai
) -> None:
    slug, data = await issued(), paper()
    page = (await thang.get("/desk/meetings/new")).text
    address = re.search(r'action="(/desk/meetings/[0-9a-f-]{36})/plan"', page)[1]
    member = address.removeprefix("/desk")
    saved = await thang.post(f"{address}/plan", data={**form(), "unit": str(cell.people.cell)})
    assert saved.headers["location"] == f"{address}?done=meeting-saved"
    found = (await thang.get(f"{address}/parts", params={"words": "khoản 2 Điều 1 Quy định 12-QĐ/TU"})).text
    assert f"document={slug}&amp;path={CLAUSE}" in found
    item = re.search(r'parts\?item=([0-9a-f]+)"', (await thang.get(address)).text)[1]
    page = (await thang.get(f"{address}/parts", params={"document": slug, "path": CLAUSE, "item": item})).text
    assert f'value="{CLAUSE}" checked' in page
    ticked = {"id": value_of(page, "id"), "document": slug, "item": item, "path": [CLAUSE, "whole"]}
    assert (await thang.post(f"{address}/parts", data=ticked)).status_code == 303
    brought = {"id": str(uuid4()), "item": "", "unclassified": "1"}
    file = {"file": ("Dự thảo.docx", data, "application/octet-stream")}
    assert (await thang.post(f"{address}/papers", data=brought, files=file)).status_code == 303
    assert "Thời sự" in (await thang.get(f"{address}/preview")).text
    for path in (member, "/meetings", "/"):
        assert "Sinh hoạt tháng 12" not in (await mai.get(path)).text
    assert (await mai.get(member)).status_code == 404

    hub = (await thang.get(address)).text
    assert (await thang.post(f"{address}/setting", data={"version": value_of(hub, "version")})).status_code == 303
    assert "Hà Văn Thắng giao lúc" in (await thang.get(f"{address}?done=meeting-set")).text
    home = (await mai.get("/")).text
    assert f'href="{member}"' in home and "2 phần cần đọc" in home and "1 tệp tài liệu" in home
    page = (await mai.get(member)).text
    assert "Khoản 2 Điều 1 Quy định" in page and 'class="part part-khoan"' in page and "Nhà văn hóa thôn" in page
    kept = re.search(rf'href="({member}/papers/[0-9a-f-]+)"', page)[1]
    answer = await mai.get(kept)
    assert answer.content == data and answer.headers["content-disposition"].startswith("attachment")
    others = [await opened(cell.people.lan), await opened(await builders.member("nt", unit=cell.people.other_cell))]
    for other in others:
        for path in (member, kept, f"{member}/papers/{uuid4()}"):
            assert (await other.get(path)).status_code == 404, path
        assert "Sinh hoạt tháng 12" not in (await other.get("/")).text
    for path in ("/meetings", member, kept):
        assert (await (await opened()).get(path)).status_code == 401, path

    [edition] = await database.fetch("SELECT id FROM edition")
    await publishing.withdraw(edition["id"], by="cli", reason="Nhầm")
    assert "12-QĐ/TU" not in (await mai.get(member)).text
    assert (await thang.post(f"{address}/cancellation", data={"reason": "Bão về"})).status_code == 303
    page = (await mai.get(member)).text
    assert "không họp nữa" in page and "Bão về" in page
    await members.move(cell.people.mai, unit=cell.people.other_cell, by="cli")
    assert (await mai.get(member)).status_code == 404


async def test_members_are_told_of_another_time(cell: Cell, thang, mai) -> None:
    made = await given(cell)
    moved = form(version=str(made.version), time="20:00", agenda="\n".join(made.plan.agenda))
    assert (await thang.post(f"/desk/meetings/{made.id}/plan", data=moved)).status_code == 303
    page = (await mai.get(f"/meetings/{made.id}")).text
    assert "Dưới đây là thời gian, địa điểm mới" in page and "20:00" in page
    assert "Đổi giờ hoặc nơi họp" in (await mai.get("/meetings")).text


async def test_a_past_meeting_is_listed_and_can_be_a_start(cell: Cell, thang, mai) -> None:
    made, slug = await given(cell), await issued()
    await chosen(cell, made, slug, CLAUSE, item=made.agenda[0].id)
    await database.execute("UPDATE meeting SET at = {} WHERE id = {}", clock.now() - timedelta(days=20), made.id)
    listed = (await mai.get("/meetings")).text
    assert listed.index("Đã qua") < listed.index(str(made.id))
    assert str(made.id) not in (await mai.get("/")).text
    assert "/plan" not in (await thang.get(f"/desk/meetings/{made.id}")).text
    assert (await thang.get(f"/desk/meetings/{made.id}/plan")).status_code == 303
    page = (await thang.get("/desk/meetings/new", params={"from": str(made.id)})).text
    assert value_of(page, "title") == "Sinh hoạt tháng 12" and value_of(page, "day") == ""
    begun_as = form(source=value_of(page, "source"), agenda="\n".join(made.plan.agenda), unit=str(made.unit))
    id = uuid4()
    for _ in range(2):
        assert (await thang.post(f"/desk/meetings/{id}/plan", data=begun_as)).status_code == 303
    assert [part.label for part in await choosing.chosen(id)] == ["khoản 2 Điều 1 Quy định 12-QĐ/TU"]


# What is wrong is told beside it


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"title": "x" * 201}, {"title"}),
        ({"place": "x" * 201}, {"place"}),
        ({"agenda": "x" * 301}, {"agenda"}),
        ({"agenda": "\n".join(map(str, range(31)))}, {"agenda"}),
        ({"day": "31/02/2026"}, {"day"}),
        ({"day": ""}, {"day"}),
        ({"time": ""}, {"time"}),
        ({"time": "25:61"}, {"time"}),
        ({"version": "x"}, set()),
        ({"unit": "999"}, {"unit"}),
    ],
)
async def test_a_plan_that_cannot_be_meant_comes_back_with_what_was_typed(cell: Cell, thang, wrong, fields) -> None:
    id = uuid4()
    answer = await thang.post(f"/desk/meetings/{id}/plan", data=form(**{"unit": str(cell.people.cell), **wrong}))
    assert answer.status_code == 422 and wrong_on(answer.text) == fields
    assert "Kiểm điểm tháng trước" in answer.text or "agenda" in wrong
    assert await keeping.find(id) is None


async def test_two_who_save_see_both_and_choose(cell: Cell, thang) -> None:
    made = await begun(cell)
    await keeping.save(made.id, made.plan.__class__("Tên của người kia"), unit=made.unit, version=1, by=cell.by)
    typed = form(version="1", title="Tên của tôi")
    answer = await thang.post(f"/desk/meetings/{made.id}/plan", data=typed)
    assert answer.status_code == 409
    assert "Tên của người kia" in answer.text and 'value="Tên của tôi"' in answer.text
    again = await thang.post(
        f"/desk/meetings/{made.id}/plan", data={**typed, "version": value_of(answer.text, "version")}
    )
    assert again.status_code == 303 and (await keeping.meeting(made.id)).title == "Tên của tôi"


async def test_an_unfinished_list_is_not_set_and_says_what_lacks(cell: Cell, thang) -> None:
    made = await begun(cell, title="", place="", agenda=())
    answer = await thang.post(f"/desk/meetings/{made.id}/setting", data={"version": str(made.version)})
    assert answer.status_code == 422 and wrong_on(answer.text) == {"title", "place", "agenda"}
    assert all(f'id="{field}"' in answer.text for field in ("title", "place", "agenda"))
    stale = await thang.post(f"/desk/meetings/{made.id}/setting", data={"version": "7"})
    assert stale.status_code == 409 and "đã được sửa ở nơi khác" in stale.text


async def test_choosing_tells_what_cannot_be_chosen(cell: Cell, thang) -> None:
    made, slug = await begun(cell), await issued()
    base = f"/desk/meetings/{made.id}/parts"
    nothing = await thang.post(base, data={"id": str(uuid4()), "document": slug, "item": ""})
    assert nothing.status_code == 422 and wrong_on(nothing.text) == {"path"}
    other = await thang.post(base, data={"id": str(uuid4()), "document": slug, "item": "khong-co", "path": "dieu-1"})
    assert other.status_code == 422 and wrong_on(other.text) == {"item"}
    old = await thang.post(base, data={"id": "x", "document": slug, "item": "", "path": "dieu-1"})
    assert old.status_code == 422 and 'value="dieu-1" checked' in old.text
    assert (await thang.get(base, params={"document": "khong-co"})).status_code == 404
    own = await issued("51-QĐ/TU", audience=(f"member:{cell.thang}",))
    words = "Không phải đảng viên nào của đơn vị cũng được đọc văn kiện này"
    page = (await thang.get(base, params={"document": own})).text
    assert words in page and 'name="path"' not in page
    refused = await thang.post(base, data={"id": str(uuid4()), "document": own, "item": "", "path": "whole"})
    assert refused.status_code == 422 and words in refused.text
    assert "Không tìm thấy" in (await thang.get(base, params={"words": "zzzz"})).text
    assert await parts_of(made) == []


async def test_a_part_is_changed_moved_and_dropped(cell: Cell, thang) -> None:
    made, slug = await begun(cell), await issued()
    await chosen(cell, made, slug, "dieu-1", "dieu-2")
    one, two = await parts_of(made)
    base = f"/desk/meetings/{made.id}/parts"
    said = {"item": made.agenda[0].id, "note": "Đọc kỹ", "version": "1"}
    assert (await thang.post(f"{base}/{one.id}", data=said)).status_code == 303
    late = await thang.post(f"{base}/{one.id}", data={**said, "note": "Khác"})
    assert late.status_code == 409 and "Phần này đã được sửa ở nơi khác" in late.text and 'value="Khác"' in late.text
    long = await thang.post(f"{base}/{one.id}", data={**said, "version": "2", "note": "x" * 301})
    assert long.status_code == 422 and wrong_on(long.text) == {"note"}
    assert (await thang.post(f"{base}/{two.id}/place", data={"before": str(one.id)})).status_code == 303
    assert [part.id for part in await parts_of(made)] == [two.id, one.id]
    assert (await thang.post(f"{base}/{two.id}/removal")).status_code == 303
    assert [part.note for part in await parts_of(made)] == ["Đọc kỹ"]
    assert (await thang.post(f"{base}/{uuid4()}", data=said)).status_code == 404


async def test_the_desk_tells_when_a_document_is_no_longer_for_all_or_for_the_secretary(cell: Cell, thang, mai) -> None:
    made, slug = await given(cell), await issued()
    await chosen(cell, made, slug, CLAUSE)
    [document] = await database.fetch("SELECT id FROM document")
    hub, member = f"/desk/meetings/{made.id}", f"/meetings/{made.id}"
    for audience, words in (
        ({f"member:{cell.thang}"}, "Không phải đảng viên nào cũng còn được đọc"),
        ({f"org:{cell.people.ward}"}, "không còn được đọc. Đảng viên không được đọc cũng không thấy nó"),
    ):
        await publishing.set_audience(document["id"], audience, by="cli", reason="Thu hẹp")
        page = (await thang.get(hub)).text
        assert words in page and ("12-QĐ/TU" in page) == (f"member:{cell.thang}" in audience)
        assert "12-QĐ/TU" not in (await mai.get(member)).text


async def test_a_paper_that_is_not_taken_is_told_beside_its_field(cell: Cell, thang) -> None:
    made = await begun(cell)
    scan = io.BytesIO()
    blank = PdfWriter()
    blank.add_blank_page(200, 200)
    blank.write(scan)
    sent = {"id": str(uuid4()), "item": "", "unclassified": "1"}
    cases = [
        ({}, None, "file"),
        ({}, ("a.xlsx", b"abc"), "file"),
        ({}, ("anh-chup.pdf", scan.getvalue()), "file"),
        ({}, ("to.docx", paper() + b"x" * (20 * 2**20)), "file"),
        ({"unclassified": ""}, ("a.docx", paper()), "unclassified"),
        ({"item": "khong-co"}, ("a.docx", paper()), "item"),
        ({"id": "x"}, ("a.docx", paper()), ""),
    ]
    for changed, file, field in cases:
        files = {"file": file} if file else None
        answer = await thang.post(f"/desk/meetings/{made.id}/papers", data={**sent, **changed}, files=files)
        assert answer.status_code == 422 and wrong_on(answer.text) == ({field} if field else set()), changed
    assert await papers.papers(made.id) == ()


async def test_cancelling_needs_a_reason_and_a_draft_is_thrown_away(cell: Cell, thang) -> None:
    made, draft = await given(cell), await begun(cell)
    answer = await thang.post(f"/desk/meetings/{made.id}/cancellation", data={"reason": ""})
    assert answer.status_code == 422 and wrong_on(answer.text) == {"reason"}
    refused = await thang.post(f"/desk/meetings/{made.id}/discarding")
    assert refused.status_code == 409
    gone = await thang.post(f"/desk/meetings/{draft.id}/discarding")
    assert gone.headers["location"] == "/desk/meetings?done=meeting-discarded"
    assert (await thang.get(f"/desk/meetings/{draft.id}")).status_code == 404
    await setting.cancel(made.id, reason="Bão", by=cell.by)
    assert (await thang.post(f"/desk/meetings/{made.id}/plan", data=form(version="1"))).status_code == 409


async def test_english_says_the_same(opened: Opener, cell: Cell) -> None:
    made, slug = await given(cell), await issued()
    await chosen(cell, made, slug, CLAUSE)
    mai, thang = await opened(cell.people.mai, language="en"), await opened(cell.thang, language="en")
    assert "1 part to read" in (await mai.get("/meetings")).text
    assert "Read it here" in (await mai.get(f"/meetings/{made.id}")).text
    assert "Members see this list" in (await thang.get(f"/desk/meetings/{made.id}")).text
