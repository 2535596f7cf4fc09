"""What holds for every page of the list: axe finds nothing, nothing scrolls sideways, fingers hit their targets."""

import re

import pytest
from playwright.async_api import Page

from tests.browser.measure import axe, sideways, small_targets
from tests.browser.pages import PAGES, Shown
from tests.browser.routing import FIRST
from tests.browser.shelf import until_controlled
from tests.site import DESK, PHONE

each = pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
first = pytest.mark.parametrize("shown", FIRST, ids=lambda shown: shown.name)


BLOCKED = "Service Worker registration blocked by Playwright"


async def _go(page: Page, shown: Shown) -> None:
    answer = await page.goto(shown.path, wait_until="load")
    assert answer is not None
    assert answer.status == shown.status


@each
async def test_a_phone_shows_it_well(looked_at, shown):
    page = await looked_at(PHONE, person=shown.person)
    await _go(page, shown)
    assert await axe(page) == []
    assert await sideways(page) == 0
    assert await small_targets(page) == []


@first
async def test_the_dark_leaves_it_readable(looked_at, shown):
    page = await looked_at(PHONE, person=shown.person, theme="dark")
    await _go(page, shown)
    assert await page.get_attribute("html", "data-theme") == "dark"
    assert await axe(page, only=("color-contrast",)) == []


@first
async def test_a_desk_shows_it_well_in_english_and_it_keeps_to_its_own_policy(looked_at, shown):
    page = await looked_at(DESK, person=shown.person, language="en")
    said = _wrong_words(page)
    await _go(page, shown)
    assert await page.get_attribute("html", "lang") == "en"
    assert await axe(page) == []
    assert await sideways(page) == 0
    expected = (f"status of {shown.status}", BLOCKED)
    assert [line for line in said if not any(words in line for words in expected)] == []


def _wrong_words(page: Page) -> list[str]:
    """What the browser complains of from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


async def test_the_service_worker_keeps_to_the_policy_too(contexts):
    page = await (await contexts(PHONE, person="mai")).new_page()
    said = _wrong_words(page)
    await page.goto("/")
    await until_controlled(page)
    await page.reload()
    assert said == []


@each
async def test_it_reads_without_javascript(kept_contexts, shown):
    context = await kept_contexts(PHONE, person=shown.person)
    answer = await context.request.get(shown.path)  # what the server sends is all that there is then
    assert answer.status == shown.status
    assert len(re.findall(r"<h1[\s>]", await answer.text())) == 1
