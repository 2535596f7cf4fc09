"""Reading what is much talked about: a document with 10 comments, with a page of them, and with 10,000."""

import asyncio
import random
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

from base import clock, database, migrations
from base.settings import load, use
from tests import builders
from tests.bench.moderation import COMMENT, REVISION, insert
from tests.bench.reads import Scene
from tests.bench.stage import Target, database_of, press_in_turn, request, server, temporary
from tests.content.builders import put, regulation, sentence

SIZES = 10, 30, 10_000
"""Comments on each document: few, a page full and more, and very many."""

CHARACTERS = 20_000
AUTHORS = 50
WAITING = 20
"""One of so many waits for a moderator."""

PAGES = {
    "page of the document": "/documents/{}",
    "counts for its margin": "/api/documents/{}/comments/counts",
    "page of its comments": "/documents/{}/comments",
    "comments through the API": "/api/documents/{}/comments",
    "page of comments on one part": "/documents/{}/comments?part=dieu-1.khoan-2",
}


def run(engine: str, most: int = SIZES[-1]) -> dict[str, list[Target]]:
    """Each page with the targets by how many comments there are, as in SIZES, pressed in turn."""
    with database_of(engine) as url:
        scene, slugs = asyncio.run(_furnish(url, [*SIZES[:-1], most]))
        with server("backend.app:create_app", factory=True, env=scene.env) as port:
            cookie = f"Cookie: session={scene.cookie}"
            targets = {
                name: [Target(name, port, request(path.format(slug), port, cookie)) for slug in slugs]
                for name, path in PAGES.items()
            }
            press_in_turn([target for some in targets.values() for target in some])
    return targets


async def _furnish(url: str, sizes: list[int]) -> tuple[Scene, list[str]]:
    """A handbook with one document for each size; a member's session."""
    folder = temporary("discussion")
    chosen = load(data_dir=folder, database_url=url, redis_url="")
    use(chosen)
    await database.connect(chosen.database)
    await migrations.up()
    province = await builders.unit("VL", kind="province")
    cell = await builders.unit("A1", parent=await builders.unit("XA", parent=province, kind="commune"))
    name = "Nguyễn Thị Viết"
    authors = [await builders.member(f"tac-gia-{at}", unit=cell, name=name) for at in range(AUTHORS)]
    slugs = []
    for at, size in enumerate(sizes, 1):
        text = regulation(f"{at:02}-QĐ/TU", title=f"về việc số {at}", characters=CHARACTERS, seed=at)
        done = await put(text, audience=["members"])
        if done.error:
            raise RuntimeError(str(done.error))
        slugs.append(done.slug)
        await talk(slugs[-1], size, authors, (cell, province))
    await database.engine().run_ddl("ANALYZE")
    cookie = await builders.signed_in(await builders.member("mai", unit=cell))
    await database.close()
    env = {"SOTAY_DATA_DIR": str(folder), "SOTAY_DATABASE_URL": url, "SOTAY_REDIS_URL": ""}
    return Scene(env, cookie, slugs[0], ""), slugs


async def talk(slug: str, size: int, authors: list[uuid.UUID], places: tuple[int, int]) -> None:
    """Put comments on a document straight into the database: over all of its parts, every third an answer."""
    dice = random.Random(size)
    rows = list(_comments(await _anchors(slug), size, authors, places, dice))
    await insert("comment", (*COMMENT, "parent"), iter(rows))
    await insert("comment_revision", REVISION, ((uuid.uuid4(), row[0], 1, sentence(dice, 30), row[-2]) for row in rows))


async def _anchors(slug: str) -> list[dict[str, Any]]:
    """Where on a document one may speak."""
    return await database.fetch(
        "SELECT d.id AS document, e.id AS edition, p.anchor FROM document d JOIN edition e ON e.document = d.id "
        "JOIN part p ON p.edition = e.id WHERE d.slug = {} AND p.anchor <> '' ORDER BY p.position",
        slug,
    )


def _comments(
    parts: list[dict[str, Any]], size: int, authors: list[uuid.UUID], places: tuple[int, int], dice: random.Random
) -> Iterator[tuple[Any, ...]]:
    begin = clock.now() - timedelta(days=1)
    heads: list[tuple[uuid.UUID | None, str]] = []
    for at in range(size):
        id, state = uuid.uuid4(), "waiting" if at % WAITING == WAITING - 1 else "shown"
        part, parent = dice.choice(parts), cast("uuid.UUID | None", None)
        anchor = part["anchor"] if at % 3 else ""
        if at % 3 == 2:
            parent, anchor = dice.choice(heads)
        elif state == "shown":
            heads.append((id, anchor))
        yield (
            id, part["document"], part["edition"], 1, anchor, "", dice.choice(authors), *places, False, state, 1, "",
            "", "", str(at), begin + timedelta(seconds=at), parent,
        )  # fmt: skip
