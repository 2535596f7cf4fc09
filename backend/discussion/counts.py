"""How many comments are shown on what, for whoever may read it; counted once while nothing changes."""

from collections import OrderedDict
from uuid import UUID

from base import database, revisions

BUCKETS = 64
"""In so many drawers lie the revisions of counts: a comment makes those of its own drawer be counted anew."""

HELD = 5_000
"""How many documents' counts a process remembers."""

_held: OrderedDict[UUID, tuple[tuple[object, int], dict[str, int]]] = OrderedDict()


async def by_anchor(document: UUID) -> dict[str, int]:
    """Shown comments and answers by the anchor of the part that they are about ("" for the whole); none are missing.

    The same for a news item, which has no parts.
    """
    state = (database.engine(), revisions.current(_topic(document)))
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


async def touch(subject: UUID | None) -> None:
    """Say, in the surrounding transaction, that another number of comments is shown on it."""
    if subject is not None:
        await revisions.touch(_topic(subject))


def _topic(subject: UUID) -> str:
    return f"comments-{subject.int % BUCKETS}"
