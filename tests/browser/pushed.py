"""A phone that is told: the push service it would have, and what comes over it, handed to a whole Chromium."""

import json
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, Worker

from tests.browser.measure import cdp
from tests.browser.shelf import sign_in, until_controlled, until_so
from tests.site import PHONE, Site

# No push service can be reached from here: what it would keep for the browser lies in a cache.
_SERVICE = """(() => {
    const given = GIVEN;
    const kept = () => caches.open("stub-push");
    const subscription = ({ endpoint, keys }) => ({
        endpoint,
        options: { applicationServerKey: new Uint8Array(keys.ours).buffer },
        toJSON: () => ({ endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }),
        unsubscribe: async () => (await kept()).delete("/stub"),
    });
    const fresh = async () => {
        const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
        const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
        const plain = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
        const text = (bytes) => plain(bytes).replaceAll("+", "-").replaceAll("/", "_");
        const keys = { p256dh: text(raw), auth: text(raw.slice(1, 17)) };
        return { endpoint: `https://localhost:9/${crypto.randomUUID()}`, keys };
    };
    PushManager.prototype.getSubscription = async () => {
        const found = await (await kept()).match("/stub");
        return found ? subscription(await found.json()) : null;
    };
    PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
        if (!userVisibleOnly) throw new Error("silent");
        const made = given ?? (await fresh());
        const keys = { ...made.keys, ours: [...applicationServerKey] };
        const told = { endpoint: made.endpoint, keys };
        await (await kept()).put("/stub", new Response(JSON.stringify(told)));
        return subscription(told);
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


def service(endpoint: str = "", keys: dict[str, str] | None = None) -> str:
    """What gives a browser a push service; every subscription is at ``endpoint`` with the phone's ``keys``, or new."""
    return _SERVICE.replace("GIVEN", json.dumps({"endpoint": endpoint, "keys": keys} if endpoint else None))


async def told_phone(site: Site, browser: Browser, person: str, endpoint: str = "", **how: Any) -> Page:
    """Somebody's phone on which they are told, by the push service at ``endpoint``; ``how``: its ``keys``, and more."""
    script = service(endpoint, how.pop("keys", None))
    context = await site.open(browser, PHONE, **how)
    await context.grant_permissions(["notifications"], origin=site.url)
    await context.add_init_script(script)
    page = await context.new_page()
    await sign_in(page, site, person)
    await until_controlled(page)
    await (await worker(context)).evaluate(script)
    await turn_on(page)
    return page


async def turn_on(page: Page) -> None:
    """As its member does it."""
    await page.goto("/account/notifications")
    await page.locator("[data-push-on]").click()
    await page.wait_for_selector("[data-push-is=on]:not([hidden])")


async def worker(context: BrowserContext) -> Worker:
    return context.service_workers[0] if context.service_workers else await context.wait_for_event("serviceworker")


async def deliver(page: Page, data: str) -> None:
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


async def shown(page: Page, count: int) -> list[Any]:
    await until_so(page, f"async () => (await {SHOWN}).length === {count}")
    return list(await page.evaluate(SHOWN))
