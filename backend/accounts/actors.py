"""Who acted, in words: the journal and drafts hold ids, and names are looked up only to be shown."""

import uuid
from collections.abc import Iterable

from base import database


async def names_of(actors: Iterable[str]) -> dict[str, str]:
    """The name of each member among these actors; "cli", "system" and whoever was erased have none."""
    among, values = database.among("id", [*filter(None, (_id(actor) for actor in set(actors)))])
    rows = await database.fetch(f"SELECT id, name FROM member WHERE {among} AND erased_at IS NULL", values)
    return {str(row["id"]): row["name"] for row in rows}


def _id(actor: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(actor)
    except ValueError:
        return None
