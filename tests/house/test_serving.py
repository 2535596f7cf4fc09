"""`make run`: two processes under one command, kept data, links for the sample only here, and a quick end."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import services
from tests.house import tree
from tests.site import START_SECONDS, STOP_SECONDS, running

ENTRANCE = re.compile(r"http://localhost:\d+/account/enter/(\S+)")


def _children(pid: int) -> list[int]:
    """The web and worker processes under a command (importing may have started helpers of Python's own)."""
    words = ["ps", "-o", "pid=,args=", "--ppid", str(pid)]
    said = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return [int(line.split()[0]) for line in said.splitlines() if "-m backend." in line]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return b"\nState:\tZ" not in Path(f"/proc/{pid}/status").read_bytes() if Path("/proc").is_dir() else True


def _until(condition, seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_a_web_and_a_worker_process_end_together_and_quietly(data, ending):
    with running(data) as site:
        children = _children(site.process.pid)
        assert len(children) == 2
        site.process.send_signal(ending)
        assert site.process.wait(STOP_SECONDS) in (0, 130, 143)
        assert not any(_alive(child) for child in children)
    assert "Traceback" not in "".join(site.said)


def test_killing_the_command_leaves_no_process_behind(data):
    with running(data) as site:
        children = _children(site.process.pid)
        site.process.kill()
        site.process.wait()
        assert _until(lambda: not any(_alive(child) for child in children), STOP_SECONDS)


def test_each_run_prints_fresh_links_and_keeps_the_data(data):
    links = []
    for _ in range(2):
        with running(data) as site:
            assert _until(lambda: len(ENTRANCE.findall("".join(site.said))) >= 7, START_SECONDS)
            links.append(set(ENTRANCE.findall("".join(site.said))))
    assert not links[0] & links[1]


def test_no_link_is_printed_where_others_can_reach_it(data):
    with running(data, SOTAY_PUBLIC_URL="https://sotay.example.vn") as site:
        time.sleep(1)
    assert ENTRANCE.findall("".join(site.said)) == []
    assert "/account/enter/" not in "".join(site.said)


def _serve(**environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOTAY_")}
    done = subprocess.run(
        [sys.executable, "-m", "backend.cli", "serve", "--sample"], cwd=tree.ROOT, timeout=60,
        env={**kept, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout
    return done


def test_a_taken_port_is_told_in_a_sentence(data):
    with running(data) as site:
        port = site.url.rpartition(":")[2]
        done = _serve(SOTAY_DATA_DIR=str(data), SOTAY_PORT=port)
    assert done.returncode != 0
    assert port in done.stderr


def test_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    done = _serve(SOTAY_DATA_DIR=str(tmp_path / "file" / "data"), SOTAY_PORT=str(services.free_port()))
    assert done.returncode != 0
    assert str(tmp_path) in done.stderr


def test_a_wrong_setting_is_named_with_what_it_takes(tmp_path):
    done = _serve(SOTAY_DATA_DIR=str(tmp_path), SOTAY_PORT="eighty")
    assert done.returncode != 0
    assert "SOTAY_PORT" in done.stderr
    assert "eighty" in done.stderr


