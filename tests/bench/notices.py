"""Notices to a country: expanding, claiming, sending to nobody as fast as can be, and workers killed meanwhile."""

import asyncio
import os
import random
import resource
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from base import database, migrations
from base.settings import load, use
from notifications import delivery, expanding, outbox, walking, working
from notifications.addressees import Addressees
from notifications.channels.channel import Message, Outcome
from notifications.sending import Post
from tests.bench.stage import database_of, temporary

DEVICES = 5_300_000
EMBEDDED = 200_000
"""As many as an office keeps in SQLite."""

CAMPAIGN = 100_000
KILLS = 20
UNITS = 200_000
AUDIENCES = {"everybody": UNITS, "a province": UNITS // 34, "a commune": 60}
"""Units of each audience; devices are spread over all units by chance."""

CLAIMS = 100
WITHIN_S = 20 * 60
"""How soon a whole country is to be told."""

ROW = "member, unit, session, channel, address, keys, language, made_at, seen_on"


@dataclass(slots=True)
class Expanded:
    """How a notice was expanded: ``grown_kb`` of the database, ``memory_kb`` of this process."""

    name: str
    devices: int
    chunks: int
    seconds: float
    grown_kb: int
    memory_kb: int


@dataclass(slots=True)
class Measured:
    """All that was measured on one engine."""

    expanded: list[Expanded] = field(default_factory=list)
    claims_ms: list[float] = field(default_factory=list)
    rate: float = 0.0
    cpu_us: float = 0.0
    seconds: float = 0.0
    kills: int = 0
    missed: int = 0
    repeats: int = 0
    allowed: int = 0

    @property
    def processes(self) -> float:
        """So many worker processes tell DEVICES within WITHIN_S, as far as this side of the wire is concerned."""
        return DEVICES / WITHIN_S / self.rate


class _Nobody:
    """A channel that writes down the addresses, if anywhere, and says that all went well."""

    name = "console"

    def __init__(self, log: Path | None = None, takes_s: float = 0.0) -> None:
        self._takes_s = takes_s
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT) if log else None

    def admits(self, address: str) -> bool:
        return True

    def host(self, address: str) -> str:
        return ""

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        if self._log is not None:
            os.write(self._log, "".join(f"{message.address}\n" for message in messages).encode())
            await asyncio.sleep(self._takes_s)  # killed before it hears
        return [Outcome("accepted")] * len(messages)

    async def close(self) -> None:
        """Nothing was opened."""


async def expand(scopes: Collection[str]) -> Addressees:
    """Scopes that name how many units are meant."""
    count = max((int(scope) for scope in scopes), default=0)
    return Addressees(everybody=True) if count == UNITS else Addressees(units=frozenset(range(1, count + 1)))


def run(engine: str, devices: int = DEVICES, campaign: int = CAMPAIGN, kills: int = KILLS) -> Measured:
    """All of it on an empty database of that engine."""
    with database_of(engine) as url:
        found = asyncio.run(_measure(url, devices, campaign))
        _kill(url, found, campaign, kills)
        return found


async def _measure(url: str, devices: int, campaign: int) -> Measured:
    found = Measured()
    await _open(url)
    try:
        await _fill(devices)
        for name, units in AUDIENCES.items():
            found.expanded.append(await _expand(name, units))
        for _ in range(min(CLAIMS, devices // expanding.SIZE)):
            begin = time.perf_counter()
            assert await delivery.claim() is not None
            found.claims_ms.append((time.perf_counter() - begin) * 1000)
        await _empty(campaign)
        await _send(found, campaign)
        await _empty(campaign)
    finally:
        await database.close()
    return found


async def _open(url: str) -> None:
    os.environ |= {"SOTAY_DATABASE_URL": url, "SOTAY_DATA_DIR": str(temporary("notices")), "SOTAY_PUSH_RATE": "0"}
    use(load())
    await database.connect(url)
    await migrations.up()


async def _fill(devices: int) -> None:
    if database.is_postgres():
        await database.engine().run_ddl(
            f"INSERT INTO device ({ROW}) SELECT gen_random_uuid(), 1 + (n * 7919::bigint) % {UNITS}, "
            "decode(lpad(to_hex(n), 32, '0'), 'hex'), 'console', 'to-' || n, '{}', 'vi', now(), current_date "
            f"FROM generate_series(1, {devices}) n"
        )
        await database.engine().run_ddl("ANALYZE device")
        return
    await database.engine().run_ddl(
        f"INSERT INTO device ({ROW}) WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s "
        f"WHERE n < {devices}) SELECT lower(hex(randomblob(4))) || '-0000-4000-8000-' || printf('%012x', n), "
        f"1 + (n * 7919) % {UNITS}, CAST(printf('%032x', n) AS BLOB), 'console', 'to-' || n, '{{}}', 'vi', "
        "'2026-01-01 00:00:00+00:00', '2026-01-01' FROM s"
    )


async def _empty(devices: int) -> None:
    """Leave so many devices, and no notice."""
    for table in ("chunk", "retry", "notice_count", "notice_scope", "notice"):
        await database.execute(f"DELETE FROM {table}")
    await database.execute("DELETE FROM device WHERE id > {}", devices)


async def _expand(name: str, units: int) -> Expanded:
    await _owe(units)
    size, memory = await _size(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.perf_counter()
    assert await expanding.expand_next(expand)
    seconds = time.perf_counter() - begin
    (made,) = await database.fetch(
        "SELECT devices, (SELECT count(*) FROM chunk WHERE notice = n.id) AS chunks FROM notice n "
        "ORDER BY owed_at DESC LIMIT 1"
    )
    grown = await _size() - size
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Expanded(name, made["devices"], made["chunks"], seconds, grown // 1024, after - memory)


async def _owe(units: int) -> None:
    async with database.transaction():
        key = uuid.uuid4().hex
        await outbox.owe(key=key, kind="document.publish", about=key, audience=[str(units)], urgency="express")


async def _size() -> int:
    if not database.is_postgres():
        return 0
    return int((await database.fetch("SELECT pg_total_relation_size('chunk') AS n"))[0]["n"])


async def _send(found: Measured, devices: int) -> None:
    """One process to nobody: what sending costs on this side of the wire."""
    await _owe(UNITS)
    begin, cpu = time.perf_counter(), time.process_time()
    stop = asyncio.Event()
    sending = asyncio.create_task(working.deliver(Post({"console": _Nobody()}, expand, "https://x.vn"), stop))
    await _done()
    found.rate = devices / (time.perf_counter() - begin)
    found.cpu_us = (time.process_time() - cpu) / devices * 1e6
    stop.set()
    await sending


async def _done() -> None:
    while True:
        (row,) = await database.fetch(
            "SELECT (SELECT count(*) FROM chunk) + (SELECT count(*) FROM retry) "
            "+ (SELECT count(*) FROM notice WHERE expanded_at IS NULL) AS n"
        )
        if not row["n"]:
            return
        await asyncio.sleep(0.1)


# Workers that are killed


def _kill(url: str, found: Measured, devices: int, kills: int) -> None:
    """Two workers, one of which is killed every now and then; what each sent is in a file."""
    folder = temporary("killed")
    takes_s = 2 * kills * walking.STEP * (working.LANES + 1) / devices  # so that the campaign outlasts the kills
    workers = [_worker(url, folder, n, takes_s) for n in range(2)]
    chance, begin = random.Random(1930), time.perf_counter()
    try:
        asyncio.run(_begin(url))
        for n in range(kills):
            _await_messages(folder / f"{n}.log")
            time.sleep(chance.uniform(0, 1))
            workers[n % 2].send_signal(signal.SIGKILL)
            workers[n % 2].wait()
            workers[n % 2] = _worker(url, folder, n + 2, takes_s)
        asyncio.run(_wait(url))
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait(30)
    times = Counter(line for file in folder.iterdir() for line in file.read_text().splitlines())
    found.seconds, found.kills = time.perf_counter() - begin, kills
    found.missed = devices - len(times)
    found.repeats = times.total() - len(times)
    found.allowed = kills * walking.STEP * (working.LANES + 1)


def _await_messages(log: Path) -> None:
    """Until the worker is at work; at the end of a campaign there may be nothing left for it."""
    for _ in range(200):
        if log.exists() and log.stat().st_size:
            return
        time.sleep(0.05)


def _worker(url: str, folder: Path, n: int, takes_s: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.bench.notices", url, str(folder / f"{n}.log"), str(takes_s)]
    return subprocess.Popen(command)


async def _begin(url: str) -> None:
    await database.connect(url)
    await _owe(UNITS)
    await database.close()


async def _wait(url: str) -> None:
    await database.connect(url)
    await _done()
    await database.close()


async def _work(url: str, log: str, takes_s: str) -> None:
    """Be one of the workers."""
    use(load())
    await database.connect(url)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    try:
        await working.deliver(Post({"console": _Nobody(Path(log), float(takes_s))}, expand, "https://x.vn"), stop)
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(_work(*sys.argv[1:]))
