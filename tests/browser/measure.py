"""What a page is held to: axe's rules, sizes of targets, speed on a slow phone, and the browser's own devices."""

from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import CDPSession, Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The rules of WCAG 2.2 AA, and axe's own good habits."""

TARGET_PX = 48
"""Least height and width of what a finger presses on a phone."""


async def axe(page: Page, *, leave_out: tuple[str, ...] = (), only: tuple[str, ...] = ()) -> list[str]:
    """Violations on the page as it stands, one readable line each; empty when there are none. ``only`` these rules."""
    rules = {"target-size": {"enabled": True}} | {rule: {"enabled": False} for rule in leave_out}
    asked = {"runOnly": {"type": "rule", "values": list(only)}} if only else {
        "runOnly": {"type": "tag", "values": WCAG}, "rules": rules,
    }  # fmt: skip
    result = await Axe().run(page, options={**asked, "resultTypes": ["violations"]})
    return [
        f"{found['id']}: {found['help']}: {' '.join(str(node['target']) for node in found['nodes'])}"
        for found in result.response["violations"]
    ]


async def small_targets(page: Page, *, least: int = TARGET_PX) -> list[str]:
    """Visible controls smaller than a fingertip, links within running text excepted; one readable line each."""
    found: list[str] = await page.evaluate(SMALL_TARGETS, least)
    return found


async def sideways(page: Page) -> int:
    """How many pixels the page is wider than the screen: 0 when nothing scrolls sideways."""
    width: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


async def cdp(page: Page) -> CDPSession:
    """Chromium's own protocol for this page."""
    return await page.context.new_cdp_session(page)


async def slow_down(page: Page, times: float = 4) -> None:
    """Make the processor this many times slower, as on an old phone."""
    await (await cdp(page)).send("Emulation.setCPUThrottlingRate", {"rate": times})


async def authenticator(page: Page, *, verifies: bool = True) -> tuple[CDPSession, str]:
    """Give the page a phone's built-in passkey device, which answers at once; (session, its id)."""
    session = await cdp(page)
    await session.send("WebAuthn.enable")
    made = await session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": verifies, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    return session, str(made["authenticatorId"])


async def largest_paint_ms(page: Page) -> float:
    """When the largest thing on the page was painted, in milliseconds after navigation (LCP)."""
    value: float = await page.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
            .observe({ type: "largest-contentful-paint", buffered: true }))"""
    )
    return value


async def frames_ms(page: Page, *, steps: int = 60) -> list[float]:
    """Scroll down the page one screen's tenth per frame; how long each frame took, sorted."""
    taken: list[float] = await page.evaluate(SCROLL, steps)
    return sorted(taken)


def answers(page: Page) -> list[Any]:
    """Collects what the page receives from now on: responses with an error status."""
    bad: list[Any] = []
    page.on("response", lambda answer: bad.append(answer) if answer.status >= 400 else None)
    return bad


SMALL_TARGETS = """(least) => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]"
)].filter((it) => {
    const shown = it.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (!shown || it.tabIndex < 0 || it.getBoundingClientRect().width < 2) return false;
    const words = (node) => node.textContent.trim().length;
    const inLine = it.matches("a") && getComputedStyle(it).display.startsWith("inline");
    if (inLine && words(it.parentElement) > words(it)) return false;
    it.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const own = [it, ...(it.labels ?? [])];
    const sizes = own.map((one) => one.getBoundingClientRect());
    if (sizes.some((size) => size.height >= least - 0.5 && size.width >= least - 0.5)) return false;
    const box = it.getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + box.height / 2, reach = least / 2 - 1;
    const holds = (dx, dy) => own.some((one) => one.contains(document.elementFromPoint(x + dx, y + dy)));
    const tall = box.height >= least - 0.5 || (holds(0, -reach) && holds(0, reach));
    const wide = box.width >= least - 0.5 || (holds(-reach, 0) && holds(reach, 0));
    return !(tall && wide);
}).map((it) => {
    const box = it.getBoundingClientRect();
    return `${it.outerHTML.slice(0, 80)} is ${Math.round(box.width)}×${Math.round(box.height)}`;
})"""
"""Leaves out links within a line of text, and what the keyboard passes over; a target may reach beyond its box."""

SCROLL = """(steps) => new Promise((done) => {
    const taken = [];
    let before = performance.now();
    const step = (now) => {
        taken.push(now - before);
        before = now;
        if (taken.length > steps) return done(taken.slice(1));
        window.scrollBy(0, window.innerHeight / 10);
        requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
})"""
