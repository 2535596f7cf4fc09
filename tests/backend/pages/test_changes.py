"""The page that tells what changed: to whom, how much, which words, and where to read them."""

from datetime import date
from pathlib import Path

import httpx
import pytest

from base import database
from content import publishing
from tests.backend.api import papers
from tests.backend.pages.conftest import Opener
from tests.people import People

FIRST = """Điều 1. Sinh hoạt

1. Chi bộ họp mỗi tháng một lần vào ngày đầu tháng.

2. Bí thư báo trước ba ngày theo {number}.

3. Thư ký ghi <script> biên bản của mọi buổi họp trong tháng.

Điều 2. Hiệu lực

Quy định này có hiệu lực từ ngày ký.
"""
SECOND = FIRST.replace(
    "1. Chi bộ họp mỗi tháng một lần vào ngày đầu tháng.\n\n2. Bí thư báo trước ba", "1. Bí thư báo trước năm"
)
SECOND = SECOND.replace("3. Thư ký", "2. Thư ký").replace(
    "Điều 2. Hiệu lực", "Điều 2. Trực tuyến\n\n1. Họp qua mạng.\n\nĐiều 3. Hiệu lực"
)
SIZE = "Sửa 1 phần, thêm 2, bỏ 1, đánh số lại 2; khoảng"


async def _issued(folder: Path, *texts: str, audience: set[str]) -> str:
    slugs = {await papers.issue(folder, "7-QĐ/TU", audience=audience, text=text) for text in texts}
    assert len(slugs) == 1
    return slugs.pop()


@pytest.fixture
async def slug(everyone: People, tmp_path: Path) -> str:
    """A document for members, with a later edition."""
    return await _issued(tmp_path, FIRST, SECOND, audience={"members"})


@pytest.fixture
async def mai(opened: Opener, everyone: People) -> httpx.AsyncClient:
    return await opened(everyone.mai)


async def test_the_page_says_how_much_changed_and_shows_only_that(mai: httpx.AsyncClient, slug: str) -> None:
    page = (await mai.get(f"/documents/{slug}/editions/2/changes")).text
    assert SIZE in page and "% số chữ." in page
    assert "Bản thứ 2 thay đổi gì so với bản thứ 1" in page
    assert _plain(page).count("Quy định này có hiệu lực") == 0
    assert "2 phần không đổi" in page or "1 phần không đổi" in page


async def test_words_are_struck_and_marked_and_said_to_the_ear(mai: httpx.AsyncClient, slug: str) -> None:
    page = (await mai.get(f"/documents/{slug}/editions/2/changes")).text
    unseen = '<span class="unseen" lang="vi">{}</span>'
    assert f"<del>{unseen.format('(bỏ: ')}ba{unseen.format(')')}</del>" in page
    assert f"<ins>{unseen.format('(thêm: ')}năm{unseen.format(')')}</ins>" in page
    assert "<script>" not in page and "&lt;script&gt;" in page


async def test_what_was_renumbered_is_said_in_words_and_leads_to_both_editions(
    mai: httpx.AsyncClient, slug: str
) -> None:
    page = (await mai.get(f"/documents/{slug}/editions/2/changes")).text
    row = page[page.index('lang="vi">Khoản 2 Điều 1</span> <span class="word">') :].partition("</li>")[0]
    assert "Đánh số lại" in row and 'Trước là <span lang="vi">khoản 3 Điều 1</span>' in row
    assert f'href="/documents/{slug}/editions/1#dieu-1.khoan-3"' in row
    assert f'href="/documents/{slug}/editions/2#dieu-1.khoan-2"' in row
    assert '<span lang="vi">Khoản 1 Điều 1</span> <span class="word">Đánh số lại và sửa</span>' in page


async def test_an_added_article_is_one_row_with_its_clauses(mai: httpx.AsyncClient, slug: str) -> None:
    page = (await mai.get(f"/documents/{slug}/editions/2/changes")).text
    row = page[page.index("Điều 2</span>") :].partition("</li>")[0]
    assert "Trực tuyến" in row and "Họp qua mạng." in row and '<span class="label">1.</span>' in row


async def test_another_edition_can_be_compared_with(mai: httpx.AsyncClient, slug: str, tmp_path: Path) -> None:
    await _issued(tmp_path, FIRST.replace("ba ngày", "bảy ngày"), audience={"members"})
    newest = await mai.get(f"/documents/{slug}/editions/3/changes")
    assert "so với bản thứ 2" in newest.text
    assert f'href="/documents/{slug}/editions/3/changes?from=1"' in newest.text
    first = await mai.get(f"/documents/{slug}/editions/3/changes?from=1")
    assert "Sửa 1 phần;" in first.text and "so với bản thứ 1" in first.text
    for odd in ("from=", "from=mai", "from=99999999"):
        assert (await mai.get(f"/documents/{slug}/editions/3/changes?{odd}")).text.count("so với bản thứ 2") >= 1


async def test_equal_words_are_said_to_be_equal(mai: httpx.AsyncClient, slug: str) -> None:
    rows = await database.fetch("SELECT id, ordinal FROM edition ORDER BY ordinal")
    await database.execute("DELETE FROM part WHERE edition = {}", rows[1]["id"])
    await database.execute("UPDATE part SET edition = {} WHERE edition = {}", rows[1]["id"], rows[0]["id"])
    columns = "position, anchor, path, parent, kind, label, heading, text, body, digest"
    await database.execute(
        f"INSERT INTO part (edition, {columns}) SELECT {{}}, {columns} FROM part WHERE edition = {{}}",
        rows[0]["id"],
        rows[1]["id"],
    )
    page = (await mai.get(f"/documents/{slug}/editions/2/changes")).text
    assert "Hai bản giống nhau về câu chữ." in page and "<ins>" not in page
    assert f'href="/documents/{slug}/editions/2"' in page


async def test_what_the_editor_said_stands_beside_the_size(mai: httpx.AsyncClient, slug: str) -> None:
    await database.execute("UPDATE edition SET note = {} WHERE ordinal = 2", "Sửa theo <kết luận>\nngày 1/6")
    page = (await mai.get(f"/documents/{slug}/editions/2/changes")).text
    assert "Lời người biên tập" in page and "Sửa theo &lt;kết luận&gt;</p>" in page
    assert SIZE in page


async def test_whoever_may_not_read_finds_nothing(opened: Opener, everyone: People, slug: str, mai) -> None:
    guest = await opened()
    hidden, absent = f"/documents/{slug}/editions/2/changes", f"/documents/{'x' * len(slug)}/editions/2/changes"
    found, none = await guest.get(hidden), await guest.get(absent)
    assert (found.status_code, none.status_code) == (404, 404)
    assert found.text.replace(hidden, "") == none.text.replace(absent, "")
    shown = await mai.get(hidden)
    assert shown.status_code == 200 and "Mai" not in shown.text
    known = await guest.get(hidden, headers={"if-none-match": shown.headers["etag"]})
    assert known.status_code == 404


@pytest.mark.parametrize("path", ["1/changes", "3/changes", "x/changes", "2/changes?from=9", "2/changes?from=2"])
async def test_where_there_is_nothing_to_compare_nothing_is_found(mai: httpx.AsyncClient, slug: str, path: str) -> None:
    assert (await mai.get(f"/documents/{slug}/editions/{path}")).status_code == 404


async def test_an_edition_that_was_taken_back_is_compared_with_nothing(mai: httpx.AsyncClient, slug: str) -> None:
    assert (await mai.get(f"/documents/{slug}/editions/2/changes")).status_code == 200
    [first] = await database.fetch("SELECT id FROM edition WHERE ordinal = 1")
    await publishing.withdraw(first["id"], by="cli", reason="nhầm tệp")
    for query in ("", "?from=1"):
        assert (await mai.get(f"/documents/{slug}/editions/2/changes{query}")).status_code == 404


async def test_the_document_leads_to_what_changed(mai: httpx.AsyncClient, slug: str) -> None:
    newer, older = [(await mai.get(f"/documents/{slug}/editions/{n}")).text for n in (2, 1)]
    link = f'href="/documents/{slug}/editions/2/changes"'
    assert newer.count(link) == 2 and older.count(link) == 1  # above the text and in the list of editions; in the list
    assert f'href="/documents/{slug}/editions/2/changes?from=1">Xem đã thay đổi những gì' in older
    assert f"/documents/{slug}/editions/1/changes" not in newer + older


async def test_an_edition_to_come_leads_to_what_will_change(opened: Opener, everyone: People, tmp_path: Path) -> None:
    slug = await _issued(tmp_path, FIRST, audience={"public"})
    more = "edition: 2"
    await papers.issue(
        tmp_path, "7-QĐ/TU", audience={"public"}, text=SECOND, effective_from=date(2099, 1, 1), more=more
    )  # fmt: skip
    guest = await opened(language="en")
    link = f'href="/documents/{slug}/editions/2/changes?from=1">See what will change'
    assert link in (await guest.get(f"/documents/{slug}")).text
    assert link in (await guest.get(f"/documents/{slug}/editions/2")).text
    page = (await guest.get(f"/documents/{slug}/editions/2/changes?from=1")).text
    assert "1 part changed, 2 added, 1 removed, 2 renumbered; about" in page


async def test_reading_again_asks_the_database_nothing(mai: httpx.AsyncClient, slug: str, monkeypatch) -> None:
    first = await mai.get(f"/documents/{slug}/editions/2/changes")

    async def refused(*_):
        raise AssertionError("a page in memory asked the database")

    monkeypatch.setattr(database, "fetch", refused)
    again = await mai.get(f"/documents/{slug}/editions/2/changes")
    assert again.content == first.content


def _plain(page: str) -> str:
    return page.partition('<ol class="changes-list">')[2].partition("</ol>")[0]
