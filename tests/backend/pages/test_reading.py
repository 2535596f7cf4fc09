"""Reading by page: only what one may read, in lists, counts, searches and under every address; and from memory."""

from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

from base import clock, database
from content import publishing
from tests.backend.api import papers
from tests.backend.pages.conftest import Opener
from tests.people import People


@pytest.fixture
async def slugs(everyone: People, tmp_path: Path) -> dict[str, str]:
    """A public document, one for members, and one for the ward only."""
    return {
        "public": await papers.issue(tmp_path, "1-QĐ/TU", audience={"public"}),
        "members": await papers.issue(tmp_path, "2-QĐ/TU", audience={"members"}, title="về việc giữ rừng"),
        "ward": await papers.issue(tmp_path, "3-QĐ/TU", audience={f"org:{everyone.ward}"}, title="về việc của phường"),
    }


async def test_a_visitor_reads_what_is_public(opened: Opener, slugs: dict[str, str]) -> None:
    guest = await opened()
    page = await guest.get(f"/documents/{slugs['public']}")
    assert page.status_code == 200
    assert 'id="dieu-1.khoan-2"' in page.text and "1-QĐ/TU" in page.text


async def test_a_document_for_others_looks_like_none(opened: Opener, slugs: dict[str, str], everyone: People) -> None:
    mai = await opened(everyone.mai)
    for path in ("", "/editions/1"):
        hidden, absent = f"/documents/{slugs['ward']}{path}", f"/documents/{'x' * len(slugs['ward'])}{path}"
        found, none = await mai.get(hidden), await mai.get(absent)
        assert (found.status_code, none.status_code) == (404, 404)
        assert found.text.replace(hidden, "") == none.text.replace(absent, "")


async def test_lists_counts_and_search_tell_only_of_what_may_be_read(
    opened: Opener, slugs: dict[str, str], everyone: People
) -> None:
    for member, seen in ((None, {"public"}), (everyone.mai, {"public", "members"})):
        reader = await opened(member)
        for path in ("/", "/documents", "/search?q=viec"):
            page = (await reader.get(path)).text
            found = {name for name, slug in slugs.items() if f"/documents/{slug}" in page}
            assert found == seen, path
        assert f">{len(seen)} văn kiện<" in (await reader.get("/documents")).text
        assert 'Quy định</span> <span class="count">' in (await reader.get("/")).text


async def test_a_page_drawn_for_a_member_is_not_handed_to_a_visitor(
    opened: Opener, slugs: dict[str, str], everyone: People
) -> None:
    mai, guest = await opened(everyone.mai), await opened()
    assert (await mai.get(f"/documents/{slugs['members']}")).status_code == 200
    assert (await guest.get(f"/documents/{slugs['members']}")).status_code == 404


async def test_a_narrowed_audience_takes_hold_with_the_next_request(
    opened: Opener, slugs: dict[str, str], everyone: People
) -> None:
    mai = await opened(everyone.mai)
    found = await mai.get(f"/documents/{slugs['members']}")
    assert found.status_code == 200
    rows = await database.fetch("SELECT id FROM document WHERE slug = {}", slugs["members"])
    await publishing.set_audience(
        rows[0]["id"], frozenset({f"org:{everyone.ward}"}), by=str(everyone.lan), reason="Chỉ gửi phường"
    )
    again = await mai.get(f"/documents/{slugs['members']}", headers={"if-none-match": found.headers["etag"]})
    assert again.status_code == 404


async def test_a_page_says_nothing_of_who_reads_it(opened: Opener, slugs: dict[str, str], everyone: People) -> None:
    page = (await (await opened(everyone.mai)).get(f"/documents/{slugs['members']}")).text
    assert "Mai" not in page and str(everyone.mai) not in page


async def test_the_frame_follows_language_theme_size_and_roles(
    opened: Opener, slugs: dict[str, str], everyone: People
) -> None:
    path = f"/documents/{slugs['public']}"
    assert "Mục lục" in (await (await opened(everyone.mai)).get(path)).text
    english = await opened(everyone.mai, language="en", theme="dark", text="larger")
    page = (await english.get(path)).text
    assert "Contents" in page and 'data-theme="dark"' in page and 'data-text="larger"' in page
    assert "/desk" not in page
    assert 'href="/desk"' in (await (await opened(everyone.quang)).get(path)).text


async def test_reading_again_asks_the_database_nothing(
    opened: Opener, slugs: dict[str, str], everyone: People, monkeypatch
) -> None:
    mai = await opened(everyone.mai)
    first = await mai.get(f"/documents/{slugs['members']}")

    async def refused(*_):
        raise AssertionError("a page in memory asked the database")

    monkeypatch.setattr(database, "fetch", refused)
    monkeypatch.setattr(database, "execute", refused)
    again = await mai.get(f"/documents/{slugs['members']}")
    assert again.content == first.content
    same = await mai.get(f"/documents/{slugs['members']}", headers={"if-none-match": first.headers["etag"]})
    assert same.status_code == 304


async def test_a_new_day_draws_the_page_anew(opened: Opener, everyone: People, tmp_path: Path) -> None:
    slug = await papers.issue(
        tmp_path, "9-QĐ/TU", audience={"public"}, issued=date(2026, 1, 5), effective_from=date(2099, 1, 1)
    )
    guest = await opened()
    first = await guest.get(f"/documents/{slug}")
    assert "01/01/2099" in first.text
    clock.stop(clock.now().replace(year=2099, month=2, day=1))
    try:
        again = await guest.get(f"/documents/{slug}", headers={"if-none-match": first.headers["etag"]})
        assert again.status_code == 200 and "Chưa có hiệu lực" not in again.text
    finally:
        clock.stop(None)


@pytest.mark.parametrize("number", ["0", "2", "x", "-1", "99999999999999999999", "1.0"])
async def test_an_edition_that_there_is_not_is_not_found(opened: Opener, slugs: dict[str, str], number: str) -> None:
    guest = await opened()
    assert (await guest.get(f"/documents/{slugs['public']}/editions/1")).status_code == 200
    assert (await guest.get(f"/documents/{slugs['public']}/editions/{number}")).status_code == 404


async def test_chosen_filters_are_kept_shown_and_can_be_taken_away(opened: Opener, everyone: People, tmp_path) -> None:
    for number in range(1, 24):
        await papers.issue(
            tmp_path, f"{number}-CT/TU", audience={"public"}, type="Chỉ thị", issued=date(2025, 1, number)
        )
    await papers.issue(tmp_path, "1-KH/TU", audience={"public"}, type="Kế hoạch")
    guest = await opened()
    page = await guest.get("/documents", params={"type": "Chỉ thị", "sort": "number"})
    assert "23 văn kiện" in page.text and "1-KH/TU" not in page.text
    assert 'href="/documents?sort=number"' in page.text  # without the filter
    more = page.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    rest = await guest.get(more)
    assert "23-CT/TU" in rest.text and ">2-CT/TU" not in rest.text and 'rel="next"' not in rest.text


@pytest.mark.parametrize(
    "query",
    [
        "year=abc", "year=99999", "year=02024" + "9" * 20, "state=weird", "sort=weird", "cursor=zz~x",
        "type=" + "x" * 999,
    ],
)  # fmt: skip
async def test_a_mangled_address_of_the_list_still_shows_a_list(
    opened: Opener, slugs: dict[str, str], query: str
) -> None:
    assert (await (await opened()).get(f"/documents?{query}")).status_code == 200


async def test_a_search_takes_type_number_and_title_without_accents(opened: Opener, slugs: dict[str, str]) -> None:
    guest = await opened()
    for words in ("quy dinh 1", "1-QĐ", "thu quy định"):
        assert f"/documents/{slugs['public']}" in (await guest.get("/search", params={"q": words})).text, words


async def test_news_offer_the_topics_that_there_is_something_about(opened: Opener, everyone: People) -> None:
    await papers.report("Tin chung", audience={"public"}, topic="an-sinh")
    assert "topic=" not in (await (await opened()).get("/news")).text  # an unknown topic has no name to offer


async def test_nothing_found_says_what_to_do(opened: Opener, slugs: dict[str, str]) -> None:
    guest = await opened()
    assert 'href="/documents"' in (await guest.get("/search?q=khongcogi")).text
    assert "Bỏ tất cả lọc" in (await guest.get("/documents?type=Khong-co")).text


async def test_what_was_searched_is_shown_as_text(opened: Opener) -> None:
    page = (await (await opened()).get("/search", params={"q": "<script>alert(1)</script>"})).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page


async def test_news_reach_only_those_they_are_for(opened: Opener, everyone: People) -> None:
    ours = await papers.report("Tin của xã", audience={f"org:{everyone.commune}"}, unit=everyone.commune)
    everybodys = await papers.report("Tin chung", audience={"public"})
    mai, guest = await opened(everyone.mai), await opened()
    for path in ("/", "/news"):
        assert f"/news/{ours}" in (await mai.get(path)).text
        page = (await guest.get(path)).text
        assert f"/news/{ours}" not in page and f"/news/{everybodys}" in page
    article = await mai.get(f"/news/{ours}")
    assert "Đảng bộ xã Đồng Mây" in article.text and "<strong>toàn văn</strong>" in article.text
    assert (await guest.get(f"/news/{ours}")).status_code == 404
    assert f"/news/{ours}" not in (await guest.get(f"/news/{everybodys}")).text


@pytest.mark.parametrize(
    "name", ["x/480.avif", f"{'0' * 64}/480.webp", f"{'0' * 64}/480.svg", "..%2f..%2fkeys/480.webp"]
)
async def test_a_picture_that_there_is_not_is_not_found(opened: Opener, name: str) -> None:
    assert (await (await opened()).get(f"/pictures/{name}")).status_code == 404


async def test_shells_kept_on_the_phone_tell_nothing_of_the_reader(opened: Opener, everyone: People) -> None:
    quang, guest = await opened(everyone.quang), await opened()
    for path in ("/offline", "/offline/vi/saved", "/offline/vi/document", "/offline/en/document"):
        assert (await quang.get(path)).text == (await guest.get(path)).text


async def test_home_leads_with_the_newest_and_says_from_when_it_is_in_force(
    opened: Opener, everyone: People, tmp_path: Path
) -> None:
    today = clock.today()
    begins = today + timedelta(days=30)
    await papers.issue(tmp_path, "8-CT/TU", audience={"members"}, issued=today - timedelta(days=3))
    await papers.issue(
        tmp_path, "9-CT/TU", audience={"members"}, issued=today - timedelta(days=1), effective_from=begins
    )
    lead, rest = _rows_of(await (await opened(everyone.mai)).get("/"))
    assert "9-CT/TU" in lead and f"Chưa có hiệu lực. Có hiệu lực từ ngày {begins:%d/%m/%Y}" in lead
    assert "8-CT/TU" in rest and "hiệu lực" not in rest
    english, _ = _rows_of(await (await opened(everyone.mai, language="en")).get("/"))
    assert f"Not yet in force. In force from {begins:%d/%m/%Y}" in english
    await papers.issue(tmp_path, "10-CT/TU", audience={"members"}, issued=today)
    lead, rest = _rows_of(await (await opened(everyone.mai)).get("/"))
    assert "10-CT/TU" in lead and "hiệu lực" not in lead
    assert "9-CT/TU" in rest and "Chưa có hiệu lực" in rest


def _rows_of(page: httpx.Response) -> tuple[str, str]:
    """The row that the list of documents on the home page leads with, and the others."""
    listed = page.text.partition('<ol class="rows')[2].partition("</ol>")[0]
    lead, _, rest = listed.partition("</li>")
    assert "lead-row" in lead and "lead-row" not in rest
    return lead, rest


async def test_a_search_offers_news_below_documents_and_tells_only_of_what_may_be_read(
    opened: Opener, everyone: People, tmp_path: Path
) -> None:
    await papers.issue(tmp_path, "1-QĐ/TU", audience={"public"}, title="về việc giữ rừng")
    await papers.report("Giữ rừng ở Nà Thượng", audience={"public"})
    await papers.report("Tổ giữ rừng của xã", audience={f"org:{everyone.commune}"})
    await papers.report("Chuyện phố", audience={"public"})
    for member, count in ((None, 1), (everyone.mai, 2), (everyone.lan, 1)):
        page = (await (await opened(member)).get("/search?q=giu rung")).text
        assert f"{count} tin có tên chứa “giu rung”" in page
        assert page.index("1-QĐ/TU") < page.index("Giữ rừng ở Nà Thượng")
        assert ("Tổ giữ rừng của xã" in page) is (count == 2)
        assert "Chuyện phố" not in page
    assert "tin có tên" not in (await (await opened()).get("/search?q=1-QĐ/TU")).text
    only_news = (await (await opened()).get("/search?q=chuyen pho")).text
    assert "Không tìm thấy văn kiện nào" in only_news and "Chuyện phố" in only_news
