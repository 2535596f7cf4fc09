"""The worker: seals the journal and does what is slow or due, one process at a time for the whole installation.

Notices are sent by every worker process, beside all that and without keeping it waiting.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from backend.accounts import addressing, challenges, codes, memberships, sessions
from backend.api.health import WORKER
from backend.discussion.feedback import attaching
from backend.discussion.feedback import overdue as late_feedback
from backend.moderation import overdue as late_appeals
from base import audit, bell, clock, confined, database, journal, leases, limits, logs, redis, revisions
from base.settings import settings
from content import fragments, issuing, passages
from content.newsroom import issuing as news_issuing
from content.search import indexing
from content.search.engine import BrokenIndexError
from notifications import channels, daily, inbox, standing, steering, trusting, working
from notifications.sending import Post

TICK_S = 0.5
"""How long the worker sleeps when nothing wakes it: the longest an act waits for its place in the journal."""

LEASE_S = 15
"""How long a worker that died keeps another from taking over."""

STOP_S = 3
"""How long messages that are under way may take once the worker is told to stop."""

MISSED = timedelta(days=40)
"""So long a worker may have been away before devices stay where their members belonged."""

FEW = 200
"""So many documents are indexed anew by the worker itself; more in a process of their own."""

log = logs.get(__name__)
_building: list[asyncio.subprocess.Process] = []


@dataclass(slots=True)
class Task:
    """Something done every ``every_s`` seconds; a failure is told and tried again next time, alone."""

    name: str
    every_s: float
    do: Callable[[], Awaitable[Any]]
    due_at: float = field(default=0.0)


async def work() -> None:
    """Work until told to stop by SIGTERM or SIGINT, or until the process that started this one is gone."""
    chosen = settings()
    await database.connect(chosen.database, pool=chosen.database_pool)
    await revisions.watch()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        await _until(stop, os.getppid())
    finally:
        _stop_building()
        with contextlib.suppress(Exception):  # the database may be the reason for stopping
            await leases.release(WORKER)
        await asyncio.to_thread(confined.close)
        await channels.close()
        await revisions.unwatch()
        await redis.close()
        await database.close()


async def _until(stop: asyncio.Event, parent: int) -> None:
    todo, here = tasks(), tasks_here()
    log.info("worker.start", holder=leases.HOLDER)
    delivering = asyncio.create_task(_deliver(stop))
    while not stop.is_set() and os.getppid() == parent:
        leading = await _alone()
        if leading is not None:
            await run_due([*todo, *here] if leading else here)
        sleeping = asyncio.ensure_future(bell.wait(TICK_S))
        stopping = asyncio.ensure_future(stop.wait())
        _, left = await asyncio.wait({sleeping, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for unfinished in left:
            unfinished.cancel()
        await asyncio.gather(*left, return_exceptions=True)
    stop.set()
    await asyncio.wait({delivering}, timeout=STOP_S)
    delivering.cancel()
    await asyncio.gather(delivering, return_exceptions=True)
    log.info("worker.stop")


async def _deliver(stop: asyncio.Event) -> None:
    """Send what is owed; what cannot be begun, as with a push key that is no key, is told, and nothing is sent."""
    try:
        await working.deliver(_post(), stop)
    except Exception as error:
        log.exception("worker.deliver", error=type(error).__name__)


def _post() -> Post:
    return Post(channels.opened(), addressing.addressees, settings().origin, channels.credentials())


async def _alone() -> bool | None:
    """Whether this worker is the one that works, None while the database does not answer; also its sign of life."""
    try:
        return await leases.hold(WORKER, LEASE_S)
    except Exception as error:  # whatever the engine raises; the next tick tries again
        log.error("worker.database", error=type(error).__name__)
        return None


async def run_due(todo: list[Task]) -> None:
    """Run what is due; one task's failure does not keep the others from their turn."""
    for task in todo:
        now = asyncio.get_running_loop().time()
        if now < task.due_at:
            continue
        task.due_at = now + task.every_s
        try:
            await task.do()
        except Exception as error:  # a task may fail in any way, and is tried again
            log.exception("worker.task", task=task.name, error=type(error).__name__)


def tasks() -> list[Task]:
    """What this worker does, in the order in which it matters, all of it due at once."""
    return [
        Task("seal", 0, _seal_all),
        Task("export", 60, _HeadExport()),
        Task("news", 5, news_issuing.publish_due),
        Task("issue", 5, issuing.publish_due),
        Task("render", 5, lambda: fragments.render_stale(20)),
        Task("feedback", 60, late_feedback.owe_late),
        Task("appeals", 60, late_appeals.owe_late),
        Task("passages", 30, passages.note_passages),
        Task("places", 300, _Places()),
        Task("digest", 30, daily.owe_due),
        Task("paused", 30, steering.wake),
        Task("believed", 2, trusting.wake_believed),
        Task("notices", 3600, inbox.prune),
        Task("standstills", 3600, standing.prune),
        Task("limits", 3600, limits.prune),
        Task("challenges", 3600, challenges.prune),
        Task("codes", 3600, codes.prune),
        Task("sessions", 3600, sessions.prune),
        Task("files", 86_400, attaching.tidy),
    ]


def tasks_here() -> list[Task]:
    """What every machine needs done for itself, whichever worker leads."""
    return [Task("search", 1, _keep_index)]


async def _seal_all() -> None:
    """Seal until nothing waits, showing life between batches: an import may have left thousands."""
    while await journal.seal_pending() == journal.BATCH:
        await leases.hold(WORKER, LEASE_S)


class _HeadExport:
    """Exports the journal's head once a day (Vietnam), and at each start."""

    def __init__(self) -> None:
        self._last: date | None = None

    async def __call__(self) -> None:
        if self._last != clock.today():
            await audit.export_head()
            self._last = clock.today()


class _Places:
    """Once a day (Vietnam), and at each start, lets devices follow whoever belongs elsewhere from that day on."""

    def __init__(self) -> None:
        self._last: date | None = None

    async def __call__(self) -> None:
        if self._last != clock.today():
            await memberships.settle_due(self._last or clock.today() - MISSED)
            self._last = clock.today()


async def _keep_index() -> None:
    """Keep this machine's search index true, and build it anew when it is missing, damaged or of another version."""
    try:
        await indexing.follow()
    except BrokenIndexError:
        if not _building or _building[0].returncode is not None:
            await _build_index()


async def _build_index() -> None:
    rows = await database.fetch("SELECT count(*) AS n FROM document WHERE shown")
    if rows[0]["n"] <= FEW:
        log.info("search.built", documents=await indexing.rebuild())
    else:
        command = [sys.executable, "-m", "backend.cli", "reindex"]
        _building[:] = [await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)]


def _stop_building() -> None:
    """End what builds the index: it is begun again at the next start."""
    for process in _building:
        if process.returncode is None:
            process.terminate()


def main() -> None:
    """Be the worker process."""
    chosen = settings()
    logs.configure(chosen.log_level, chosen.log_format)
    asyncio.run(work())


if __name__ == "__main__":
    main()
