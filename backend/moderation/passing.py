"""Which held comments pass the nearest moderators: they may not read the text, or it is their own."""

from collections.abc import Collection
from uuid import UUID

from backend.moderation.desks import Desks
from base import database
from content import audiences
from content.audiences import Condition


async def held_beyond(known: Desks, units: Collection[int], scopes: frozenset[str]) -> Condition | None:
    """A condition on comments ``c`` that all such fulfil, and few others; None when there are no nearer moderators.

    What any scope opens that all of the nearer ones hold passes none of them. So of 100,000 comments only those are
    looked at one by one that are about the few texts which the reader, and not everybody below, may read.
    """
    nearer = frozenset().union(*(known.held[seat] for seat in known.nearer(units)))
    if not nearer:
        return None
    own = scopes - await _common(known, nearer)
    among, authors = database.among("c.author", sorted(nearer))
    documents, first = audiences.all_readable(own, of="c.document")
    items, second = audiences.readable(own, of="c.news", table="news_audience", owner="news")
    return f"({among} OR {documents} OR (c.news IS NOT NULL AND {items}))", [authors, *first, *second]


async def _common(known: Desks, members: Collection[UUID]) -> frozenset[str]:
    """What all of them may read by where they belong."""
    among, values = database.among("member", sorted(members))
    rows = await database.fetch(
        f"SELECT member, unit FROM membership WHERE {among} AND from_on <= {{}} AND (to_on IS NULL OR to_on > {{}})",
        values, known.on, known.on,
    )  # fmt: skip
    held = [known.tree.scopes(unit, known.on) for unit in {row["unit"] for row in rows}]
    belonging = held if len({row["member"] for row in rows}) == len(members) else []
    shared = frozenset.intersection(*belonging) if belonging else frozenset[str]()
    return shared | {"public", "members"}
