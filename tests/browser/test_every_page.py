"""What holds for every page of the list: axe finds nothing, nothing scrolls sideways, fingers hit their targets."""

import re

import pytest
from playwright.async_api import Page

from tests.browser.measure import axe, sideways, small_targets
from tests.browser.pages import PAGES, Shown
from tests.browser.routing import FIRST
from tests.site import DESK, PHONE

each = pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
first = pytest.mark.parametrize("shown", FIRST, ids=lambda shown: shown.name)


async def _opened(contexts, shown: Shown, size, **how) -> Page:
    context = await contexts(size, person=shown.person, **how)
    page = await context.new_page()
    await _go(page, shown)
    return page


async def _go(page: Page, shown: Shown) -> None:
    answer = await page.goto(shown.path, wait_until="load")
    assert answer is not None
    assert answer.status == shown.status


@each
async def test_a_phone_shows_it_well_in_the_light_and_in_the_dark(contexts, shown):
    page = await _opened(contexts, shown, PHONE, service_workers="block")
    assert await axe(page) == []
    assert await sideways(page) == 0
    assert await small_targets(page) == []
    if shown in FIRST:
        await page.context.add_cookies([{"name": "theme", "value": "dark", "url": page.url}])
        await _go(page, shown)
        assert await page.get_attribute("html", "data-theme") == "dark"
        assert await axe(page, only=("color-contrast",)) == []


@first
async def test_a_desk_shows_it_well_in_english_and_it_keeps_to_its_own_policy(contexts, shown):
    page = await (await contexts(DESK, person=shown.person, language="en")).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    await _go(page, shown)
    assert await page.get_attribute("html", "lang") == "en"
    assert await axe(page) == []
    assert await sideways(page) == 0
    assert [line for line in said if f"status of {shown.status}" not in line] == []


@each
async def test_it_reads_without_javascript(contexts, shown):
    context = await contexts(PHONE, person=shown.person)
    answer = await context.request.get(shown.path)  # what the server sends is all that there is then
    assert answer.status == shown.status
    assert len(re.findall(r"<h1[\s>]", await answer.text())) == 1
