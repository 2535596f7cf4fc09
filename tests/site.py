"""The handbook running as a member meets it: `sotay serve --sample` in processes of its own."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext

from tests import sample, services

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 90
"""How long migrating, loading the sample, starting and indexing may take on a slow machine."""

READY = ("/api/ready", "/api/search?q=57")
"""What answers once the web processes, the worker and the search index are there."""

STOP_SECONDS = 5
"""How long Ctrl-C may take; more is a fault."""

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2,
}  # fmt: skip
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
LOCALES = {"vi": "vi-VN", "en": "en-GB"}


@dataclass
class Site:
    """A running handbook: its address, what it printed, and how to be signed in there."""

    url: str
    data: Path
    environment: dict[str, str]
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    states: dict[str, Any] = field(default_factory=dict)

    def link(self, person: str) -> str:
        """A fresh one-use sign-in link for a sample person (mai, lan, minh, tam, hoa, quang, thu)."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.entrances", person], cwd=ROOT, env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise LookupError(f"no sign-in link for {person}: {done.stderr[-2000:]}")
        return self.url + done.stdout.strip()

    async def open(
        self,
        browser: Browser,
        size: dict[str, Any],
        *,
        person: str | None = None,
        language: str = "vi",
        theme: str = "light",
        **more: Any,
    ) -> BrowserContext:
        """A browser context of a phone or desk, someone's or a visitor's; ``more`` is Playwright's."""
        own: dict[str, Any] = {"locale": LOCALES[language], "color_scheme": theme, "reduced_motion": "reduce"}
        own |= {"base_url": self.url, "timezone_id": "Asia/Ho_Chi_Minh", **size}
        if person:
            own["storage_state"] = await self.signed_in(browser, person)
        context = await browser.new_context(**own | more)
        cookies = {"language": language, "theme": theme}
        await context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])
        return context

    async def signed_in(self, browser: Browser, person: str) -> Any:
        """Cookies of a session of this person, opened once per run by following the printed link."""
        if person not in self.states:
            context = await browser.new_context(base_url=self.url)
            page = await context.new_page()
            await page.goto(self.link(person))
            if button := await page.query_selector("main form button[type=submit], main form button:not([type])"):
                await button.click()
                await page.wait_for_load_state()
            self.states[person] = await context.storage_state()
            await context.close()
        return self.states[person]


@contextmanager
def running(data: Path, *, prepared: bool = True, is_sample: bool = True, **environment: str) -> Iterator[Site]:
    """Start the handbook with its sample in ``data`` on a free port; stopped as Ctrl-C stops it.

    ``prepared``: the sample is copied into an empty folder instead of being loaded there, which takes seconds;
    not ``is_sample``: it runs on what the caller put into a migrated database.
    """
    if (
        is_sample
        and prepared
        and "SOTAY_DATABASE_URL" not in environment
        and not (data.exists() and any(data.iterdir()))
    ):
        shutil.copytree(sample.folder(), data, dirs_exist_ok=True)
    port = services.free_port()
    told = _environment(data, port, environment)
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.cli", "serve", *["--sample"] * is_sample], cwd=ROOT, text=True,
        start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=told,
    )  # fmt: skip
    site = Site(f"http://localhost:{port}", data, told, process)
    reader = threading.Thread(target=_listen, args=(site,), daemon=True)
    reader.start()
    try:
        _wait_until_ready(site)
        yield site
    finally:
        try:
            _stop(site)
        finally:
            reader.join(5)
            assert process.stdout is not None
            process.stdout.close()


def _environment(data: Path, port: int, more: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOTAY_")}
    own = {"SOTAY_DATA_DIR": str(data), "SOTAY_PORT": str(port), "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
    return {**kept, **own, **more}


def _listen(site: Site) -> None:
    assert site.process.stdout is not None
    for line in site.process.stdout:
        site.said.append(line)


def _wait_until_ready(site: Site) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and site.process.poll() is None:
        if all(_answers(site.url + path) for path in READY):
            return
        time.sleep(0.2)
    raise RuntimeError(f"the handbook did not start:\n{''.join(site.said)[-4000:]}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop(site: Site) -> None:
    if site.process.poll() is not None:
        return
    site.process.send_signal(signal.SIGINT)
    try:
        site.process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(site.process.pid, signal.SIGKILL)
        site.process.wait()
        raise RuntimeError(f"the handbook did not stop within {STOP_SECONDS} s of Ctrl-C") from None
