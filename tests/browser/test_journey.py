"""The main job, as a member does it: in with the phone's key, to one item, its quotation, and on without a network."""

from playwright.async_api import BrowserContext, Page, expect

from tests.browser.conftest import Contexts
from tests.browser.shelf import numbers, sign_in, until, until_controlled
from tests.browser.test_activation import authenticator, press
from tests.site import PHONE, Site

NUMBER, SLUG = "05-NQ/TU", "nghi-quyet-05-nq-tu-2026"
ITEM = "iii.2"
NEVER_VISITED = ("12-QĐ/TU", "quy-dinh-12-qd-tu-2026")
QUOTATION = f"mục III.2 Nghị quyết {NUMBER}"


async def test_a_member_signs_in_quotes_an_item_and_reads_on_without_a_network(
    contexts: Contexts, live_server: Site
) -> None:
    context = await contexts(PHONE)
    page = await context.new_page()
    await _sign_in_with_a_passkey(page, live_server)
    await _find_the_item(page)
    address = await _copy_its_quotation(context, page)
    await _follow_back(page, address)
    await _wait_for_the_library(page)
    await context.set_offline(True)
    await _open_from_the_library(page, NUMBER, SLUG)
    await expect(page.locator(f"[id='{ITEM}'] > .part-head")).to_contain_text("Phát triển hạ tầng")
    await _open_from_the_library(page, *NEVER_VISITED)
    await expect(page.locator("[data-fragment] .part-dieu").first).to_be_visible()


async def _sign_in_with_a_passkey(page: Page, site: Site) -> None:
    await authenticator(page)
    await sign_in(page, site, "mai")
    await page.goto("/account/passkeys")
    await press(page, "Thêm khóa cho máy này")
    await page.goto("/account")
    await press(page, "Đăng xuất")
    await page.goto("/account/sign-in")
    await press(page, "Đăng nhập bằng khóa máy")


async def _find_the_item(page: Page) -> None:
    await page.goto(f"/search?q={NUMBER}")
    await page.locator(f"a[href='/documents/{SLUG}']").first.tap()
    await page.get_by_role("button", name="Mục lục").tap()
    await page.locator(f"#contents a[href='#{ITEM}']").tap()
    await expect(page.locator(f"[id='{ITEM}'] > .part-head")).to_be_in_viewport()


async def _copy_its_quotation(context: BrowserContext, page: Page) -> str:
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.locator(f"[id='{ITEM}'] > .part-head .heading").tap()
    await page.get_by_role("button", name="Chép trích dẫn").tap()
    await expect(page.locator("[data-actions-quote]")).to_contain_text("Đã chép")
    quotation, address = (await page.evaluate("navigator.clipboard.readText()")).split("\n")
    assert quotation == QUOTATION
    return str(address)


async def _follow_back(page: Page, address: str) -> None:
    await page.goto("/")
    await page.goto(address)
    part = page.locator(f"[id='{ITEM}']")
    await expect(part.locator("> .part-head")).to_be_in_viewport()
    assert await part.evaluate("(part) => part.matches(':target')")
    await expect(part.locator("> .crumbs")).to_contain_text("NHIỆM VỤ VÀ GIẢI PHÁP")


async def _wait_for_the_library(page: Page) -> None:
    await until_controlled(page)
    await until(page, "state.owner !== 'visitor' && state.isWhole && !state.isSweeping && count > 0")
    assert {NUMBER, NEVER_VISITED[0]} <= set(await numbers(page))


async def _open_from_the_library(page: Page, number: str, slug: str) -> None:
    await page.goto("/offline")
    await page.locator(f"[data-saved-list] a[href='/documents/{slug}']").tap()
    await expect(page.locator("[data-saved] .doc-number")).to_contain_text(number)
