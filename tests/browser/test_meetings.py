"""A meeting on the phone: found on Home, read without a network, ticked for oneself alone, printed whole."""

import asyncio
from contextlib import suppress

import pytest
from playwright.async_api import Error, Page

from backend.sample_meetings import MEETING, PAPER
from tests.browser.measure import axe, sideways, small_targets
from tests.browser.shelf import act, asked_of, sign_in, stocked, sync, until, until_controlled
from tests.site import DESK, PHONE

ADDRESS = f"/meetings/{MEETING}"
LOOK = """() => {
    const words = (it) => it?.innerText.replace(/\\s+/g, " ").trim() ?? "";
    const all = (selector) => [...document.querySelectorAll(selector)];
    for (const each of all("details[data-words]")) each.open = true;
    return {
        title: document.title, language: document.documentElement.lang,
        head: all(".meeting-head :is(.doc-issuer, h1, dl, .banner)").map(words),
        items: all(".agenda-item h3").map(words),
        parts: all(".to-read").map((it) => [words(it), it.querySelector("a").href]),
        excerpts: all(".excerpt").map((it) => it.innerHTML), unbroken: all(".agenda .unbroken").map(words),
        papers: all(".paper > a").map((it) => [words(it), it.href]),
        address: words(document.querySelector(".print-address")),
        ground: getComputedStyle(document.body).backgroundColor,
    };
}"""
CLOSED_WORDS = "[...document.querySelectorAll('.words')].filter((it) => !it.open).length"
SHOWN_WORDS = "[...document.querySelectorAll('.excerpt')].filter((it) => it.checkVisibility()).length"


async def _until_kept(page: Page) -> None:
    """Wait until the meeting and its paper are on the phone."""
    for _ in range(100):
        kept, papers = (
            await asked_of(page, "meeting_store", "meetings()"),
            await asked_of(page, "meeting_store", "papers()"),
        )
        if kept["items"] and papers:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the meeting never came to the phone")


@pytest.mark.parametrize(("size", "language", "theme"), [(PHONE, "vi", "light"), (DESK, "en", "dark")])
async def test_from_home_to_the_meeting_and_so_again_without_a_network(contexts, size, language, theme):
    context = await contexts(size, person="mai", language=language, theme=theme)
    page = await stocked(context)
    await _until_kept(page)
    await page.locator(f"main a[href='{ADDRESS}']").click()
    await page.wait_for_url(f"**{ADDRESS}")
    await page.locator("[data-read-count]").wait_for()  # then the ticks are there, too
    online = await page.evaluate(LOOK)
    assert online["parts"] and online["excerpts"] and online["papers"]
    await context.set_offline(True)
    await page.goto("/")
    await page.locator(f"[data-saved-meetings] a[href='{ADDRESS}']").click()
    await page.wait_for_url(f"**{ADDRESS}")
    assert await page.locator("[data-saved]").count() == 1
    await page.locator("[data-read-count]").wait_for()
    assert await page.evaluate(LOOK) == online
    assert await axe(page) == [] and await sideways(page) == 0 and await small_targets(page) == []
    async with page.expect_download() as brought:
        await page.locator(".paper > a").click()
    assert (await brought.value).suggested_filename == PAPER


async def test_what_is_ticked_stays_on_this_phone_and_goes_with_signing_out(contexts):
    context = await contexts(PHONE, person="cu")  # whom no other test needs signed in
    page = await stocked(context)
    await _until_kept(page)
    sent: list[str] = []
    await page.goto(ADDRESS)
    page.on("request", lambda request: sent.append(request.method))
    await page.locator("[data-tick] input").first.check()
    assert "1 trong 4" in await page.locator("[data-read-count]").inner_text()
    assert "POST" not in sent and "PUT" not in sent
    await context.set_offline(True)
    await page.reload()
    assert await page.locator("[data-tick] input").first.is_checked()
    await context.set_offline(False)
    await page.goto("/account")
    await page.locator("form[action='/account/sign-out'] button").first.click()
    await until(page, "state.owner === 'visitor'")
    assert await asked_of(page, "meeting_store", "meetings()") == {"tag": "", "items": []}
    assert await asked_of(page, "meeting_store", "ticks()") == await asked_of(page, "meeting_store", "papers()") == []


async def test_whoever_leaves_the_unit_loses_its_meetings_at_the_next_contact(carried, changing_server, between):
    page = await (await carried()).new_page()
    await sign_in(page, changing_server, "huong", between.url)
    await until_controlled(page)
    await sync(page)
    await _until_kept(page)
    await page.goto(ADDRESS)
    await act(changing_server, "move", "huong", "VL-DM-NT")
    with suppress(Error):  # the open page is left while it is asked
        await sync(page)
    await page.wait_for_function("!document.querySelector('[data-meeting]')")
    await until_controlled(page)
    assert (await asked_of(page, "meeting_store", "meetings()"))["items"] == []
    assert await asked_of(page, "meeting_store", "papers()") == []


async def test_in_print_all_that_is_read_stands_in_full(contexts):
    page = await (await contexts(PHONE, person="mai", service_workers="block")).new_page()
    await page.goto(ADDRESS)
    closed = await page.evaluate(CLOSED_WORDS)
    assert closed == 3 and await page.evaluate(SHOWN_WORDS) == 0
    await page.emulate_media(media="print")
    assert await page.evaluate(SHOWN_WORDS) == closed
    assert await page.locator(".print-address").inner_text() == page.url
    for hidden in (".places", ".bar", ".foot", "[data-tick]", ".words > summary"):
        assert not await page.locator(hidden).first.is_visible(), hidden
    assert await page.evaluate(CLOSED_WORDS) == closed, "by the stylesheet, without a script"
