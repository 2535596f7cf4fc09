"""An open page of the desk keeps its counts true: it is told at once, asks while the stream is cut, is told again."""

import asyncio
import subprocess
import sys

from playwright.async_api import Page, expect

from backend.sample_comments import DOCUMENT
from tests.browser.between import Between
from tests.browser.conftest import Contexts
from tests.site import DESK, ROOT, Site

EVENTS = "/api/moderation/events"
PATIENCE_MS = 30_000


async def hold(site: Site, number: int) -> None:
    """Have Mai say something that screening holds."""
    words = f"Gọi 0912 345 6{number:02} cho tôi về việc số {number}."
    act = [sys.executable, "-m", "tests.browser.acts", "say", "mai", DOCUMENT, words]
    await asyncio.to_thread(subprocess.run, act, cwd=ROOT, env=site.environment, check=True)


async def waits(page: Page) -> int:
    return int(await page.locator("[data-count='moderation.waiting']").inner_text())


async def told(page: Page, count: int) -> None:
    await expect(page.locator("[data-count='moderation.waiting']")).to_have_text(str(count), timeout=PATIENCE_MS)


async def test_counts_change_on_an_open_page_with_and_without_a_stream(
    carried: Contexts, changing_server: Site, between: Between
):
    context = await carried(DESK, person="tam")
    await context.clock.install()
    page = await context.new_page()
    async with page.expect_response(f"**{EVENTS}"):
        await page.goto("/desk/moderation")
    before, line = await waits(page), page.locator("[data-fresh] a")
    rows = await page.locator("[data-row]").all_inner_texts()
    top = await page.locator("[data-row]").first.bounding_box()
    await hold(changing_server, 1)
    await told(page, before + 1)
    await expect(line).to_have_text("1 ý kiến mới – xem")
    assert await page.locator("[data-row]").all_inner_texts() == rows
    assert await page.locator("[data-row]").first.bounding_box() == top, "nothing moves under a finger"

    between.broken = EVENTS
    async with page.expect_response(lambda answer: EVENTS in answer.url and not answer.ok, timeout=PATIENCE_MS):
        between.cut()  # the browser comes back by itself
    await hold(changing_server, 2)
    async with page.expect_response("**/api/moderation/counts", timeout=PATIENCE_MS):
        await page.clock.fast_forward(60_000)
    await told(page, before + 2)
    await expect(line).to_have_text("2 ý kiến mới – xem")

    between.broken = ""
    async with page.expect_response(lambda answer: EVENTS in answer.url and answer.ok, timeout=PATIENCE_MS):
        await page.clock.fast_forward(600_000)
    asked = between.times("/api/moderation/counts")
    await hold(changing_server, 3)
    await told(page, before + 3)
    assert between.times("/api/moderation/counts") == asked, "told, not asked"
    await line.click()
    await expect(page.locator("[data-row]")).to_have_count(len(rows) + 3)
    await expect(line).to_be_hidden()
