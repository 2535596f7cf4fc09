"""What changed between two editions: found from the document, read on a phone, plainly missing without a network."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.measure import axe
from tests.browser.shelf import stocked, until
from tests.site import DESK, PHONE

DOCUMENT = "/documents/quy-dinh-12-qd-tu-2026"
CHANGES = f"{DOCUMENT}/editions/2/changes"


async def test_a_document_leads_to_its_changes_and_those_to_the_part_in_each_edition(contexts):
    page = await (await contexts(PHONE, person="mai")).new_page()
    await page.goto(DOCUMENT)
    await page.get_by_role("link", name="Thay đổi so với bản thứ 1").first.click()
    await page.wait_for_url(f"**{CHANGES}")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Khoản 4 Điều 9"))
    await expect(row).to_contain_text("Đánh số lại")
    await expect(row).to_contain_text("Trước là khoản 3 Điều 9")
    await row.get_by_role("link", name=re.compile("Xem ở bản thứ 1 ?: Khoản 3 Điều 9")).click()
    await page.wait_for_url(f"**{DOCUMENT}/editions/1#dieu-9.khoan-3")
    await expect(page.locator('[id="dieu-9.khoan-3"]')).to_be_in_viewport()
    await page.get_by_role("link", name="Xem đã thay đổi những gì").click()
    await page.wait_for_url(f"**{CHANGES}?from=1")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_what_came_and_went_is_told_by_lines_and_words_not_by_colour_alone(contexts, theme):
    page = await (await contexts(PHONE, person="mai", theme=theme)).new_page()
    await page.goto(CHANGES)
    line = "(it) => getComputedStyle(it).textDecorationLine"
    went, came = page.locator(".change-words del").first, page.locator(".change-words ins").first
    assert (await went.evaluate(line), await came.evaluate(line)) == ("line-through", "underline")
    assert (await went.text_content()).startswith("(bỏ: ") and (await came.text_content()).startswith("(thêm: ")
    copied = "(it) => { getSelection().selectAllChildren(it); return getSelection().toString(); }"
    assert "(bỏ" not in await page.locator(".changes-list").evaluate(copied)


@pytest.mark.parametrize(("size", "language"), [(PHONE, "vi"), (DESK, "en")])
async def test_without_a_network_the_list_of_what_is_saved_stands_in_its_place(contexts, size, language):
    context = await contexts(size, person="mai", language=language)
    page = await stocked(context)
    await until(page, "state.owner !== 'visitor' && state.isWhole")
    await context.set_offline(True)
    await page.goto(CHANGES)
    await expect(page.locator("[data-saved-missed]")).to_be_visible()
    await page.wait_for_selector("[data-saved-list] li")
    assert await axe(page) == []
