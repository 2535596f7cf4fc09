"""What a phone keeps of meetings: the whole of what is the reader's, with words only where they may be kept."""

from uuid import uuid4

import pytest

from backend.accounts import members
from backend.meetings import papers, setting
from tests import people
from tests.backend.meetings.conftest import Cell
from tests.backend.meetings.lists import begun, chosen, given, issued, paper

CLAUSE = "dieu-1.khoan-2"


@pytest.fixture
async def cell(opened) -> Cell:
    everyone = await people.everyone()
    return Cell(everyone, await people.thang(everyone))


async def test_a_member_is_given_meetings_with_agenda_words_and_papers(opened, cell):
    made, kept = await given(cell), uuid4()
    await begun(cell)
    await chosen(cell, made, await issued(), CLAUSE, item=made.agenda[0].id)
    await chosen(cell, made, await issued("13-QĐ/TU", offline=False), CLAUSE)
    await papers.bring(kept, made.id, paper(), "a.docx", item="", is_unclassified=True, by=cell.by)
    [told] = (await (await opened(cell.people.mai)).get("/api/meetings")).json()["items"]
    assert (told["id"], told["unit"]["code"], told["state"]) == (str(made.id), "DM-BX", "set")
    assert [item["words"] for item in told["agenda"]] == [item.words for item in made.agenda]
    free, bound = told["parts"]
    assert free["label"] == "khoản 2 Điều 1 Quy định 12-QĐ/TU" and free["item"] == made.agenda[0].id
    assert free["html"].startswith("<section") and free["offline"]
    assert bound["html"] == "" and not bound["offline"], "what may not be kept on a phone is not sent to be kept"
    assert [(one["id"], one["size"]) for one in told["papers"]] == [(str(kept), len(paper()))]


async def test_nothing_is_sent_again_until_something_changes(opened, cell):
    made, mai = await given(cell), await opened(cell.people.mai)
    first = await mai.get("/api/meetings")
    known = {"If-None-Match": first.headers["etag"]}
    assert (await mai.get("/api/meetings", headers=known)).status_code == 304
    await setting.cancel(made.id, reason="Bão", by=cell.by)
    changed = await mai.get("/api/meetings", headers=known)
    assert changed.status_code == 200 and changed.json()["items"][0]["reason"] == "Bão"


async def test_whoever_leaves_the_unit_is_given_its_meetings_no_more(opened, cell):
    await given(cell)
    mai, quang = await opened(cell.people.mai), await opened(cell.people.quang)
    tag = (await mai.get("/api/meetings")).headers["etag"]
    await members.move(cell.people.mai, unit=cell.people.other_cell, by="cli")
    left = await mai.get("/api/meetings", headers={"If-None-Match": tag})
    assert left.status_code == 200 and left.json()["items"] == []
    assert len((await quang.get("/api/meetings")).json()["items"]) == 1
    assert (await (await opened()).get("/api/meetings")).status_code == 401
