"""Reading without a network, or with one too slow to wait for: the same page as online, and never a page of nothing."""

import asyncio
import json

import pytest
from playwright.async_api import Page

from tests.browser.measure import axe, cdp, sideways, small_targets
from tests.browser.shelf import asked_of, stocked, until, until_controlled
from tests.site import DESK, PHONE

LOOK = """() => {
    const words = (it) => it?.innerText.replace(/\\s+/g, " ").trim() ?? "";
    const all = (selector) => [...document.querySelectorAll(selector)];
    const { address, link, quote, slug } = document.querySelector("[data-document]").dataset;
    return {
        address, link, quote, slug, title: document.title, language: document.documentElement.lang,
        bar: words(document.querySelector(".where-words strong")),
        head: all(".doc-issuer, .doc-number, .doc-head h1, .doc-head .doc-state").map(words),
        banners: all(".doc-head .banner").map((it) => [it.className, words(it), it.querySelector("a")?.href]),
        digest: all(".digest-box").map(words), points: all(".points a").map((it) => [it.hash, words(it)]),
        numbers: all(".doc-head .unbroken, .contents-list .unbroken").map(words),
        contents: all(".contents-list li").map((it) => it.outerHTML.replace(/ aria-current="\\w+"/, "")),
        fragment: document.querySelector("[data-fragment]").textContent,
        ground: getComputedStyle(document.body).backgroundColor,
    };
}"""
STYLE_STATUS = "fetch(document.querySelector('link[rel=stylesheet]').href).then((it) => it.status)"
PHONES = [(PHONE, "vi", "light"), (PHONE, "vi", "dark"), (DESK, "en", "light")]
END_IT = """(until) => new Promise((done) => {
    const opening = indexedDB.open("sotay");
    opening.onsuccess = () => {
        const change = opening.result.transaction("documents", "readwrite");
        change.objectStore("documents").openCursor().onsuccess = (event) => {
            const cursor = event.target.result;
            if (!cursor) return;
            const { banners, ...kept } = { ...cursor.value, ...until };
            cursor.update(banners ? { ...kept, banners } : kept);
            cursor.continue();
        };
        change.oncomplete = done;
    };
})"""


@pytest.fixture
async def stocked_phone(contexts):
    """A function: a page of Mai's phone (or of whoever is named) with the whole library, and its context."""

    async def opened(size=PHONE, **how):
        context = await contexts(size, **{"person": "mai", **how})
        page = await stocked(context)
        await until(page, "state.owner !== 'visitor' && state.isWhole")
        return context, page

    return opened


async def _slugs(page: Page) -> list[str]:
    return sorted(row["slug"] for row in await asked_of(page, "store", "rows()"))


async def test_documents_never_visited_open_and_look_as_online(stocked_phone, contexts):
    context, page = await stocked_phone()
    slugs, above = await _slugs(page), 0
    await context.set_offline(True)
    online = await (await contexts(PHONE, person="mai", service_workers="block")).new_page()
    for slug in slugs:
        answer = await page.goto(f"/documents/{slug}")
        assert answer is not None and answer.status == 200 and answer.from_service_worker
        await online.goto(f"/documents/{slug}")
        looks = await page.evaluate(LOOK)
        assert looks == await online.evaluate(LOOK)
        above += bool(looks["points"])
    assert above == 2  # 01-QC/TU and 05-NQ/TU bear digests


async def test_a_quotation_leads_to_its_part_and_is_copied_without_a_network(stocked_phone):
    context, page = await stocked_phone()
    slug = next(slug for slug in await _slugs(page) if slug.startswith("quy-dinh"))
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    await context.set_offline(True)
    await page.goto(f"/documents/{slug}")
    label = page.locator("[data-fragment] .part-khoan a.label").first
    path = (await label.get_attribute("href") or "")[1:]
    await page.goto("/offline")
    await page.goto(f"/documents/{slug}#{path}")
    assert await page.evaluate(f"document.getElementById('{path}').matches(':target')")
    await page.locator(f"[id='{path}'] > p").first.click()
    await page.locator("[data-copy]").click()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert "khoản" in copied and f"/documents/{slug}/editions/" in copied and copied.endswith(f"#{path}")


async def test_the_edition_that_is_saved_opens_by_its_own_address(stocked_phone):
    context, page = await stocked_phone()
    row = (await asked_of(page, "store", "rows()"))[0]
    await context.set_offline(True)
    await page.goto(f"/documents/{row['slug']}/editions/{row['edition']}")
    assert await page.locator("[data-saved]").count() == 1
    answer = await page.goto(f"/documents/{row['slug']}/editions/{row['edition'] + 1}")
    assert answer is not None and answer.status == 503


@pytest.mark.parametrize("path", ["/", "/documents", "/offline"])
async def test_home_and_the_lists_show_what_is_saved(stocked_phone, path):
    context, page = await stocked_phone()
    slugs = await _slugs(page)
    await context.set_offline(True)
    await page.goto(path)
    await page.wait_for_selector("[data-saved-list] li")
    links = page.locator("[data-saved-list] a")
    addresses = [await each.get_attribute("href") for each in await links.all()]
    assert sorted(addresses) == [f"/documents/{slug}" for slug in slugs]
    assert await page.locator("[data-saved-missed]").is_hidden()
    await page.fill("#saved-filter", "quy dinh 12")
    assert 0 < await links.count() < len(slugs)
    await links.first.click()
    await page.wait_for_selector("[data-saved] [data-fragment] .part")


async def test_a_page_that_is_not_on_the_phone_says_so_and_offers_what_is(stocked_phone):
    context, page = await stocked_phone()
    await context.set_offline(True)
    answer = await page.goto("/news")
    assert answer is not None and answer.status == 503
    await page.wait_for_selector("[data-saved-missed]:not([hidden])")
    await page.wait_for_selector("[data-saved-list] li")


async def test_effective_dates_are_those_of_the_day_it_is_read(stocked_phone):
    context, page = await stocked_phone()
    slug = (await _slugs(page))[0]
    await context.set_offline(True)
    await page.evaluate(END_IT, {"effective_from": "2020-01-01", "effective_until": "2020-12-31"})
    await page.goto(f"/documents/{slug}")
    assert "01/01/2021" in await page.locator(".doc-head .banner").inner_text()
    await page.evaluate(END_IT, {"effective_from": "2120-01-01", "effective_until": None})
    await page.goto(f"/documents/{slug}")
    assert "01/01/2120" in await page.locator(".doc-head .banner").inner_text()


async def test_a_text_that_a_later_one_followed_meanwhile_says_so(stocked_phone):
    context, page = await stocked_phone()
    slug = next(row["slug"] for row in await asked_of(page, "store", "rows()") if row["number"] == "12-QĐ/TU")
    await context.set_offline(True)
    coming = {"kind": "next-edition", "on": "2120-01-01", "ordinal": 7, "slug": "", "number": "", "type": ""}
    facts = {"effective_from": "2020-01-01", "effective_until": "2119-12-31"}
    await page.evaluate(END_IT, {**facts, "banners": [coming]})
    await page.goto(f"/documents/{slug}")
    assert "01/01/2120" in await page.locator(".doc-head .banner.calm").inner_text()
    await page.evaluate(END_IT, {"effective_until": "2020-12-31", "banners": [{**coming, "on": "2021-01-01"}]})
    await page.goto(f"/documents/{slug}")
    banners = page.locator(".doc-head .banner")
    assert await banners.count() == 1
    assert "bản cũ" in await banners.inner_text() and "bản thứ 7" in await banners.inner_text()


async def test_a_document_saved_before_banners_were_is_still_read(stocked_phone):
    context, page = await stocked_phone()
    slug = (await _slugs(page))[0]
    await context.set_offline(True)
    await page.evaluate(END_IT, {"banners": None})
    await page.goto(f"/documents/{slug}")
    assert await page.locator("[data-saved] [data-fragment] .part").count() > 0


async def test_a_network_too_slow_to_wait_for_gives_way_to_the_saved_text(carried, between):
    page = await stocked(await carried())
    slug = (await _slugs(page))[0]
    between.held = "/documents/"
    await page.goto(f"/documents/{slug}")
    assert await page.locator("[data-saved]").count() == 1
    between.let_go()
    await page.goto(f"/documents/{slug}")
    assert await page.locator("[data-saved]").count() == 0


async def test_a_server_in_trouble_gives_way_to_the_saved_text(carried, between):
    page = await stocked(await carried())
    slug = (await _slugs(page))[0]
    between.broken = "/documents"
    await page.goto(f"/documents/{slug}")
    assert await page.locator("[data-saved]").count() == 1


async def test_nothing_that_is_saved_breaks_the_policy(stocked_phone):
    context, page = await stocked_phone()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Security Policy" in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    slugs = await _slugs(page)
    await context.set_offline(True)
    for path in ("/offline", "/news", f"/documents/{slugs[0]}"):
        answer = await page.goto(path)
        assert answer is not None and "script-src 'self'" in answer.headers["content-security-policy"]
    assert said == []


@pytest.mark.parametrize(("size", "language", "theme"), PHONES)
async def test_pages_without_a_network_are_as_good_as_any(stocked_phone, size, language, theme):
    context, page = await stocked_phone(size, language=language, theme=theme)
    slug = (await _slugs(page))[-1]
    await context.set_offline(True)
    for path in ("/offline", "/search", f"/documents/{slug}"):
        await page.goto(path)
        await page.wait_for_selector("[data-saved-list] li, [data-saved]")
        assert await page.evaluate("document.documentElement.lang") == language
        assert await page.evaluate("document.documentElement.dataset.theme") == theme
        assert await axe(page) == []
        assert await sideways(page) == 0
        if size is PHONE:
            assert await small_targets(page) == []


# New versions


async def test_a_new_version_waits_for_an_open_tab_and_takes_over_when_asked(carried, between):
    context = await carried()
    old = await stocked(context)
    before = await old.evaluate("caches.keys()")
    between.is_new = True
    await old.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update())")
    await old.wait_for_selector("[data-update-line]:not([hidden])")
    other = await context.new_page()
    await other.goto("/documents")
    assert await other.locator("[data-update-line]").is_hidden()
    # The open tab still works with its own files, which the server has no more.
    assert await old.evaluate(STYLE_STATUS) == 200
    await old.locator("[data-update]").click()
    await old.wait_for_selector("[data-update-line]", state="hidden")
    await _until_new(old)
    await _until_shelves(old, lambda names: len(names) == 1 and names != before)


async def test_old_files_stay_while_a_tab_is_open_that_was_made_with_them(carried, between):
    context = await carried()
    old = await stocked(context)
    asking = await context.new_page()
    await asking.goto("/documents")
    await until_controlled(asking)
    between.is_new = True
    await asking.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update())")
    await asking.wait_for_selector("[data-update-line]:not([hidden])")
    await asking.locator("[data-update]").click()
    await _until_new(asking)
    await _until_shelves(asking, lambda names: len(names) == 2)
    assert await old.evaluate(STYLE_STATUS) == 200
    await old.close()
    await asking.reload()
    await _until_shelves(asking, lambda names: len(names) == 1)


async def test_a_new_version_takes_over_by_itself_when_no_old_page_is_open(carried, between):
    context = await carried()
    page = await stocked(context)
    between.is_new = True
    await page.goto("/documents")
    await _until_shelves(page, lambda names: len(names) == 1 and "-" + "f" * 16 in names[0])
    assert await page.locator("[data-update-line]").is_hidden()
    await context.set_offline(True)
    await page.goto("/offline")
    await page.wait_for_selector("[data-saved-list] li")


async def _until_new(page: Page) -> None:
    for _ in range(150):
        source = await page.locator("script[type=module]").first.get_attribute("src")
        if source and "/" + "f" * 16 + "/" in source:
            return
        await asyncio.sleep(0.2)
    raise AssertionError("the page was not loaded anew")


async def _until_shelves(page: Page, are_so) -> None:
    names: list[str] = []
    for _ in range(150):
        names = await page.evaluate("caches.keys()")
        if are_so(names):
            return
        await asyncio.sleep(0.2)
    raise AssertionError(names)


# An app among the phone's apps


async def test_the_handbook_can_be_installed(stocked_phone):
    _, page = await stocked_phone()
    session = await cdp(page)
    manifest = await session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert json.loads(manifest["data"])["display"] == "standalone"
    errors = (await session.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    # A test's browser context is like a private window, which never installs anything.
    assert [error for error in errors if error["errorId"] != "in-incognito"] == []


async def test_the_account_page_offers_to_install_when_the_browser_does(stocked_phone):
    _, page = await stocked_phone()
    await page.goto("/account")
    assert await page.locator("[data-install]").is_hidden()
    await page.evaluate(
        "() => dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }),"
        " { prompt: async () => { document.body.dataset.prompted = 'yes'; } }))"
    )
    await page.locator("[data-install-go]").click()
    assert await page.evaluate("document.body.dataset.prompted") == "yes"


async def test_an_iphone_is_shown_the_steps(contexts):
    context = await contexts(PHONE, person="mai", service_workers="block")
    await context.add_init_script("Object.defineProperty(navigator, 'standalone', { value: false });")
    page = await context.new_page()
    await page.goto("/account")
    await page.wait_for_selector("[data-install-steps]:not([hidden])")
    assert await axe(page) == []
    assert await small_targets(page) == []
