"""Following a quotation: straight to the part, to a choice, or to a plain word and a way on."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.backend.api import papers
from tests.backend.pages.conftest import Opener
from tests.people import People

pytestmark = pytest.mark.alike


@pytest.fixture
async def slugs(everyone: People, tmp_path: Path) -> dict[str, str]:
    """A regulation for all, one for members, and a number that two terms used."""
    return {
        "public": await papers.issue(tmp_path, "1-QĐ/TU", audience={"public"}),
        "members": await papers.issue(tmp_path, "2-QĐ/TU", audience={"members"}),
        "older": await papers.issue(tmp_path, "5-QĐ/TU", audience={"public"}, issued=date(2019, 3, 1)),
        "newer": await papers.issue(tmp_path, "5-QĐ/TU", audience={"public"}, issued=date(2026, 3, 1)),
    }


async def test_one_part_is_opened_at_once(opened: Opener, slugs: dict[str, str]) -> None:
    guest = await opened()
    for words in ("khoản 2 Điều 1 Quy định 1-QĐ/TU", "k2 đ1 1-QĐ/TU", "dieu 1 khoan 2 quy dinh 1"):
        for address in (f"/cite/{quote(words)}", f"/cite/{quote(words, safe='')}"):
            answer = await guest.get(address)
            assert answer.status_code == 303
            assert answer.headers["location"] == f"/documents/{slugs['public']}/editions/1#dieu-1.khoan-2"
    whole = await guest.get("/cite/1-QĐ/TU")
    assert whole.headers["location"] == f"/documents/{slugs['public']}"


async def test_what_is_typed_goes_to_its_own_address(opened: Opener, slugs: dict[str, str]) -> None:
    guest = await opened()
    empty = await guest.get("/cite")
    assert empty.status_code == 200 and 'name="text"' in empty.text
    typed = await guest.get("/cite", params={"text": "  khoản 2  Điều 1 1-QĐ/TU "})
    assert typed.status_code == 303
    assert (await guest.get(typed.headers["location"])).headers["location"].endswith("#dieu-1.khoan-2")


async def test_this_regulation_is_the_one_it_was_read_in(opened: Opener, slugs: dict[str, str]) -> None:
    guest = await opened()
    address = f"/cite/{quote('khoản 2 Điều này')}"
    answer = await guest.get(address, params={"from": f"{slugs['public']}@1.dieu-1.khoan-1"})
    assert answer.headers["location"].endswith("/editions/1#dieu-1.khoan-2")
    for nowhere in ("", "x", "x@y", "\x00", "@1", "../@1", f"{slugs['members']}@1.dieu-1"):
        assert (await guest.get(address, params={"from": nowhere})).status_code == 404


async def test_a_number_of_two_terms_is_a_choice_told_by_date_and_term(opened: Opener, slugs: dict[str, str]) -> None:
    page = await (await opened()).get("/cite/5-QĐ/TU")
    assert page.status_code == 200
    for told in ("01/03/2019", "01/03/2026", "nhiệm kỳ Đại hội XII<", "nhiệm kỳ Đại hội XIV<", "Quy định", "5-QĐ/TU"):
        assert told in page.text, told
    assert page.text.index(slugs["newer"]) < page.text.index(slugs["older"])
    english = await (await opened(language="en")).get("/cite/5-QĐ/TU")
    assert "Choose the document that is meant" in english.text


async def test_a_part_that_is_missing_leads_to_its_document(opened: Opener, slugs: dict[str, str]) -> None:
    page = await (await opened()).get(f"/cite/{quote('Điều 9 Quy định 1-QĐ/TU')}")
    assert page.status_code == 404
    assert "Văn kiện không có phần này" in page.text
    assert f'href="/documents/{slugs["public"]}"' in page.text
    assert "Điều 9, Quy định số 1-QĐ/TU" in page.text


async def test_what_is_for_others_looks_like_what_is_not_there(
    opened: Opener, slugs: dict[str, str], everyone: People
) -> None:
    guest = await opened()
    hidden, absent = await guest.get("/cite/2-QĐ/TU"), await guest.get("/cite/3-QĐ/TU")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    named = re.compile(r'(?<=[/ ="])[23]-Q')
    assert named.sub("N-Q", hidden.text) == named.sub("N-Q", absent.text)
    assert (await (await opened(everyone.mai)).get("/cite/2-QĐ/TU")).status_code == 303


@pytest.mark.parametrize(
    "words",
    [" ", ".,;", "a" * 3_000, "57-" + "x" * 2_500, "'; DROP TABLE document; --", "<script>alert(1)</script>", "%",
     "//evil.example", "\\evil.example", "{{7*7}}", "\ufffd", "\r\nSet-Cookie: a=b", "Điều " * 500],
)  # fmt: skip
async def test_what_names_nothing_is_answered_with_a_way_on(opened: Opener, slugs: dict[str, str], words: str) -> None:
    guest = await opened()
    for page in (
        await guest.get(f"/cite/{quote(words, safe='')}"),
        await guest.get("/cite", params={"text": words}, follow_redirects=True),
    ):
        assert page.status_code == 404 or not words.strip()
        assert "<script>alert" not in page.text
        assert 'action="/cite"' in page.text and 'href="/search' in page.text


async def test_bytes_that_are_no_text_are_refused_as_any_page_that_is_not_there(opened: Opener) -> None:
    guest = await opened()
    for address in ("/cite/%00", "/cite/57%00", "/cite/%ff", "/cite?text=%00", "/cite?text=%ff"):
        page = await guest.get(address, follow_redirects=True)
        assert page.status_code in (400, 404) and "/search" in page.text, address


async def test_a_search_offers_the_part_that_was_quoted(
    opened: Opener, slugs: dict[str, str], everyone: People
) -> None:
    guest, mai = await opened(), await opened(everyone.mai)
    link = 'href="/documents/{}/editions/1#dieu-1.khoan-2"'
    page = await guest.get("/search", params={"q": "khoan 2 dieu 1 quy dinh 1"})
    assert link.format(slugs["public"]) in page.text and "khoản 2 Điều 1 Quy định 1-QĐ/TU" in page.text
    assert slugs["members"] not in (await guest.get("/search", params={"q": "khoản 2 Điều 1 2-QĐ/TU"})).text
    assert link.format(slugs["members"]) in (await mai.get("/search", params={"q": "khoản 2 Điều 1 2-QĐ/TU"})).text
