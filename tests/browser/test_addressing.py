"""Choosing whom something is addressed to, with fingers: in place where scripts run, page by page where they do not."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.shelf import act, sign_in, until_controlled
from tests.site import PHONE

DOCUMENT = "/desk/documents/quy-dinh-12-qd-tu-2026"
REACH = "[data-audience-reach]"


async def _opened(contexts, **how) -> Page:
    page = await (await contexts(PHONE, person="minh", service_workers="block", **how)).new_page()
    await page.goto(f"{DOCUMENT}/audience")
    await expect(page.locator(REACH)).to_have_text(re.compile(r"^Tới \d+ đảng viên ở \d+ đơn vị\.$"))
    return page


async def _act(page: Page, value: str) -> None:
    await page.locator(f"button[name=audience_act][value='{value}']").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["in place", "page by page"])
async def test_units_are_taken_in_and_out_and_each_step_tells_how_many_that_reaches(contexts, scripts):
    page = await _opened(contexts, java_script_enabled=scripts)
    await page.locator("#reason").fill("Gửi nhầm")
    await page.locator("input[name=audience_unit_words]").fill("ban xanh")
    if not scripts:
        await page.locator("[data-unit-find]").click()
    await page.locator("[data-unit-matches] label").first.click()
    await page.locator("label:has([name=audience_below][value=at])").click()
    await _act(page, "unit")
    await expect(page.locator(".audience-lines li")).to_have_count(2)
    await _act(page, "out:members")
    await expect(page.locator(".audience-lines li")).to_have_count(1)
    await expect(page.locator(".audience-lines")).to_contain_text("Chỉ Chi bộ thôn Bản Xanh")
    await expect(page.locator(REACH)).to_have_text(re.compile(r"^Tới \d+ đảng viên ở 1 đơn vị\.$"))
    await expect(page.locator("#reason")).to_have_value("Gửi nhầm")
    await page.locator("main form .button.primary").click()
    await expect(page.locator("h1")).to_have_text("Xem trước việc sửa")
    await expect(page.locator(".shift")).to_contain_text("đảng viên không đọc được nữa.")


async def test_a_step_is_heard_and_nothing_is_sent_anywhere_else(contexts):
    page = await _opened(contexts)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/desk" in request.url else None)
    await _act(page, "public")
    await expect(page.locator("[data-announce]")).to_contain_text("kể cả khách chưa đăng nhập")
    assert [each.partition("/desk")[2] for each in asked] == [f"{DOCUMENT}/audience".removeprefix("/desk")]
    assert page.url.endswith(f"{DOCUMENT}/audience")


async def test_enter_in_a_field_takes_nothing_out(contexts):
    page = await _opened(contexts)
    await page.locator("input[name=audience_unit_words]").fill("không có đâu")
    await page.keyboard.press("Enter")
    await expect(page.locator("#audience_unit-wrong, #reason-wrong, #reason:invalid").first).to_be_visible()
    await expect(page.locator(".audience-lines li")).to_have_count(1)


async def test_a_correction_at_the_desk_is_followed_by_an_open_phone(carried, changing_server, between, browser):
    slug = await act(changing_server, "issue", "911-QĐ/TU", "members")
    context = await carried()
    phone = await context.new_page()
    await sign_in(phone, changing_server, "cu", between.url)
    await until_controlled(phone)
    await phone.clock.install()
    await phone.goto(f"/documents/{slug}")
    await phone.wait_for_selector("[data-offline-kept]:not([hidden])")
    desk = await (await changing_server.open(browser, PHONE, person="minh", service_workers="block")).new_page()
    await desk.goto(f"/desk/documents/{slug}/audience")
    await desk.locator("input[name=audience_unit_words]").fill("VL-VPTU")
    await desk.locator("[data-unit-matches] label").first.click()
    await _act(desk, "unit")
    await expect(desk.locator(".audience-lines li")).to_have_count(2)
    await _act(desk, "out:members")
    await expect(desk.locator(".audience-lines li")).to_have_count(1)
    await desk.locator("#reason").fill("Gửi nhầm")
    await desk.locator("main form .button.primary").click()
    await desk.locator("button[name=confirmed]").click()
    await expect(desk.locator(".done")).to_contain_text("Đã sửa đối tượng đọc.")
    await desk.context.close()
    await phone.clock.fast_forward(55_000)
    await phone.wait_for_selector("[data-document]", state="detached")
