"""How many comments are shown on what, for whoever may read it; counted once while nothing changes."""

from collections import OrderedDict
from collections.abc import Collection
from uuid import UUID

from backend.discussion import places
from base import database, revisions
from content.shelf import Volume

BUCKETS = 64
"""In so many drawers lie the revisions of counts: a comment makes those of its own drawer be counted anew."""

TOPICS = tuple(f"comments-{drawer}" for drawer in range(BUCKETS))
"""The revision of each drawer."""

HELD = 5_000
"""How many documents' counts a process remembers."""

_held: OrderedDict[UUID, tuple[tuple[object, int], dict[str, int]]] = OrderedDict()


async def by_anchor(document: UUID) -> dict[str, int]:
    """Shown comments and answers by the anchor of the part that they are about, "" for the whole.

    The same for a news item, which has no parts. Who may know of them is for the caller to ask.
    """
    state = (database.engine(), revisions.current(TOPICS[drawer(document)]))
    held = _held.get(document)
    if held is not None and held[0] == state:
        return held[1]
    rows = await database.fetch(
        "SELECT anchor, count(*) AS n FROM comment WHERE document = {} AND state = 'shown' GROUP BY anchor "
        "UNION ALL SELECT '', count(*) FROM comment WHERE news = {} AND state = 'shown' HAVING count(*) > 0",
        document, document,
    )  # fmt: skip
    found = {row["anchor"]: int(row["n"]) for row in rows}
    if not database.in_transaction():
        _held[document] = state, found
        if len(_held) > HELD:
            _held.popitem(last=False)
    return found


async def by_part(volume: Volume) -> dict[str, int]:
    """The same by path in the text in force, "" for all together: what was said of a part that is gone counts there."""
    counted = await by_anchor(volume.document.id)
    found = {"": sum(counted.values())} if counted else {}
    for anchor, path in (await places.paths(volume, counted.keys() - {""}, written_on)).items():
        found[path] = found.get(path, 0) + counted[anchor]
    return found


async def written_on(document: UUID, anchors: Collection[str]) -> dict[str, UUID]:
    """For each of these anchors an edition on which somebody wrote of it."""
    among, values = database.among("anchor", sorted(anchors))
    rows = await database.fetch(
        f"SELECT DISTINCT anchor, edition FROM comment WHERE document = {{}} AND {among}", document, values
    )
    return {row["anchor"]: row["edition"] for row in rows}


async def touch(subject: UUID | None) -> None:
    """Say, in the surrounding transaction, that another number of comments is shown on it."""
    if subject is not None:
        await revisions.touch(TOPICS[drawer(subject)])


def drawer(subject: UUID) -> int:
    """In which drawer the counts of a document or a news item are."""
    return subject.int % BUCKETS
