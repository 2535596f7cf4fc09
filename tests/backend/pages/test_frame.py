"""What every page brings along: headers, conditions, language and theme, and errors in words."""

import re
from uuid import uuid4

import brotli
import pytest

from backend.app import litestar
from backend.pages import assets, problems, shell
from base import database
from base.errors import TooManyError
from content import reading
from tests.backend.pages.conftest import Opener

pytestmark = pytest.mark.alike

EVERYWHERE = (
    "/", "/documents", "/news", "/search", "/privacy", "/offline", "/offline/vi/document", "/account/sign-in",
    "/nowhere", "/desk",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_carries_a_strict_policy(opened: Opener, path: str) -> None:
    answer = await (await opened()).get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] in ("private, no-cache", "no-store")
    assert "style=" not in answer.text and "<script>" not in answer.text


async def test_a_page_held_already_is_not_sent_again(opened: Opener) -> None:
    guest = await opened()
    first = await guest.get("/documents")
    again = await guest.get("/documents", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Cookie" in first.headers["vary"]


async def test_pages_are_packed_as_the_browser_accepts(opened: Opener) -> None:
    guest = await opened()
    plain = await guest.get("/privacy", headers={"accept-encoding": "identity"})
    async with guest.stream("GET", "/privacy", headers={"accept-encoding": "br"}) as packed:
        raw = b"".join([chunk async for chunk in packed.aiter_raw()])
    assert packed.headers["content-encoding"] == "br"
    assert brotli.decompress(raw) == plain.content


async def test_head_answers_like_get_without_the_body(opened: Opener) -> None:
    answer = await (await opened()).head("/documents")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_language_theme_and_size_are_chosen_by_plain_forms(opened: Opener) -> None:
    guest = await opened()
    answer = await guest.post("/language/en", data={"back": "/documents?type=x"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents?type=x")
    assert 'lang="en"' in (await guest.get("/documents")).text
    await guest.post("/preferences", data={"theme": "dark", "text": "larger", "back": "/"})
    page = (await guest.get("/")).text
    assert 'data-theme="dark"' in page and 'data-text="larger"' in page


async def test_only_what_is_offered_can_be_chosen(opened: Opener) -> None:
    guest = await opened()
    assert (await guest.post("/language/xx", data={"back": "/"})).status_code == 404
    answer = await guest.post("/preferences", data={"theme": "<b>", "back": "/"})
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "\\\\x",
    ],
)
async def test_nobody_is_sent_to_another_site(opened: Opener, elsewhere: str) -> None:
    guest = await opened()
    assert (await guest.post("/preferences", data={"back": elsewhere})).headers["location"] == "/"
    page = (await guest.get("/account/sign-in", params={"next": elsewhere})).text
    assert 'name="next" value="/"' in page


async def test_every_form_refuses_another_site(opened: Opener) -> None:
    guest = await opened()
    paths = [route.path for route in litestar().routes if "POST" in getattr(route, "methods", ())]
    paths = [re.sub(r"{\w+:uuid}", str(uuid4()), path) for path in paths if not path.startswith("/api/")]
    assert len(paths) > 25
    for path in paths:
        address = re.sub(r"{\w+:int}", "1", re.sub(r"{\w+:str}", "x", path))
        for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
            assert (await guest.post(address, headers=headers)).status_code == 403, path


async def test_files_are_served_under_their_content_only(opened: Opener) -> None:
    guest = await opened()
    address = assets.address("css/handbook.css")
    found = await guest.get(address)
    assert found.headers["content-type"] == "text/css; charset=utf-8"
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    here = f"/static/{assets.shelf().hash}"
    for other in (
        "/static/0/css/handbook.css",
        f"{here}/../../README.md",
        f"{here}/..%2f..%2fREADME.md",
        f"{here}/css",
    ):
        assert (await guest.get(other)).status_code == 404, other


async def test_modules_find_one_another_by_relative_addresses(opened: Opener) -> None:
    guest = await opened()
    found = await guest.get(assets.address("js/app.js"))
    assert found.headers["content-type"].startswith("text/javascript")
    assert (await guest.get(found.url.join("./forms.js"))).status_code == 200


async def test_a_closed_page_leads_to_signing_in_and_back(opened: Opener) -> None:
    answer = await (await opened()).get("/account/passkeys")
    assert answer.status_code == 401
    assert "/account/sign-in?next=/account/passkeys" in answer.text


async def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(opened: Opener) -> None:
    guest = await opened()
    answer = await guest.post(
        "/account/devices/1/end", headers={"referer": "http://localhost:8000/account/devices?a=1"}
    )
    assert answer.status_code == 401
    assert "/account/sign-in?next=/account/devices%3Fa%3D1" in answer.text


async def test_who_tries_too_often_is_told_when_to_come_back(opened: Opener, monkeypatch) -> None:
    async def tired(**_):
        raise TooManyError(retry_after_s=90)

    monkeypatch.setattr(reading, "documents", tired)
    answer = await (await opened()).get("/")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "90")


async def test_a_lost_database_is_told_calmly(opened: Opener, monkeypatch) -> None:
    async def lost(**_):
        raise ConnectionRefusedError

    monkeypatch.setattr(reading, "documents", lost)
    answer = await (await opened()).get("/")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "ConnectionRefused" not in answer.text


async def test_what_nobody_foresaw_shows_nothing_of_itself(opened: Opener, monkeypatch) -> None:
    async def broken(**_):
        raise RuntimeError("secret")

    monkeypatch.setattr(reading, "documents", broken)
    answer = await (await opened()).get("/")
    assert answer.status_code == 500 and "secret" not in answer.text


async def test_when_even_templates_fail_a_page_is_shown(opened: Opener, monkeypatch) -> None:
    monkeypatch.setattr(shell, "environment", lambda: 1 / 0)
    answer = await (await opened()).get("/")
    assert answer.status_code == 500 and answer.text == problems.LAST_RESORT


def test_the_database_being_gone_is_told_from_a_wrong_statement() -> None:
    assert database.is_lost(ConnectionResetError())
    assert not database.is_lost(ValueError())
