"""Searching with the thumb and with the keyboard: what is offered while one types, and where a result leads."""

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.measure import axe, sideways, small_targets
from tests.site import DESK, PHONE

RESOLUTION = "/documents/nghi-quyet-05-nq-tu-2026"
SUGGEST = "**/api/search/suggest?*"
WORDS, PLACE = "bi thu chi bo gui tai lieu sinh hoat", "/documents/quy-dinh-12-qd-tu-2026#dieu-5.khoan-2"


@pytest.fixture
def opened(contexts):
    """A function: Mai's search page on a phone or at a desk."""

    async def open(size=PHONE, path: str = "/search", **how) -> Page:
        page = await (await contexts(size, person="mai", service_workers="block", **how)).new_page()
        await page.goto(path)
        return page

    return open


async def typed(page: Page, words: str) -> None:
    """Type as a person does, into a field that scripts have taken charge of."""
    field = page.get_by_role("combobox")
    await expect(field).to_have_attribute("aria-expanded", "false")
    await field.press_sequentially(words)


def options(page: Page):
    return page.get_by_role("listbox").get_by_role("option")


async def tapped_on(page: Page, selector: str) -> None:
    """Tap where something stands, whatever lies over it there."""
    await page.locator(selector).first.scroll_into_view_if_needed()
    box = await page.locator(selector).first.bounding_box()
    assert box
    await page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


async def test_with_the_keyboard_a_suggestion_is_walked_to_and_taken(opened):
    page = await opened(DESK)
    field = page.get_by_role("combobox")
    await typed(page, "nghi quyet 05")
    await expect(options(page).first).to_contain_text("05-NQ/TU")
    count = await options(page).count()
    assert await field.get_attribute("aria-activedescendant") is None
    for key, at in (("ArrowUp", count - 1), ("ArrowDown", 0), ("ArrowDown", min(1, count - 1)), ("ArrowUp", 0)):
        await field.press(key)
        chosen = page.locator("[role=option][aria-selected=true]")
        await expect(chosen).to_have_count(1)
        assert await chosen.get_attribute("id") == await options(page).nth(at).get_attribute("id"), key
        assert await field.get_attribute("aria-activedescendant") == await chosen.get_attribute("id")
    title = (await options(page).first.inner_text()).partition("05-NQ/TU ")[2]
    await field.press("Enter")
    await page.wait_for_url("**/documents/nghi-quyet-05-nq-tu-*")
    assert title and title.casefold() in (await page.locator("h1").inner_text()).casefold()


async def test_escape_closes_what_is_offered_and_leaves_what_was_typed(opened):
    page = await opened(DESK)
    field = page.get_by_role("combobox")
    await typed(page, "chuyen d")
    await expect(page.get_by_role("listbox")).to_be_visible()
    await field.press("Escape")
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await expect(field).to_have_attribute("aria-expanded", "false")
    assert await field.input_value() == "chuyen d"
    await field.press("Enter")
    await page.wait_for_url("**/search?q=chuyen+d")


async def test_words_that_are_offered_are_looked_for(opened):
    page = await opened()
    await typed(page, "chuyen d")
    await options(page).get_by_text("chuyển đổi", exact=True).tap()
    await page.wait_for_url("**/search?q=*")
    await expect(page.get_by_role("combobox")).to_have_value("chuyển đổi")
    await expect(page.locator(".found").first).to_be_visible()


async def test_with_the_thumb_a_document_is_opened_from_what_is_offered(opened):
    page = await opened(path="/")
    await typed(page, "nghi quyet 05")
    await options(page).filter(has_text="chuyển đổi số gần dân").tap()
    await page.wait_for_url(f"**{RESOLUTION}")


@pytest.mark.parametrize(
    ("size", "theme", "language"), [(PHONE, "light", "vi"), (PHONE, "dark", "en"), (DESK, "light", "en")]
)
async def test_what_is_offered_is_easy_to_hit_and_to_read(opened, size, theme, language):
    page = await opened(size, theme=theme, language=language)
    await typed(page, "chi bo")
    await expect(page.get_by_role("listbox")).to_be_visible()
    await page.keyboard.press("ArrowDown")
    assert await axe(page) == []
    assert await sideways(page) == 0
    heights = [
        await option.evaluate("(it) => it.getBoundingClientRect().height") for option in await options(page).all()
    ]
    assert min(heights) >= 48


async def test_an_answer_that_comes_too_late_is_not_shown(opened):
    page = await opened(DESK)
    held = asyncio.Event()

    async def slow_at_first(route: Route) -> None:
        if "quyet" not in route.request.url:
            await held.wait()
        await route.continue_()

    await page.route(SUGGEST, slow_at_first)
    await typed(page, "chi bo")
    await page.wait_for_timeout(400)  # it has been asked for
    await page.get_by_role("combobox").fill("nghi quyet 05")
    await expect(options(page).first).to_contain_text("05-NQ/TU")
    before = await options(page).all_inner_texts()
    held.set()
    await page.wait_for_timeout(400)
    assert await options(page).all_inner_texts() == before


@pytest.mark.parametrize("trouble", ["no network", "no index", "nonsense"])
async def test_without_suggestions_one_searches_all_the_same(opened, trouble):
    page = await opened()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))

    async def fail(route: Route) -> None:
        if trouble == "no network":
            await route.abort()
        else:
            await route.fulfill(status=503 if trouble == "no index" else 200, body="<html>")

    await page.route(SUGGEST, fail)
    async with page.expect_request(SUGGEST):
        await typed(page, "05-NQ/TU")
    await page.wait_for_timeout(200)
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await page.get_by_role("combobox").press("Enter")
    await page.wait_for_url("**/search?q=05-NQ%2FTU")
    await expect(page.locator(f".found-name a[href='{RESOLUTION}']")).to_be_visible()
    assert broken == []


async def test_a_result_leads_to_its_part_which_is_in_view_and_marked(opened):
    page = await opened(path=f"/search?q={WORDS}")
    first = page.locator(".found").first
    await expect(first.locator("mark").first).to_contain_text("bí thư chi bộ gửi tài liệu sinh hoạt")
    await tapped_on(page, ".found .snippet")  # the whole passage answers
    await page.wait_for_url(f"**{PLACE}")
    part = page.locator(f"[id='{PLACE.partition('#')[2]}']")
    await expect(part).to_be_in_viewport()
    assert await part.evaluate("(it) => it.matches(':target')")
    assert await part.evaluate("(it) => getComputedStyle(it, '::before').backgroundColor") != "rgba(0, 0, 0, 0)"


async def test_without_javascript_one_searches_narrows_and_arrives(opened):
    page = await opened(java_script_enabled=False)
    await page.get_by_role("searchbox").fill("chi bo")
    await page.get_by_role("button", name="Tìm", exact=True).tap()
    await page.wait_for_url("**/search?q=chi+bo")
    await page.get_by_role("button", name="Lọc").tap()
    await page.get_by_label("Loại văn kiện").select_option("Quy định")
    await page.get_by_role("button", name="Xem kết quả").tap()
    await page.wait_for_url("**type=Quy*")
    kinds = await page.locator(".found .row-kind > span:first-child").all_inner_texts()
    assert kinds and set(kinds) == {"Quy định"}
    await page.goto(f"/search?q={WORDS}")
    await page.locator(".found-place a").first.tap()
    await page.wait_for_url(f"**{PLACE}")
    await expect(page.locator(f"[id='{PLACE.partition('#')[2]}']")).to_be_in_viewport()


@pytest.mark.parametrize("text", ["normal", "larger"])
async def test_long_titles_and_queries_stay_on_the_screen(opened, live_server, text):
    page = await opened()
    await page.context.add_cookies([{"name": "text", "value": text, "url": live_server.url}])
    for query in ("đảng viên", "x" * 300, "Quyđịnhvềtrìnhtựthủtục" * 9):
        await page.goto(f"/search?q={query}")
        assert await sideways(page) == 0, query[:20]
        assert await small_targets(page) == []
