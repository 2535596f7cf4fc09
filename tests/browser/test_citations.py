"""Citations in a text lead to what they name, with a network and, for what is kept, without one."""

from urllib.parse import quote

import pytest
from playwright.async_api import expect

from tests.browser.measure import axe, sideways, small_targets
from tests.browser.shelf import stocked, until
from tests.site import DESK, PHONE

CITING = "/documents/quy-dinh-40-qd-tu-2026"
CITED = "Khoản 1 Điều 12 Quy định số 12-QĐ/TU ngày 15/4/2026"
GOAL = "/documents/quy-dinh-12-qd-tu-2026"


async def test_a_citation_in_a_text_opens_the_part_that_it_names(contexts):
    page = await (await contexts(PHONE, person="mai")).new_page()
    await page.goto(CITING)
    await page.get_by_role("link", name=CITED).click()
    await page.wait_for_url(f"**{GOAL}/editions/*#dieu-12.khoan-1")
    await expect(page.locator('[id="dieu-12.khoan-1"]')).to_be_in_viewport()


async def test_a_citation_of_the_same_text_stays_on_the_page(contexts):
    page = await (await contexts(PHONE, person="mai")).new_page()
    await page.goto("/documents/quy-che-01-qc-tu-2026#dieu-36.khoan-1")
    link = page.locator('a.citation[href="#dieu-16"]')
    await link.click()
    await expect(page.locator('[id="dieu-16"]')).to_be_in_viewport()
    assert page.url.endswith("/documents/quy-che-01-qc-tu-2026#dieu-16")


async def test_without_a_network_citations_of_kept_documents_open_all_the_same(contexts):
    context = await contexts(PHONE, person="mai")
    page = await stocked(context)
    await until(page, "state.owner !== 'visitor' && state.isWhole")
    await context.set_offline(True)
    await page.goto(CITING)
    await page.get_by_role("link", name=CITED).click()
    await page.wait_for_url(f"**{GOAL}#dieu-12.khoan-1")
    await expect(page.locator('[id="dieu-12.khoan-1"]')).to_be_in_viewport()
    for words, goal in (
        ("12-QĐ/TU", GOAL),
        ("Nghị quyết số 05-NQ/TU ngày 12 tháng 3 năm 2026", "/documents/nghi-quyet-05-nq-tu-2026"),
        ("mục II.1 Nghị quyết 05-NQ/TU ngày 20/4/2021", "/documents/nghi-quyet-05-nq-tu-2021#ii.1"),
        ("Điều 99 Quy định 12-QĐ/TU", GOAL),
        ("05-NQ/TU?from=quy-che-01-qc-tu-2026@1", "/documents/nghi-quyet-05-nq-tu-2021"),
    ):
        text, _, query = words.partition("?")
        await page.goto(f"/cite/{quote(text)}?{query}")
        assert page.url.endswith(goal), words


@pytest.mark.parametrize(("size", "language"), [(PHONE, "vi"), (DESK, "en")])
async def test_without_a_network_other_citations_say_plainly_that_one_is_needed(contexts, size, language):
    context = await contexts(size, person="mai", language=language)
    page = await stocked(context)
    await until(page, "state.owner !== 'visitor' && state.isWhole")
    await context.set_offline(True)
    for words in ("57-NQ/TW", "05-NQ/TU", "nghị quyết 57", "%F0%9F%99%82"):
        await page.goto(f"/cite/{quote(words, safe='%')}")
        line = page.locator("[data-saved-uncited]")
        await expect(line).to_be_visible()
        await expect(page.locator("[data-saved-missed]")).to_be_hidden()
    assert ("Cần có mạng" if language == "vi" else "needs the network") in await line.inner_text()
    assert await axe(page) == []
    assert not await sideways(page)
    assert size is DESK or await small_targets(page) == []
