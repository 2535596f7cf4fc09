"""One list of what is required before issue; each line with where it is put right and the rule it comes from."""

from datetime import date, timedelta

import pytest

from base import clock, database
from content import publishing
from content.drafts import joining, keeping, requirements
from content.drafts.model import Claim, Draft, Requirement
from tests.content.builders import put, regulation, resolution
from tests.content.drafts.desk import LAN, PUBLIC, begun, issued, ready, stated

pytestmark = pytest.mark.usefixtures("handbook")


async def _lacking(draft: Draft) -> dict[str, Requirement]:
    return {each.key: each for each in await requirements.requirements(draft, scopes=PUBLIC)}


async def _blocking(draft: Draft) -> set[str]:
    return {each.key for each in (await _lacking(draft)).values() if each.blocking}


async def test_a_draft_that_lacks_nothing_may_be_issued():
    assert await _blocking(await ready()) == set()


async def test_a_fresh_draft_lacks_what_only_people_can_say():
    draft = await begun()
    assert await _blocking(draft) == {"require-audience", "require-unclassified"}


@pytest.mark.parametrize(
    ("facts", "key", "field"),
    [
        ({"number": ""}, "require-number", "number"), ({"type": ""}, "require-type", "type"),
        ({"issuer": ""}, "require-issuer", "issuer"), ({"issued": None}, "require-issued", "issued"),
        ({"title": ""}, "require-title", "title"), ({"type": "Sắc lệnh"}, "require-type-known", "type"),
        ({"number": "12-NQ/TU"}, "require-number-type", "number"),
        ({"number": "NQ/TU"}, "require-number-running", "number"),
        ({"issued": date(2199, 1, 1)}, "require-issued-past", "issued"),
        ({"effective_from": None}, "require-effective-from", "effective_from"),
        ({"effective_until": date(2026, 5, 1)}, "require-effective-until", "effective_until"),
        ({"audience": ()}, "require-audience", ""),
    ],
)  # fmt: skip
async def test_a_wrong_fact_stops_the_issue_at_its_field(facts, key, field):
    lacking = await _lacking(await ready(**facts))
    assert lacking[key].blocking
    assert (lacking[key].field, lacking[key].place) == (field, "audience" if not field else "facts")


@pytest.mark.parametrize(
    ("issuer", "type", "number", "forbidden"),
    [
        ("Chi bộ Bản Xanh", "Quy định", "01-QĐ/CB", True), ("Chi bộ Bản Xanh", "Hướng dẫn", "01-HD/CB", True),
        ("CHI BỘ BẢN XANH", "Chỉ thị", "01-CT/CB", True), ("Chi bộ Bản Xanh", "Nghị quyết", "01-NQ/CB", False),
        ("Tỉnh ủy Vân Lam", "Quy định", "01-QĐ/TU", False), ("Tỉnh ủy Vân Lam", "Nghị định", "01/2026/NĐ-CP", True),
        ("Chính phủ", "Nghị định", "01/2026/NĐ-CP", False),
    ],
)  # fmt: skip
async def test_not_every_body_may_issue_every_type(issuer, type, number, forbidden):
    lacking = await _lacking(await ready(issuer=issuer, type=type, number=number))
    assert ("require-competence" in lacking) is forbidden
    if forbidden:
        assert "399" in lacking["require-competence"].rule


async def test_a_number_that_stands_in_the_same_term_is_taken():
    row = await put(regulation())
    lacking = await _lacking(await ready(regulation(seed=2, issued=date(2026, 5, 5))))
    assert lacking["require-number-free"].blocking
    assert lacking["require-number-free"].values["slug"] == row.slug


async def test_a_draft_that_turns_out_to_be_a_later_text_may_join_its_document():
    first = await issued()
    draft = await ready(regulation(seed=2, issued=date(2026, 5, 5)), issued=date(2026, 5, 4))
    assert (await _lacking(draft))["require-number-same"].blocking
    await joining.join(draft.edition, first.document, by=LAN)
    await joining.join(draft.edition, first.document, by=LAN)
    joined = await keeping.draft_of(draft.edition)
    assert (joined.document, joined.known) == (first.document, True)
    assert await _blocking(joined) == set()
    assert len(await database.fetch("SELECT id FROM document")) == 1


async def test_a_later_text_says_it_is_of_the_same_document():
    await issued()
    draft = await stated(await begun(regulation(seed=5)), number="13-QĐ/TU")
    assert (await _lacking(draft))["require-same-document"].blocking


async def test_a_number_of_another_term_is_told_and_may_be_used_again():
    await put(regulation(issued=date(2017, 5, 4)))
    lacking = await _lacking(await ready(regulation(seed=2)))
    assert not lacking["require-number-term"].blocking


async def test_of_one_number_and_day_a_committee_and_its_standing_committee_are_told_as_perhaps_the_same():
    row = await put(regulation())
    standing = "BAN THƯỜNG VỤ TỈNH ỦY VÂN LAM"
    told = (await _lacking(await ready(regulation(seed=2, issuer=standing))))["require-number-house"]
    assert (told.blocking, told.field, told.values["slug"]) == (False, "issuer", row.slug)
    for apart in ({"issuer": "TỈNH ỦY MINH SƠN"}, {"issuer": standing, "issued": date(2026, 5, 5)}):
        assert "require-number-house" not in await _lacking(await ready(regulation(seed=3, **apart)))


async def test_of_a_document_that_the_editor_may_not_read_only_the_number_is_told():
    await put(regulation(), audience=["org:9"])
    draft = await ready(regulation(seed=2, issued=date(2026, 5, 5)))
    taken = (await _lacking(draft))["require-number-elsewhere"]
    assert (taken.blocking, taken.values) == (True, {})


async def test_the_same_words_under_another_number_are_told():
    await put(regulation(characters=3_000))
    draft = await ready(regulation(characters=3_000).replace("12-QĐ/TU", "13-QĐ/TU"))
    assert not (await _lacking(draft))["content-import-same-text"].blocking


async def test_a_cited_document_is_here_or_acknowledged():
    text = regulation().replace("1. ", "1. Theo Nghị quyết số 05-NQ/TU ngày 12/3/2026 và Quy định số 77-QĐ/TW, ", 1)
    draft = await ready(text)
    cited = [each for each in await requirements.requirements(draft, scopes=PUBLIC) if each.key == "require-cited"]
    assert [("05-NQ/TU" in str(each.values["number"]), each.blocking, each.field) for each in cited] == [
        (True, True, "dieu-1.khoan-1"), (False, True, "dieu-1.khoan-1"),
    ]  # fmt: skip
    await put(resolution())
    assert len([each for each in await requirements.requirements(draft, scopes=PUBLIC) if each.field]) == 1
    for looked_at in (
        {"acknowledged": ("77-QĐ/TW",)},
        {"acknowledged": (), "relations": (Claim("guides", "77-QĐ/TW"),)},
    ):
        draft = await stated(draft, **looked_at)
        assert "require-cited" not in await _lacking(draft)


async def test_a_cited_document_outside_the_scopes_is_as_if_it_were_not_here():
    await put(resolution(), audience=["org:9"])
    draft = await ready(regulation().replace("1. ", "1. Theo Nghị quyết số 05-NQ/TU, ", 1))
    assert "require-cited" in await _lacking(draft)


async def test_the_text_has_words_and_its_pictures_too():
    draft = await ready(regulation() + "\n![](so-do.png)\n")
    assert (await _lacking(draft))["require-alt"].blocking
    draft = await begun("Điều 1.\n")
    assert (await _lacking(draft))["require-text"].blocking


async def test_what_is_only_doubtful_does_not_stop_the_issue():
    draft = await ready(regulation().replace("2. ", "3. ", 1), topic="")
    lacking = await _lacking(draft)
    assert {key for key, each in lacking.items() if not each.blocking} == {
        "require-topic", "require-doubts", "require-original",
    }  # fmt: skip
    assert await _blocking(draft) == set()


async def test_in_force_before_its_date_is_only_told():
    lacking = await _lacking(await ready(effective_from=date(2026, 1, 1)))
    assert not lacking["require-effective-after"].blocking


async def test_dated_on_the_day_it_is_scheduled_for_is_in_time():
    tomorrow = clock.today() + timedelta(days=1)
    draft = await ready(issued=tomorrow, effective_from=tomorrow)
    assert "require-issued-past" in await _blocking(draft)
    at = clock.now() + timedelta(days=1)
    await database.execute("UPDATE draft SET publish_at = {} WHERE edition = {}", at, draft.edition)
    assert "require-issued-past" not in await _blocking(await keeping.draft_of(draft.edition))


async def test_a_later_text_is_no_duplicate_of_its_document():
    await issued()
    later = await begun(regulation(seed=5))
    assert later.known
    assert "require-change" not in await _lacking(later)
    assert "require-change" in await _lacking(await begun())
    assert "require-audience-kept" not in await _lacking(later)
    await publishing.set_audience(later.document, ["members"], by="minh", reason="Gửi nhầm.")
    assert not (await _lacking(later))["require-audience-kept"].blocking
    assert {"require-number-free", "content-import-same-text"}.isdisjoint(await _lacking(later))
