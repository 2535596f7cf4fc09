"""Relations on pages: what was found is asked of the editor; readers see both directions, and no more than they may."""

import re
from uuid import UUID, uuid4

import httpx
import pytest

from content.drafts import keeping, starting, writing
from content.drafts.model import Claim
from tests.backend.pages.conftest import Opener
from tests.backend.pages.test_drafts import typed
from tests.content.builders import date, put, regulation, resolution
from tests.content.drafts.desk import issued
from tests.people import People

REPLACES = "replaces dieu-1.khoan-3 02-QĐ/TU"


@pytest.fixture
async def lan(opened: Opener, everyone: People) -> httpx.AsyncClient:
    """Lan's browser; she writes for the province."""
    return await opened(everyone.lan)


@pytest.fixture
async def draft(everyone: People) -> UUID:
    """A draft whose last clause replaces a regulation."""
    text = regulation().replace("**Điều 2.**", "3. Quy định này thay thế Quy định số 02-QĐ/TU.\n\n**Điều 2.**", 1)
    return await starting.from_text(
        uuid4(), text, unit=everyone.province, by=str(everyone.lan), scopes=frozenset({"public"})
    )


async def _facts(draft: UUID):
    return (await keeping.draft_of(draft)).facts


async def _seen(draft: UUID) -> str:
    return writing.mark_of(await _facts(draft))


async def test_what_was_found_is_shown_unanswered_with_its_sentence_and_its_part(lan, draft):
    base = f"/desk/drafts/{draft}"
    page = (await lan.get(f"{base}/relations")).text
    assert "Quy định này thay thế Quy định số 02-QĐ/TU." in page
    assert "checked" not in page[page.index('name="proposed-1"') : page.index("</fieldset>", page.index("proposed-1"))]
    anchor = re.search(rf'href="{base}#part-(\w+)"', page)[1]
    assert f'id="part-{anchor}"' in (await lan.get(base)).text
    assert "1 quan hệ tìm thấy" in (await lan.get(f"{base}/check")).text


@pytest.mark.parametrize(("answer", "relations", "declined"), [("yes", 1, 0), ("no", 0, 1)])
async def test_an_answer_is_kept_and_not_asked_again(lan, draft, answer, relations, declined):
    address = f"/desk/drafts/{draft}/relations"
    form = typed((await lan.get(address)).text, address)
    sent = await lan.post(address, data={**form, "proposed-1": f"{answer} {REPLACES}"})
    assert sent.status_code == 303
    facts = await _facts(draft)
    assert (len(facts.relations), len(facts.declined)) == (relations, declined)
    page = (await lan.get(address)).text
    assert "proposed-1" not in page
    assert "quan hệ tìm thấy" not in (await lan.get(f"/desk/drafts/{draft}/check")).text
    assert (await lan.post(address, data=typed(page, address))).status_code == 303
    assert await _facts(draft) == facts


async def test_a_line_without_an_answer_is_asked_again(lan, draft):
    address = f"/desk/drafts/{draft}/relations"
    assert (await lan.post(address, data=typed((await lan.get(address)).text, address))).status_code == 303
    assert "proposed-1" in (await lan.get(address)).text


async def test_what_was_declined_may_be_asked_again(lan, draft):
    address = f"/desk/drafts/{draft}/relations"
    await lan.post(address, data={"seen": await _seen(draft), "proposed-1": f"no {REPLACES}"})
    await lan.post(address, data={"seen": await _seen(draft)})  # the tick taken away
    assert "proposed-1" in (await lan.get(address)).text


@pytest.mark.parametrize("answer", ["maybe replaces - 02-QĐ/TU", "yes burns - 02-QĐ/TU", "yes cites - 02-QĐ/TU", "yes"])
async def test_an_answer_that_no_form_gives_is_told(lan, draft, answer):
    address = f"/desk/drafts/{draft}/relations"
    sent = await lan.post(address, data={"seen": await _seen(draft), "proposed-1": answer})
    assert sent.status_code == 422
    assert "wrong-words" in sent.text
    assert (await _facts(draft)).relations == ()


async def test_a_wrong_number_loses_no_answer(lan, draft):
    address = f"/desk/drafts/{draft}/relations"
    data = {"seen": await _seen(draft), "proposed-1": f"yes {REPLACES}", "kind": "amends", "number": "không số"}
    sent = await lan.post(address, data=data)
    assert sent.status_code == 422
    assert f'value="yes {REPLACES}" checked' in sent.text
    assert 'value="không số"' in sent.text


async def test_answers_to_facts_that_somebody_else_changed_are_shown_again(lan, draft, everyone):
    address = f"/desk/drafts/{draft}/relations"
    form = typed((await lan.get(address)).text, address)
    other = {**form, "kind": "amends", "number": "07-QĐ/TU"}
    assert (await lan.post(address, data=other)).status_code == 303
    sent = await lan.post(address, data={**form, "proposed-1": f"yes {REPLACES}"})
    assert sent.status_code == 409
    assert "07-QĐ/TU" in sent.text
    assert f'value="yes {REPLACES}" checked' in sent.text
    again = typed(sent.text, address) | {"proposed-1": f"yes {REPLACES}"}
    assert (await lan.post(address, data=again)).status_code == 303
    assert [claim.number for claim in (await _facts(draft)).relations] == ["07-QĐ/TU", "02-QĐ/TU"]


async def test_a_document_of_a_higher_body_is_named_with_the_rule(lan, draft):
    await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4), issuer="BỘ CHÍNH TRỊ"))
    address = f"/desk/drafts/{draft}/relations"
    await lan.post(address, data={"seen": await _seen(draft), "proposed-1": f"yes {REPLACES}"})
    for page in (address, f"/desk/drafts/{draft}/check"):
        words = (await lan.get(page)).text
        assert "Quy định 399-QĐ/TW" in words
        assert "/documents/quy-dinh-02-qd-tu-2026" in words


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", ("Được thay thế bởi", "Có hiệu lực từ", "Được dẫn trong 1 văn kiện")),
     ("en", ("Replaced by", "In force from", "Cited in 1 document"))],
)  # fmt: skip
async def test_readers_see_what_others_do_to_a_document(opened, everyone, language, words):
    await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4)))
    await issued(relations=(Claim("replaces", "02-QĐ/TU"),), effective_from=date(2026, 7, 1))
    citing = regulation("13-QĐ/TU", seed=4).replace("1. ", "1. Theo Quy định số 02-QĐ/TU, ", 1)
    await issued(citing)
    mai = await opened(everyone.mai)
    mai.cookies.set("language", language)
    page = (await mai.get("/documents/quy-dinh-02-qd-tu-2026", headers={"accept-language": language})).text
    for each in (*words, "01/07/2026", "/documents/quy-dinh-12-qd-tu-2026", "/documents/quy-dinh-13-qd-tu-2026"):
        assert each in page, each
    cited = (await mai.get("/documents/quy-dinh-13-qd-tu-2026", headers={"accept-language": language})).text
    assert '<a href="/documents/quy-dinh-02-qd-tu-2026">' in cited


async def test_a_reader_is_told_of_no_document_that_is_not_for_them(opened, everyone):
    old = await put(resolution("05-NQ/TU"))
    await issued(regulation().replace("1. ", "1. Theo Nghị quyết số 05-NQ/TU, ", 1), audience=("org:999999",))
    mai = await opened(everyone.mai)
    assert "12-QĐ/TU" not in (await mai.get(f"/documents/{old.slug}")).text
    found = (await mai.get(f"/api/documents/{old.slug}")).json()
    assert (found["incoming"], found["relations"]) == ([], [])


async def test_programs_are_told_both_ways(opened, everyone):
    await put(regulation("02-QĐ/TU", issued=date(2026, 1, 4)))
    await issued(relations=(Claim("guides", "02-QĐ/TU"),), effective_from=date(2026, 7, 1))
    mai = await opened(everyone.mai)
    old = (await mai.get("/api/documents/quy-dinh-02-qd-tu-2026")).json()["incoming"]
    assert [(each["kind"], each["number"], each["effective_from"]) for each in old] == [
        ("guides", "12-QĐ/TU", "2026-07-01")
    ]
    new = (await mai.get("/api/documents/quy-dinh-12-qd-tu-2026")).json()["relations"]
    assert [(each["kind"], each["slug"]) for each in new] == [("guides", "quy-dinh-02-qd-tu-2026")]
