"""Opening what changed in a document: only what the reader may read, and from memory until the content changes."""

import asyncio

from base import clock
from base.errors import NotFoundError
from content import reading, shelf
from content.comparing.comparison import compare
from content.comparing.model import Changes, Comparison
from content.memory import Memory
from content.shelf import Volume

_comparisons: Memory[Comparison] = Memory(
    shelf.TEXT_CHARS, lambda made: 1_000 + sum(500 + sum(len(run.text) for run in each.runs) for each in made.changes)
)  # fmt: skip


async def changes(slug: str, ordinal: int | None, *, scopes: frozenset[str], since: int | None = None) -> Changes:
    """What changed in one edition (the one in force) since an earlier one (the one issued before it).

    Raises NotFoundError where the reader may not open both, or where there is none before, or the other is not earlier.
    """
    volume = await shelf.take(slug, scopes=scopes)
    newer = volume.edition(volume.ordinal_on(clock.today()) if ordinal is None else ordinal)
    older = volume.edition(_before(volume, newer.ordinal) if since is None else since)
    if older.ordinal >= newer.ordinal:
        raise NotFoundError
    opened = await reading.edition(slug, newer.ordinal, scopes=scopes)
    comparison = await _comparison(volume, older.ordinal, newer.ordinal)
    note = volume.notes[newer.ordinal]
    facts = f"{opened.etag} {older} {volume.edition_ids[older.ordinal]} {note}"
    return Changes(opened, older, comparison, note, reading.hash_of(facts))


def _before(volume: Volume, ordinal: int) -> int:
    earlier = [edition.ordinal for edition in volume.editions if edition.ordinal < ordinal]
    if not earlier:
        raise NotFoundError
    return max(earlier)


async def _comparison(volume: Volume, older: int, newer: int) -> Comparison:
    async def made() -> Comparison:
        return await asyncio.to_thread(compare, await volume.pieces(older), await volume.pieces(newer))

    return await _comparisons.ask((volume.edition_ids[older], volume.edition_ids[newer]), made)
