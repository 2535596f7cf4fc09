"""Which notices are new, the phone alone knows: marked, counted where one comes by, gone with the next reader."""

import re

from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import Contexts
from tests.browser.measure import axe, sideways, small_targets
from tests.browser.shelf import MODULE, act, asked_of, sign_in, stocked, sync, until, until_so
from tests.site import PHONE, Site

ROWS = """[...document.querySelectorAll("[data-notice]")].map((row) => [
    row.dataset.notice, Date.parse(row.querySelector("time").dateTime),
    ...["kind", "title", "meta"].map((part) => row.querySelector(`.row-${part}`).innerText.trim()),
    row.querySelector(".notice-more")?.innerText,
])"""
KEPT_MARKS = """within("readonly", (stores) => new Promise((done) => {
    stores("facts").get("seen").onsuccess = (event) => done(event.target.result ?? null);
}))"""
LEADING = """async ([at, href]) => (await STORE).within("readwrite", async (stores) => {
    const facts = stores("facts");
    const kept = await new Promise((done) => {
        facts.get("own:inbox").onsuccess = (event) => done(event.target.result);
    });
    kept.items[at].href = href;
    facts.put(kept, "own:inbox");
    return kept.items[at].id;
})""".replace("STORE", MODULE.format(name="store"))
"""Makes the kept notice at that place in the list lead elsewhere."""


async def test_marks_are_kept_on_the_phone_and_belong_to_one_reader(contexts: Contexts, live_server: Site):
    context = await contexts(PHONE, person="mai", service_workers="block")
    page = await context.new_page()
    await page.goto("/notices")
    fresh = page.locator("[data-new]:visible")
    count = await page.locator("[data-notice]").count()
    await expect(fresh).to_have_count(count)
    await page.locator("[data-notice] a").first.click()
    await page.goto("/")
    await expect(page.locator("[data-notices-count]")).to_have_text(f"({count - 1} chưa xem)")
    await page.goto("/notices")
    await expect(fresh).to_have_count(count - 1)
    await page.locator("[data-mark-all]").click()  # a key pressed before the first frame goes to the page
    await expect(fresh).to_have_count(0)
    await page.goto("/")
    await expect(page.locator("[data-notices-count]")).to_be_hidden()
    before = await asked_of(page, "seen", "marks()")
    await context.clear_cookies()
    await page.goto("/")
    assert (await asked_of(page, "seen", "marks()"))["ids"] == [], "nobody is signed in"
    await page.goto(live_server.link("hoa"))
    await page.locator("main form button").first.click()
    await page.wait_for_url("**/")
    await page.goto("/notices")
    await expect(fresh).to_have_count(await page.locator("[data-notice]").count())
    assert await asked_of(page, "seen", "marks()") != before


async def test_without_a_network_the_inbox_is_as_it_was_last_seen(contexts: Contexts):
    context = await contexts(PHONE, person="mai")
    page = await stocked(context)
    await page.goto("/notices")
    await expect(page.locator("[data-marks]")).to_be_visible()
    online = await page.evaluate(ROWS)
    await context.set_offline(True)
    await page.goto("/")
    await page.locator("[data-notices-way] a").click()
    await expect(page.locator("[data-marks]")).to_be_visible()
    assert await page.evaluate(ROWS) == online and len(online) > 5
    assert re.search(r"cập nhật lúc \d\d:\d\d, \d\d/\d\d/\d{4}", await page.locator("main").inner_text())
    assert (await axe(page), await small_targets(page), await sideways(page)) == ([], [], 0)
    rows = page.locator("[data-notice]")
    away = rows.filter(has=page.locator("[data-away]"))
    assert {href[:6] for href in await _addresses(away)} == {"/news/", "/feedb"}
    await away.first.locator("a").click()
    await expect(page.locator("[data-saved-missed]")).to_be_visible()
    await page.goto("/notices")
    await expect(page.locator("[data-new]:visible")).to_have_count(len(online))
    await rows.filter(has_text="Quy định 31-QĐ/TU").locator("a").click()
    await expect(page.locator("[data-saved] h1")).to_contain_text("12-QĐ/TU")
    await page.goto("/notices")
    await expect(page.locator("[data-new]:visible")).to_have_count(len(online) - 1)


async def _addresses(rows) -> list[str]:
    return [str(await each.get_attribute("href")) for each in await rows.locator("a").all()]


async def test_a_notice_that_is_opened_without_a_network_leads_to_its_place(contexts: Contexts):
    context = await contexts(PHONE, person="mai")
    page = await stocked(context)
    await until_so(page, f"async () => (await (await {MODULE.format(name='inbox')}).inbox()).at > 0")
    path = "/documents/quy-dinh-12-qd-tu-2026"
    part = await page.evaluate(LEADING, [0, f"{path}#dieu-5.khoan-1"])
    answer = await page.evaluate(LEADING, [1, f"{path}/comments?thread=0#c-0"])
    lost = await page.evaluate(LEADING, [2, ""])
    await context.set_offline(True)
    await page.goto(f"/notices/{part}")
    assert page.url.endswith(f"{path}#dieu-5.khoan-1") and await page.locator("[data-saved] .part:target").count() == 1
    await page.goto(f"/notices/{answer}")  # what was said of a document is not kept: the notice tells of it
    row = page.locator("[data-notice]:target")
    assert page.url.endswith(f"/notices#notice-{answer}")
    await expect(row).to_contain_text("phần trả lời cần có mạng")
    assert await _addresses(row) == [path]
    await page.goto(f"/notices/{lost}")
    await expect(row).to_contain_text("không còn mở được")
    await page.goto("/notices/digest")
    assert page.url.endswith("/notices#notice-")
    seen = (await asked_of(page, "seen", "marks()"))["ids"]
    assert seen == [part, answer, lost], "whoever comes by a notice has seen it"
    await expect(page.locator("[data-notice]").nth(3).locator("[data-new]")).to_be_visible()
    assert await page.locator("[data-new]:visible").count() == await page.locator("[data-notice]").count() - 3


async def test_what_is_recalled_leaves_the_inbox_and_all_of_it_goes_with_its_reader(
    browser: Browser, changing_server: Site
):
    context = await changing_server.open(browser, PHONE)
    page = await context.new_page()
    await sign_in(page, changing_server, "mai")
    slug = await act(changing_server, "issue", "91-CT/TU", "members")
    await act(changing_server, "pushed", slug)
    await until(page, "state.owner !== 'visitor' && state.isWhole")
    await sync(page)
    assert "91-CT/TU" in (await _kept(page))[0]["title"]
    await act(changing_server, "withdraw", slug)
    await sync(page)
    assert "91-CT/TU" not in str(await _kept(page))
    await sign_in(page, changing_server, "hoa")
    await page.goto("/notices")
    ids = [row[0] for row in await page.evaluate(ROWS)]
    await until_so(page, f"async () => (await (await {MODULE.format(name='inbox')}).inbox()).at > 0")
    assert [one["id"] for one in await _kept(page)] == ids
    await asked_of(page, "seen", f"see('{ids[0]}')")
    assert await asked_of(page, "store", KEPT_MARKS)
    await page.goto("/account")
    await page.locator("form[data-sign-out] button").click()
    await page.wait_for_url(lambda url: not url.endswith("/account"))
    assert await _kept(page) == [] and not await asked_of(page, "store", KEPT_MARKS)
    await context.set_offline(True)
    gone = await page.goto("/notices")
    assert gone is not None and gone.status == 503
    await context.close()


async def _kept(page: Page) -> list[dict[str, str]]:
    return list((await asked_of(page, "inbox", "inbox()"))["items"])
