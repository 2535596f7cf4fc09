"""Keeping the index true: it follows the journal, and is built anew beside the one that is read.

Each machine has its own index and its own worker that writes it. How far it goes stands in the index itself, so it can
never say that it holds what it does not.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from base import database, journal
from base.errors import ConflictError
from content.search import entries, folders
from content.search.engine import Entry
from content.search.whoosh_index import position_of
from content.search.whoosh_writing import Writer, writing

ENTRIES = 200
"""How many entries of the journal are followed at a time."""

CHUNK = 50
"""How many documents are read from the database at a time."""

PATIENCE_S = 0.1
"""How long a new index waits before it asks again whether the old one is being written."""

Progress = Callable[[int, int], None]
"""Called with how many documents are done and how many there are."""

_reached: dict[Path, int] = {}
"""Where the index is that this process wrote last, so that looking for more costs one query."""


class BeingBuiltError(ConflictError):
    """Another process of this machine builds the index now."""

    key = "content-search-being-built"


async def follow() -> int:
    """Bring the index up to the journal; how many documents were looked at. Nothing while another process writes.

    Raises BrokenIndexError when there is no index to bring up to date.
    """
    with folders.alone("writing") as mine:
        return await _follow(folders.current()) if mine else 0


async def rebuild(progress: Progress = lambda done, total: None) -> int:
    """Build the index anew from all documents; how many there are. Readers and the worker are not held up meanwhile.

    Raises BeingBuiltError while another process of this machine does the same.
    """
    with folders.alone("building") as mine:
        if not mine:
            raise BeingBuiltError
        folder = folders.fresh()
        count = await _build(folder, progress)
        while not await _put_in_place(folder):  # noqa: ASYNC110 - another process lets go without a word
            await asyncio.sleep(PATIENCE_S)
    return count


async def _put_in_place(folder: Path) -> bool:
    """Bring a new index up to the journal and let it be read; False while somebody writes to the old one."""
    with folders.alone("writing") as mine:
        if mine:
            await _follow(folder)
            folders.put_in_place(folder)
        return mine


async def _build(folder: Path, progress: Progress) -> int:
    """All documents in one go, sorted once."""
    number, _ = await journal.head()
    documents = await entries.shown()
    writer = Writer(folder)
    try:
        for at in range(0, len(documents), CHUNK):
            some = await entries.entries(documents[at : at + CHUNK])
            await asyncio.to_thread(writer.put_all, some)
            progress(min(at + CHUNK, len(documents)), len(documents))
    except BaseException:
        writer.give_up()
        raise
    await asyncio.to_thread(writer.finish, number)
    return len(documents)


async def _follow(folder: Path) -> int:
    position = _reached.get(folder)
    if position is None:
        position = await asyncio.to_thread(position_of, folder)
    followed = 0
    while changed := await _changed_since(position):
        position, documents = changed
        kept = await entries.entries(documents)
        gone = set(documents) - {entry.document for entry in kept}
        await asyncio.to_thread(_write, folder, kept, gone, position)
        followed += len(documents)
    _reached.clear()
    _reached[folder] = position
    return followed


def _write(folder: Path, kept: list[Entry], gone: set[UUID], number: int) -> None:
    with writing(folder, number) as writer:
        for document in gone:
            writer.take_out(document)
        writer.put_all(kept)


async def _changed_since(position: int) -> tuple[int, list[UUID]] | None:
    """The next entries about documents: the number of the last, and each document once."""
    rows = await database.fetch(
        "SELECT number, subject FROM journal WHERE number > {} AND substr(subject, 1, 9) = 'document:' "
        "ORDER BY number LIMIT {}",
        position,
        ENTRIES,
    )
    if not rows:
        return None
    return rows[-1]["number"], list(dict.fromkeys(UUID(row["subject"].removeprefix("document:")) for row in rows))
