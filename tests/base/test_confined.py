"""What is read from outside is read apart: with little time and memory, and it takes nobody down with it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from base import confined
from base.errors import InvalidError, TooHeavyError, TooLongError, TooManyError, UnavailableError
from tests import processes
from tests.base import burdens

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {"seconds": 5, "megabytes": 256}


@pytest.fixture(autouse=True)
def _closed():
    yield
    confined.close()


@pytest.fixture
def one_process(monkeypatch):
    """A single confined process, so that tasks meet."""
    monkeypatch.setattr(confined, "WORKERS", 1)


async def test_a_task_is_worked_out_in_another_process():
    assert await confined.run(burdens.echo, {"a": [1, b"x" * 2**20]}, **LIMITS) == {"a": [1, b"x" * 2**20]}
    assert await confined.run(burdens.process, **LIMITS) != os.getpid()


def test_the_same_without_an_event_loop():
    assert confined.run_now(burdens.echo, 1, **LIMITS) == 1
    with pytest.raises(TooLongError):
        confined.run_now(burdens.spin, seconds=0.3, megabytes=256)


@pytest.mark.parametrize("endless", [burdens.spin, burdens.spin_in_c])
async def test_what_takes_too_long_is_stopped_on_time(endless):
    await confined.run(burdens.echo, 1, **LIMITS)
    began = time.monotonic()
    with pytest.raises(TooLongError) as refused:
        await confined.run(endless, seconds=1, megabytes=256)
    assert time.monotonic() - began < 3
    assert refused.value.values == {"seconds": 1}


async def test_what_is_too_heavy_is_refused_and_the_next_task_is_not(one_process):
    for heavy in (burdens.eat, burdens.eat_and_hold):
        with pytest.raises(TooHeavyError):
            await confined.run(heavy, 400, **LIMITS)
        assert await confined.run(heavy, 50, **LIMITS)
    assert await confined.run(burdens.eat, 400, seconds=5, megabytes=600)


async def test_a_process_that_dies_costs_its_own_task_only(one_process):
    with pytest.raises(TooHeavyError):
        await confined.run(burdens.die, **LIMITS)
    assert await confined.run(burdens.echo, "after", **LIMITS) == "after"


async def test_an_idle_process_that_was_killed_is_replaced(one_process):
    os.kill(await confined.run(burdens.process, **LIMITS), signal.SIGKILL)
    await asyncio.sleep(0.5)
    assert await confined.run(burdens.echo, "after", **LIMITS) == "after"


async def test_a_broken_rule_comes_through_whole():
    with pytest.raises(InvalidError) as refused:
        await confined.run(burdens.refuse, **LIMITS)
    assert refused.value.values == {"line": 3}
    assert refused.value.fields[0].values == {"line": 3}
    with pytest.raises(TooManyError) as later:
        await confined.run(burdens.refuse_later, **LIMITS)
    assert later.value.retry_after_s == 90


async def test_a_fault_comes_through_as_it_is():
    with pytest.raises(ValueError, match="nobody foresaw this"):
        await confined.run(burdens.fail, **LIMITS)
    with pytest.raises(Exception, match="pickle"):
        await confined.run(burdens.unpicklable, **LIMITS)
    assert await confined.run(burdens.echo, "after", **LIMITS) == "after"


async def test_a_confined_process_reaches_no_network_and_starts_no_program():
    with socket.create_server(("127.0.0.1", 0)) as listening, pytest.raises(PermissionError):
        await confined.run(burdens.call_home, listening.getsockname()[1], **LIMITS)
    with pytest.raises(PermissionError):
        await confined.run(burdens.run_a_program, **LIMITS)


def test_a_confined_process_knows_no_secret():
    told = {**os.environ, "SOTAY_DATABASE_URL": "postgresql://user:secret@host/name", "OTHER_PASSWORD": "secret"}
    script = (
        "from base import confined; from tests.base import burdens\n"
        "print(confined.run_now(burdens.environment, seconds=5, megabytes=256)); confined.close()\n"
        "import os; print(os.environ['OTHER_PASSWORD'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=told, capture_output=True, text=True, check=True
    )
    seen, own = done.stdout.splitlines()
    assert "PATH" in seen
    assert "secret" not in seen
    assert own == "secret"


async def test_tasks_wait_their_turn_and_not_for_ever(one_process, monkeypatch):
    assert await asyncio.gather(*(confined.run(burdens.echo, n, **LIMITS) for n in range(20))) == list(range(20))
    monkeypatch.setattr(confined, "QUEUE_S", 0)
    busy = asyncio.create_task(confined.run(burdens.dawdle, 1.5, **LIMITS))
    await asyncio.sleep(0.2)
    with pytest.raises(UnavailableError):
        await confined.run(burdens.echo, 1, seconds=0.3, megabytes=256)
    await busy


async def test_a_process_is_replaced_after_so_many_tasks(one_process, monkeypatch):
    monkeypatch.setattr(confined, "TASKS_EACH", 3)
    assert len({await confined.run(burdens.process, **LIMITS) for _ in range(6)}) == 2


async def test_whoever_stops_waiting_breaks_nothing(one_process):
    left = asyncio.create_task(confined.run(burdens.dawdle, 0.5, **LIMITS))
    await asyncio.sleep(0.2)
    left.cancel()
    assert await confined.run(burdens.echo, "after", **LIMITS) == "after"


def test_no_process_outlives_the_one_that_started_it():
    script = (
        "import os; from base import confined; from tests.base import burdens\n"
        "confined.run_now(burdens.echo, 1, seconds=5, megabytes=256)\n"
        "confined._submit(burdens.spin, (), 1, 256); __import__('time').sleep(0.3); os.kill(os.getpid(), 9)"
    )
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, start_new_session=True)
    process.wait()
    limit = time.monotonic() + 1 + confined.GRACE_S + 5
    while left := processes.of_session(process.pid):
        assert time.monotonic() < limit, left
        time.sleep(0.1)
