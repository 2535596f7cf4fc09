"""`python3 run.py screens`: every page in two sizes, two languages, light and dark, into screens/.

`--only documents` keeps the pages whose name holds that word. `screens/index.html` shows them side by side.
"""

import argparse
import asyncio
import html
import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser import finding
from tests.browser.pages import PAGES, Shown
from tests.site import DESK, PHONE, Site, running

GOAL = Path(__file__).resolve().parents[1] / "screens"
SIZES = {"phone": PHONE, "desk": DESK}
LANGUAGES = ("vi", "en")
THEMES = ("light", "dark")


def main(arguments: list[str]) -> int:
    """Take the pictures; the exit code is 1 when a page did not answer as its list says."""
    parser = argparse.ArgumentParser(prog="run.py screens")
    parser.add_argument("--only", default="", help="only pages whose name holds this word")
    parser.add_argument("--first-screen", action="store_true", help="what is seen without scrolling")
    chosen = parser.parse_args(arguments)
    pages = [page for page in PAGES if chosen.only in page.name]
    if not pages:
        print(f"no page named {chosen.only!r}; there are {', '.join(page.name for page in PAGES)}", file=sys.stderr)
        return 2
    path = finding.browser(install=True)
    if path is None:
        return 1
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as site:
        wrong = asyncio.run(_photograph(site, path, pages, whole=not chosen.first_screen))
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{len(list(GOAL.glob('*.png')))} pictures in {GOAL}/index.html")
    return 1 if wrong else 0


async def _photograph(site: Site, path: str, pages: list[Shown], *, whole: bool) -> list[str]:
    shutil.rmtree(GOAL, ignore_errors=True)
    GOAL.mkdir()
    wrong: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=finding.FLAGS)
        for person in {page.person for page in pages if page.person}:
            await site.signed_in(browser, person)
        for page in pages:
            taking = [_take(site, browser, page, how, whole=whole) for how in product(SIZES, LANGUAGES, THEMES)]
            wrong += [line for lines in await asyncio.gather(*taking) for line in lines]
        await browser.close()
    (GOAL / "index.html").write_text(_sheet(pages), encoding="utf-8")
    return wrong


async def _take(site: Site, browser: Browser, shown: Shown, how: tuple[str, str, str], *, whole: bool) -> list[str]:
    size, language, theme = how
    context = await site.open(
        browser, SIZES[size], person=shown.person, language=language, theme=theme, service_workers="block"
    )
    page = await context.new_page()
    answer = await page.goto(shown.path, wait_until="networkidle")
    name = "-".join((shown.name, *how))
    if whole:  # a window as tall as the page, so that what is fixed to its bottom is drawn there
        width, height = await page.evaluate("[innerWidth, Math.min(document.documentElement.scrollHeight, 12000)]")
        await page.set_viewport_size({"width": width, "height": height})
    await page.screenshot(path=GOAL / f"{name}.png")
    await context.close()
    status = answer.status if answer else None
    return [] if status == shown.status else [f"{name}: {shown.path} answered {status}, not {shown.status}"]


def _sheet(pages: list[Shown]) -> str:
    figures = [
        f'<figure><img loading="lazy" src="{name}.png" alt=""><figcaption>{html.escape(name)}</figcaption></figure>'
        for shown in pages
        for name in ("-".join((shown.name, *how)) for how in product(SIZES, LANGUAGES, THEMES))
    ]
    return f"""<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>
body {{ font: 14px system-ui; display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start }}
figure {{ margin: 0 }}
img {{ max-height: 480px; max-width: 480px; border: 1px solid #999 }}
</style>
{"".join(figures)}"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
