"""Drafts as they are stored: finding one or many, locking one for an act, and writing what changed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from base import clock, database
from base.errors import NotFoundError
from content.drafts.model import ClosedError, Doubt, Draft, DraftRow, Facts

LISTED = 500
"""Most drafts in one list."""

_DRAFT = (
    "SELECT f.edition, e.document, d.slug, d.published_at IS NOT NULL AS known, e.state, e.reason, f.version, f.unit, "
    "f.facts, f.source, f.doubts, f.hands, f.unclassified_by, f.unclassified_at, f.submitted_by, f.submitted_at, "
    "f.approved_by, f.approved_at, f.publish_at, f.saved_by, f.saved_at, e.created_by, e.created_at "
    "FROM draft f JOIN edition e ON e.id = f.edition JOIN document d ON d.id = e.document WHERE f.edition = {}"
)

_ROW = (
    "SELECT f.edition, d.slug, d.published_at IS NOT NULL AS known, e.state, f.unit, f.facts, e.source, f.saved_at, "
    "f.saved_by, e.created_by, f.publish_at FROM draft f JOIN edition e ON e.id = f.edition "
    "JOIN document d ON d.id = e.document"
)


async def draft_of(edition: UUID) -> Draft:
    """The draft; raises NotFoundError. Who may see it is for the door to know, by its ``unit``."""
    rows = await database.fetch(_DRAFT, edition)
    if not rows:
        raise NotFoundError
    row = rows[0]
    return Draft(**{
        **row, "known": bool(row["known"]), "facts": msgspec.json.decode(row["facts"], type=Facts),
        "doubts": msgspec.json.decode(row["doubts"], type=tuple[Doubt, ...]),
        "hands": frozenset(msgspec.json.decode(row["hands"], type=list[str])),
    })  # fmt: skip


class Issue(NamedTuple):
    """Where an edition stands among those of its document; ``ordinal`` is below zero until it is issued."""

    slug: str
    ordinal: int
    state: str
    published_at: datetime | None


async def issue_of(edition: UUID) -> Issue:
    """Where the edition is read; raises NotFoundError."""
    rows = await database.fetch(
        "SELECT d.slug, e.ordinal, e.state, e.published_at FROM edition e JOIN document d ON d.id = e.document "
        "WHERE e.id = {}",
        edition,
    )
    if not rows:
        raise NotFoundError
    return Issue(**rows[0])


async def locked(edition: UUID) -> Draft:
    """The draft, inside a transaction in which nobody else can change it or its document."""
    await hold(edition)
    return await draft_of(edition)


async def hold(edition: UUID) -> None:
    """Let acts on the document of an edition follow each other; SQLite has one writer at a time anyway."""
    if not database.in_transaction():
        raise RuntimeError("an edition was held outside a transaction")
    if database.is_postgres():
        rows = await database.fetch("SELECT document FROM edition WHERE id = {}", edition)
        for row in rows:
            await database.fetch("SELECT id FROM document WHERE id = {} FOR UPDATE", row["document"])


async def locked_open(edition: UUID) -> Draft:
    """The same of one that may be changed; raises ClosedError."""
    draft = await locked(edition)
    if not draft.open:
        raise ClosedError
    return draft


async def drafts(units: Collection[int], *, states: Collection[str]) -> list[DraftRow]:
    """Drafts of these units in these states, the last changed first."""
    among_units, unit_values = database.among("f.unit", sorted(units))
    among_states, state_values = database.among("e.state", sorted(states))
    rows = await database.fetch(
        f"{_ROW} WHERE {among_units} AND {among_states} "
        f"ORDER BY f.saved_at DESC LIMIT {LISTED}",
        unit_values, state_values,
    )  # fmt: skip
    return [_row(row) for row in rows]


async def drafts_of(document: UUID) -> list[DraftRow]:
    """Later texts of a document that are not issued yet, the last changed first."""
    rows = await database.fetch(
        f"{_ROW} WHERE e.document = {{}} AND e.ordinal < 0 ORDER BY f.saved_at DESC LIMIT {LISTED}", document
    )
    return [_row(row) for row in rows]


async def write(draft: Draft, by: str, **changed: Any) -> int:
    """Write these columns of a locked draft under the next version, which is returned; ``by`` had a hand in it."""
    hands = sorted({*draft.hands, by})
    columns = {"version": draft.version + 1, "saved_by": by, "saved_at": clock.now(), "hands": packed(hands), **changed}
    await note(draft.edition, **columns)
    return draft.version + 1


async def note(edition: UUID, **columns: Any) -> None:
    """Write columns of a draft without a new version."""
    assignments = ", ".join(f"{column} = {{}}" for column in columns)
    await database.execute(f"UPDATE draft SET {assignments} WHERE edition = {{}}", *columns.values(), edition)


def packed(value: Any) -> str:
    """A value as it stands in a JSON column."""
    return msgspec.json.encode(value).decode()


def _row(row: dict[str, Any]) -> DraftRow:
    head = msgspec.json.decode(row.pop("facts"), type=Facts).head
    return DraftRow(**{**row, "known": bool(row["known"])}, type=head.type, number=head.number, title=head.title)
