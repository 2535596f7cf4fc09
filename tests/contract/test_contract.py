"""The running API keeps what its description promises, whatever it is asked (Schemathesis)."""

import asyncio
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from backend.api.health import WORKER
from base import leases
from tests import builders, people, services
from tests.backend.api.papers import issue, report
from tests.indexes import indexed

pytestmark = [pytest.mark.contract, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30
RUN_SECONDS = 300
"""When a run counts as hung; on two idle processors both readers' runs together take well under 90 s."""

CONFIG = """
[generation]
allow-extra-parameters = false

[[operations]]
include-path = "/api/documents"
parameters = { cursor = "" }

[[operations]]
include-path = "/api/news"
parameters = { cursor = "" }

[[operations]]
include-path = "/api/documents/{slug}/comments"
parameters = { cursor = "" }

[[operations]]
include-path = "/api/news/{slug}/comments"
parameters = { cursor = "" }

[[operations]]
include-path = "/api/comments/mine"
parameters = { cursor = "" }

[[operations]]
include-path = "/api/feedback/mine"
parameters = { cursor = "" }

[[operations]]
include-path = "/api/answers"
parameters = { cursor = "" }

[[operations]]
include-path-regex = "^/api/feedback/.id"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429"]

[[operations]]
include-path-regex = "^/api/comments/.id"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429"]
"""
"""Parameters that nobody knows are ignored, as the description says. A cursor is signed: one that nobody gave out is
refused, and no schema can say which those are; nor which words say anything, and what a document may be quoted with."""

SIGNED_IN = """
[auth.openapi.session]
api_key = "%s"
"""
WISHES = (
    "--generation-deterministic", "--max-examples=40", "--checks=all", "--continue-on-failure", "--no-color",
    "--request-timeout=20", "--suppress-health-check=all",
)  # fmt: skip
VISITOR_PHASES, MEMBER_PHASES = "examples,coverage", "examples,coverage,fuzzing,stateful"


@pytest.fixture
async def served(settings, database, tmp_path) -> AsyncIterator[str]:
    """A server of its own, with the documents and news that the description's examples name, indexed; its address."""
    await _fill(tmp_path)
    port = services.free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "--factory", "backend.app:create_app", "--port", str(port),
         "--log-level", "warning"],
        cwd=ROOT, env={**os.environ, "SOTAY_PORT": str(port)},
    )  # fmt: skip
    beating = asyncio.create_task(_beat())
    try:
        await asyncio.to_thread(_wait, f"http://localhost:{port}/api/health", server)
        yield f"http://localhost:{port}"
    finally:
        beating.cancel()
        server.terminate()
        await asyncio.to_thread(server.wait, 10)


async def test_visitors_and_members_are_answered_as_described(served, tmp_path):
    editor = await builders.signed_in((await people.everyone()).lan)
    await asyncio.gather(
        _hold(served, tmp_path / "visitor", VISITOR_PHASES, CONFIG),
        _hold(served, tmp_path / "editor", MEMBER_PHASES, CONFIG + SIGNED_IN % editor),
    )


async def _hold(url: str, folder: Path, phases: str, config: str) -> None:
    folder.mkdir()
    (folder / "schemathesis.toml").write_text(config)
    ran = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "schemathesis.cli", "run", f"{url}/api/openapi.json", f"--phases={phases}", *WISHES],
        capture_output=True, text=True, timeout=RUN_SECONDS, check=False, cwd=folder,
    )  # fmt: skip
    print(ran.stdout[-2000:])
    assert ran.returncode == 0, ran.stdout[-20000:] + ran.stderr[-2000:]


async def _fill(folder: Path) -> None:
    await issue(
        folder, "57-NQ/TW", audience={"public"}, issued=date(2024, 12, 22), type="Nghị quyết", issuer="Bộ Chính trị",
        topic="chuyen-doi-so",
    )  # fmt: skip
    for number in range(1, 4):
        await issue(folder, f"{number}-QĐ/TU", audience={"members"}, issued=date(2026, 1, number))
    await report("Hội nghị Tỉnh ủy", audience={"public"}, topic="chuyen-doi-so")
    await indexed()


async def _beat() -> None:
    """Be the worker, as far as anybody asks."""
    while True:
        await leases.hold(WORKER, 60)
        await asyncio.sleep(5)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and server.poll() is None:
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")
