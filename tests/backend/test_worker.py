"""The worker does what is due, survives what fails, and leaves a sign of life that the doors look at."""

import asyncio
import uuid
from datetime import timedelta
from typing import Any, cast

import httpx
import pytest

from backend import worker
from backend.api.health import WORKER
from backend.app import litestar
from backend.door.guard import guard
from backend.door.shortcut import Shortcut
from base import audit, clock, journal, leases
from base import database as floor
from base.settings import settings as chosen_settings
from content import news
from content.news import Writing
from content.search import folders
from content.search.engine import BrokenIndexError
from notifications import channels, devices, outbox
from notifications.channels.console import Console


@pytest.fixture
async def door(database, settings):
    """The API over a database that a worker may or may not look after."""
    app = cast("Any", guard(litestar(), Shortcut(also=lambda: 0)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        yield client


async def _act(n: int = 1) -> None:
    async with floor.transaction():
        for number in range(n):
            await journal.record(act="document.publish", subject=f"document:{number}", by="cli")


async def _waiting() -> int:
    return int((await floor.fetch("SELECT count(*) AS n FROM journal WHERE number IS NULL"))[0]["n"])


async def test_every_waiting_act_is_sealed_however_many_there_are(database, settings):
    await _act(journal.BATCH + 7)
    await worker.run_due(worker.tasks())
    assert await _waiting() == 0
    assert (await audit.verify()).finding is None


async def test_a_scheduled_item_is_published_within_a_minute(database, settings):
    soon = clock.now() + timedelta(seconds=1)
    await news.write(Writing("Tin hẹn", "Dẫn.", "Thân.", frozenset({"public"}), published_at=soon), by="cli")
    tasks = worker.tasks()
    assert next(task for task in tasks if task.name == "news").every_s <= 60
    clock.stop(soon + timedelta(seconds=1))
    try:
        await worker.run_due(tasks)
        assert [row.title for row in (await news.latest(scopes=frozenset({"public"}))).rows] == ["Tin hẹn"]
    finally:
        clock.stop(None)


async def test_the_head_is_exported_at_the_start(database, settings):
    await _act()
    await worker.run_due(worker.tasks())
    assert (chosen_settings().audit_heads / "heads.jsonl").read_text("utf-8").count("\n") == 1


async def test_a_task_that_fails_leaves_the_others_their_turn(database, settings):
    done = []

    async def fail() -> None:
        raise ZeroDivisionError

    async def succeed() -> None:
        done.append(1)

    tasks = [worker.Task("fails", 0, fail), worker.Task("works", 0, succeed)]
    await worker.run_due(tasks)
    await worker.run_due(tasks)
    assert done == [1, 1]


async def test_a_task_waits_until_it_is_due_again(database, settings):
    done = []

    async def note() -> None:
        done.append(1)

    tasks = [worker.Task("seldom", 3600, note)]
    await worker.run_due(tasks)
    await worker.run_due(tasks)
    assert done == [1]


async def test_ready_fails_without_a_worker_and_says_so(door):
    answer = await door.get("/api/ready")
    assert (answer.status_code, answer.json()["worker"], answer.json()["database"]) == (503, "dead", "ok")
    await leases.hold(WORKER, 15)
    answer = await door.get("/api/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


async def test_ready_fails_without_a_database_and_health_does_not(door):
    await floor.close()
    assert (await door.get("/api/ready")).status_code == 503
    assert (await door.get("/api/health")).status_code == 200


async def test_a_second_worker_waits_for_the_first(database, settings):
    assert await leases.hold(WORKER, 15, holder="first")
    assert not await leases.hold(WORKER, 15, holder="second")
    await leases.release(WORKER, holder="first")
    assert await leases.hold(WORKER, 15, holder="second")


async def test_sealing_by_two_at_once_gives_one_order(database, settings):
    await _act(40)
    await asyncio.gather(journal.seal_pending(), journal.seal_pending())
    assert (await audit.verify()) == audit.Verdict(40, None)


async def test_a_worker_builds_the_index_that_is_missing_and_then_follows(database, settings):
    with pytest.raises(BrokenIndexError):
        folders.current()
    await worker.run_due(worker.tasks_here())
    built = folders.current()
    await worker.run_due(worker.tasks_here())
    assert folders.current() == built


async def test_many_documents_are_indexed_in_a_process_of_their_own(database, settings, monkeypatch):
    begun: list[object] = []

    class Process:
        returncode = None

        def terminate(self) -> None:
            begun.append("terminated")

    async def begin(*command: str, **_: Any) -> Process:
        begun.append(command[1:])
        return Process()

    monkeypatch.setattr(worker, "FEW", -1)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", begin)
    monkeypatch.setattr(worker, "_building", [])
    await worker.run_due(worker.tasks_here())
    await worker.run_due([worker.Task("again", 0, worker._keep_index)])
    worker._stop_building()
    assert begun == [("-m", "backend.cli", "reindex"), "terminated"]


async def test_the_journal_does_not_wait_for_messages_that_are_under_way(database, settings, monkeypatch):
    asked, answer = asyncio.Event(), asyncio.Event()

    class Slow(Console):
        async def send(self, messages):
            asked.set()
            await answer.wait()
            return await super().send(messages)

    monkeypatch.setattr(channels, "opened", lambda: {"console": Slow()})
    known: dict[str, Any] = {"unit": None, "session": b"s" * 16, "channel": "console", "keys": {}, "language": "vi"}
    await devices.register(member=uuid.uuid4(), address="a", **known)
    async with floor.transaction():
        await outbox.owe(key="k", kind="document.publish", about="document:1", audience=["members"], urgency="express")
    stop = asyncio.Event()
    delivering = asyncio.create_task(worker._deliver(stop))
    await asyncio.wait_for(asked.wait(), timeout=10)
    await _act(3)
    await worker.run_due(worker.tasks())
    assert await _waiting() == 0
    stop.set()
    answer.set()
    await asyncio.wait_for(delivering, timeout=10)
    assert await floor.fetch("SELECT what, n FROM notice_count WHERE what = 'accepted'") == [
        {"what": "accepted", "n": 1}
    ]
