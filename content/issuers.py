"""The bodies that issued what is here, each under the one name by which its documents are filed."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID, uuid5

from msgspec import Struct

from base import database
from base.errors import NotFoundError
from content import naming, vocabulary
from content.collation import title_key
from content.memory import Memory

NAMESPACE = UUID("3c3a0c5e-6f43-5d0b-9a55-0b1f0a4f7d21")
"""Ids of issuers are made from their names under this: the journal holds no names."""

_former: Memory[dict[str, str]] = Memory(room=1)
_issuers: Memory[tuple["Issuer", ...]] = Memory(room=1)


class Issuer(Struct, frozen=True):
    """A body under the name by which its documents are filed; ``codes`` as its numbers end, the most frequent first."""

    id: UUID
    name: str
    codes: tuple[str, ...]
    documents: int


class FormerIssuer(Struct, frozen=True):
    """A name by which documents were filed before, and the one that stands now; ``by`` is a member's id as text."""

    id: UUID
    name: str
    issuer: str
    reason: str
    by: str
    at: datetime


def id_of(name: str) -> UUID:
    """The id of the issuer of that name."""
    return uuid5(NAMESPACE, name)


async def issuers() -> tuple[Issuer, ...]:
    """Every issuer of a document that was ever issued here, in Vietnamese order."""
    return await _issuers.ask("all", _load)


async def issuer(id: UUID) -> Issuer:
    """One of them; raises NotFoundError."""
    found = next((each for each in await issuers() if each.id == id), None)
    if found is None:
        raise NotFoundError
    return found


async def now(id: UUID) -> UUID | None:
    """Which issuer goes on the one that had this id; None when it was never renamed nor merged."""
    rows = await database.fetch("SELECT issuer FROM former_issuer WHERE id = {}", id)
    return id_of(rows[0]["issuer"]) if rows else None


async def former(of: str = "") -> tuple[FormerIssuer, ...]:
    """Names that issuers (or one of them) had before, the last given up first."""
    where, values = (" WHERE issuer = {}", [of]) if of else ("", [])
    rows = await database.fetch(
        f"SELECT id, name, issuer, reason, by, at FROM former_issuer{where} ORDER BY at DESC, name", *values
    )
    return tuple(FormerIssuer(**row) for row in rows)


async def renamed(name: str) -> str:
    """The name that stands now for exactly this one, as it may stand in an old address; mostly itself."""
    return (await _former.ask("all", _load_former)).get(name, name)


async def current(name: str) -> str:
    """The name under which a paper of this issuer is filed, however its head spells it.

    A former name leads to what stands now. So does any spelling with the same letters, unless documents are filed
    under that very spelling, or it might be one of several.
    """
    rows = await database.fetch("SELECT issuer FROM former_issuer WHERE name = {}", name)
    if not rows and naming.words_of(name) and not await _is_living(name):
        rows = await database.fetch("SELECT DISTINCT issuer FROM former_issuer WHERE name_key = {}", naming.slug(name))
    return str(rows[0]["issuer"]) if len(rows) == 1 else name


async def known_names() -> list[str]:
    """Names to choose from when a draft is written: the vocabulary's as they are filed now, and those of documents."""
    listed = [await renamed(each.name) for each in vocabulary.issuers()]
    return list(dict.fromkeys([*listed, *(each.name for each in await issuers())]))


async def _is_living(name: str) -> bool:
    return bool(
        await database.fetch("SELECT id FROM document WHERE issuer = {} AND published_at IS NOT NULL LIMIT 1", name)
    )


async def _load() -> tuple[Issuer, ...]:
    rows = await database.fetch(
        "SELECT issuer, issuer_code, count(*) AS n FROM document WHERE published_at IS NOT NULL AND issuer <> '' "
        "GROUP BY issuer, issuer_code ORDER BY n DESC, issuer_code"
    )
    codes, counts = defaultdict[str, list[str]](list), defaultdict[str, int](int)
    for row in rows:
        counts[row["issuer"]] += row["n"]
        codes[row["issuer"]] += [row["issuer_code"]] if row["issuer_code"] else []
    found = (Issuer(id_of(name), name, tuple(codes[name]), count) for name, count in counts.items())
    return tuple(sorted(found, key=lambda each: (title_key(each.name), each.name)))


async def _load_former() -> dict[str, str]:
    return {row["name"]: row["issuer"] for row in await database.fetch("SELECT name, issuer FROM former_issuer")}
