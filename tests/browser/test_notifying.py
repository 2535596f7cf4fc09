"""What a phone is told: shown whatever was sent, ready without a network, and nothing of one member's to another."""

import json
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, Worker, async_playwright

from tests import services
from tests.browser import finding
from tests.browser.measure import axe, cdp, small_targets
from tests.browser.shelf import MODULE, act, asked_of, sign_in, until_controlled, until_so
from tests.site import PHONE

PAGE = "/account/notifications"

# No push service can be reached from here: what it would keep for the browser lies in a cache.
SERVICE = """(() => {
    const kept = () => caches.open("stub-push");
    const made = ({ endpoint, keys }) => ({
        endpoint,
        options: { applicationServerKey: new Uint8Array(keys.ours).buffer },
        toJSON: () => ({ endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }),
        unsubscribe: async () => (await kept()).delete("/stub"),
    });
    PushManager.prototype.getSubscription = async () => {
        const found = await (await kept()).match("/stub");
        return found ? made(await found.json()) : null;
    };
    PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
        if (!userVisibleOnly) throw new Error("silent");
        const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
        const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
        const plain = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
        const text = (bytes) => plain(bytes).replaceAll("+", "-").replaceAll("/", "_");
        const keys = { ours: [...applicationServerKey], p256dh: text(raw), auth: text(raw.slice(1, 17)) };
        const told = { endpoint: `https://localhost:9/${crypto.randomUUID()}`, keys };
        await (await kept()).put("/stub", new Response(JSON.stringify(told)));
        return made(told);
    };
})()"""
SHOWN = """navigator.serviceWorker.ready.then((it) => it.getNotifications())
    .then((all) => all.map(({ title, tag, lang, data }) => [title, tag, lang, data.navigate]))"""
TAP = """async (tag) => {
    self.opened = "";
    clients.openWindow = async (address) => { self.opened = address; };
    const [notification] = await registration.getNotifications({ tag });
    dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    for (let tries = 0; !self.opened && tries < 100; tries++) await new Promise((next) => setTimeout(next, 50));
    return [self.opened, (await registration.getNotifications({ tag })).length];
}"""
IS_SUBSCRIBED = "caches.open('stub-push').then((it) => it.match('/stub')).then(Boolean)"


@pytest.fixture(scope="module")
async def whole_browser():
    """A Chromium with all that belongs to it: its shell, in which other tests run, shows no notifications."""
    path = finding.browser()
    if path is None:
        services.missing(finding.ADVICE)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=finding.FLAGS)
        yield opened
        await opened.close()


@pytest.fixture
async def phone(whole_browser, changing_server):
    """Mai's phone, on which she is told."""
    context = await changing_server.open(whole_browser, PHONE)
    await context.grant_permissions(["notifications"], origin=changing_server.url)
    await context.add_init_script(SERVICE)
    page = await context.new_page()
    await sign_in(page, changing_server, "mai")
    await until_controlled(page)
    await (await _worker(context)).evaluate(SERVICE)
    await _turn_on(page)
    yield page
    await context.close()


async def _turn_on(page: Page) -> None:
    await page.goto(PAGE)
    await page.locator("[data-push-on]").click()
    await page.wait_for_selector("[data-push-is=on]:not([hidden])")


async def _worker(context: BrowserContext) -> Worker:
    return context.service_workers[0] if context.service_workers else await context.wait_for_event("serviceworker")


async def _deliver(page: Page, data: str) -> None:
    """What a push service does when a message has come for the phone."""
    session = await cdp(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(each["registrationId"] for each in told["registrations"]),
    )
    await session.send("ServiceWorker.enable")
    origin = await page.evaluate("location.origin")
    sent = {"origin": origin, "registrationId": found[0], "data": data}
    await session.send("ServiceWorker.deliverPushMessage", sent)


async def _shown(page: Page, count: int) -> list[Any]:
    await until_so(page, f"async () => (await {SHOWN}).length === {count}")
    return list(await page.evaluate(SHOWN))


async def _registered(page: Page) -> list[str]:
    found = await page.evaluate("fetch('/api/devices').then((it) => it.json())")
    return [item["channel"] for item in found["items"]]


async def test_a_push_shows_and_its_tap_opens_the_document_without_a_network(phone, changing_server):
    assert await _registered(phone) == ["webpush"]
    assert await axe(phone) == [] and await small_targets(phone) == []
    slug = await act(changing_server, "issue", "90-CT/TU", "members")
    origin = await phone.evaluate("location.origin")
    payload = (await act(changing_server, "pushed", slug)).replace("ORIGIN", origin)
    told = json.loads(payload)["notification"]
    path = told["navigate"].removeprefix(origin)
    await _deliver(phone, payload)
    assert await _shown(phone, 1) == [["Có văn bản mới", told["tag"], "vi", path]]
    for module, call in (("told", f"placeOf('{path}')"), ("store", f"has('{slug}')")):
        await until_so(phone, f"async () => (await {MODULE.format(name=module)}).{call}")
    for data in ("not a payload", json.dumps({"data": {"navigate": "https://evil.example/x", "title": "Lạ"}})):
        await _deliver(phone, data)
    titles = sorted((title, place) for title, _, _, place in await _shown(phone, 3))
    assert titles == [("Có văn bản mới", path), ("Lạ", "/"), ("Sổ tay có tin mới cho đồng chí", "/")]
    await phone.context.set_offline(True)
    opened, left = await (await _worker(phone.context)).evaluate(TAP, told["tag"])
    assert (opened, left) == (told["navigate"], 0)
    await phone.goto(opened)
    assert await phone.locator("[data-saved]").get_attribute("data-slug") == slug
    assert phone.url == f"{origin}/documents/{slug}"
    lost = await phone.goto(path[:-12] + "000000000000")
    assert lost is not None and lost.status == 503, "of what is not kept the phone says so"


async def test_a_phone_tells_one_member_only_and_none_who_signed_out(phone, changing_server):
    await sign_in(phone, changing_server, "lan")
    await phone.goto(PAGE)
    await phone.wait_for_selector("[data-push-is=off]:not([hidden])")
    await until_so(phone, f"async () => !(await {IS_SUBSCRIBED})")
    assert await _registered(phone) == []
    await _turn_on(phone)
    assert await _registered(phone) == ["webpush"] and await phone.evaluate(IS_SUBSCRIBED)
    await phone.goto("/account")
    await phone.locator("form[data-sign-out] button").click()
    await phone.wait_for_url(lambda url: not url.endswith("/account"))
    assert not await phone.evaluate(IS_SUBSCRIBED)
    assert await asked_of(phone, "pushed", "isEnrolled(await navigator.serviceWorker.ready)") is False
