"""The address of a document, which may change, and the addresses that it had, which go on leading to it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from base import clock, database, journal, revisions
from base.database import DuplicateError
from base.errors import ConflictError, InvalidError, NotFoundError
from content import fragments

SHORTEST, LONGEST = 3, 140
"""Fewest and most characters of a slug."""

RESERVED = frozenset({"new"})
"""Words that stand in the place of a slug in other addresses."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class ChangedError(ConflictError):
    """Somebody else gave the document another address since it was looked at."""

    key = "slug-changed-already"


async def current(slug: str) -> str | None:
    """The address that a document has now whose address this was before; None when it was nobody's."""
    rows = await database.fetch(
        "SELECT d.slug FROM former_slug f JOIN document d ON d.id = f.document WHERE f.slug = {}", slug
    )
    return rows[0]["slug"] if rows else None


async def former(document: UUID) -> tuple[str, ...]:
    """The addresses that a document had before, the last first."""
    return (await former_of([document])).get(document, ())


async def former_of(documents: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The same of many documents; those that never moved are left out."""
    among, values = database.among("document", sorted(documents))
    rows = await database.fetch(f"SELECT document, slug FROM former_slug WHERE {among} ORDER BY at DESC, slug", values)
    found = defaultdict[UUID, list[str]](list)
    for row in rows:
        found[row["document"]].append(row["slug"])
    return {document: tuple(each) for document, each in found.items()}


async def change(document: UUID, slug: str, *, seen: str, by: str) -> str:
    """Give an issued document another address, which is returned; its present one changes nothing. ``seen``: that one.

    Raises InvalidError for an address that cannot be one, or is or was another document's, ChangedError.
    """
    slug = slug.strip().lower()
    _check(slug)
    try:
        async with database.unique(), database.transaction():
            await _change(document, slug, seen, by)
    except DuplicateError:
        raise InvalidError.of("slug", "slug-taken") from None
    return slug


def _check(slug: str) -> None:
    if not slug:
        raise InvalidError.of("slug", "slug-missing")
    if not _SLUG.fullmatch(slug):
        raise InvalidError.of("slug", "slug-signs")
    if not SHORTEST <= len(slug) <= LONGEST:
        raise InvalidError.of("slug", "slug-length", least=SHORTEST, most=LONGEST)
    if slug in RESERVED:
        raise InvalidError.of("slug", "slug-taken")


async def _change(document: UUID, slug: str, seen: str, by: str) -> None:
    tail = " FOR UPDATE" if database.is_postgres() else ""
    rows = await database.fetch(
        f"SELECT slug, owner_unit FROM document WHERE id = {{}} AND published_at IS NOT NULL{tail}", document
    )
    if not rows:
        raise NotFoundError
    if rows[0]["slug"] == slug:
        return
    if rows[0]["slug"] != seen:
        raise ChangedError
    if any(owner != document for owner in await _owners(slug)):
        raise InvalidError.of("slug", "slug-taken")
    await database.execute("DELETE FROM former_slug WHERE slug = {}", slug)
    await database.execute(
        "INSERT INTO former_slug (slug, document, by, at) VALUES ({}, {}, {}, {})", seen, document, by, clock.now()
    )
    await database.execute("UPDATE document SET slug = {} WHERE id = {}", slug, document)
    await fragments.render_anew(document)
    await journal.record(act="document.slug", subject=f"document:{document}", by=by, unit=rows[0]["owner_unit"])
    await revisions.touch("content")


async def _owners(slug: str) -> list[UUID]:
    """Whose address it is or was; asked at once, so that none can slip from the one to the other meanwhile."""
    rows = await database.fetch(
        "SELECT id FROM document WHERE slug = {} UNION ALL SELECT document FROM former_slug WHERE slug = {}", slug, slug
    )
    return [row["id"] for row in rows]
