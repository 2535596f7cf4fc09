"""Importing: how many documents of 20,000 characters a minute, as `sotay import` takes them."""

import asyncio
import time

from backend.accounts.authority import CLI
from base import database, migrations
from base.settings import load, use
from content import importing
from tests.bench.stage import database_of, temporary
from tests.content.builders import regulation

CHARACTERS = 20_000


def run(engine: str, count: int) -> float:
    """Documents a minute on ``engine``, parsing, storing and rendering included."""
    with database_of(engine) as url:
        return asyncio.run(_import(url, count))


async def _import(url: str, count: int) -> float:
    use(load(data_dir=temporary("imports"), database_url=url))
    folder = temporary("texts")
    for n in range(1, count + 1):
        text = regulation(f"{n:03}-QĐ/TU", title=f"về việc số {n}", characters=CHARACTERS, seed=n)
        (folder / f"{n}.md").write_text(text, encoding="utf-8")
    await database.connect(url)
    await migrations.up()
    begin = time.perf_counter()
    rows = await importing.import_files([folder], by=CLI)
    took = time.perf_counter() - begin
    await database.close()
    if any(row.outcome != "new" for row in rows):
        raise RuntimeError("not every document of the benchmark was new")
    return count / took * 60
