"""The desk: from a Word file to its structured preview, and from issuing it to a member who reads and finds it."""

import asyncio
import statistics
import time
from dataclasses import dataclass

from playwright.async_api import Page, async_playwright

from tests.bench.imports import KINDS
from tests.bench.stage import temporary
from tests.browser import finding
from tests.content.builders import regulation
from tests.site import DESK, Site, running

CHARACTERS = 30_000
"""As long as a decree of some forty articles."""

ROUNDS = 5
PATIENCE_S = 60


@dataclass(frozen=True)
class Felt:
    """Medians over the rounds, in seconds."""

    preview: float
    readable: float
    findable: float


def run() -> Felt:
    """Measure on the sample handbook, web and worker in processes of their own."""
    with running(temporary("desk") / "data") as site:
        return asyncio.run(_measure(site))


async def _measure(site: Site) -> Felt:
    path = finding.browser(install=True)
    if path is None:
        raise RuntimeError(finding.ADVICE)
    taken: list[tuple[float, float, float]] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=finding.FLAGS)
        lan, minh, mai = [
            await (await site.open(browser, DESK, person=who)).new_page() for who in ("lan", "minh", "mai")
        ]
        for at in range(ROUNDS):
            taken.append(await _once(lan, minh, mai, 400 + at))
        await browser.close()
    return Felt(*(statistics.median(column) for column in zip(*taken, strict=True)))


async def _once(lan: Page, minh: Page, mai: Page, running_number: int) -> tuple[float, float, float]:
    number = f"{running_number}-QĐ/TU"
    data = KINDS["docx"](regulation(number, characters=CHARACTERS, seed=running_number))
    preview = await _dropped(lan, f"{running_number}.docx", data)
    base = lan.url.split("?")[0]
    await _hand_in(lan, base)
    await minh.goto(f"{base}/check")
    begin = time.perf_counter()
    await minh.get_by_role("button", name="Duyệt và ban hành ngay").click()
    readable = await _until(mai, f"/documents/quy-dinh-{running_number}-qd-tu-2026", "[data-document]", begin)
    findable = await _until(mai, f"/search?q={number}", f'main a[href*="{running_number}-qd-tu"]', begin)
    return preview, readable, findable


async def _dropped(page: Page, name: str, data: bytes) -> float:
    await page.goto("/desk/documents/new")
    begin = time.perf_counter()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    await page.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": data})
    await page.get_by_role("link", name="Mở để soát").click()
    await page.frame_locator("[data-preview]").locator(".fragment .part").first.wait_for()
    return time.perf_counter() - begin


async def _hand_in(page: Page, base: str) -> None:
    await page.goto(f"{base}/audience")
    await page.get_by_role("button", name="Thêm mọi đảng viên").click()
    await page.get_by_role("button", name="Lưu đối tượng").click()
    await page.goto(f"{base}/check")
    await page.get_by_label("đã đọc toàn văn").check()
    await page.get_by_role("button", name="Xác nhận").click()
    await page.get_by_role("button", name="Trình duyệt").click()
    await page.locator(".done").wait_for()


async def _until(page: Page, address: str, shown: str, begin: float) -> float:
    while time.perf_counter() - begin < PATIENCE_S:
        await page.goto(address, wait_until="domcontentloaded")
        if await page.locator(shown).count():
            return time.perf_counter() - begin
    raise RuntimeError(f"{address} never showed it")
