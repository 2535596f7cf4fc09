"""What every test may ask for: an empty database, settings of its own, a Redis, and no network but loopback."""

import os
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

import hypothesis
import pytest
import structlog

from base import database as floor
from base import migrations, redis, revisions
from base import settings as base_settings
from tests import services
from tests.copying import Copies
from tests.site import Site, running

ENGINES = ("sqlite", "postgres")
ENGINE = os.environ.get("SOTAY_TEST_ENGINE", "sqlite")
ON_AN_ENGINE = {"database_url", "live_server"}
"""The fixtures by which a test depends on the engine of the run."""

SHARED = Path(os.environ.get("SOTAY_SHARED", Path(__file__).resolve().parents[2] / "shared"))


hypothesis.settings.register_profile("ci", derandomize=True)
"""The same examples in each run, so that a change is judged by itself; new ones are tried wherever people work."""


def pytest_configure() -> None:
    if os.environ.get("CI"):
        hypothesis.settings.load_profile("ci")
    if ENGINE not in ENGINES:
        raise pytest.UsageError(f"SOTAY_TEST_ENGINE is {ENGINE!r}; it takes sqlite or postgres")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches no database, or is marked so, says the same on both engines: it runs once, on SQLite."""
    if ENGINE == "sqlite":
        return
    alike = [item for item in items if _says_the_same(item)]
    if alike and len(items) > 1:
        config.hook.pytest_deselected(items=alike)
        items[:] = [item for item in items if item not in set(alike)]


def _says_the_same(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("alike") is not None
    return marked or ON_AN_ENGINE.isdisjoint(getattr(item, "fixturenames", ()))


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


@pytest.fixture(autouse=True)
def _logs_end_with_the_test() -> Iterator[None]:
    """What a test told the logs to write to, such as a captured stream, is gone afterwards."""
    yield
    structlog.reset_defaults()


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
        services.missing(str(error))


@pytest.fixture(scope="session")
async def _redis_server() -> AsyncIterator[str]:
    try:
        async with services.redis_server() as url:
            yield url
    except services.ServiceError as error:
        services.missing(str(error))


@pytest.fixture
async def redis_url(_redis_server: str) -> str:
    """A real Redis, emptied before the test."""
    await services.empty_redis(_redis_server)
    return _redis_server


if ENGINE == "sqlite":

    @pytest.fixture(scope="session")
    async def template(tmp_path_factory: pytest.TempPathFactory) -> str:
        """A migrated, empty database made once per test process, from which each test gets its copy."""
        path = tmp_path_factory.mktemp("template") / "sotay.sqlite3"
        await _migrate(f"sqlite:///{path}")
        return str(path)

    @pytest.fixture
    def database_url(template: str, tmp_path: Path) -> str:
        """The address of a migrated empty database of this test's own, not connected to."""
        return f"sqlite:///{shutil.copyfile(template, tmp_path / 'sotay.sqlite3')}"

    @pytest.fixture
    def column_redis_url() -> str | None:
        """The Redis of this run's column: none beside SQLite."""
        return None

else:

    @pytest.fixture(scope="session")
    async def copies(postgres_url: str) -> AsyncIterator[Copies]:
        """Copies of a migrated, empty database made once per test process."""
        async with services.created(postgres_url) as template:
            await _migrate(template)
            made = Copies(template)
            await made.prepare()
            yield made
            await made.close()

    @pytest.fixture
    async def database_url(copies: Copies) -> AsyncIterator[str]:
        """The address of a migrated empty database of this test's own, not connected to."""
        url = await copies.take()
        yield url
        copies.give_back(url)

    @pytest.fixture
    def column_redis_url(redis_url: str) -> str | None:
        """The Redis of this run's column: a real one beside PostgreSQL."""
        return redis_url


async def _migrate(url: str) -> None:
    await floor.connect(url)
    await migrations.up()
    await floor.close()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """A migrated empty database, connected; yields its address."""
    await floor.connect(database_url)
    try:
        yield database_url
    finally:
        await revisions.unwatch()
        await redis.close()
        await floor.close()


# Settings


@pytest.fixture
def settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str, column_redis_url: str | None
) -> Iterator[base_settings.Settings]:
    """Settings of this run's column, with a data folder of the test's own and nothing of the developer's."""
    for name in [name for name in os.environ if name.startswith(base_settings.PREFIX)]:
        if not name.startswith("SOTAY_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SOTAY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SOTAY_DATABASE_URL", database_url)
    if column_redis_url:
        monkeypatch.setenv("SOTAY_REDIS_URL", column_redis_url)
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)  # away from the developer's .env
    chosen = base_settings.load()
    before = base_settings.settings()
    base_settings.use(chosen)
    yield chosen
    base_settings.use(before)


# The whole handbook


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The handbook with its sample, web and worker, on a free port of this machine."""
    with running(tmp_path_factory.mktemp("site")) as site:
        yield site
