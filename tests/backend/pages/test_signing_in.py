"""Signing in and out by page: a new secret each time, one answer for every login, nothing used up by looking."""

from uuid import uuid4

import httpx
import pytest

from backend.accounts import codes, members, passwords, sessions
from base import settings as base_settings
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.people import People

PASSPHRASE = "con suối nhỏ chảy qua bản xanh"


async def with_password(member) -> None:
    await passwords.choose(await builders.reader(member), PASSPHRASE)


async def code_for(people: People) -> str:
    return (await codes.issue(people.mai, id=uuid4(), by=people.quang, identity_checked=True)).text


def session_of(answer: httpx.Response) -> str:
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    return cookie.partition(";")[0].partition("=")[2]


async def test_a_code_opens_the_handbook_once_and_offers_a_passkey_first(opened: Opener, everyone: People) -> None:
    code, mai, other = await code_for(everyone), await opened(), await opened()
    answer = await mai.post("/account/activate", data={"code": code.lower().replace("-", " ")})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account/welcome")
    page = (await mai.get("/account/welcome")).text
    assert page.index('data-passkey="add"') < page.index("/account/password")
    assert (await other.post("/account/activate", data={"code": code})).status_code == 422


async def test_a_wrong_code_stays_as_it_was_typed(opened: Opener) -> None:
    answer = await (await opened()).post("/account/activate", data={"code": "AAAA-BBBB-CCCC"})
    assert answer.status_code == 422
    assert 'value="AAAA-BBBB-CCCC"' in answer.text and 'role="alert"' in answer.text


async def test_a_password_leads_to_the_page_one_came_for(opened: Opener, everyone: People) -> None:
    await with_password(everyone.mai)
    mai = await opened()
    typed = {"login": " MAI ", "password": PASSPHRASE, "next": "/documents?type=x"}
    answer = await mai.post("/account/sign-in", data=typed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/documents?type=x")
    assert "Hà Thị Mai" in (await mai.get("/account")).text
    assert (await mai.get("/account/sign-in?next=/news")).headers["location"] == "/news"


async def test_known_and_unknown_logins_get_the_same_answer(opened: Opener, everyone: People) -> None:
    await with_password(everyone.mai)
    guest = await opened()
    answers = []
    for login in ("mai", "lan", "nobody"):
        answer = await guest.post("/account/sign-in", data={"login": login, "password": "x" * 20, "next": "/"})
        answers.append((answer.status_code, answer.text.replace(f'value="{login}"', "")))
    assert answers[0][0] == 422 and answers.count(answers[0]) == 3
    assert "x" * 20 not in answers[0][1]


async def test_too_many_tries_are_told_how_long_to_wait(opened: Opener, everyone: People) -> None:
    guest = await opened()
    for _ in range(5):
        await guest.post("/account/sign-in", data={"login": "ai-do", "password": "x" * 20})
    answer = await guest.post("/account/sign-in", data={"login": "ai-do", "password": "x" * 20})
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
    assert 'value="ai-do"' in answer.text


@pytest.mark.parametrize("way", ["code", "password", "link"])
async def test_every_sign_in_gives_a_secret_that_nobody_had_before(opened: Opener, everyone: People, way: str) -> None:
    planted = "A" * 43
    browser = await opened(session=planted)
    if way == "code":
        answer = await browser.post("/account/activate", data={"code": await code_for(everyone)})
    elif way == "password":
        await with_password(everyone.mai)
        answer = await browser.post("/account/sign-in", data={"login": "mai", "password": PASSPHRASE})
    else:
        answer = await browser.post(f"/account/enter/{await codes.issue_link(everyone.mai)}")
    assert session_of(answer) != planted
    assert await sessions.reader(planted) is None
    assert (await sessions.reader(session_of(answer))).member_id == everyone.mai


async def test_signing_in_as_another_ends_the_session_before(opened: Opener, everyone: People) -> None:
    browser = await opened(everyone.lan)
    before = browser.cookies["session"]
    await browser.post(f"/account/enter/{await codes.issue_link(everyone.mai)}")
    assert await sessions.reader(before) is None
    assert "Hà Thị Mai" in (await browser.get("/account")).text


async def test_looking_at_a_sample_link_uses_nothing_up(opened: Opener, everyone: People) -> None:
    path = f"/account/enter/{await codes.issue_link(everyone.mai)}"
    mai, other = await opened(), await opened()
    for _ in range(3):
        page = await mai.get(path)
        assert page.status_code == 200 and f'action="{path}"' in page.text
    assert (await mai.post(path)).status_code == 303
    assert (await other.post(path)).status_code == 422


async def test_signing_out_ends_the_session_and_the_browsers_copies(opened: Opener, everyone: People) -> None:
    mai = await opened(everyone.mai)
    cookie = mai.cookies["session"]
    answer = await mai.post("/account/sign-out")
    assert answer.status_code == 303 and answer.headers["clear-site-data"] == '"cache"'
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert await sessions.reader(cookie) is None


async def test_a_disabled_member_is_out_with_the_next_request(opened: Opener, everyone: People) -> None:
    mai = await opened(everyone.mai)
    assert (await mai.get("/account/devices")).status_code == 200
    await members.disable(everyone.mai, by=everyone.quang)
    assert (await mai.get("/account/devices")).status_code == 401


async def test_over_https_the_cookie_is_bound_to_the_host(opened: Opener, everyone: People, settings) -> None:
    path = f"/account/enter/{await codes.issue_link(everyone.mai)}"
    base_settings.use(settings.model_copy(update={"secure_cookies": True}))
    answer = await (await opened()).post(path)
    assert answer.headers["set-cookie"].startswith("__Host-session=") and "Secure" in answer.headers["set-cookie"]


# Passkeys, as far as a phone is not needed


async def test_options_to_sign_in_are_the_same_for_every_login(opened: Opener, everyone: People) -> None:
    guest = await opened()
    answers = []
    for content in ({"login": "mai"}, {"login": "nobody"}, {}):
        said = (await guest.post("/account/sign-in/options", json=content)).json()
        options = {name: value for name, value in said["options"].items() if name != "challenge"}
        answers.append((sorted(said), options))
    assert answers.count(answers[0]) == 3
    assert answers[0][1]["userVerification"] == "required" and not answers[0][1].get("allowCredentials")


async def test_an_answer_that_does_not_fit_is_refused_in_words(opened: Opener, everyone: People) -> None:
    guest = await opened()
    put = (await guest.post("/account/sign-in/options", json={})).json()
    for content in ({"challenge": put["challenge"], "answer": {"id": "x"}}, {"challenge": "x"}, [], "x"):
        answer = await guest.post("/account/sign-in/passkey", json=content)
        assert answer.status_code == 422 and answer.json()["words"]
        assert "set-cookie" not in answer.headers


async def test_a_passkey_is_added_by_the_signed_in_only(opened: Opener, everyone: People) -> None:
    guest, mai = await opened(), await opened(everyone.mai, method="code")
    assert (await guest.post("/account/passkeys/options", json={})).status_code == 401
    put = (await mai.post("/account/passkeys/options", json={})).json()
    assert put["options"]["authenticatorSelection"]["userVerification"] == "required"
    answer = await mai.post("/account/passkeys", json={"challenge": put["challenge"], "answer": {}})
    assert answer.status_code == 422 and answer.json()["words"]
