"""One command runs web and worker, starts again what dies, and ends all of it when told."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import httpx
import pytest

from base import database, migrations
from tests import people, processes, services
from tests.backend.accounts.test_roster_import import with_cells
from tests.site import STOP_SECONDS, Site, running

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A handbook in processes of its own."""
    with running(tmp_path_factory.mktemp("serving")) as opened:
        yield opened


def _until(condition, seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it never came to be"
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/api/ready", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def test_a_worker_that_dies_is_started_again(site):
    before = processes.children(site.process.pid)["worker"]
    os.kill(before, signal.SIGKILL)
    _until(lambda: processes.children(site.process.pid).get("worker") not in (None, before))
    _until(lambda: _answers(site.url))


def test_a_web_process_that_dies_is_started_again(site):
    before = processes.children(site.process.pid)["web"]
    os.kill(before, signal.SIGKILL)
    _until(lambda: processes.children(site.process.pid).get("web") not in (None, before))
    _until(lambda: _answers(site.url))


def test_the_sample_is_loaded_once(site):
    done = subprocess.run(
        [sys.executable, "-m", "backend.cli", "sample"], cwd=ROOT, env=site.environment, check=True, capture_output=True
    )
    assert "đã có dữ liệu" in done.stdout.decode()


@pytest.fixture
def bare(template, tmp_path):
    """Starts an empty handbook in ``tmp_path``; killed after the test if it still runs."""
    port = services.free_port()
    told = {**os.environ, "SOTAY_DATA_DIR": str(tmp_path), "SOTAY_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "backend.cli"]
    shutil.copyfile(template, tmp_path / "sotay.sqlite3")
    started = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*command, "serve"], cwd=ROOT, env=told, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        started.append(process)
        _until(lambda: _answers(f"http://localhost:{port}"))
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_the_processes_end_with_a_parent_that_was_killed(bare):
    process = bare()
    children = processes.children(process.pid)
    assert set(children) == {"web", "worker"}
    process.kill()
    process.wait()
    _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children.values()))


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_and_keeps_its_data(bare, tmp_path, ending):
    process = bare()
    _until(lambda: (tmp_path / "audit-heads" / "heads.jsonl").exists())
    process.send_signal(ending)
    said, _ = process.communicate(timeout=STOP_SECONDS)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "/account/enter/" not in said
    assert (tmp_path / "sotay.sqlite3").exists()


@pytest.fixture
async def empty_postgres_url(postgres_url):
    """A PostgreSQL database with nothing in it."""
    async with services.created(postgres_url) as url:
        yield url


@pytest.fixture(params=["sqlite without redis", "postgres with redis"])
def two_processes(request, tmp_path):
    """A small handbook in two web processes, on the embedded column of the engines and on production's."""
    told: dict[str, Any] = {"SOTAY_PROCESSES": "2", "SOTAY_DATABASE_URL": f"sqlite:///{tmp_path / 'sotay.sqlite3'}"}
    if request.param.startswith("postgres"):
        told["SOTAY_DATABASE_URL"] = request.getfixturevalue("empty_postgres_url")
        told["SOTAY_REDIS_URL"] = request.getfixturevalue("redis_url")
    asyncio.run(_put_people_in(told["SOTAY_DATABASE_URL"]))
    with running(tmp_path, is_sample=False, **told) as site:
        yield site


async def _put_people_in(address: str) -> None:
    await database.connect(address)
    await migrations.up()
    await people.everyone()
    await database.close()


def _entered(site: Site, person: str) -> str:
    """The session's cookie after following a one-use link."""
    link = site.link(person)
    answer = httpx.post(link, headers={"Origin": site.url}, follow_redirects=False)
    assert answer.status_code == 303
    return answer.cookies["session"]


def test_a_disabled_member_is_out_at_once_in_every_process(two_processes):
    site = two_processes
    cookie = {"session": _entered(site, "mai")}

    def statuses() -> set[int]:
        # a connection of its own each time, so that both processes are asked
        return {httpx.get(f"{site.url}/api/me", cookies=cookie).status_code for _ in range(20)}

    assert statuses() == {200}
    act = [sys.executable, "-m", "tests.browser.acts", "disable", "mai"]
    subprocess.run(act, cwd=ROOT, env=site.environment, check=True)
    assert statuses() == {401}


def test_a_link_enters_once(site):
    link = site.link("lan")
    assert httpx.get(link).status_code == 200
    first, second = (httpx.post(link, headers={"Origin": site.url}) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 422)


def test_reading_a_heavy_file_neither_holds_up_the_end_nor_outlives_it(site):
    session = {"session": _entered(site, "quang")}
    web = processes.children(site.process.pid)["web"]
    upload = threading.Thread(target=_upload, args=(site, session, with_cells(b"<c><v>1</v></c>", 50_000)))
    upload.start()
    _until(lambda: len(processes.of_session(web)) > 2)
    time.sleep(1)
    site.process.send_signal(signal.SIGINT)  # the last test here: nothing after it asks this handbook
    assert site.process.wait(STOP_SECONDS) == 0
    upload.join()
    _until(lambda: processes.of_session(web) == [], STOP_SECONDS)


def _upload(site: Site, session: dict[str, str], content: bytes) -> None:
    with contextlib.suppress(httpx.HTTPError):
        httpx.post(
            f"{site.url}/desk/roster/import",
            files={"file": ("a.xlsx", content)},
            cookies=session,
            headers={"Origin": site.url},
            timeout=30,
        )
