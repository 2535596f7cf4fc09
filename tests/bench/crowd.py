"""The whole country: 5.3 million members in PostgreSQL while some of them read, sign in and are looked up."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from base import database, revisions
from base.settings import load, use
from tests.bench import filling, reads, roster
from tests.bench.filling import Filling
from tests.bench.reads import Scene
from tests.bench.roster import Look
from tests.bench.stage import database_of

MEMBERS = 5_300_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """A country to be measured: how it was filled, the look at sign-in, and cookies of those who look people up."""

    scene: Scene
    filling: Filling
    sign_in: Look
    cookies: dict[str, str]


@contextlib.contextmanager
def standing(count: int) -> Iterator[Crowd]:
    """A country of ``count`` members in PostgreSQL; gone afterwards, whatever happened."""
    with database_of("postgres") as url:
        scene = asyncio.run(reads.furnish(url, ""))
        yield asyncio.run(_fill(scene, count))


async def _fill(scene: Scene, count: int) -> Crowd:
    url = scene.env["SOTAY_DATABASE_URL"]
    use(load(data_dir=scene.env["SOTAY_DATA_DIR"], database_url=url))
    await database.connect(url)
    try:
        filled = await filling.fill(url, count)
        return Crowd(scene, filled, await roster.sign_in(count), await roster.appoint())
    finally:
        await revisions.unwatch()
        await database.close()
