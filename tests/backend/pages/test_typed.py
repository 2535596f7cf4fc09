"""Whatever leads from a form to a page of trouble, the sentences that were typed are on that page, to be copied."""

import html
import re
from uuid import uuid4

import pytest

from backend.pages import typed
from tests.backend.pages.test_bad_words import Forms
from tests.content.builders import put, regulation
from tests.house import tree

WORDS = "Tôi đề nghị làm rõ <b>thời hạn</b> & nơi nhận báo cáo.\nTôi xin cảm ơn."
TEXTAREA = re.compile(r"<textarea[^>]* readonly>(.*?)</textarea>", re.DOTALL)
NAMED = re.compile(r'(?:forms\.area\(|<textarea[^>]*\bname=)"([a-z_-]+)')


def shown_on(page: str) -> list[str]:
    return [html.unescape(found) for found in TEXTAREA.findall(page)]


@pytest.mark.alike
async def test_after_the_session_ended_each_form_shows_its_words_again(opened, everyone):
    slug, stranger = (await put(regulation())).slug, await opened()
    for _, path, beside, field in await Forms(opened, everyone, slug).all():
        chosen = {name: value for name, value in beside.items() if name not in typed.WORDS}
        answer = await stranger.post(path, data={"id": str(uuid4()), **chosen, field: WORDS})
        if field in typed.WORDS:
            assert (answer.status_code, shown_on(answer.text)) == (401, [WORDS]), path


@pytest.mark.alike
@pytest.mark.parametrize(("language", "told"), [("vi", "Những gì đồng chí đã viết"), ("en", "What you wrote")])
async def test_a_comment_on_what_is_gone_meanwhile_keeps_its_words(opened, everyone, language, told):
    client = await opened(everyone.mai, language=language)
    answer = await client.post("/documents/gone/comments", data={"id": str(uuid4()), "words": WORDS})
    assert answer.status_code == 404
    assert told in answer.text
    assert shown_on(answer.text) == [WORDS]


@pytest.mark.alike
async def test_files_that_are_too_large_take_no_words_along(opened, everyone):
    mai, files = await opened(everyone.mai), {"files": ("to.pdf", b"0" * (52 * 2**20))}
    answer = await mai.post("/feedback/new", data={"id": str(uuid4()), "words": WORDS, "cited": "57"}, files=files)
    assert answer.status_code == 413
    assert "Nội dung gửi lên quá lớn" in answer.text
    assert shown_on(answer.text) == [WORDS]


@pytest.mark.alike
async def test_a_stranger_who_brings_much_is_asked_to_sign_in_and_keeps_their_words(opened, everyone):
    stranger, files = await opened(), {"files": ("to.pdf", b"0" * (3 * 2**20))}
    answer = await stranger.post("/feedback/new", data={"words": WORDS}, files=files)
    assert (answer.status_code, shown_on(answer.text)) == (401, [WORDS])


@pytest.mark.alike
async def test_what_says_that_it_is_larger_than_anybody_means_is_not_read(opened, everyone):
    async def endless():
        yield b"--x\r\n"
        raise AssertionError("it was read")

    for client, status in ((await opened(everyone.mai), 413), (await opened(), 401)):
        headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(2**40)}
        assert (await client.post("/feedback/new", content=endless(), headers=headers)).status_code == status


@pytest.mark.alike
async def test_too_many_words_are_told_as_too_large(opened, everyone):
    mai = await opened(everyone.mai)
    answer = await mai.post("/documents/any/comments", data={"words": "ơ" * 2**20})
    assert answer.status_code == 413
    assert shown_on(answer.text) == []


@pytest.mark.alike
async def test_what_is_no_sentence_is_not_shown(opened, everyone):
    secret = "mat-khau-cua-mai"
    answer = await (await opened()).post("/account/password", data={"password": secret, "repeated": secret})
    assert answer.status_code == 401
    assert secret not in answer.text


def test_every_field_for_sentences_is_known():
    named = {
        name
        for path in (tree.ROOT / "pwa" / "templates").rglob("*.html")
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
    }
    assert len(named) > 15
    assert named <= typed.WORDS | {typed.ONE_EACH}
