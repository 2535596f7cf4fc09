"""Taking comments in: how many a second one web process accepts from very many members, and that all are there."""

import asyncio
import contextlib
import json
import os
import random
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from backend.accounts import members
from backend.accounts.authority import CLI
from base import database
from tests import builders, processes, services
from tests.bench.load import Result
from tests.bench.stage import await_port, begun, database_of, loaded, redis_of, temporary
from tests.content.builders import sentence

EACH = 4
"""Comments of one member; more within a minute are too many."""

PATIENCE_S = 120
HELD = 10
"""One comment of so many has a phone number in it, and waits."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the senders heard, processor milliseconds of web and worker for each comment, and rows afterwards."""

    heard: Result
    web_ms: float
    worker_ms: float
    comments: int
    entries: int
    waiting: int


def run(engine: str, count: int, *, with_redis: bool) -> Taken:
    """Send so many comments to a handbook on ``engine``, by ``sotay serve`` with one web process and its worker."""
    with database_of(engine) as url, redis_of(with_redis) as redis_url:
        port = services.free_port()
        env = {
            "SOTAY_DATABASE_URL": url, "SOTAY_DATA_DIR": str(temporary("accepting")), "SOTAY_REDIS_URL": redis_url,
            "SOTAY_PORT": str(port), "SOTAY_PROCESSES": "1",
        }  # fmt: skip
        requests = asyncio.run(_furnish(url, env["SOTAY_DATA_DIR"], count, port))
        with _serving(env, port) as head:
            family = processes.children(head)
            before = {name: processes.processor_s(pid) for name, pid in family.items()}
            heard = loaded(port, requests, PATIENCE_S)
            spent = {
                f"{name}_ms": (processes.processor_s(pid) - before[name]) * 1000 / count for name, pid in family.items()
            }
        return asyncio.run(_counted(url, heard, spent))


@contextlib.contextmanager
def _serving(env: dict[str, str], port: int) -> Iterator[int]:
    command = [sys.executable, "-m", "backend.cli", "serve"]
    started = subprocess.Popen(command, env={**os.environ, **env}, stdout=subprocess.DEVNULL)
    try:
        await_port(port)
        yield started.pid
    finally:
        started.terminate()
        started.wait(30)


async def _furnish(url: str, folder: str, count: int, port: int) -> list[bytes]:
    """A handbook with its members signed in; the requests that they are to send."""
    cell, slug = await begun(url, folder)
    paths = [row["path"] for row in await database.fetch("SELECT path FROM part WHERE kind IN ('dieu', 'khoan')")]
    cookies = await _members(-(-count // EACH), cell)
    await database.close()
    dice = random.Random(57)
    return [_request(slug, dice, paths, cookies[at % len(cookies)], at, port) for at in range(count)]


async def _members(count: int, unit: int) -> list[str]:
    """Sessions of so many members."""
    people = [(uuid.uuid4(), f"Nguyễn Văn {at}", f"dv{at:07}", None, unit) for at in range(count)]
    async with database.transaction():
        await members.insert(people, on=builders.LONG_AGO, by=CLI)
    async with database.transaction():
        return [await builders.signed_in(person[0]) for person in people]


def _request(slug: str, dice: random.Random, paths: list[str], cookie: str, at: int, port: int) -> bytes:
    words = f"{sentence(dice, 40)}. {sentence(dice, 20)}."
    if at % HELD == HELD - 1:
        words += " Cần thì gọi tôi theo số 0912 345 678."
    body = json.dumps({"document": slug, "part": dice.choice(paths), "words": words}).encode()
    lines = [
        f"PUT /api/comments/{uuid.uuid4()} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Cookie: session={cookie}",
        f"Origin: http://127.0.0.1:{port}", "Content-Type: application/json", f"Content-Length: {len(body)}",
    ]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


async def _counted(url: str, heard: Result, spent: dict[str, float]) -> Taken:
    await database.connect(url)
    try:
        [row] = await database.fetch(
            "SELECT (SELECT count(*) FROM comment) AS comments, "
            "(SELECT count(*) FROM journal WHERE act = 'comment.write') AS entries, "
            "(SELECT count(*) FROM comment WHERE state = 'waiting') AS waiting"
        )
        return Taken(heard, spent["web_ms"], spent["worker_ms"], **row)
    finally:
        await database.close()
