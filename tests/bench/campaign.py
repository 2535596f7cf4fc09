"""A notice to very many phones over Web Push while members read: how soon all have it, and what reading feels of it."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from base import database
from notifications import outbox
from tests import builders, processes, services
from tests.bench import push_services
from tests.bench.load import Result
from tests.bench.push import Far, standing
from tests.bench.stage import Target, await_port, begun, database_of, press_in_turn, request, temporary
from tests.bench.steady import Readers
from tests.content.builders import put, regulation

DEVICES = 100_000
IDLE_S = 15
PATIENCE_S = 600
KEY = f"{'a2tr' * 10}a2s"
ROW = "member, unit, session, channel, address, keys, language, made_at, seen_on"
INBOX = 40
"""Notices of ninety days, as one who is told finds them."""

TOLD_PATHS = ("/api/notices?limit=50",)
"""What a phone that was told asks for, beside what changed of its library, which a cursor makes short."""

PATHS = ("/documents/{slug}", "/documents", "/notices", "/")


@dataclass(slots=True)
class Reached:
    """One campaign: how long it took, what the push service counted, and what readers felt before and meanwhile.

    ``worker_ms`` and ``web_ms`` are processor time for each message, of all processes of a kind.
    """

    rate: int
    seconds: float
    taken: int
    different: int
    idle: Result
    meanwhile: Result
    worker_ms: float
    web_ms: float
    told: list[Target]


@dataclass(slots=True)
class Moody:
    """What a service in a mood counted after one notice and after another; ``left`` are the devices still known."""

    seconds: float
    devices: int
    first: dict[str, int]
    second: dict[str, int]
    left: int


def run(engine: str, devices: int = DEVICES, rates: tuple[int, ...] = (4000, 0)) -> list[Reached]:
    """The same campaign at each of these rates (messages a second at most; 0 for no limit), each begun anew."""
    return [_once(engine, devices, rate) for rate in rates]


def _once(engine: str, devices: int, rate: int) -> Reached:
    with database_of(engine) as url, standing("campaign") as far:
        env = _environment(url, far, rate)
        port = int(env["SOTAY_PORT"])
        slug, cookie = asyncio.run(_furnish(url, env["SOTAY_DATA_DIR"], devices, far))
        with _working(env, port) as family:
            paths = [path.format(slug=slug) for path in PATHS]
            idle = _read(port, paths, cookie)
            before = _spent(family)
            with Readers(port, paths, cookie) as readers:
                began = time.perf_counter()
                asyncio.run(_send(url))
                seconds = time.perf_counter() - began
                meanwhile = readers.stop()
            spent = {name: (now - before[name]) * 1000 / devices for name, now in _spent(family).items()}
            targets = _told(port, cookie)
        told = far.tell()
    return Reached(
        rate, seconds, told["webpush"], told["different"], idle, meanwhile, spent["worker"], spent["web"], targets
    )


def _told(port: int, cookie: str) -> list[Target]:
    """How many answers a second one web process has for phones that were told."""
    targets = [Target(path, port, request(path, port, f"Cookie: session={cookie}")) for path in TOLD_PATHS]
    press_in_turn(targets)
    return targets


def moody(engine: str, devices: int = DEVICES) -> Moody:
    """Two notices, one after the other, to phones of which a tenth are dead, by a service that wants pauses."""
    with database_of(engine) as url, standing("campaign") as far:
        env = _environment(url, far, 4000)
        asyncio.run(_furnish(url, env["SOTAY_DATA_DIR"], devices, far))
        far.tell("mood")
        with _working(env, int(env["SOTAY_PORT"])):
            began = time.perf_counter()
            told = []
            for key in ("first", "second"):
                asyncio.run(_send(url, key))
                told.append(far.tell())
        return Moody(time.perf_counter() - began, devices, told[0], told[1], asyncio.run(_left(url)))


def _read(port: int, paths: list[str], cookie: str) -> Result:
    with Readers(port, paths, cookie) as readers:
        time.sleep(IDLE_S)
        return readers.stop()


@contextlib.contextmanager
def _working(env: dict[str, str], port: int) -> Iterator[list[tuple[str, int]]]:
    """One process for the web and two workers; their kinds and ids."""
    begun = [_begin(env, "serve"), _begin(env, "work")]
    try:
        await_port(port)
        yield [*processes.children(begun[0].pid).items(), ("worker", begun[1].pid)]
    finally:
        for one in begun:
            one.terminate()
            one.wait(30)


def _environment(url: str, far: Far, rate: int) -> dict[str, str]:
    return {
        **os.environ, "SOTAY_DATABASE_URL": url, "SOTAY_DATA_DIR": str(temporary("campaign")), "SOTAY_REDIS_URL": "",
        "SOTAY_PORT": str(services.free_port()), "SOTAY_PROCESSES": "1", "SOTAY_PUSH_RATE": str(rate),
        "SOTAY_PUSH_KEY": KEY, "SOTAY_PUSH_SUBJECT": "mailto:a@example.vn",
        "SOTAY_PUSH_HOSTS": f"127.0.0.1:{far.places['webpush']}",
    }  # fmt: skip


def _begin(env: dict[str, str], word: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "backend.cli", word], env=env, stdout=subprocess.DEVNULL)


def _spent(family: list[tuple[str, int]]) -> dict[str, float]:
    """Seconds of processor time of each kind of process."""
    found: dict[str, float] = {}
    for name, pid in family:
        found[name] = found.get(name, 0.0) + processes.processor_s(pid)
    return found


async def _furnish(url: str, folder: str, devices: int, far: Far) -> tuple[str, str]:
    """A handbook with a resolution and a member who reads, and so many phones; the slug and the session."""
    cell, slug = await begun(url, folder)
    await _tell_before(cell)
    cookie = await builders.signed_in(await builders.member("mai", unit=cell))
    await _fill(devices, cell, f"https://127.0.0.1:{far.places['webpush']}/push")
    await database.close()
    return slug, cookie


async def _tell_before(unit: int) -> None:
    """Notices that went out long ago."""
    for number in range(INBOX):
        done = await put(regulation(f"{100 + number}-QĐ/TU"), audience=[f"org:{unit}"] if number % 2 else ["members"])
        (document,) = await database.fetch("SELECT id FROM document WHERE slug = {}", done.slug)
        await _owe(document["id"], f"before-{number}")
    await database.execute("UPDATE notice SET expanded_at = owed_at")


async def _owe(document: UUID, key: str) -> None:
    async with database.transaction():
        about = f"document:{document}"
        await outbox.owe(key=key, kind="document.publish", about=about, audience=["members"], urgency="high")


async def _fill(devices: int, unit: int, place: str) -> None:
    keys = [json.dumps(phone.keys) for phone in push_services.phones()]
    made = "'2026-01-01 00:00:00+00:00', '2026-01-01'"
    numbers = f"WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {devices - 1})"
    key = " ".join(f"WHEN {at} THEN '{each}'" for at, each in enumerate(keys))
    drawn = (
        ("gen_random_uuid()", "decode(lpad(to_hex(n), 32, '0'), 'hex')")
        if database.is_postgres()
        else (
            "lower(hex(randomblob(4))) || '-0000-4000-8000-' || printf('%012x', n)",
            "CAST(printf('%032x', n) AS BLOB)",
        )
    )
    await database.engine().run_ddl(
        f"INSERT INTO device ({ROW}) {numbers} SELECT {drawn[0]}, {unit}, {drawn[1]}, 'webpush', '{place}/' || n, "
        f"CASE n % {len(keys)} {key} END, 'vi', {made} FROM s"
    )
    if database.is_postgres():
        await database.engine().run_ddl("ANALYZE device")


async def _left(url: str) -> int:
    await database.connect(url)
    try:
        return int((await database.fetch("SELECT count(*) AS n FROM device"))[0]["n"])
    finally:
        await database.close()


async def _send(url: str, key: str = "campaign") -> None:
    """Owe the notice, and wait until nothing of it is left to be sent."""
    await database.connect(url)
    try:
        (document,) = await database.fetch("SELECT id FROM document ORDER BY published_at LIMIT 1")
        await _owe(document["id"], key)
        async with asyncio.timeout(PATIENCE_S):
            while not await _is_over():
                await asyncio.sleep(0.2)
    finally:
        await database.close()


async def _is_over() -> bool:
    (row,) = await database.fetch(
        "SELECT (SELECT count(*) FROM chunk) + (SELECT count(*) FROM retry) "
        "+ (SELECT count(*) FROM notice WHERE expanded_at IS NULL) AS n"
    )
    return not row["n"]
