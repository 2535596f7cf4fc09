"""Finding a Chromium on this machine, or getting one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "SOTAY_TEST_BROWSER"
"""Names the browser's program for one run; what is found otherwise depends on the machine."""

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--no-first-run", "--font-render-hinting=none",
]  # fmt: skip
"""For a browser that talks to nobody but the page, and draws the same everywhere."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
IN_APPLICATIONS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
PACKAGES = ("chromium", "fonts-noto-core")
"""Debian's names for the browser and for letters that carry every Vietnamese mark."""

ADVICE = (
    "no Chromium or Chrome on this machine: install one (Debian, Ubuntu: `apt install chromium`), or run"
    " `.venv/bin/playwright install chromium`, or name one in " + VARIABLE
)


def browser(*, install: bool = False, light: bool = False) -> str | None:
    """The path of a Chromium; with ``install`` one is fetched where there is none.

    ``light``: the same engine without a window to draw around the page, where it is installed; it needs a third less
    of the processor, but shows no notifications.
    """
    found = _installed(light=light)
    if found is None and install:
        for get in (_from_debian, _from_playwright):
            if found is None and get():
                found = _installed(light=light)
        if found is None:
            print(ADVICE, file=sys.stderr)
    return found


def _installed(*, light: bool) -> str | None:
    """A shell is named, or taken, only where a light one will do."""
    if (named := os.environ.get(VARIABLE)) and (light or "headless" not in Path(named).name):
        return named
    for name in (*(SHELLS if light else ()), *NAMES):
        if path := shutil.which(name):
            return path
    for name in IN_APPLICATIONS:
        if (path_of_app := Path("/Applications") / name).exists():
            return str(path_of_app)
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    shell = ("chromium_headless_shell-*/*/*headless*shell",) if light else ()
    for pattern in ("chromium-*/chrome-linux*/chrome", *shell):
        if paths := sorted(downloads.glob(pattern)):
            return str(paths[-1])
    return None


def _from_debian() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("fetching Chromium with apt …", flush=True)
    update = ["apt-get", "update", "-q"]
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(_quietly(command, environment) for command in (update, install))


def _from_playwright() -> bool:
    print("fetching Chromium with Playwright …", flush=True)
    return _quietly([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _quietly(command: list[str], environment: dict[str, str]) -> bool:
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        print("\n".join((done.stdout + done.stderr).strip().splitlines()[-4:]), file=sys.stderr)
    return done.returncode == 0
