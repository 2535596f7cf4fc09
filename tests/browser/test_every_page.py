"""What holds for every page of the list: axe finds nothing, nothing scrolls sideways, fingers hit their targets."""

import pytest
from playwright.async_api import Page

from tests.browser.measure import axe, sideways, small_targets
from tests.browser.pages import PAGES, Shown
from tests.site import DESK, PHONE

pytestmark = pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)


async def _opened(contexts, shown: Shown, size, **how) -> Page:
    context = await contexts(size, person=shown.person, service_workers="block", **how)
    page = await context.new_page()
    answer = await page.goto(shown.path, wait_until="networkidle")
    assert answer is not None
    assert answer.status == shown.status
    return page


async def test_a_phone_shows_it_well(contexts, shown):
    page = await _opened(contexts, shown, PHONE)
    assert await axe(page) == []
    assert await sideways(page) == 0
    assert await small_targets(page) == []


async def test_it_reads_well_in_the_dark(contexts, shown):
    page = await _opened(contexts, shown, PHONE, theme="dark")
    assert await axe(page) == []


async def test_a_desk_shows_it_well_in_english(contexts, shown):
    page = await _opened(contexts, shown, DESK, language="en")
    assert await page.get_attribute("html", "lang") == "en"
    assert await axe(page) == []
    assert await sideways(page) == 0


async def test_it_reads_without_javascript(contexts, shown):
    page = await _opened(contexts, shown, PHONE, java_script_enabled=False)
    assert await page.locator("h1").count() == 1


async def test_it_keeps_to_its_own_policy(contexts, shown):
    context = await contexts(DESK, person=shown.person)
    page = await context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    await page.goto(shown.path, wait_until="load")
    assert [line for line in said if f"status of {shown.status}" not in line] == []
