"""How much is filed under each topic."""

from collections import Counter
from uuid import UUID

import msgspec
from msgspec import Struct

from base import database
from content.drafts.model import Facts

BEFORE = ("draft", "returned", "submitted", "approved", "scheduled")
"""States of drafts that are still to be issued; what was issued keeps its facts as they were."""


class Use(Struct, frozen=True):
    """How many issued documents, news items (written or out), and drafts are filed under a topic."""

    documents: int = 0
    news: int = 0
    drafts: int = 0

    @property
    def is_none(self) -> bool:
        """Whether nothing is."""
        return not (self.documents or self.news or self.drafts)


class Filed(Struct, frozen=True):
    """A draft that is to be filed under a topic, and its facts."""

    edition: UUID
    document: UUID
    facts: Facts


async def uses() -> dict[str, Use]:
    """What is filed under each topic that is used at all."""
    documents = await database.fetch(
        "SELECT topic, count(*) AS n FROM document WHERE topic <> '' AND published_at IS NOT NULL GROUP BY topic"
    )
    news = await database.fetch(
        "SELECT topic, count(*) AS n FROM (SELECT id, topic FROM manuscript UNION SELECT id, topic FROM news) AS filed "
        "WHERE topic <> '' GROUP BY topic"
    )
    counts: dict[str, dict[str, int]] = {
        "documents": {row["topic"]: row["n"] for row in documents},
        "news": {row["topic"]: row["n"] for row in news},
        "drafts": Counter(draft.facts.topic for draft in await _drafts()),
    }
    found = {topic for each in counts.values() for topic in each}
    return {topic: Use(**{name: each.get(topic, 0) for name, each in counts.items()}) for topic in found}


async def drafts_under(topic: str) -> list[Filed]:
    """The drafts that are to be filed under a topic."""
    return [draft for draft in await _drafts() if draft.facts.topic == topic]


async def _drafts() -> list[Filed]:
    among, values = database.among("e.state", BEFORE)
    rows = await database.fetch(
        f"SELECT f.edition, e.document, f.facts FROM draft f JOIN edition e ON e.id = f.edition WHERE {among}", values
    )
    return [Filed(**{**row, "facts": msgspec.json.decode(row["facts"], type=Facts)}) for row in rows]
