"""What documents are to each other: asked of editors, kept from overstepping, recorded at issue, shown both ways."""

from datetime import UTC, date, datetime

import pytest

from base import clock, database, journal
from content import issuing, library, publishing, reading
from content.drafts import deciding, requirements
from content.drafts.model import Claim, Draft, Requirement, UnmetError
from content.relations import KINDS
from tests.content.builders import front_matter, put, regulation, resolution
from tests.content.drafts.desk import LAN, MINH, PUBLIC, begun, issued, ready, stated, submitted

pytestmark = pytest.mark.usefixtures("handbook")
MEMBER = frozenset({"public", "members"})
OLD, NEW = "quy-dinh-02-qd-tu-2026", "quy-dinh-12-qd-tu-2026"


def _replacing(number: str = "02-QĐ/TU", **options) -> str:
    return regulation(**options).replace(
        "T/M TỈNH ỦY", f"3. Quy định này thay thế Quy định số {number}.\n\nT/M TỈNH ỦY"
    )


async def _lacking(draft: Draft) -> dict[str, Requirement]:
    return {each.key: each for each in await requirements.requirements(draft, scopes=PUBLIC)}


async def _shown(slug: str, scopes: frozenset[str] = PUBLIC) -> tuple[list, list]:
    found = await reading.edition_in_force(slug, scopes=scopes)
    return (
        [(row.kind, row.number, row.slug) for row in found.relations],
        [(row.kind, row.number, row.slug) for row in found.incoming],
    )


async def test_what_is_found_is_asked_until_it_is_confirmed_or_declined():
    draft = await ready(_replacing(), acknowledged=("02-QĐ/TU",))
    asked = (await _lacking(draft))["require-relations"]
    assert (asked.blocking, asked.place, asked.values) == (False, "relations", {"count": 1})
    confirmed = await stated(draft, relations=(Claim("replaces", "02-QĐ/TU"),))
    assert "require-relations" not in await _lacking(confirmed)
    declined = await stated(confirmed, relations=(), declined=(Claim("replaces", "02-QĐ/TU"),))
    assert "require-relations" not in await _lacking(declined)


async def test_what_was_declined_is_not_recorded_at_issue():
    await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4)))
    await issued(_replacing(), declined=(Claim("replaces", "02-QĐ/TU"),))
    assert await _shown(NEW) == ([("cites", "02-QĐ/TU", OLD)], [])


@pytest.mark.parametrize(
    ("issuer", "other", "steps_over"),
    [
        ("Đảng ủy xã Bản Xanh", "TỈNH ỦY VÂN LAM", True), ("Chi bộ Bản Xanh", "ĐẢNG ỦY XÃ BẢN XANH", True),
        ("Tỉnh ủy Vân Lam", "BỘ CHÍNH TRỊ", True), ("Bộ Chính trị", "BAN CHẤP HÀNH TRUNG ƯƠNG", True),
        ("Tỉnh ủy Vân Lam", "TỈNH ỦY VÂN LAM", False), ("Tỉnh ủy Vân Lam", "ĐẢNG ỦY XÃ BẢN XANH", False),
        ("Tỉnh ủy Vân Lam", "ĐẢNG ỦY CÔNG AN TRUNG ƯƠNG", False), ("Tỉnh ủy Vân Lam", "BAN TỔ CHỨC TRUNG ƯƠNG", False),
    ],
)  # fmt: skip
async def test_only_the_issuer_or_a_higher_body_may_change_a_document(issuer, other, steps_over):
    await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4), issuer=other))
    lacking = await _lacking(await ready(issuer=issuer, relations=(Claim("amends", "02-QĐ/TU", "dieu-1"),)))
    assert ("require-relation-competence" in lacking) is steps_over
    if steps_over:
        found = lacking["require-relation-competence"]
        assert (found.blocking, found.place, found.rule) == (True, "relations", "Quy định 399-QĐ/TW")
        assert found.values["slug"] == OLD


@pytest.mark.parametrize("kind", ["guides", "implements"])
async def test_a_lower_body_may_guide_and_carry_out(kind):
    await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4), issuer="BỘ CHÍNH TRỊ"))
    assert "require-relation-competence" not in await _lacking(await ready(relations=(Claim(kind, "02-QĐ/TU"),)))


async def test_nothing_is_said_of_a_higher_bodys_document_that_may_not_be_read_or_is_not_here():
    await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4), issuer="BỘ CHÍNH TRỊ"), audience=["org:5"])
    claims = (Claim("amends", "02-QĐ/TU"), Claim("amends", "03-QĐ/TW"))
    assert "require-relation-competence" not in await _lacking(await ready(relations=claims))


async def test_what_only_a_higher_body_may_do_is_not_issued():
    await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4), issuer="BỘ CHÍNH TRỊ"))
    draft = await ready(relations=(Claim("abolishes", "02-QĐ/TU"),))
    with pytest.raises(UnmetError):
        await deciding.submit(draft.edition, seen=draft.version, by=LAN, scopes=PUBLIC)


async def test_a_documents_own_number_is_no_relation():
    assert "require-relations" not in await _lacking(await begun(_replacing("12-QĐ/TU")))


async def test_what_is_cited_is_recorded_at_issue_and_linked_both_ways():
    old = await put(resolution("05-NQ/TU"))
    await issued(regulation().replace("1. ", "1. Theo Nghị quyết số 05-NQ/TU và Nghị quyết số 57-NQ/TW, ", 1),
                 acknowledged=("57-NQ/TW",))  # fmt: skip
    assert await _shown(NEW) == ([("cites", "05-NQ/TU", old.slug), ("cites", "57-NQ/TW", "")], [])
    assert await _shown(old.slug) == ([], [("cites", "12-QĐ/TU", NEW)])


@pytest.mark.parametrize("way", ["import", "issue"])
async def test_a_number_that_is_not_here_is_linked_when_it_arrives(way):
    await issued(_replacing(), relations=(Claim("replaces", "02-QĐ/TU"),))
    assert await _shown(NEW) == ([("replaces", "02-QĐ/TU", "")], [])
    text = regulation("02-QĐ/TU", issued=date(2026, 1, 4), seed=5)
    await (put(text) if way == "import" else issued(text))
    assert await _shown(NEW) == ([("replaces", "02-QĐ/TU", OLD)], [])
    assert await _shown(OLD) == ([], [("replaces", "12-QĐ/TU", NEW)])


async def test_a_later_text_that_cites_others_no_longer_cites_the_first():
    first = await put(resolution("05-NQ/TU"))
    await issued(regulation().replace("1. ", "1. Theo Nghị quyết số 05-NQ/TU, ", 1))
    await put(resolution("06-NQ/TU"))
    await issued(regulation().replace("1. ", "1. Theo Nghị quyết số 06-NQ/TU, ", 1), effective_from=date(2026, 6, 1))
    assert [number for _, number, _ in (await _shown(NEW))[0]] == ["06-NQ/TU"]
    assert await _shown(first.slug) == ([], [])


async def test_who_may_not_read_the_other_is_not_told_of_it_nor_counts_it():
    old = await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4)))
    await issued(_replacing(), audience=("members",), relations=(Claim("guides", "02-QĐ/TU"),))
    public, member = [await reading.edition_in_force(old.slug, scopes=scopes) for scopes in (PUBLIC, MEMBER)]
    assert public.incoming == ()
    assert [(row.kind, row.slug) for row in member.incoming] == [("guides", NEW)]
    assert public.etag != member.etag


async def test_an_outgoing_document_that_may_not_be_read_is_a_number_only():
    await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4)), audience=["members"])
    await issued(_replacing(), relations=(Claim("guides", "02-QĐ/TU"),))
    assert await _shown(NEW) == ([("guides", "02-QĐ/TU", "")], [])
    assert await _shown(NEW, MEMBER) == ([("guides", "02-QĐ/TU", OLD)], [])


async def test_a_withdrawn_document_does_nothing_to_others():
    old = await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4)))
    draft = await issued(_replacing(), relations=(Claim("replaces", "02-QĐ/TU"),))
    await publishing.withdraw(draft.edition, by=MINH, reason="nhầm")
    assert await _shown(old.slug) == ([], [])
    assert (await reading.edition_in_force(old.slug, scopes=PUBLIC)).document.state == "in-force"


@pytest.mark.parametrize(
    ("kind", "banner", "after"),
    [
        ("amends", "amended", "in-force"), ("supplements", "supplemented", "in-force"),
        ("replaces", "replaced", "ended"), ("abolishes", "abolished", "ended"),
        ("guides", "", "in-force"), ("implements", "", "in-force"),
    ],
)  # fmt: skip
async def test_what_another_does_is_told_with_its_day_and_holds_from_that_day(in_june, kind, banner, after):
    old = await put(front_matter(effective_from="2026-01-04") + regulation("02-QĐ/TU", issued=date(2026, 1, 4)))
    await issued(regulation(), effective_from=date(2026, 7, 1), relations=(Claim(kind, "02-QĐ/TU"),))
    for moment, state in ((in_june, "in-force"), (datetime(2026, 7, 1, 2, tzinfo=UTC), after)):
        clock.stop(moment)
        opened = await reading.edition_in_force(old.slug, scopes=PUBLIC)
        assert opened.document.state == state
        told = [(each.kind, each.on) for each in opened.banners if each.slug]
        assert told == ([(banner, date(2026, 7, 1))] if banner else [])
        assert [(row.kind, row.effective_from) for row in opened.incoming] == [(kind, date(2026, 7, 1))]


async def test_of_many_that_cite_a_document_the_latest_are_shown(monkeypatch):
    monkeypatch.setattr(reading, "MOST_CITING", 2)
    old = await put(resolution("05-NQ/TU"))
    for number in (21, 22, 23):
        text = regulation(f"{number}-QĐ/TU", issued=date(2026, 4, number), seed=number)
        await issued(text.replace("1. ", "1. Theo Nghị quyết số 05-NQ/TU, ", 1))
    assert [number for _, number, _ in (await _shown(old.slug))[1]] == ["23-QĐ/TU", "22-QĐ/TU"]
    assert (await reading.edition_in_force(old.slug, scopes=PUBLIC)).more_cite


async def test_what_only_cites_changes_nothing_on_phones():
    await put(resolution("05-NQ/TU"))
    _, cursor = await _synced("")
    await issued(regulation().replace("1. ", "1. Theo Nghị quyết số 05-NQ/TU, ", 1))
    items, _ = await _synced(cursor)
    assert [(item.number, item.banners) for item in items] == [("12-QĐ/TU", ())]


async def _synced(cursor: str) -> tuple[list, str]:
    items, more = [], True
    while await journal.seal_pending():
        pass
    while more:
        batch = await library.changes_since(cursor, PUBLIC)
        items, cursor, more = items + list(batch.items), batch.cursor, batch.more
    return items, cursor


async def test_importing_names_only_the_kinds_that_files_may_state():
    await put(front_matter(guides=["05-NQ/TU"], amends=["06-NQ/TU"]) + regulation())
    rows = await database.fetch("SELECT kind, other_number FROM relation")
    assert [(row["kind"], row["other_number"]) for row in rows] == [("amends", "06-NQ/TU")]
    assert set(KINDS) - {row["kind"] for row in rows}


async def test_a_scheduled_draft_that_oversteps_waits_for_a_person(in_june):
    draft = await submitted(relations=(Claim("amends", "02-QĐ/TU"),))
    await deciding.approve(draft.edition, seen=draft.version, by=MINH, scopes=PUBLIC)
    await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4), issuer="BỘ CHÍNH TRỊ"))
    with pytest.raises(UnmetError):
        await issuing.publish(draft.edition, by=MINH, scopes=PUBLIC)
