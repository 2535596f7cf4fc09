"""Comments through the door: said, answered, mended and withdrawn without JavaScript; nothing typed is lost."""

import re
from uuid import uuid4

import httpx
import pytest

from backend.accounts import consents
from backend.discussion import comments
from backend.discussion.comment_moves import find
from backend.discussion.voices import NAME
from base import database
from content import news
from tests.backend.pages.conftest import Opener
from tests.content.builders import put, regulation
from tests.people import People

CLEAN = "Tôi đề nghị hướng dẫn rõ hơn thời hạn gửi báo cáo của chi bộ."
HELD = "Cần thì gọi tôi theo số 0912 345 678 nhé các đồng chí."
PART = "dieu-1.khoan-2"


@pytest.fixture
async def path(everyone: People) -> str:
    """Where comments on a document for everybody are."""
    return f"/documents/{(await put(regulation())).slug}/comments"


@pytest.fixture
async def mai(opened: Opener, everyone: People, path: str) -> httpx.AsyncClient:
    return await opened(everyone.mai)


@pytest.fixture
async def lan(opened: Opener, everyone: People, path: str) -> httpx.AsyncClient:
    return await opened(everyone.lan)


async def say(client: httpx.AsyncClient, path: str, words: str = CLEAN, **typed: str) -> httpx.Response:
    return await client.post(path, data={"id": str(uuid4()), "words": words, "edition": "1", **typed})


async def only_id() -> str:
    (row,) = await database.fetch("SELECT id FROM comment WHERE parent IS NULL")
    return str(row["id"])


def wrong_on(page: str) -> set[str]:
    """The fields that the summary leads to."""
    return set(re.findall(r'<a href="#([a-z_]+)">', page.partition('class="summary"')[2].partition("</ul>")[0]))


async def test_a_member_speaks_another_answers_and_both_read_it(mai, lan, path):
    page = (await mai.get(f"{path}?part={PART}")).text
    assert 'name="words"' in page and "khoản 2 Điều 1" in page
    sent = await say(mai, f"{path}?part={PART}")
    id = await only_id()
    assert sent.status_code == 303 and sent.headers["location"].endswith(f"#c-{id}")
    assert "Đã gửi. Ý kiến đang hiện" in (await mai.get(sent.headers["location"])).text
    seen = (await lan.get(path)).text
    assert CLEAN in seen and "Một đảng viên của Đảng bộ tỉnh Vân Lam" in seen and "Hà Thị Mai" not in seen
    thread = (await lan.get(f"{path}?thread={id}")).text
    assert f'name="parent" value="{id}"' in thread
    answered = await say(lan, f"{path}?thread={id}", "Tôi cũng thấy vậy.", parent=id)
    assert answered.status_code == 303
    assert "Tôi cũng thấy vậy." in (await mai.get(f"{path}?part={PART}")).text


async def test_a_name_is_offered_once_the_member_agreed_and_shown_if_they_choose_it(mai, lan, path, everyone):
    assert "/account/consent" in (await mai.get(path)).text
    refused = await say(mai, path, named="yes")
    assert refused.status_code == 422 and wrong_on(refused.text) == {"named"} and CLEAN in refused.text
    await consents.give(everyone.mai, NAME)
    assert 'value="yes" checked' in (await mai.get(path)).text
    await say(mai, path, named="yes")
    assert "Hà Thị Mai, Đảng bộ tỉnh Vân Lam" in (await lan.get(path)).text


async def test_a_held_comment_is_marked_for_its_author_and_not_there_for_others(mai, lan, path):
    sent = await say(mai, path, HELD)
    page = (await mai.get(sent.headers["location"])).text
    assert "Đang chờ xem xét" in page and "Trong lời có số điện thoại" in page and "0912 345 678" in page
    assert "0912" not in (await lan.get(path)).text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("", "words"),
        ("😀😀", "words"),
        ("\u202e\u2066\x07", "words"),
        ("ă" * 100_000, "words"),
    ],
)
async def test_wrong_words_come_back_with_the_reason_beside_them(mai, path, typed, field):
    answer = await say(mai, path, typed)
    assert answer.status_code == 422 and wrong_on(answer.text) == {field}
    assert typed in answer.text, "nothing typed is lost"
    assert await database.fetch("SELECT id FROM comment") == []


async def test_markup_is_shown_as_it_was_typed_and_does_nothing(mai, path):
    await say(mai, path, "Đồng ý <script>alert(1)</script>\n<b>rất</b> đúng")
    page = (await mai.get(path)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\n&lt;b&gt;rất&lt;/b&gt; đúng" in page and "<script>alert" not in page


async def test_what_was_not_meant_by_the_form_is_refused(mai, lan, path, everyone):
    await say(mai, path)
    id = await only_id()
    for typed, status in (
        ({"id": id}, 404),
        ({"id": "abc"}, 422),
        ({"parent": "abc"}, 404),
        ({"parent": str(uuid4())}, 404),
        ({"quote": "Câu này không có."}, 422),
        ({"edition": "99"}, 404),
        ({"edition": "x" * 2_000}, 303),
    ):
        assert (await say(lan, path, "Lời khác hẳn.", **typed)).status_code == status, typed
    for address in (f"{path}?part=dieu-99", f"{path}?thread=abc", f"{path}?thread={uuid4()}", "/documents/x/comments"):
        assert (await lan.get(address)).status_code == 404, address
    assert (await lan.get(f"{path}?cursor=bay")).status_code == 200


async def test_too_many_are_told_how_long_to_wait_and_keep_their_words(mai, path, monkeypatch):
    monkeypatch.setattr(comments, "LIMIT", 0)
    answer = await say(mai, path)
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
    assert "Đồng chí đã gửi nhiều ý kiến" in answer.text and CLEAN in answer.text


async def test_a_visitor_is_asked_to_sign_in_and_told_nothing(mai, opened, path, everyone):
    await say(mai, path)
    visitor = await opened()
    page = await visitor.get(path)
    assert page.status_code == 200 and "/account/sign-in?next=%2Fdocuments" in page.text
    assert CLEAN not in page.text and "<textarea" not in page.text and "(1)" not in page.text
    assert (await say(visitor, path)).status_code == 401
    for address in ("/account/comments", f"/account/comments/{await only_id()}"):
        assert (await visitor.get(address)).status_code == 401
    hidden = (await put(regulation("13-QĐ/TU"), audience=[f"org:{everyone.ward}"])).slug
    for client in (visitor, mai):
        assert (await client.get(f"/documents/{hidden}/comments")).status_code == 404
    assert (await say(mai, f"/documents/{hidden}/comments")).status_code == 404


async def test_the_author_mends_and_withdraws_from_the_page_of_their_own(mai, lan, path):
    await say(mai, path)
    id = await only_id()
    mine = f"/account/comments/{id}"
    assert CLEAN in (await mai.get("/account/comments")).text and CLEAN in (await mai.get(mine)).text
    assert (await mai.post(mine, data={"words": "Nói lại cho rõ.", "revision": "1"})).status_code == 303
    stale = await mai.post(mine, data={"words": "Từ cửa sổ cũ.", "revision": "1"})
    assert stale.status_code == 409 and "Từ cửa sổ cũ." in stale.text
    empty = await mai.post(mine, data={"words": "", "revision": "2"})
    assert empty.status_code == 422 and wrong_on(empty.text) == {"words"}
    for answer in (
        await lan.get(mine), await lan.post(mine, data={"words": "Khác.", "revision": "2"}),
        await lan.post(f"{mine}/withdrawal"), await mai.get(f"/account/comments/{uuid4()}"),
    ):  # fmt: skip
        assert answer.status_code == 404
    for _ in range(2):
        gone = await mai.post(f"{mine}/withdrawal")
        assert gone.status_code == 303
    assert "Đã rút ý kiến." in (await mai.get(gone.headers["location"])).text
    assert "Nói lại cho rõ." not in (await lan.get(path)).text
    assert (await find((await database.fetch("SELECT id FROM comment"))[0]["id"])).state == "withdrawn"


async def test_news_are_spoken_of_too(mai, lan, everyone):
    await news.write(
        news.Writing("Hội nghị", "Chiều qua", "Nội dung.", frozenset({"public"}), slug="hoi-nghi"), by="cli"
    )
    assert "/news/hoi-nghi/comments" in (await mai.get("/news/hoi-nghi")).text
    assert (await say(mai, "/news/hoi-nghi/comments")).status_code == 303
    assert CLEAN in (await lan.get("/news/hoi-nghi/comments")).text
    assert (await lan.get("/news/khong-co/comments")).status_code == 404


async def test_a_documents_page_is_the_same_however_much_was_said_of_it(mai, path):
    page = path.removesuffix("/comments")
    before = await mai.get(page)
    await say(mai, path)
    after = await mai.get(page, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 304, "counts are fetched beside it"


async def test_everything_a_member_said_is_in_their_file(mai, path):
    await say(mai, path)
    held = (await mai.get("/account/data/file")).json()["comments"]
    assert [each["revisions"][0]["words"] for each in held] == [CLEAN]
