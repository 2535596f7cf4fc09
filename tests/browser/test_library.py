"""What a phone keeps: all that its reader may keep, brought in batches, and nothing of anybody else."""

import asyncio
from contextlib import suppress

import pytest
from playwright.async_api import Error

from tests.browser.shelf import act, asked_of, numbers, sign_in, stocked, sync, until, until_controlled

ADD_GHOST = """() => new Promise((done) => {
    const opening = indexedDB.open("sotay");
    opening.onsuccess = () => {
        const change = opening.result.transaction(["rows", "facts"], "readwrite");
        change.objectStore("rows").put({ id: "ghost", slug: "ghost", number: "0-GHOST", bytes: 1, generation: 0 });
        const facts = change.objectStore("facts");
        facts.get("state").onsuccess = (event) => {
            facts.put({ ...event.target.result, cursor: "means-nothing" }, "state");
        };
        change.oncomplete = done;
    };
})"""

NO_ROOM = """() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, ...key) {
        if (value.html) throw new DOMException("no room", "QuotaExceededError");
        return put.call(this, value, ...key);
    };
}"""

KEPT_FILES = """async () => {
    const shelves = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    return (await Promise.all(shelves.map((shelf) => shelf.keys()))).flat().map((request) => request.url);
}"""

NO_LONGER_ASKING = "navigator.locks.request('library', () => true)"
"""Waits until what the page has begun to ask has come."""

LOOK_AWAY = """() => {
    let isHidden = true;
    Object.defineProperty(document, "hidden", { get: () => isHidden });
    const tell = () => document.dispatchEvent(new Event("visibilitychange"));
    window.lookAgain = () => { isHidden = false; tell(); };
    tell();
}"""


@pytest.fixture
async def phone_of(carried, changing_server, between):
    """A function: a phone on which this person has signed in."""

    async def opened(person: str, **how):
        context = await carried(**how)
        page = await context.new_page()
        await sign_in(page, changing_server, person, between.url)
        await until_controlled(page)
        return context, page

    return opened


async def _may_keep(page) -> list[str]:
    """Numbers of what the list of documents says this reader may keep."""
    items = await page.evaluate("async () => (await (await fetch('/api/documents?limit=100')).json()).items")
    return sorted(item["number"] for item in items if item["offline"])


async def _whole(page) -> None:
    await until(page, "state.isWhole && !state.isSweeping && state.owner !== 'visitor' && count > 0")


async def test_a_member_has_all_they_may_keep_and_nothing_else(phone_of):
    _, page = await phone_of("mai")
    await _whole(page)
    held = await numbers(page)
    assert held == await _may_keep(page)
    assert "120-BC/TU" not in held  # theirs to read, but not to keep


async def test_a_visitor_keeps_public_documents(carried):
    page = await stocked(await carried())
    assert await numbers(page) == await _may_keep(page)


async def test_a_phone_killed_while_it_fetches_goes_on_from_there(phone_of, between):
    between.limit = 3
    between.held = r"/api/library\?since=."
    context, page = await phone_of("huong")
    await until(page, "count === 3 && state.owner !== 'visitor'")
    await page.close(run_before_unload=False)
    first = between.times(r"/api/library\?since=$")
    between.let_go()
    page = await context.new_page()
    await page.goto("/documents")
    await _whole(page)
    assert await numbers(page) == await _may_keep(page)
    assert between.times(r"/api/library\?since=$") == first


async def test_starting_anew_never_empties_the_library(phone_of, between):
    _, page = await phone_of("thang")
    await _whole(page)
    held = await numbers(page)
    await page.evaluate(ADD_GHOST)
    between.limit = 3
    between.held = r"/api/library\?since=(?!means-nothing)."
    going = asyncio.ensure_future(sync(page))
    await until(page, "state.isSweeping")
    assert await numbers(page) == sorted([*held, "0-GHOST"])
    between.let_go()
    await going
    await until(page, "state.isWhole && !state.isSweeping")
    assert await numbers(page) == held


async def test_a_withdrawn_document_leaves_the_phone(phone_of, changing_server):
    slug = await act(changing_server, "issue", "901-QĐ/TU", "members")
    _, page = await phone_of("cu")
    await _whole(page)
    assert "901-QĐ/TU" in await numbers(page)
    await act(changing_server, "withdraw", slug)
    await sync(page)
    assert "901-QĐ/TU" not in await numbers(page)
    assert await asked_of(page, "store", f"find('{slug}')") is None


async def test_an_old_address_leads_on_with_and_without_a_network(phone_of, changing_server):
    slug = await act(changing_server, "issue", "904-QĐ/TU", "members")
    context, page = await phone_of("cu")
    await _whole(page)
    await act(changing_server, "rename", slug, "ten-moi-904")
    answer = await page.goto(f"/documents/{slug}/editions/1?x=1#dieu-2")
    assert answer.status == 200 and page.url.endswith("/documents/ten-moi-904/editions/1?x=1#dieu-2")
    await sync(page)
    await context.set_offline(True)
    for old, now in ((slug, "ten-moi-904"), (f"{slug}/editions/1?x=1#dieu-2", "ten-moi-904/editions/1?x=1#dieu-2")):
        answer = await page.goto(f"/documents/{old}")
        assert answer.status == 200 and page.url.endswith(f"/documents/{now}")
        assert await page.get_attribute("[data-document]", "data-slug") == "ten-moi-904"


async def test_a_narrowed_audience_reaches_each_open_page_within_a_minute(phone_of, changing_server):
    slug = await act(changing_server, "issue", "902-QĐ/TU", "members")
    context, first = await phone_of("cu")
    await context.clock.install()
    pages = [first, await context.new_page()]
    for page in pages:
        await page.goto(f"/documents/{slug}")
        await page.wait_for_selector("[data-offline-kept]:not([hidden])")
    await first.evaluate(NO_LONGER_ASKING)
    await act(changing_server, "address", slug, "role:auditor@1")
    await context.clock.fast_forward(55_000)  # one of them asks, and both go by what it is told
    for page in pages:
        await page.wait_for_selector("[data-document]", state="detached")
    assert await asked_of(first, "store", f"find('{slug}')") is None


async def test_a_phone_without_a_network_follows_a_narrowed_audience_at_its_next_contact(phone_of, changing_server):
    slug = await act(changing_server, "issue", "903-QĐ/TU", "members")
    context, page = await phone_of("loan")
    await _whole(page)
    assert "903-QĐ/TU" in await numbers(page)
    await page.clock.install()
    await context.set_offline(True)
    await act(changing_server, "address", slug, "role:auditor@1")
    answer = await page.goto(f"/documents/{slug}")
    assert answer is not None and answer.status == 200  # nobody can tell a phone that hears nothing
    await context.set_offline(False)
    await page.wait_for_function("navigator.onLine")
    for _ in range(2):  # back within moments it asks when a page would, and may be just about to say when that is
        await page.clock.fast_forward(55_000)
        with suppress(Error):
            await page.wait_for_selector("[data-document]", state="detached", timeout=5_000)
            break
    assert not await page.locator("[data-document]").count()
    assert "903-QĐ/TU" not in await numbers(page)
    await context.set_offline(True)
    answer = await page.goto(f"/documents/{slug}")
    assert answer is not None and answer.status == 503


async def test_a_page_asks_while_it_is_looked_at_and_at_once_when_it_is_again(phone_of, between):
    _, page = await phone_of("cu")
    await page.clock.install()
    await page.goto("/documents")
    await _whole(page)
    await page.evaluate(NO_LONGER_ASKING)
    asked = between.times("/api/library")
    await page.clock.fast_forward(55_000)
    await _asked_again(page, between, asked)
    await page.evaluate(NO_LONGER_ASKING)
    await page.evaluate(LOOK_AWAY)
    asked = between.times("/api/library")
    for _ in range(3):
        await page.clock.fast_forward(60_000)
        await asyncio.sleep(0.3)
    assert between.times("/api/library") == asked
    await page.evaluate("window.lookAgain()")
    await _asked_again(page, between, asked)


async def _asked_again(page, between, before: int) -> None:
    for _ in range(50):
        if between.times("/api/library") > before:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the library was not asked for again")


async def test_who_moves_to_another_unit_keeps_only_what_is_read_there(phone_of, changing_server):
    _, page = await phone_of("dung")
    await _whole(page)
    before = await numbers(page)
    await act(changing_server, "move", "dung", "VL-BT-TDP3")
    await sync(page)
    after = await numbers(page)
    assert set(before) - set(after) and set(after) - set(before)
    assert after == await _may_keep(page)


async def test_signing_out_empties_the_phone(phone_of):
    _, page = await phone_of("dao")
    await _whole(page)
    held = await numbers(page)
    await page.goto("/account")
    await page.locator("[data-sign-out] button").click()
    await page.wait_for_url("**/")
    assert (await asked_of(page, "store", "state()"))["owner"] == "visitor"
    await sync(page)
    kept = await numbers(page)
    assert kept == await _may_keep(page)
    assert set(kept) < set(held)


async def test_a_picture_that_a_member_saw_is_not_shown_to_a_visitor_on_the_same_phone(phone_of):
    _, page = await phone_of("mai")
    await page.goto("/news/buoi-hop-chi-bo-xep-theo-ca-truc")
    address = await page.locator(".article-cover img").evaluate("(it) => it.currentSrc")
    seen = "async (address) => (await fetch(address, { cache: 'force-cache' })).status"
    assert await page.evaluate(seen, address) == 200
    await page.goto("/account")
    await page.locator("[data-sign-out] button").click()
    await page.wait_for_selector("body[data-reader=guest]")
    assert await page.evaluate(seen, address) == 404
    assert not [each for each in await page.evaluate(KEPT_FILES) if "/pictures/" in each]


async def test_signing_out_without_a_network_empties_the_phone_too(phone_of):
    context, page = await phone_of("yen")
    await _whole(page)
    await page.goto("/account")
    await context.set_offline(True)
    await page.locator("[data-sign-out] button").click()
    await page.wait_for_selector("[data-saved-none]:not([hidden])")
    assert await numbers(page) == []


async def test_a_second_member_finds_nothing_of_the_first(phone_of, changing_server, between):
    context, page = await phone_of("dat")
    await _whole(page)
    first = await asked_of(page, "store", "state()")
    between.held = "/api/library"
    await sign_in(page, changing_server, "nga", between.url)
    state = await asked_of(page, "store", "state()")
    assert state["owner"] not in (first["owner"], "visitor", "")
    assert await numbers(page) == []
    await context.set_offline(True)
    await page.goto("/offline")
    await page.wait_for_selector("[data-saved-none]:not([hidden])")
    between.let_go()


async def test_nothing_is_given_out_from_a_sign_in_until_the_server_says_who_reads(phone_of):
    context, page = await phone_of("tiep")
    await _whole(page)
    slug = (await asked_of(page, "store", "rows()"))[0]["slug"]
    await page.evaluate("fetch('/account/sign-in', { method: 'POST', body: new URLSearchParams({ login: 'x' }) })")
    assert (await asked_of(page, "store", "state()"))["isInDoubt"]
    assert await numbers(page) == []
    await context.set_offline(True)
    answer = await page.goto(f"/documents/{slug}")
    assert answer is not None and answer.status == 503
    await context.set_offline(False)
    await page.goto("/documents")
    assert await numbers(page) != []


async def test_signing_out_in_one_tab_turns_the_others_into_a_visitors(phone_of):
    context, page = await phone_of("hung")
    await _whole(page)
    other = await context.new_page()
    await other.goto("/offline")
    await other.wait_for_selector("[data-saved-list] li")
    await page.goto("/account")
    await page.locator("[data-sign-out] button").click()
    await page.wait_for_url("**/")
    await until(other, "state.owner === 'visitor'")
    await other.goto("/")
    await page.wait_for_selector("body[data-reader=guest]")
    await other.wait_for_selector("body[data-reader=guest]")


async def test_going_back_after_signing_out_shows_nothing_of_the_member(phone_of):
    _, page = await phone_of("loan")
    await _whole(page)
    await page.goto("/account")
    await page.locator("[data-sign-out] button").click()
    await page.wait_for_selector("body[data-reader=guest]")
    await page.go_back()
    await page.wait_for_selector("body[data-reader=guest]")


async def test_a_disabled_member_loses_the_library_with_the_next_answer(phone_of, changing_server):
    _, page = await phone_of("ha")
    await _whole(page)
    await act(changing_server, "disable", "ha")
    with suppress(Error):  # the page leaves at once
        await sync(page)
    await page.wait_for_selector("body[data-reader=guest]")
    assert (await asked_of(page, "store", "state()"))["owner"] == "visitor"


async def test_a_server_in_trouble_costs_nobody_their_library(phone_of, between):
    _, page = await phone_of("diep")
    await _whole(page)
    held = await numbers(page)
    between.broken = "/"
    await page.goto("/documents")
    await page.goto("/offline")
    await page.wait_for_selector("[data-saved-list] li")
    assert await numbers(page) == held


async def test_a_member_takes_the_library_off_and_fetches_it_again(phone_of, between):
    _, page = await phone_of("che")
    await _whole(page)
    await page.goto("/offline")
    await page.locator("[data-saved-forget]").click()
    await page.wait_for_selector("[data-saved-paused]:not([hidden])")
    assert await numbers(page) == []
    asked = between.times("/api/library")
    await page.goto("/")
    await page.goto("/offline")
    await page.wait_for_selector("[data-saved-paused]:not([hidden])")
    assert between.times("/api/library") == asked
    await page.locator("[data-saved-renew]").click()
    await page.wait_for_selector("[data-saved-list] li")
    await _whole(page)


async def test_a_phone_without_room_says_so(phone_of):
    _, page = await phone_of("su")
    await _whole(page)
    await page.goto("/offline")
    await page.evaluate(NO_ROOM)
    await page.locator("[data-saved-renew]").click()
    await page.wait_for_selector("[data-library-full]:not([hidden])")


async def test_a_signed_in_member_asks_the_phone_to_keep_it(phone_of):
    # Remembered by the phone and not the page, which may load itself anew once it knows who reads.
    asked = "navigator.storage.persist = async () => { localStorage.asked = 1; return true; };"
    context, page = await phone_of("pao")
    await context.add_init_script(asked)
    await page.goto("/")
    await sync(page)
    await until(page, "localStorage.asked === '1'")
