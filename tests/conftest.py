"""What every test may ask for: an empty database, settings of its own, a Redis, and no network but loopback."""

import os
import shutil
import socket
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import asyncpg
import pytest

from base import database as floor
from base import migrations
from base import settings as base_settings
from tests import services

ENGINES = ("sqlite", "postgres")
ENGINE = os.environ.get("SOTAY_TEST_ENGINE", "sqlite")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")
SHARED = Path(os.environ.get("SOTAY_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def pytest_configure() -> None:
    if ENGINE not in ENGINES:
        raise pytest.UsageError(f"SOTAY_TEST_ENGINE is {ENGINE!r}; it takes sqlite or postgres")


# The world outside


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """A test that reaches for the internet fails at once instead of depending on it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}: only this machine is allowed")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_loopback(host: str) -> bool:
    if host in ("localhost", ""):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture
def free_port() -> Callable[[], int]:
    """A function that gives a port on loopback to listen on."""
    return services.free_port


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real material laid beside the project, where there is any."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"no real material at {SHARED} (SOTAY_SHARED names another place)")
    return SHARED


# Databases


@pytest.fixture(scope="session")
def engine() -> str:
    """The engine of this run: sqlite or postgres."""
    return ENGINE


@pytest.fixture(scope="session")
async def postgres_url() -> AsyncIterator[str]:
    """A real PostgreSQL whatever the engine of the run; databases may be created there."""
    try:
        async with services.postgres() as url:
            yield url
    except services.ServiceError as error:
        _missing(str(error))


@pytest.fixture(scope="session")
async def _redis_server() -> AsyncIterator[str]:
    try:
        async with services.redis_server() as url:
            yield url
    except services.ServiceError as error:
        _missing(str(error))


@pytest.fixture
async def redis_url(_redis_server: str) -> AsyncIterator[str]:
    """A real Redis, emptied before the test."""
    await services.empty_redis(_redis_server)
    yield _redis_server


def _missing(why: str) -> None:
    """In CI nothing may be left out; elsewhere the reason is told."""
    if IN_CI:
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
async def _template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A migrated, empty database made once per test process, from which each test gets its copy."""
    if ENGINE == "sqlite":
        path = tmp_path_factory.mktemp("template") / "sotay.sqlite3"
        await _migrate(f"sqlite:///{path}")
        yield str(path)
        return
    server = request.getfixturevalue("postgres_url")
    name = _name()
    await _on(server, f'CREATE DATABASE "{name}"')
    try:
        await _migrate(_beside(server, name))
        yield _beside(server, name)
    finally:
        await _on(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _migrate(url: str) -> None:
    await floor.connect(url)
    await migrations.up()
    await floor.close()


@pytest.fixture
async def database_url(_template: str, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a migrated empty database of this test's own, not connected to."""
    if ENGINE == "sqlite":
        copy = tmp_path / "sotay.sqlite3"
        shutil.copyfile(_template, copy)
        yield f"sqlite:///{copy}"
        return
    name, source = _name(), _template.rsplit("/", 1)[1]
    server = _beside(_template, "postgres")
    await _on(server, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield _beside(_template, name)
    finally:
        await _on(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """A migrated empty database, connected; yields its address."""
    await floor.connect(database_url)
    try:
        yield database_url
    finally:
        await floor.close()


def _name() -> str:
    return f"sotay_test_{os.getpid()}_{uuid.uuid4().hex[:8]}"


def _beside(url: str, name: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{name}"


async def _on(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


# Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[base_settings.Settings]:
    """Settings with a data folder of the test's own and nothing taken from the developer's environment."""
    for name in [name for name in os.environ if name.startswith(base_settings.PREFIX)]:
        if not name.startswith("SOTAY_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SOTAY_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)  # away from the developer's .env
    chosen = base_settings.load()
    before = base_settings.settings()
    base_settings.use(chosen)
    yield chosen
    base_settings.use(before)
