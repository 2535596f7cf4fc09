"""Reading: a resolution of 20,000 characters, signed in, and a list of 20, against constant bytes and a rival."""

import asyncio
import contextlib
import uuid
from dataclasses import dataclass

import httpx

from backend.accounts import members, sessions, unit_import
from backend.accounts.authority import CLI
from base import database, migrations
from base.settings import load, use
from content import importing
from tests.bench.stage import Target, database_of, press_in_turn, redis_of, request, server, temporary
from tests.content.builders import regulation

CHARACTERS = 20_000
DOCUMENTS = 40
PATIENCE_S = 60
"""The first answer waits for the tree of units, which takes seconds when there are 200,000."""
UNITS = b'{"units": [%s], "successions": []}' % b", ".join(
    b'{"code": "B%d", "name": "Don vi %d", "name_en": "Unit %d", "kind": "commune", "parent": %s, '
    b'"valid_from": "2000-01-01", "valid_to": null}' % (n, n, n, b'"B%d"' % (n - 1) if n else b"null")
    for n in range(6)
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A handbook to read from: its settings as environment, a session's cookie, and a document's slug."""

    env: dict[str, str]
    cookie: str
    slug: str
    sqlalchemy_url: str


def run(engine: str, *, with_redis: bool) -> list[Target]:
    """Everything on one engine in one run; the targets with their results."""
    with database_of(engine) as url, redis_of(with_redis) as redis_url:
        return press(asyncio.run(furnish(url, redis_url)))


def press(scene: Scene) -> list[Target]:
    """Press the handbook of ``scene``, constant bytes and the rival in turn."""
    with contextlib.ExitStack() as open_servers:
        ours = open_servers.enter_context(server("backend.app:create_app", factory=True, env=scene.env))
        first = httpx.get(f"http://127.0.0.1:{ours}/documents/{scene.slug}", headers=_cookie(scene), timeout=PATIENCE_S)
        size = len(first.content)
        plain = open_servers.enter_context(
            server("tests.bench.rivals:constant", factory=False, env={"BENCH_BYTES": str(_sent(ours, scene) or size)})
        )
        rival_env = {"BENCH_SQLALCHEMY_URL": scene.sqlalchemy_url}
        rival = open_servers.enter_context(server("tests.bench.rivals:fastapi", factory=True, env=rival_env))
        targets = _targets(ours, plain, rival, scene)
        press_in_turn(targets)
    return targets


def _targets(ours: int, plain: int, rival: int, scene: Scene) -> list[Target]:
    cookie = f"Cookie: session={scene.cookie}"
    page, api = f"/documents/{scene.slug}", f"/api/documents/{scene.slug}"

    def same(path: str) -> str:
        answer = httpx.get(f"http://127.0.0.1:{ours}{path}", headers=_cookie(scene))
        return f"If-None-Match: {answer.headers['etag']}"

    return [
        Target("constant bytes", plain, request("/", plain)),
        Target("page 200", ours, request(page, ours, cookie)),
        Target("page 304", ours, request(page, ours, cookie, same(page))),
        Target("api 200", ours, request(api, ours, cookie)),
        Target("api 304", ours, request(api, ours, cookie, same(api))),
        Target("page, list of 20", ours, request("/documents", ours, cookie)),
        Target("api, list of 20", ours, request("/api/documents?limit=20", ours, cookie)),
        Target("FastAPI + SQLAlchemy, read", rival, request(page, rival, cookie)),
        Target("FastAPI + SQLAlchemy, list of 20", rival, request("/documents", rival, cookie)),
    ]


def _cookie(scene: Scene) -> dict[str, str]:
    return {"Cookie": f"session={scene.cookie}", "Accept-Encoding": "br, gzip"}


def _sent(port: int, scene: Scene) -> int:
    """How many bytes a read sends over the wire, so that constant bytes send as many."""
    with httpx.stream("GET", f"http://127.0.0.1:{port}/documents/{scene.slug}", headers=_cookie(scene)) as answer:
        return int(answer.headers["content-length"])


async def furnish(url: str, redis_url: str) -> Scene:
    folder = temporary("reads")
    chosen = load(data_dir=folder, database_url=url, redis_url=redis_url)
    use(chosen)
    await database.connect(chosen.database)
    await migrations.up()
    report = await unit_import.import_units(UNITS, by=CLI)
    if report.problems:
        raise RuntimeError(str(report.problems[0]))
    leaf = (await database.fetch("SELECT max(id) AS id FROM unit"))[0]["id"]
    mai = uuid.uuid4()
    await members.add(id=mai, name="Hà Thị Mai", login="mai", unit=leaf, by=CLI)
    async with database.transaction():
        opened = await sessions.begin(mai, method="passkey")
    slug = await _import(folder, leaf)
    await database.close()
    env = {"SOTAY_DATA_DIR": str(folder), "SOTAY_DATABASE_URL": url, "SOTAY_REDIS_URL": redis_url}
    return Scene(env, opened.cookie, slug, _sqlalchemy(chosen.database))


async def _import(folder: object, unit: int) -> str:
    texts = temporary("texts")
    for n in range(DOCUMENTS):
        (texts / f"{n}.md").write_text(_text(n + 1), encoding="utf-8")
    rows = await importing.import_files([texts], by=CLI, audience=frozenset({f"org:{unit}"}))
    refused = [row for row in rows if row.outcome == "refused"]
    if refused:
        raise RuntimeError(f"{len(refused)} documents of the benchmark were refused: {refused[0].error}")
    return rows[0].slug


def _text(number: int) -> str:
    return regulation(f"{number:02}-QĐ/TU", title=f"về việc số {number}", characters=CHARACTERS, seed=number)


def _sqlalchemy(url: str) -> str:
    return url.replace("sqlite:///", "sqlite+aiosqlite:///").replace("postgresql://", "postgresql+asyncpg://")
