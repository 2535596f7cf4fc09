"""Documents where something else tells of them: what they are called and where they are, for who may read them."""

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct

from base import database
from content import audiences


class Mentioned(Struct, frozen=True):
    """A document by the names that it has now; ``called`` is its type and number, "" for one that has neither."""

    id: UUID
    slug: str
    called: str
    title: str

    @property
    def name(self) -> str:
        """What to call it in one word or line."""
        return self.called or self.title

    @property
    def href(self) -> str:
        """Where it is read."""
        return f"/documents/{self.slug}"


async def mentioned(ids: Collection[UUID], *, scopes: frozenset[str]) -> dict[UUID, Mentioned]:
    """Those of these documents that the scopes may read; of others nothing is told."""
    if not ids:
        return {}
    among, values = database.among("d.id", ids)
    readable, more = audiences.readable(scopes)
    rows = await database.fetch(
        f"SELECT d.id, d.slug, d.type, d.number, d.title FROM document d WHERE {among} AND d.shown AND {readable}",
        values, *more,
    )  # fmt: skip
    return {
        row["id"]: Mentioned(row["id"], row["slug"], f"{row['type']} {row['number']}".strip(), row["title"])
        for row in rows
    }
