"""What is read before a meeting: chosen of what all may read, carried into the text in force, shown to who may."""

from datetime import date
from uuid import uuid4

import pytest

from backend.accounts import members
from backend.meetings import choosing, keeping, reading, setting
from backend.meetings.model import NOTE_CHARS, NotForAllError, PartChangedSinceError
from base import database
from base.errors import InvalidError, NotFoundError
from content import publishing
from tests.backend.meetings.lists import acts, begun, chosen, given, issued, labels, plan
from tests.content.builders import put, regulation

CLAUSE = "dieu-1.khoan-2"


async def edition_of(slug: str):
    rows = await database.fetch(
        "SELECT e.id FROM edition e JOIN document d ON d.id = e.document WHERE d.slug = {} ORDER BY e.ordinal DESC",
        slug,
    )
    return rows[0]["id"]


async def test_parts_stand_in_the_order_of_the_text_with_their_words(cell):
    made, slug = await given(cell), await issued()
    await chosen(cell, made, slug, "dieu-2", CLAUSE, item=made.agenda[1].id)
    await chosen(cell, made, slug)
    found = await reading.opened(made.id, scopes=await cell.scopes())
    assert [part.label for part in found.parts] == [
        "khoản 2 Điều 1 Quy định 12-QĐ/TU", "Điều 2 Quy định 12-QĐ/TU", "Quy định 12-QĐ/TU",
    ]  # fmt: skip
    clause, article, whole = (part.excerpt for part in found.parts)
    assert clause.html.startswith('<section class="part part-khoan">') and clause.html.endswith("</section>")
    assert clause.html.count("<section") == 3, "the clause with its two points"
    assert ' id="' not in clause.html and "<h" not in article.html
    assert f'href="/documents/{slug}#{CLAUSE}"' in clause.html
    assert (whole.html, whole.href, clause.href) == ("", f"/documents/{slug}", f"/documents/{slug}#{CLAUSE}")
    assert [item.words for item in found.items] == [*plan().agenda, ""]


async def test_the_same_choice_again_adds_nothing_and_what_is_not_there_cannot_be_chosen(cell):
    made, slug, form = await begun(cell), await issued(), uuid4()
    scopes = await cell.scopes(cell.thang)
    for _ in range(2):
        await choosing.choose(form, made.id, slug, [CLAUSE], item="", scopes=scopes, by=cell.by)
    await chosen(cell, made, slug, CLAUSE)
    assert len(await choosing.chosen(made.id)) == 1
    assert (await acts(made.id)).count("choose") == 1
    for wrong in ("dieu-99", "dieu-1.khoan-9"):
        with pytest.raises(NotFoundError):
            await chosen(cell, made, slug, wrong)
    with pytest.raises(InvalidError):
        await chosen(cell, made, slug, "dieu-1", item="khong-co")


async def test_only_what_every_member_may_read_is_put_on_the_list(cell):
    people, made = cell.people, await begun(cell)
    for audience in (
        {"public"},
        {"members"},
        {f"org:{people.cell}"},
        {f"org:{people.province}"},
        {f"at:{people.cell}"},
    ):
        slug = await issued(f"{len(await choosing.chosen(made.id)) + 20}-QĐ/TU", audience=tuple(audience))
        await chosen(cell, made, slug)
    hidden = await issued("51-QĐ/TU", audience=(f"member:{cell.thang}",))
    with pytest.raises(NotForAllError):
        await chosen(cell, made, hidden)
    foreign = await issued("52-QĐ/TU", audience=(f"org:{people.ward}",))
    with pytest.raises(NotFoundError):
        await chosen(cell, made, foreign)
    commune = await keeping.save(uuid4(), plan(), unit=people.commune, version=0, by=cell.by)
    with pytest.raises(NotForAllError):  # Mai's cell may read it, the commune's other cells may not
        await chosen(cell, commune, await issued("53-QĐ/TU", audience=(f"org:{people.cell}",)))


async def test_whoever_may_not_read_a_document_does_not_learn_that_it_is_on_the_list(cell):
    made, slug = await given(cell), await issued()
    await chosen(cell, made, slug, CLAUSE)
    [document] = await database.fetch("SELECT id FROM document WHERE slug = {}", slug)
    await publishing.set_audience(document["id"], {f"member:{cell.thang}"}, by="cli", reason="Thu hẹp")
    mai, thang = await cell.scopes(), await cell.scopes(cell.thang)
    assert (await labels(made.id, mai), len(await labels(made.id, thang))) == ([], 1)
    counts = [(await reading.coming(scopes))[0].parts for scopes in (mai, thang)]
    assert counts == [0, 1]


async def test_a_withdrawn_document_vanishes_from_the_list(cell):
    made, slug = await given(cell), await issued()
    await chosen(cell, made, slug, CLAUSE)
    await publishing.withdraw(await edition_of(slug), by="cli", reason="Ban hành nhầm")
    assert await labels(made.id, await cell.scopes()) == []
    assert (await reading.coming(await cell.scopes()))[0].parts == 0


async def test_a_part_is_read_in_the_text_in_force_and_its_change_is_told(cell):
    made, text = await given(cell), regulation()
    slug = (await put(text, audience=("members",))).slug
    await chosen(cell, made, slug, "dieu-2", CLAUSE)
    first, *_ = [part.excerpt for part in (await reading.opened(made.id, scopes=await cell.scopes())).parts]
    assert not first.amended
    inserted = text.replace("**Điều 1.**", "**Điều 1.** Điều chen vào\n\n1. Câu mới thêm.\n\n**Điều 2.**", 1)
    inserted = inserted.replace("**Điều 2.** ", "**Điều 3.** ", 2).replace("**Điều 3.** ", "**Điều 2.** ", 1)
    await put(inserted, audience=("members",))
    parts = (await reading.opened(made.id, scopes=await cell.scopes())).parts
    assert all(part.excerpt.amended for part in parts)
    assert parts[0].excerpt.path == "dieu-2.khoan-2" and not parts[0].excerpt.lost
    assert parts[0].label == "khoản 2 Điều 2 Quy định 12-QĐ/TU"
    assert parts[0].excerpt.html == first.html.replace("dieu-1", "dieu-2")


async def test_a_part_that_the_text_in_force_lacks_is_told_as_lost(cell):
    made, text = await given(cell), regulation(characters=1800)
    slug = (await put(text, audience=("members",))).slug
    await chosen(cell, made, slug, "dieu-4")
    start = text.index("**Điều 4.**")
    end = text.find("**Điều 5.**", start)
    await put(text[:start] + (text[end:] if end > 0 else ""), audience=("members",))
    [part] = (await reading.opened(made.id, scopes=await cell.scopes())).parts
    assert part.excerpt.lost and part.excerpt.html == "" and part.label == "Điều 4 Quy định 12-QĐ/TU"


async def test_a_reminder_is_saved_over_what_was_seen_only(cell):
    made, slug = await begun(cell), await issued()
    await chosen(cell, made, slug, CLAUSE)
    [part] = await choosing.chosen(made.id)
    for _ in range(2):
        await choosing.amend(part.id, made.id, item=made.agenda[0].id, note=" Đọc kỹ ", version=1, by=cell.by)
    with pytest.raises(PartChangedSinceError):
        await choosing.amend(part.id, made.id, item="", note="Khác", version=1, by=cell.by)
    [part] = await choosing.chosen(made.id)
    assert (part.item, part.note, part.version) == (made.agenda[0].id, "Đọc kỹ", 2)
    with pytest.raises(InvalidError):
        await choosing.amend(part.id, made.id, item="", note="x" * (NOTE_CHARS + 1), version=2, by=cell.by)
    with pytest.raises(InvalidError):
        await choosing.amend(part.id, made.id, item="khong-co", note="", version=2, by=cell.by)
    with pytest.raises(NotFoundError):  # of another meeting
        await choosing.amend(part.id, (await begun(cell)).id, item="", note="", version=2, by=cell.by)


async def test_parts_are_placed_and_dropped_however_often_it_is_asked(cell):
    made, slug = await begun(cell), (await put(regulation(characters=1800), audience=("members",))).slug
    await chosen(cell, made, slug, "dieu-1", "dieu-2", "dieu-3")
    one, two, three = [part.id for part in await choosing.chosen(made.id)]
    for _ in range(2):
        await choosing.place(three, made.id, before=one, by=cell.by)
    assert [part.id for part in await choosing.chosen(made.id)] == [three, one, two]
    await choosing.place(three, made.id, before=None, by=cell.by)
    for _ in range(2):
        await choosing.drop(two, made.id, by=cell.by)
    assert [part.id for part in await choosing.chosen(made.id)] == [one, three]
    assert await acts(made.id) == ["begin", "choose", "order", "order", "drop"]


async def test_what_was_for_an_item_that_is_gone_is_read_besides(cell):
    made, slug = await begun(cell), await issued()
    await chosen(cell, made, slug, "dieu-1", item=made.agenda[2].id)
    await keeping.save(made.id, plan(agenda=("Thời sự",)), unit=made.unit, version=made.version, by=cell.by)
    assert [part.item for part in await choosing.chosen(made.id)] == [""]


async def test_last_months_list_is_a_start_for_the_next(cell):
    last, slug = await given(cell), await issued()
    await chosen(cell, last, slug, "dieu-1", item=last.agenda[0].id)
    await chosen(cell, last, slug, "dieu-2", item=last.agenda[1].id)
    made = await begun(cell, agenda=(last.agenda[0].words, "Việc khác"))
    for _ in range(2):
        await choosing.copy(last.id, made.id, by=cell.by)
    assert [(part.label, part.item) for part in await choosing.chosen(made.id)] == [
        ("Điều 1 Quy định 12-QĐ/TU", made.agenda[0].id), ("Điều 2 Quy định 12-QĐ/TU", ""),
    ]  # fmt: skip


async def test_a_phone_keeps_lists_of_the_reader_until_they_leave_the_unit(cell):
    made, slug = await given(cell), await issued()
    await chosen(cell, made, slug, CLAUSE)
    assert [laid.meeting.id for laid in await reading.kept(await cell.scopes())] == [made.id]
    await setting.cancel(made.id, reason="Bão", by=cell.by)
    assert [laid.meeting.state for laid in await reading.kept(await cell.scopes())] == ["cancelled"]
    await members.move(cell.people.mai, unit=cell.people.other_cell, by="cli")
    assert await reading.kept(await cell.scopes()) == ()


async def test_a_document_not_yet_in_force_is_read_as_it_will_be(cell):
    made = await given(cell)
    slug = (
        await put(
            "---\neffective_from: 2099-01-01\n---\n\n" + regulation(issued=date(2026, 5, 4)), audience=("members",)
        )
    ).slug
    await chosen(cell, made, slug, "dieu-1")
    [part] = (await reading.opened(made.id, scopes=await cell.scopes())).parts
    assert part.excerpt.document.state == "not-yet" and part.excerpt.html
