"""What a later text would change in the one that was issued last."""

import asyncio

from msgspec import Struct

from base import database
from base.errors import NotFoundError
from content import comparing, fragments
from content.comparing import Comparison
from content.drafts.model import Draft


class Amendment(Struct, frozen=True):
    """A draft compared with the edition of that ordinal; ``anchors`` are the draft's, by path."""

    since: int
    comparison: Comparison
    anchors: dict[str, str]


async def amendment(draft: Draft) -> Amendment:
    """The draft compared with the last edition that was issued and not withdrawn; NotFoundError where there is none."""
    rows = await database.fetch(
        "SELECT id, ordinal FROM edition WHERE document = {} AND ordinal > 0 AND id <> {} "
        "AND state IN ('published', 'superseded') ORDER BY ordinal DESC LIMIT 1",
        draft.document,
        draft.edition,
    )
    if not rows:
        raise NotFoundError
    older, newer = await fragments.pieces_of(rows[0]["id"]), await fragments.pieces_of(draft.edition)
    return Amendment(rows[0]["ordinal"], await asyncio.to_thread(comparing.compare, older, newer), newer.anchors)
