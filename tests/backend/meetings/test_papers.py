"""Papers: looked into before they are kept, said by name not to be classified, given byte for byte."""

from uuid import uuid4

import pytest

from backend.meetings import papers, setting
from backend.meetings.model import MOST_PAPERS, ClosedError
from base.errors import ConflictError, InvalidError
from content.outcomes import Refusal
from tests.backend.meetings.lists import acts, begun, given, paper
from tests.content.packing import docx, p

NAME = "du-thao.docx"


async def bring(cell, meeting, data: bytes, name: str = NAME, *, id=None, item: str = "", sure: bool = True) -> None:
    await papers.bring(id or uuid4(), meeting.id, data, name, item=item, is_unclassified=sure, by=cell.by)


async def test_a_paper_is_kept_once_byte_for_byte_with_who_says_that_it_is_not_classified(cell):
    made, id, data = await begun(cell), uuid4(), paper()
    for _ in range(2):
        await bring(cell, made, data, "../thu/du-thao.docx", id=id, item=made.agenda[1].id)
    [kept] = await papers.papers(made.id)
    assert (kept.name, kept.size, kept.unclassified_by) == ("du-thao.docx", len(data), cell.by)
    assert papers.path(kept).read_bytes() == data
    assert await acts(made.id) == ["begin", "bring"]
    with pytest.raises(ConflictError):
        await bring(cell, made, paper("Chữ khác"), id=id)


async def test_nobody_brings_a_paper_without_saying_that_it_is_not_classified(cell):
    made = await begun(cell)
    with pytest.raises(InvalidError) as told:
        await bring(cell, made, paper(), sure=False)
    assert told.value.fields[0].field == "unclassified"
    assert await papers.papers(made.id) == ()


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"", "rong.docx", "content-import-empty"),
        (b"abc", "bang.xlsx", "meeting-paper-kind"),
        (paper(), "du-thao.pdf", "content-file-other-kind"),
        (b"%PDF-1.7\n", "du-thao.docx", "content-file-other-kind"),
        (docx(p("Dự thảo"), vbaProject="x"), "macro.docx", "content-file-macros"),
        (b"PK\x03\x04" + b"0" * (20 * 2**20), "to.docx", "content-import-too-large"),
        (docx(p("")), "trang.docx", "content-file-no-text"),
        (docx(p("TỈNH ỦY VÂN LAM"), p("MẬT"), p("Số 12-BC/TU"), p("Nội dung.")), "mat.docx", "content-import-secret"),
    ],
    ids=["empty", "kind", "name", "bytes", "macros", "large", "no words", "marked"],
)
async def test_what_may_not_come_in_is_refused_with_a_sentence_and_not_kept(cell, data, name, key):
    made = await begun(cell)
    with pytest.raises(Refusal) as told:
        await bring(cell, made, data, name)
    assert told.value.told.key == key
    assert await papers.papers(made.id) == ()


async def test_a_meeting_takes_so_many_papers_and_only_for_its_items(cell):
    made, data = await begun(cell), paper()
    with pytest.raises(InvalidError):
        await bring(cell, made, data, item="khong-co")
    for _ in range(MOST_PAPERS):
        await bring(cell, made, data)
    with pytest.raises(InvalidError) as told:
        await bring(cell, made, data)
    assert told.value.fields[0].field == "file"


async def test_a_removed_paper_leaves_no_bytes_unless_another_meeting_has_the_same(cell):
    one, other, data = await begun(cell), await begun(cell), paper()
    for meeting in (one, other):
        await bring(cell, meeting, data)
    [kept], [same] = await papers.papers(one.id), await papers.papers(other.id)
    for _ in range(2):
        await papers.remove(kept.id, one.id, by=cell.by)
    assert await papers.papers(one.id) == () and papers.path(same) is not None
    await setting.discard(other.id, by=cell.by)
    assert papers.path(same) is None


async def test_nothing_is_brought_to_a_meeting_that_was_cancelled(cell):
    made = await given(cell)
    await setting.cancel(made.id, reason="Bão", by=cell.by)
    with pytest.raises(ClosedError):
        await bring(cell, made, paper())
