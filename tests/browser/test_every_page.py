"""What holds for every page of the list: axe finds nothing, nothing scrolls sideways, fingers hit their targets."""

import pytest
from playwright.async_api import Page

from tests.browser.measure import axe, sideways, small_targets
from tests.browser.pages import PAGES, Shown
from tests.site import DESK, PHONE

EVERY = pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)


async def _opened(contexts, shown: Shown, size, **how) -> Page:
    context = await contexts(size, person=shown.person, service_workers="block", **how)
    page = await context.new_page()
    answer = await page.goto(shown.path)
    assert answer is not None
    assert answer.status == shown.status
    return page


@EVERY
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_on_a_phone(contexts, shown, theme):
    page = await _opened(contexts, shown, PHONE, theme=theme)
    assert await axe(page) == []


@EVERY
async def test_axe_finds_nothing_on_a_desk_in_english(contexts, shown):
    page = await _opened(contexts, shown, DESK, language="en")
    assert await axe(page) == []


@EVERY
async def test_a_phone_shows_it_without_scrolling_sideways_and_fingers_hit_their_targets(contexts, shown):
    page = await _opened(contexts, shown, PHONE)
    assert await sideways(page) == 0
    assert await small_targets(page) == []


@EVERY
async def test_it_reads_without_javascript_and_breaks_no_policy(contexts, shown):
    said: list[str] = []
    context = await contexts(PHONE, person=shown.person, java_script_enabled=False)
    page = await context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    await page.goto(shown.path)
    assert await page.locator("main h1").count() == 1
    assert [line for line in said if "Failed to load resource" not in line] == []
