"""From a slip on paper to a passkey on the phone, in a real browser with a virtual authenticator."""

from itertools import count

import pytest
from playwright.async_api import Page

from tests.browser.conftest import Contexts
from tests.site import DESK, PHONE

_logins = count(1)


async def authenticator(page: Page, *, verifies: bool = True) -> str:
    """Give the browser a phone's own authenticator, whose finger or PIN is right or (``verifies`` False) is not."""
    tools = await page.context.new_cdp_session(page)
    await tools.send("WebAuthn.enable")
    made = await tools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": verifies, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    return made["authenticatorId"]


async def press(page: Page, words: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("button", name=words).click()


async def session_of(page: Page) -> str:
    return next(cookie["value"] for cookie in await page.context.cookies() if cookie["name"] == "session")


@pytest.fixture
async def slip(contexts: Contexts):
    """A function: Quang takes a new member in and prints them a slip; the login, and what the QR leads to."""

    async def written() -> tuple[str, str]:
        page = await (await contexts(DESK, person="quang")).new_page()
        login = f"moi{next(_logins)}"
        await page.goto("/desk/roster/add")
        await page.get_by_label("Họ tên").fill("Lò Thị Mới")
        await page.get_by_label("Tên đăng nhập").fill(login)
        await press(page, "Thêm vào danh sách")
        await page.get_by_text("Cấp mã và in phiếu").click()
        await page.get_by_label("Tôi đã gặp người này").check()
        await press(page, "Cấp mã mới")
        return login, (await page.locator(".slip-code").text_content() or "").strip()

    return written


async def activate(page: Page, code: str) -> None:
    """Follow the slip's QR."""
    await page.goto(f"/account/activate#{code}")
    await press(page, "Kích hoạt")


async def test_a_slip_becomes_a_passkey_and_the_passkey_opens_the_handbook(contexts: Contexts, slip) -> None:
    login, code = await slip()
    page = await (await contexts(PHONE)).new_page()
    await authenticator(page)
    await page.goto(f"/account/activate#{code}")
    assert await page.get_by_label("Mã kích hoạt").input_value() == code
    assert "#" not in page.url
    await press(page, "Kích hoạt")
    by_code = await session_of(page)
    await press(page, "Dùng khóa của máy này")
    assert await session_of(page) != by_code
    await page.goto("/account/passkeys")
    assert await page.get_by_role("heading", name="Chrome").count() == 1
    await page.goto("/account")
    await press(page, "Đăng xuất")
    await page.goto("/account/sign-in?next=/news")
    await press(page, "Đăng nhập bằng khóa máy")
    assert page.url.endswith("/news")
    await page.goto("/account")
    assert await page.get_by_role("heading", name="Lò Thị Mới").count() == 1
    assert login  # the discoverable key needed no login


async def test_a_phone_that_did_not_verify_its_holder_makes_no_passkey(contexts: Contexts, slip) -> None:
    _, code = await slip()
    page = await (await contexts(PHONE)).new_page()
    await authenticator(page, verifies=False)
    await activate(page, code)
    await page.get_by_role("button", name="Dùng khóa của máy này").click()
    await page.locator("[data-passkey-words]:not(:empty)").wait_for()
    assert page.url.endswith("/account/welcome")
    await page.goto("/account/passkeys")
    assert await page.locator("text=Gỡ khóa").count() == 0


async def test_a_key_of_somebody_else_does_not_open_the_login_typed(contexts: Contexts, slip) -> None:
    _, code = await slip()
    page = await (await contexts(PHONE)).new_page()
    await authenticator(page)
    await activate(page, code)
    await press(page, "Dùng khóa của máy này")
    await page.goto("/account")
    await press(page, "Đăng xuất")
    await page.goto("/account/sign-in")
    await page.get_by_label("Tên đăng nhập").fill("mai")
    await page.get_by_role("button", name="Đăng nhập bằng khóa máy").click()
    await page.get_by_text("Thiết bị chưa xác nhận được").wait_for()
    assert "/account/sign-in" in page.url
    assert not [cookie for cookie in await page.context.cookies() if cookie["name"] == "session" and cookie["value"]]


async def test_an_answer_recorded_once_opens_nothing_again(contexts: Contexts, slip) -> None:
    _, code = await slip()
    page = await (await contexts(PHONE)).new_page()
    await authenticator(page)
    await activate(page, code)
    await press(page, "Dùng khóa của máy này")
    await page.goto("/account")
    await press(page, "Đăng xuất")
    await page.goto("/account/sign-in")
    async with page.expect_request("**/account/sign-in/passkey") as sent:
        await press(page, "Đăng nhập bằng khóa máy")
    recorded = (await sent.value).post_data
    other = await (await contexts(PHONE)).new_page()
    await other.goto("/account/sign-in")
    answer = await other.request.post(
        "/account/sign-in/passkey", data=recorded, headers={"Content-Type": "application/json"}
    )
    assert answer.status == 422


async def test_without_scripts_the_password_is_still_there(contexts: Contexts) -> None:
    page = await (await contexts(PHONE, java_script_enabled=False)).new_page()
    await page.goto("/account/sign-in")
    assert await page.get_by_label("Mật khẩu").is_visible()
    assert not await page.get_by_role("button", name="Đăng nhập bằng khóa máy").is_visible()
