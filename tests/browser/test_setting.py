"""How words stand on a small screen, in each size of letters: numbers whole, nothing over the text."""

import pytest

from tests.browser.measure import cdp, sideways
from tests.site import PHONE

SIZES = ["normal", "large", "larger"]
BROKEN = """() => [...document.querySelectorAll(".unbroken, .number-of:not(:has(.unbroken))")].filter((it) => {
    const range = document.createRange();
    range.selectNodeContents(it);
    const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
    const around = it.parentElement.closest("p, h1, h2, h3, li").clientWidth;
    return lines.size > 1 && it.getBoundingClientRect().width < around - 1;
}).map((it) => it.textContent)"""
"""Numbers in more than one line though one line could hold them: a broken number fills the whole width."""

ARRIVED = """() => {
    const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return [document.querySelector(":target").getBoundingClientRect().top, Math.max(0, bar), rem];
}"""
"""Where the part begins, where the bar ends that stands over the text, and the size of the letters, in pixels."""

LONG = "1234-HD/BTCTW-VPTW-UBKTTW-BTGDVTW-2026/QĐUBKTĐVTWĐUCAĐUQĐMTTQ"


@pytest.fixture
def phone_with(contexts, live_server):
    """A function: a page of Mai's phone with letters of a size."""

    async def opened(text: str):
        context = await contexts(PHONE, person="mai", service_workers="block")
        await context.add_cookies([{"name": "text", "value": text, "url": live_server.url}])
        return await context.new_page()

    return opened


@pytest.mark.parametrize("text", SIZES)
@pytest.mark.parametrize("path", ["/", "/documents", "/documents/quy-dinh-31-qd-tu-2026"])
async def test_a_number_is_in_one_line(phone_with, path, text):
    page = await phone_with(text)
    await page.goto(path)
    assert await page.locator(".unbroken").count() > 0
    assert await page.evaluate(BROKEN) == []
    assert await sideways(page) == 0


@pytest.mark.parametrize("text", SIZES)
@pytest.mark.parametrize("path", ["/", "/search"])
async def test_what_to_search_for_is_said_in_full(phone_with, path, text):
    page = await phone_with(text)
    await page.goto(path)
    field = page.get_by_role("combobox", name="Tìm theo số hiệu, tên hoặc nội dung")
    assert await field.get_attribute("placeholder") is None
    box = await page.locator("label[for=q]").bounding_box()
    assert box and box["height"] > 20 and box["x"] >= 16 and box["x"] + box["width"] <= 344
    assert await sideways(page) == 0


@pytest.mark.parametrize("letters", [16, 20, 24, 32])
@pytest.mark.parametrize("text", SIZES)
async def test_what_was_arrived_at_stands_below_the_bar(phone_with, text, letters):
    page = await phone_with(text)
    await (await cdp(page)).send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": letters}})
    await page.goto("/documents/quy-dinh-12-qd-tu-2026#dieu-4.khoan-2")
    await page.wait_for_selector(":target .crumbs")
    await page.wait_for_timeout(700)  # it is held in its place while the text above is laid out
    top, bar, rem = await page.evaluate(ARRIVED)
    assert bar + rem / 2 <= top <= bar + 3 * rem
    await page.evaluate("location.hash = 'dieu-9'")
    await page.wait_for_timeout(700)
    top, bar, rem = await page.evaluate(ARRIVED)
    assert bar + rem / 2 <= top <= bar + 3 * rem


async def test_a_number_longer_than_a_line_is_broken_before_it_runs_out_of_the_page(phone_with):
    page = await phone_with("larger")
    await page.goto("/documents/quy-dinh-31-qd-tu-2026")
    number = page.locator(".doc-title .unbroken")
    await number.evaluate("(it, words) => { it.textContent = words; }", LONG)
    assert await sideways(page) == 0
    assert await number.evaluate("(it) => it.scrollWidth <= it.clientWidth && it.innerText") == LONG
