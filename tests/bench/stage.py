"""Setting the stage: a handbook with a member signed in, and servers to compare, one process each."""

import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from base import database, migrations
from base.settings import load, use
from tests import builders, services
from tests.bench.load import Result
from tests.content.builders import put, regulation

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))


@dataclass(slots=True)
class Target:
    """One thing to press: a name to print, a port, and the bytes of a request."""

    name: str
    port: int
    request: bytes
    results: list[Result] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(result.rate for result in self.results)


def request(path: str, port: int, *headers: str) -> bytes:
    """A GET as a browser on a kept connection sends it."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: br, gzip", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@contextlib.contextmanager
def server(app: str, *, factory: bool, env: dict[str, str]) -> Iterator[int]:
    """``app`` on uvicorn in a process of its own, with the same flags for all; yields its port."""
    with process(app, factory=factory, env=env) as (port, _pid):
        yield port


@contextlib.contextmanager
def process(app: str, *, factory: bool, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The same with the process's number."""
    port = services.free_port()
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--log-level", "error", "--no-access-log"]
    started = subprocess.Popen(command + (["--factory"] if factory else []), env={**os.environ, **env})
    try:
        await_port(port)
        yield port, started.pid
    finally:
        started.terminate()
        started.wait(30)


def await_port(port: int) -> None:
    """Until a handbook answers there."""
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=1)
            return
        time.sleep(0.1)


def press_in_turn(targets: list[Target]) -> None:
    """Press each target in turn, round after round, so that a slow minute of the machine falls on all of them."""
    for _ in range(ROUNDS):
        for target in targets:
            target.results.append(loaded(target.port, [target.request], SECONDS))


def loaded(port: int, requests: list[bytes], seconds: float) -> Result:
    """What a second process heard that asked: one request for so many seconds, or each of several once."""
    command = [sys.executable, "-m", "tests.bench.load", str(port), str(seconds)]
    given = msgspec.json.encode([request.decode() for request in requests])
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout, type=Result)


def temporary(name: str) -> Path:
    """A folder for one benchmark, outside the tree."""
    return Path(tempfile.mkdtemp(prefix=f"sotay-bench-{name}-"))


@contextlib.contextmanager
def database_of(engine: str) -> Iterator[str]:
    """The address of an empty database on ``engine``, gone afterwards."""
    if engine == "sqlite":
        yield f"sqlite:///{temporary('sqlite') / 'sotay.sqlite3'}"
        return
    with _held(services.postgres()) as server_url, _held(services.created(server_url)) as url:
        yield url


@contextlib.contextmanager
def redis_of(wanted: bool) -> Iterator[str]:
    """The address of a Redis, or nothing where none is wanted."""
    if not wanted:
        yield ""
        return
    with _held(services.redis_server()) as url:
        yield url


@contextlib.contextmanager
def _held(opening: contextlib.AbstractAsyncContextManager[str]) -> Iterator[str]:
    """An asynchronous context manager held open from ordinary code."""
    with asyncio.Runner() as runner:
        yield runner.run(opening.__aenter__())
        runner.run(opening.__aexit__(None, None, None))


async def begun(url: str, folder: str) -> tuple[int, str]:
    """A handbook on that database, which stays open: a cell of a commune, and the slug of a long text."""
    use(load(data_dir=folder, database_url=url, redis_url=""))
    await database.connect(url)
    await migrations.up()
    province = await builders.unit("VL", kind="province")
    cell = await builders.unit("A1", parent=await builders.unit("XA", parent=province, kind="commune"))
    done = await put(regulation(characters=20_000), audience=["members"])
    if done.error:
        raise RuntimeError(str(done.error))
    return cell, done.slug
