"""A phone with a library, as tests hold it in their hands: what lies in it, and waiting until it does."""

import asyncio
import subprocess
import sys
from contextlib import suppress
from typing import Any

from playwright.async_api import BrowserContext, Error, Page

from tests.site import ROOT, Site

MODULE = "import(document.querySelector('script[type=module]').src.replace(/js\\/.*/, 'js/library/{name}.js'))"
PATIENCE_S = 60


async def act(site: Site, *words: str) -> str:
    """Do something on the handbook's side (see tests/browser/acts.py)."""
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "tests.browser.acts", *words],
        cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return str(done.stdout).strip()


async def asked_of(page: Page, module: str, call: str) -> Any:
    """What a function of the library says, asked on the page."""
    return await page.evaluate(f"async () => (await {MODULE.format(name=module)}).{call}")


async def numbers(page: Page) -> list[str]:
    """Numbers of the documents on the phone."""
    return sorted(row["number"] for row in await asked_of(page, "store", "rows()"))


async def until(page: Page, is_so: str) -> None:
    """Wait until an expression about ``state`` and ``count`` of the library holds."""
    module = MODULE.format(name="store")
    script = f"async () => {{ const m = await {module}; const state = await m.state(); const count = await m.count();"
    await until_so(page, f"{script} return {is_so}; }}")


async def until_controlled(page: Page) -> None:
    """Wait until the service worker attends the page."""
    await until_so(page, "() => navigator.serviceWorker.controller !== null")


async def until_so(page: Page, script: str) -> None:
    """Wait until a function of the page, which may be asynchronous, says yes."""
    for _ in range(PATIENCE_S * 5):
        with suppress(Error):  # the page is being loaded anew
            if await page.evaluate(script):
                return
        await asyncio.sleep(0.2)
    raise AssertionError(f"never became so: {script}; the library: {await asked_of(page, 'store', 'state()')}")


async def stocked(context: BrowserContext, path: str = "/") -> Page:
    """A page of a phone whose library is whole, and which the service worker attends."""
    page = await context.new_page()
    await page.goto(path)
    await until_controlled(page)
    await until(page, "state.isWhole && !state.isSweeping && count > 0")
    return page


async def sync(page: Page) -> None:
    """Bring the library up to date now."""
    await asked_of(page, "sync", "sync({ isAsked: true })")


async def sign_in(page: Page, site: Site, person: str, origin: str = "") -> None:
    """Follow a fresh sign-in link of a sample person."""
    link = site.link(person)
    await page.goto(link.replace(site.url, origin) if origin else link)
    await page.locator("main form button").first.click()
    await page.wait_for_url(lambda url: "/enter/" not in url)
