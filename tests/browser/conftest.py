"""A real Chromium on a real server: pages of a phone and of a desk, and what the rules are measured with."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests import services
from tests.browser import finding
from tests.browser.between import Between
from tests.site import DESK, PHONE, Site, running

Contexts = Callable[..., Awaitable[BrowserContext]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the run."""
    path = finding.browser(light=True)
    if path is None:
        services.missing(finding.ADVICE)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=finding.FLAGS)
        yield opened
        await opened.close()


@pytest.fixture(scope="session")
async def whole_browser() -> AsyncIterator[Browser]:
    """A Chromium with all that belongs to it: its shell, in which other tests run, shows no notifications."""
    path = finding.browser()
    if path is None:
        services.missing(finding.ADVICE)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=finding.FLAGS)
        yield opened
        await opened.close()


@pytest.fixture
async def contexts(browser: Browser, live_server: Site) -> AsyncIterator[Contexts]:
    """Opens browser contexts (a person's phone, another's desk); closed after the test.

    ``await contexts(PHONE, person="mai", language="en", theme="dark")``; further options are Playwright's.
    """
    async with AsyncExitStack() as stack:

        async def open_context(size: dict[str, Any], **how: Any) -> BrowserContext:
            context = await live_server.open(browser, size, **how)
            stack.push_async_callback(context.close)
            return context

        yield open_context


@pytest.fixture(scope="session")
async def kept_contexts(browser: Browser, live_server: Site) -> AsyncIterator[Contexts]:
    """The same context for whoever asks for the same, without a service worker; for tests that only look at pages."""
    kept: dict[str, BrowserContext] = {}

    async def give(size: dict[str, Any], **how: Any) -> BrowserContext:
        key = repr((size, sorted(how.items())))
        if key not in kept:
            kept[key] = await live_server.open(browser, size, service_workers="block", **how)
        return kept[key]

    yield give
    for context in kept.values():
        await context.close()


@pytest.fixture
async def looked_at(kept_contexts: Contexts) -> AsyncIterator[Callable[..., Awaitable[Page]]]:
    """Opens a new page of a kept context (see ``contexts``); closed after the test."""
    async with AsyncExitStack() as stack:

        async def open_page(size: dict[str, Any], **how: Any) -> Page:
            page = await (await kept_contexts(size, **how)).new_page()
            stack.push_async_callback(page.close)
            return page

        yield open_page


@pytest.fixture(scope="session")
def changing_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A handbook of its own for tests that change what it holds, or who is who; it has a push key."""
    push: dict[str, Any] = {"SOTAY_PUSH_SUBJECT": "mailto:office@vanlam.example", "SOTAY_PUSH_KEY": f"{'a2tr' * 10}a2s"}
    with running(tmp_path_factory.mktemp("changing"), **push, SOTAY_PUSH_HOSTS="localhost:9") as site:
        yield site


@pytest.fixture
async def between(changing_server: Site) -> AsyncIterator[Between]:
    """A network between the phone and ``changing_server`` that can be slow, cut, or bring a new version."""
    network = Between(changing_server.url)
    await network.open()
    yield network
    await network.close()


@pytest.fixture
async def carried(browser: Browser, changing_server: Site, between: Between) -> AsyncIterator[Contexts]:
    """Opens phones that reach ``changing_server`` through ``between``, signed in as nobody yet."""
    async with AsyncExitStack() as stack:

        async def open_context(size: dict[str, Any] = PHONE, **how: Any) -> BrowserContext:
            context = await changing_server.open(browser, size, base_url=between.url, **how)
            stack.push_async_callback(context.close)
            return context

        yield open_context


@pytest.fixture
async def phone(contexts: Contexts) -> Page:
    """A page 360×740 with touch, signed out."""
    return await (await contexts(PHONE)).new_page()


@pytest.fixture
async def desk(contexts: Contexts) -> Page:
    """A page 1280×800, signed out."""
    return await (await contexts(DESK)).new_page()


@pytest.fixture
async def phone_of_mai(contexts: Contexts) -> Page:
    """Mai's phone, signed in."""
    return await (await contexts(PHONE, person="mai")).new_page()


@pytest.fixture
async def desk_of_mai(contexts: Contexts) -> Page:
    """Mai's desk, signed in."""
    return await (await contexts(DESK, person="mai")).new_page()
