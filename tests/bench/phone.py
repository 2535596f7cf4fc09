"""On the phone: a resolution of 100,000 characters with the processor four times slower, as on an old phone."""

import asyncio
import statistics
import subprocess
import sys
from dataclasses import dataclass

from playwright.async_api import Page, async_playwright

from tests.bench.stage import ROUNDS, temporary
from tests.browser import finding, measure
from tests.content.builders import regulation
from tests.site import PHONE, ROOT, Site, running

CHARACTERS = 100_000
SLOWER = 4
ADDRESS = "/documents/quy-dinh-99-qd-tu-2026"

OPENING = """() => new Promise((done) => {
    const button = document.querySelector("[popovertarget=contents]");
    const began = performance.now();
    button.click();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""
"""Opens the contents; milliseconds until the frame after they were shown."""


@dataclass(frozen=True, slots=True)
class Felt:
    """Medians over the rounds, in milliseconds."""

    largest_paint: float
    frame_p95: float
    contents: float


def run() -> Felt:
    """Measure on the sample handbook with one long document more."""
    folder = temporary("phone")
    text = folder / "99.md"
    text.write_text(regulation("99-QĐ/TU", title="về việc dài", characters=CHARACTERS), encoding="utf-8")
    with running(folder / "data") as site:
        command = [sys.executable, "-m", "backend.cli", "import", str(text)]
        subprocess.run(command, cwd=ROOT, env=site.environment, check=True, capture_output=True)
        return asyncio.run(_measure(site))


async def _measure(site: Site) -> Felt:
    path = finding.browser(install=True)
    if path is None:
        raise RuntimeError(finding.ADVICE)
    taken: list[tuple[float, float, float]] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=finding.FLAGS)
        for _ in range(ROUNDS):
            context = await site.open(browser, PHONE)
            taken.append(await _once(await context.new_page()))
            await context.close()
        await browser.close()
    return Felt(*(statistics.median(column) for column in zip(*taken, strict=True)))


async def _once(page: Page) -> tuple[float, float, float]:
    await measure.slow_down(page, SLOWER)
    await page.goto(ADDRESS, wait_until="load")
    paint = await measure.largest_paint_ms(page)
    frames = await measure.frames_ms(page, steps=120)
    contents: float = await page.evaluate(OPENING)
    return paint, frames[int(len(frames) * 0.95)], contents
