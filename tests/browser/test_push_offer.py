"""When it is offered to be told: after what it goes with, never on a page merely opened; what is true of a phone."""

import pytest
from playwright.async_api import Page, expect

from backend.sample_meetings import MEETING
from tests.browser.measure import axe, sideways, small_targets
from tests.browser.shelf import sign_in, until_controlled
from tests.site import PHONE

ASKED = """Object.defineProperty(Notification, "permission", { get: () => localStorage.permission ?? "default" });
Notification.requestPermission = async () => { throw new Error("asked"); };
Object.defineProperty(navigator, "connection", { value: { saveData: true } });
if (localStorage.kind) delete globalThis.PushManager;
if (localStorage.kind === "iphone") Object.defineProperty(navigator, "standalone", { value: false });"""
DOCUMENT = "/documents/quy-dinh-12-qd-tu-2026"


@pytest.fixture
async def phone(browser, changing_server):
    """Mai's phone, whose browser has not been asked; she pays for each byte."""
    context = await changing_server.open(browser, PHONE)
    await context.add_init_script(ASKED)
    page = await context.new_page()
    await sign_in(page, changing_server, "mai")
    await until_controlled(page)
    yield page
    await context.close()


async def _opened(page: Page, path: str) -> None:
    """A page that was merely opened offers nothing."""
    await page.goto(path)
    await expect(page.locator("[data-push-offer]")).to_be_attached()
    await page.wait_for_timeout(300)
    await expect(page.locator("[data-push-offer]")).to_be_hidden()


async def _forget(page: Page) -> None:
    await page.evaluate("localStorage.removeItem('sotay-push-offer')")


async def _quote(page: Page) -> None:
    await page.locator("[data-fragment] .part-khoan > p").first.click()
    await page.locator("[data-copy]").click()
    await expect(page.locator("[data-actions-quote]")).to_contain_text("Đã chép")


async def test_it_is_offered_after_reading_quoting_following_and_saving(phone):
    offer = phone.locator("[data-push-offer]")
    await _opened(phone, DOCUMENT)
    await _quote(phone)
    await expect(phone.locator("[data-actions] [data-push-offer]")).to_be_visible()
    await phone.locator("[data-fragment] .part-khoan > p").nth(1).click()
    await expect(offer).to_be_hidden()
    await phone.locator("[data-copy]").click()
    await expect(offer).to_be_visible()
    assert (await small_targets(phone), await axe(phone)) == ([], [])
    await _opened(phone, DOCUMENT)
    await phone.locator(".doc-tail").scroll_into_view_if_needed()
    await expect(offer).to_be_visible()
    await phone.goto(f"/follows?document={DOCUMENT.rpartition('/')[2]}")
    await expect(offer).to_have_count(0)
    await phone.locator("form button[value=follow]").first.click()
    await expect(offer).to_contain_text("Mục đồng chí theo dõi")
    assert (await sideways(phone), await axe(phone)) == (0, [])
    await _opened(phone, f"/meetings/{MEETING}")
    await phone.locator("[data-keep-paper]").click()
    await expect(offer).to_contain_text("Buổi sinh hoạt đổi giờ")
    await _opened(phone, "/offline")
    await phone.locator("[data-saved-renew]").click()
    await expect(offer).to_contain_text("lưu luôn về máy này")


async def test_not_now_is_kept_for_a_good_while_and_who_decided_is_not_asked(phone):
    offer = phone.locator("[data-push-offer]")
    await _opened(phone, DOCUMENT)
    await _quote(phone)
    await phone.locator("[data-push-later]").click()
    await expect(offer).to_be_hidden()
    until = await phone.evaluate("(Date.parse(localStorage['sotay-push-offer']) - Date.now()) / 86_400_000")
    assert 85 < until <= 90
    for permission, is_offered in (("default", False), ("granted", True), ("denied", False)):
        if permission != "default":
            await _forget(phone)
        await phone.evaluate(f"localStorage.permission = '{permission}'")
        await phone.goto(DOCUMENT)
        await _quote(phone)
        await phone.wait_for_timeout(300)
        assert await offer.is_visible() is is_offered, permission
    await phone.evaluate("localStorage.permission = 'default'")
    await phone.goto(DOCUMENT)
    await _quote(phone)
    await offer.locator("a").click()
    await phone.wait_for_url("**/account/notifications")
    await phone.goto(DOCUMENT)
    await _quote(phone)
    await phone.wait_for_timeout(300)
    assert not await offer.is_visible(), "who has just seen how is not asked again at once"


@pytest.mark.parametrize(
    ("permission", "kind", "state", "steps"),
    [
        ("default", "", "off", 0), ("granted", "", "off", 0), ("denied", "", "blocked", 3),
        ("default", "old", "unsupported", 0), ("default", "iphone", "home-screen", 4),
    ],
)  # fmt: skip
async def test_the_page_says_what_is_true_of_the_phone(phone, permission, kind, state, steps):
    await phone.evaluate(f"localStorage.permission = '{permission}'; localStorage.kind = '{kind}'")
    await phone.goto("/account/notifications")
    standing = phone.locator("[data-push-is]:visible")
    await expect(standing).to_have_count(1)
    assert await standing.get_attribute("data-push-is") == state
    assert await standing.locator(".step .icon:visible").count() == steps
    assert await phone.locator("[data-push-question]:visible").count() == (state == "off" and permission == "default")
