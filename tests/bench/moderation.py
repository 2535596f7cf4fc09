"""The moderators' queue while very much waits: opened by the province's moderator, a commune's, and an auditor."""

import asyncio
import os
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice
from typing import Any, cast

import httpx

from backend.app import create_app
from base import clock, database, migrations, revisions
from base.settings import load, use
from tests import builders
from tests.bench.roster import Look
from tests.bench.stage import database_of, temporary
from tests.content.builders import put, regulation

HELD = 100_000
COMMUNES = 200
ROUNDS = 20
CHUNK = 300
"""Rows of one statement; SQLite takes 32,766 values at most."""

COMMENT = (
    "id", "document", "edition", "ordinal", "anchor", "quote", "author", "unit", "province", "named", "state",
    "revision", "held_for", "held_own", "decided_for", "digest", "created_at",
)  # fmt: skip
REVISION = ("id", "comment", "revision", "words", "at")


def run(engine: str, held: int = HELD) -> list[Look]:
    """Fill a database on ``engine`` and open the queue as each of them."""
    with database_of(engine) as url:
        return asyncio.run(_measure(url, held))


async def _measure(url: str, held: int) -> list[Look]:
    os.environ |= {"SOTAY_DATABASE_URL": url, "SOTAY_DATA_DIR": str(temporary("moderation"))}
    chosen = load()
    use(chosen)
    await database.connect(url)
    await migrations.up()
    cookies = await _fill(held)
    await revisions.watch()
    app = cast("Any", create_app(chosen))
    try:
        return [await _look(app, name, cookie) for name, cookie in cookies.items()]
    finally:
        await revisions.unwatch()
        await database.close()


async def _fill(held: int) -> dict[str, str]:
    """Cookies by whose queue it is."""
    province = await builders.unit("VL", kind="province")
    cells, moderator = [], uuid.uuid4()
    for at in range(COMMUNES):
        commune = await builders.unit(f"X{at}", parent=province, kind="commune")
        cells.append(await builders.unit(f"X{at}-1", parent=commune))
        if at % 2:  # what the others write goes to the province
            moderator = await builders.member(f"kiem-duyet-{at}", unit=cells[-1], name="Nguyễn Văn Duyệt")
            await builders.role(moderator, "moderator", commune)
    author = await builders.member("tac-gia", unit=cells[0], name="Nguyễn Thị Viết")
    top, auditor = [await builders.member(login, unit=province, name="Lê Thanh Tâm") for login in ("tam", "thu")]
    await builders.role(top, "moderator", province)
    await builders.role(auditor, "auditor", province)
    await put(regulation(), audience=["members"])
    await _hold(held, author, cells)
    people = {"province": top, "commune": moderator, "auditor": auditor}
    return {name: await builders.signed_in(member) for name, member in people.items()}


async def _hold(held: int, author: uuid.UUID, cells: list[int]) -> None:
    [text] = await database.fetch("SELECT document, id AS edition FROM edition")
    begin = clock.now() - timedelta(days=30)
    ids = [uuid.uuid4() for _ in range(held)]
    comments = (
        (id, text["document"], text["edition"], 1, "", "", author, unit, None, False, "waiting", 1, "phone", "", "",
         str(at), begin + timedelta(seconds=at))
        for at, (id, unit) in enumerate(zip(ids, islice(cycle(cells), held), strict=True))
    )  # fmt: skip
    words = "Đồng chí nào cần thì gọi tôi theo số 0912 345 678, tôi gửi bản chụp."
    await insert("comment", COMMENT, comments)
    await insert("comment_revision", REVISION, ((uuid.uuid4(), id, 1, words, begin) for id in ids))
    await database.engine().run_ddl("ANALYZE")


async def insert(table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    """Put rows straight into a table."""
    place = f"({', '.join('{}' for _ in columns)})"
    while some := tuple(islice(rows, CHUNK)):
        values = [value for row in some for value in row]
        await database.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join(place for _ in some)}", *values
        )


async def _look(app: Any, name: str, cookie: str) -> Look:
    look = Look(name)
    how: dict[str, Any] = {"transport": httpx.ASGITransport(app), "base_url": "http://localhost"}
    async with httpx.AsyncClient(**how, cookies={"session": cookie}) as client:
        for _ in range(ROUNDS + 1):
            begin = time.perf_counter()
            answer = await client.get("/desk/moderation")
            look.times_ms.append((time.perf_counter() - begin) * 1000)
            answer.raise_for_status()
    del look.times_ms[0]  # what is read once for each process
    return look
