"""`make run`: links for the sample people only where nobody else can follow them, data that stays, sentences."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.accounts.roles import ROLES
from tests import services
from tests.house import tree
from tests.site import START_SECONDS, Site, running

LINKS = len(ROLES) + 1
"""Somebody of every role, and a member without one."""

ENTRANCE = re.compile(r"/account/enter/(\S+)")


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("kept")


def _printed(site: Site) -> set[str]:
    """The sign-in links that a run prints, once all are there."""
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        found = set(ENTRANCE.findall("".join(site.said)))
        if len(found) >= LINKS:
            return found
        time.sleep(0.1)
    return set()


def test_each_run_prints_fresh_links_and_keeps_the_data(data):
    with running(data, prepared=False) as site:
        first = _printed(site)
    size = (data / "sotay.sqlite3").stat().st_size
    with running(data) as site:
        second = _printed(site)
    assert len(first) == len(second) == LINKS
    assert not first & second
    assert (data / "sotay.sqlite3").stat().st_size == size


def test_no_link_is_printed_where_others_can_reach_it(data):
    with running(data, SOTAY_PUBLIC_URL="https://sotay.example.vn") as site:
        time.sleep(1)
    assert ENTRANCE.findall("".join(site.said)) == []


def _refused(**environment: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOTAY_")}
    done = subprocess.run(
        [sys.executable, "-m", "backend.cli", "serve", "--sample"], cwd=tree.ROOT, timeout=60,
        env={**kept, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode not in (0, None)
    assert "Traceback" not in done.stderr + done.stdout
    return done.stderr


def test_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    said = _refused(SOTAY_DATA_DIR=str(tmp_path / "file" / "data"), SOTAY_PORT=str(services.free_port()))
    assert "file" in said
