"""What a phone is told: shown whatever was sent, ready without a network, and nothing of one member's to another."""

import asyncio
import json

import pytest
from playwright.async_api import Page, Worker, expect

from tests.browser.measure import axe, small_targets
from tests.browser.pushed import IS_SUBSCRIBED, SHOWN, TAP, deliver, shown, told_phone, turn_on, worker
from tests.browser.shelf import MODULE, act, asked_of, sign_in, until_so
from tests.site import Site

PAGE = "/account/notifications"
BADGES = """self.badges = [];
navigator.setAppBadge = async (count) => { badges.push(count); };
navigator.clearAppBadge = async () => { badges.push(0); };"""
ENDPOINT = "caches.open('stub-push').then((it) => it.match('/stub')).then((it) => it.json()).then((it) => it.endpoint)"
LOST = "caches.open('stub-push').then((it) => it.delete('/stub'))"
"""The browser has dropped its subscription, as it may at any time."""

ENROLLED = f"""async () => (await {MODULE.format(name="pushed")}).isEnrolled(await navigator.serviceWorker.ready)"""


@pytest.fixture
async def phone(whole_browser, changing_server):
    """Mai's phone, on which she is told."""
    page = await told_phone(changing_server, whole_browser, "mai")
    yield page
    await page.context.close()


async def _registered(page: Page) -> list[str]:
    found = await page.evaluate("fetch('/api/devices').then((it) => it.json())")
    return [item["channel"] for item in found["items"]]


async def test_a_push_shows_and_its_tap_opens_the_document_without_a_network(phone, changing_server):
    assert await _registered(phone) == ["webpush"]
    assert await axe(phone) == [] and await small_targets(phone) == []
    slug = await act(changing_server, "issue", "90-CT/TU", "members")
    origin = await phone.evaluate("location.origin")
    payload = (await act(changing_server, "pushed", slug)).replace("ORIGIN", origin)
    attending = await worker(phone.context)
    await attending.evaluate(BADGES)
    told = json.loads(payload)["notification"]
    path = told["navigate"].removeprefix(origin)
    await deliver(phone, payload)
    assert await shown(phone, 1) == [["Có văn bản mới", told["tag"], "vi", path]]
    for module, call in (("told", f"placeOf('{path}')"), ("store", f"has('{slug}')")):
        await until_so(phone, f"async () => (await {MODULE.format(name=module)}).{call}")
    for data in ("not a payload", json.dumps({"data": {"navigate": "https://evil.example/x", "title": "Lạ"}})):
        await deliver(phone, data)
    titles = sorted((title, place) for title, _, _, place in await shown(phone, 3))
    assert titles == [("Có văn bản mới", path), ("Lạ", "/"), ("Sổ tay có tin mới cho đồng chí", "/")]
    await _badge(attending, 1)  # what could not be read is no notice
    await phone.context.set_offline(True)
    opened, left = await attending.evaluate(TAP, told["tag"])
    assert (opened, left) == (told["navigate"], 0)
    await phone.goto(opened)
    assert await phone.locator("[data-saved]").get_attribute("data-slug") == slug
    assert phone.url == f"{origin}/documents/{slug}"
    await _badge(attending, 0)
    await phone.goto("/notices")
    await phone.wait_for_selector("[data-marks]:not([hidden])")
    first = phone.locator("[data-notice]").first
    assert "90-CT/TU" in await first.inner_text() and await first.locator("[data-new]").is_hidden()
    lost = await phone.goto(path[:-12] + "000000000000")
    assert lost is not None and lost.status == 503, "of what is not kept the phone says so"


async def _badge(where: Page | Worker, count: int) -> None:
    """Wait until that is the number on the app's icon, as the page or the service worker set it."""
    for _ in range(100):
        if (last := await where.evaluate("self.badges.at(-1)")) == count:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"the badge is {last}")


async def test_the_badge_counts_what_is_new_until_the_inbox_is_looked_at(phone, changing_server):
    attending = await worker(phone.context)
    await attending.evaluate(BADGES)
    await phone.add_init_script(BADGES)
    origin = await phone.evaluate("location.origin")
    for count in (1, 2):
        slug = await act(changing_server, "issue", f"8{count}-CT/TU", "members")
        await deliver(phone, (await act(changing_server, "pushed", slug)).replace("ORIGIN", origin))
        await _badge(attending, count)
    for path, count in (("/", 2), ("/notices", 0)):
        await phone.goto(path)
        await _badge(phone, count)
    assert await shown(phone, 0) == []
    assert await phone.locator("[data-new]:visible").count() >= 2, "looked at, but not opened"


async def test_a_phone_says_its_new_address_at_each_start_and_when_the_browser_changes_it(phone, changing_server):
    addresses = [await phone.evaluate(ENDPOINT)]
    for how in ("start", "change"):
        await phone.evaluate(LOST)
        if how == "start":
            await phone.goto("/")
        else:
            change = "dispatchEvent(new ExtendableEvent('pushsubscriptionchange'))"
            await (await worker(phone.context)).evaluate(change)
        await until_so(phone, ENROLLED)
        addresses.append(await phone.evaluate(ENDPOINT))
        told = await _told(changing_server, "mai")
        assert addresses[-1] in told and not told & set(addresses[:-1])


async def test_a_phone_that_the_server_dropped_is_told_again_once_the_handbook_is_opened(phone, changing_server):
    address = await phone.evaluate(ENDPOINT)
    await act(changing_server, "untell", "mai")
    await phone.goto("/documents")
    assert await _told(changing_server, "mai") == set(), "a page left for another is no start"
    opened = await phone.context.new_page()
    await opened.goto("/")
    async with asyncio.timeout(20):
        while await _told(changing_server, "mai") != {address}:
            await asyncio.sleep(0.2)


async def test_what_came_of_a_test_is_said_be_it_shown_silent_or_refused(phone):
    await phone.clock.install()
    await phone.goto(f"{PAGE}?came=accepted")
    line = phone.locator("[data-push-came]")
    await expect(line).to_contain_text("Đã gửi tin thử")
    await phone.clock.fast_forward(29_000)
    await expect(line).to_contain_text("Đã gửi tin thử")
    await phone.clock.fast_forward(2_000)
    await expect(line).to_contain_text("Đã 30 giây mà tin thử chưa hiện")
    await deliver(phone, json.dumps({"notification": {"title": "Đây là tin thử", "navigate": "/", "tag": "test"}}))
    await expect(line).to_contain_text("Tin thử đã hiện trên máy này")
    await phone.locator("[data-push-test] button").click()
    await expect(phone.locator(".banner")).to_contain_text("tin thử chưa đi")  # nobody is at the service's address
    assert await phone.evaluate(SHOWN) == [], "an earlier test is not taken for this one"


async def test_a_phone_tells_one_member_only_and_none_who_signed_out(phone, changing_server):
    mais = await phone.evaluate(ENDPOINT)
    assert mais in await _told(changing_server, "mai")
    await sign_in(phone, changing_server, "lan")
    assert mais not in await _told(changing_server, "mai", "lan"), "before any page of hers was looked at"
    await phone.goto(PAGE)
    await phone.wait_for_selector("[data-push-is=off]:not([hidden])")
    await until_so(phone, f"async () => !(await {IS_SUBSCRIBED})")
    assert await _registered(phone) == []
    await turn_on(phone)
    assert await _registered(phone) == ["webpush"]
    lans = await phone.evaluate(ENDPOINT)
    assert lans in await _told(changing_server, "lan") and lans not in await _told(changing_server, "mai")
    await phone.goto("/account")
    await phone.locator("form[data-sign-out] button").click()
    await phone.wait_for_url(lambda url: not url.endswith("/account"))
    assert not await phone.evaluate(IS_SUBSCRIBED) and lans not in await _told(changing_server, "lan")
    assert await asked_of(phone, "pushed", "isEnrolled(await navigator.serviceWorker.ready)") is False


async def _told(site: Site, *logins: str) -> set[str]:
    """At which addresses the handbook tells these members."""
    return set((await act(site, "told", *logins)).split())
