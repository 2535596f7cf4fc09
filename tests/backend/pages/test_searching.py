"""The search page: what was found, where it leads, and what is said when there is nothing to show."""

import re
from datetime import date
from pathlib import Path

import pytest

from content.search import finding, folders
from tests.backend.api import papers
from tests.backend.pages.conftest import Opener
from tests.indexes import indexed
from tests.people import People

pytestmark = pytest.mark.alike

PLAN = """Điều 1. Việc phải làm

1. Thực hiện Nghị quyết số 57-NQ/TW.

2. Mỗi xã có một tổ công nghệ cộng đồng.
"""


@pytest.fixture
async def slugs(everyone: People, tmp_path: Path) -> dict[str, str]:
    """A resolution, a newer plan that carries it out, and a plan for members; indexed."""
    found = {
        "resolution": await papers.issue(
            tmp_path, "57-NQ/TW", audience={"public"}, title="về đột phá phát triển khoa học, công nghệ",
            issued=date(2024, 12, 22), type="Nghị quyết", issuer="Bộ Chính trị", topic="chuyen-doi-so",
        ),
        "plan": await papers.issue(
            tmp_path, "9-KH/TU", audience={"public"}, title="thực hiện Nghị quyết số 57-NQ/TW", type="Kế hoạch",
            text=PLAN,
        ),
        "members": await papers.issue(
            tmp_path, "10-KH/TU", audience={"members"}, title="về nhân sự", type="Kế hoạch",
            text="Điều 1. Nhân sự\n\n1. Tổ công nghệ cộng đồng xét từng người.\n",
        ),
    }  # fmt: skip
    await indexed()
    return found


async def searched(client, **parameters: object) -> str:
    answer = await client.get("/search", params=parameters)
    assert answer.status_code == 200
    return str(answer.text)


def rows(page: str) -> list[str]:
    """Where the names of the documents lead, in the order of the page."""
    return re.findall(r'class="row-title"><a href="([^"]+)"', page)


async def test_what_was_found_leads_to_its_part_and_shows_the_words(opened: Opener, slugs: dict[str, str]) -> None:
    page = await searched(await opened(), q="to cong nghe cong dong")
    assert rows(page) == [f"/documents/{slugs['plan']}"]
    assert f'href="/documents/{slugs["plan"]}#dieu-1.khoan-2"' in page
    assert "<strong>Khoản 2 Điều 1</strong> · Việc phải làm</a>" in page
    assert "<mark>tổ công nghệ cộng đồng</mark>" in page
    assert "1 văn kiện cho “to cong nghe cong dong”" in page


async def test_a_slip_or_missing_marks_are_offered_put_right(opened: Opener, slugs: dict[str, str]) -> None:
    guest = await opened()
    page = await searched(guest, q="cong nghe", type="Kế hoạch")
    link = re.search(r'muốn tìm: <a href="([^"]+)" lang="vi">công nghệ</a>', page)
    assert link is not None
    meant = await guest.get(link[1].replace("&amp;", "&"))
    assert rows(meant.text) == [f"/documents/{slugs['plan']}"]  # still narrowed
    assert "muốn tìm" not in meant.text


async def test_when_no_document_has_all_of_the_words_that_is_said(opened: Opener, slugs: dict[str, str]) -> None:
    guest = await opened()
    page = await searched(guest, q="công nghệ vũ trụ")
    assert rows(page) and "chỉ chứa một phần" in page
    assert "chỉ chứa một phần" not in await searched(guest, q="công nghệ")
    assert "have some of them" in await searched(await opened(language="en"), q="công nghệ vũ trụ")


@pytest.mark.parametrize("q", ["nghi quyet 57", "57 nq tw", "Nghị quyết số 57-NQ/TW"])
async def test_a_document_found_by_its_number_comes_first_and_leads_to_itself(
    opened: Opener, slugs: dict[str, str], q: str
) -> None:
    page = await searched(await opened(), q=q)
    assert rows(page)[0] == f"/documents/{slugs['resolution']}"
    assert f"{slugs['resolution']}#" not in page


async def test_a_quoted_part_is_offered_before_everything_else(opened: Opener, slugs: dict[str, str]) -> None:
    page = await searched(await opened(), q="khoản 2 điều 1 kế hoạch 9-KH/TU")
    quoted = page.index(f'href="/documents/{slugs["plan"]}/editions/1#dieu-1.khoan-2"')
    assert quoted < page.index('class="row-title"')


async def test_only_what_may_be_read_is_found_counted_and_offered(
    opened: Opener, slugs: dict[str, str], everyone: People
) -> None:
    for member, count in ((None, 1), (everyone.mai, 2)):
        page = await searched(await opened(member), q="cộng đồng")
        assert len(rows(page)) == count
        assert f"{count} văn kiện cho" in page
        assert ("10-KH/TU" in page) is (member is not None)
    assert "Không tìm thấy" in await searched(await opened(), q="nhân sự")


async def test_chosen_filters_are_counted_shown_and_can_be_taken_away(opened: Opener, slugs: dict[str, str]) -> None:
    guest = await opened(language="en")
    page = await searched(guest, q="công nghệ")
    assert '<option value="Kế hoạch" lang="vi">Kế hoạch (1)</option>' in page
    page = await searched(guest, q="công nghệ", type="Kế hoạch", state="in-force")
    assert rows(page) == [f"/documents/{slugs['plan']}"]
    without = "/search?q=c%C3%B4ng+ngh%E1%BB%87&amp;state=in-force"
    assert f'<a class="chip" href="{without}">' in page and '<span lang="vi">Kế hoạch</span>' in page
    assert "Remove all filters" in page
    assert '<input type="hidden" name="q" value="công nghệ">' in page


async def test_a_filter_that_leaves_nothing_stays_and_can_be_taken_away(opened: Opener, slugs: dict[str, str]) -> None:
    page = await searched(await opened(), q="công nghệ", type="Chỉ thị")
    assert rows(page) == []
    assert 'href="/search?q=c%C3%B4ng%20ngh%E1%BB%87"' in page and "Bỏ tất cả lọc" in page
    assert '<option value="Chỉ thị" selected lang="vi">Chỉ thị (0)</option>' in page


async def test_pages_follow_one_another_and_say_where_one_is(opened: Opener, everyone: People, tmp_path: Path) -> None:
    slugs = {await papers.issue(tmp_path, f"{number}-CT/TU", audience={"public"}) for number in range(1, 24)}
    await indexed()
    guest = await opened()
    first = await searched(guest, q="việc thử")
    follows = re.search(r'href="([^"]+)" rel="next"', first)
    assert follows is not None and len(rows(first)) == 20
    second = (await guest.get(follows[1].replace("&amp;", "&"))).text
    assert "Kết quả từ 21 đến 23" in second and 'rel="next"' not in second
    assert {*rows(first), *rows(second)} == {f"/documents/{slug}" for slug in slugs}


@pytest.mark.parametrize("wrong", ["offset=-1", "offset=x", "offset=1001", "offset=99999999999999999999", "cursor=z~"])
async def test_an_odd_place_in_the_list_is_its_beginning(opened: Opener, slugs: dict[str, str], wrong: str) -> None:
    page = await (await opened()).get(f"/search?q=cong+dong&{wrong}")
    assert (page.status_code, rows(page.text)) == (200, [f"/documents/{slugs['plan']}"])


@pytest.mark.parametrize(
    ("language", "odd", "long", "none"),
    [
        ("vi", "sổ tay bỏ qua", "chỉ tìm theo phần đầu", "Thử viết ít từ hơn"),
        ("en", "was left out", "only its beginning was searched for", "Try fewer words"),
    ],
)
async def test_what_cannot_be_meant_is_passed_over_in_so_many_words(
    opened: Opener, slugs: dict[str, str], language: str, odd: str, long: str, none: str
) -> None:
    guest = await opened(language=language)
    for filters in ({"year": "abc"}, {"state": "weird"}, {"year": "99999", "type": "Kế hoạch"}):
        page = await searched(guest, q="cộng đồng", **filters)
        assert odd in page and rows(page) == [f"/documents/{slugs['plan']}"], filters
    page = await searched(guest, q="x" * 400)
    assert long in page and none in page
    assert odd not in page
    assert long not in await searched(guest, q="cộng đồng")


@pytest.mark.parametrize(
    "q", ["", "   ", ".,;", "<script>alert(x)</script>", "'; DROP TABLE document; --", "%_*", "\ufffd", "🙂" * 300]
)
async def test_whatever_is_typed_is_answered_as_text(opened: Opener, slugs: dict[str, str], q: str) -> None:
    page = await searched(await opened(), q=q)
    assert "<script>alert" not in page
    assert rows(page) == []


async def test_while_there_is_no_index_numbers_and_titles_are_found_and_it_is_said(
    opened: Opener, slugs: dict[str, str]
) -> None:
    (folders.root() / folders.CURRENT).unlink()
    finding.close()
    guest = await opened()
    page = await searched(guest, q="57-NQ/TW")
    assert rows(page) == [f"/documents/{slugs['resolution']}", f"/documents/{slugs['plan']}"]
    assert "chỉ tìm theo số hiệu và tên văn kiện" in page
    assert rows(await searched(guest, q="57-NQ/TW", type="Kế hoạch")) == [f"/documents/{slugs['plan']}"]
    assert "Không tìm thấy văn kiện nào" in await searched(guest, q="cộng đồng")
    await indexed()
    assert "chỉ tìm theo số hiệu" not in await searched(guest, q="57-NQ/TW")


async def test_the_field_works_without_scripts_and_says_to_scripts_where_to_ask(opened: Opener) -> None:
    for path in ("/search", "/"):
        page = (await (await opened()).get(path)).text
        form = page[page.index('action="/search"') : page.index("</form>", page.index('action="/search"'))]
        assert 'data-suggest="/api/search/suggest"' in form and 'name="q"' in form and 'type="submit"' in form
        assert re.search(r"<ul[^>]+data-suggested hidden>", form)
