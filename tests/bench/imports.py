"""Importing: how many documents of 20,000 characters a minute, of each kind of file, as `sotay import` takes them."""

import asyncio
import time
from collections.abc import Callable

from backend.accounts.authority import CLI
from base import confined, database, migrations
from base.settings import load, use
from content import importing
from tests.bench.stage import database_of, temporary
from tests.content import packing
from tests.content.builders import regulation

CHARACTERS = 20_000


def run(engine: str, count: int, kind: str) -> float:
    """Documents a minute of one ``kind`` on ``engine``: read, parsed, stored and rendered."""
    with database_of(engine) as url:
        return asyncio.run(_import(url, count, kind))


async def _import(url: str, count: int, kind: str) -> float:
    use(load(data_dir=temporary("imports"), database_url=url))
    folder = temporary("texts")
    for n in range(1, count + 1):
        text = regulation(f"{n:03}-QĐ/TU", title=f"về việc số {n}", characters=CHARACTERS, seed=n)
        (folder / f"{n}.{kind}").write_bytes(KINDS[kind](text))
    await database.connect(url)
    await migrations.up()
    begin = time.perf_counter()
    rows = await importing.import_files([folder], by=CLI)
    took = time.perf_counter() - begin
    confined.close()
    await database.close()
    if any(row.outcome != "new" for row in rows):
        raise RuntimeError("not every document of the benchmark was new")
    return count / took * 60


def _of_word(text: str) -> bytes:
    """The text as a file of Word, each word a run of its own, as years of editing leave them."""
    lines = (line.replace("**", "").strip("# ") for line in text.split("\n\n"))
    return packing.docx(*(packing.p(*(packing.r(f"{word} ") for word in line.split())) for line in lines))


def _page(text: str) -> bytes:
    return "".join(f"<p>{line.replace('**', '').strip('# ')}</p>" for line in text.split("\n\n")).encode()


KINDS: dict[str, Callable[[str], bytes]] = {"md": str.encode, "docx": _of_word, "html": _page}
"""How a text becomes a file of each kind."""
