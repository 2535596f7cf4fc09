"""The life of an edition, from draft to withdrawn, and who may read the document it belongs to."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from base import clock, database, journal, revisions
from base.errors import ConflictError, NotFoundError
from content import audiences, filing, relations
from notifications import outbox

TRANSITIONS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"draft", "returned", "approved"}),  # to draft: its editor takes it back
    "returned": frozenset({"submitted"}),
    "approved": frozenset({"scheduled", "published", "returned"}),
    "scheduled": frozenset({"published", "approved", "returned"}),
    "published": frozenset({"superseded", "withdrawn"}),
    "superseded": frozenset({"withdrawn", "published"}),  # published again when the later text is withdrawn
    "withdrawn": frozenset(),
}
"""Which state may follow which."""

IMPORTED: Mapping[str, frozenset[str]] = {**TRANSITIONS, "draft": frozenset({"published"})}
"""The same for a text that was issued on paper before it came here: its approval is not ours to repeat."""


class ReaddressedError(ConflictError):
    """Somebody else addressed the document anew after it was looked at."""

    key = "content-readdressed"


class TransitionError(ConflictError):
    """An edition cannot go from its state to the one asked for."""

    key = "content-transition-not-allowed"


async def publish_import(edition_id: UUID, *, by: str) -> None:
    """Publish an imported draft; earlier published editions of the document are superseded by it.

    Published is not in force: from which day it is, the edition's ``effective_from`` says.
    """
    async with database.transaction():
        edition = await locked(edition_id)
        await advance(edition, "published", IMPORTED)
        await supersede(edition)
        await settle(edition["document"])
        await relations.settle_others(edition["document"], settle)
        await _record("document.publish", edition["document"], by=by, edition=str(edition_id))


async def withdraw(edition_id: UUID, *, by: str, reason: str) -> None:
    """Take a published edition out of readers' hands; the one before it, if any, is read again."""
    async with database.transaction():
        await filing.hold()
        edition = await locked(edition_id)
        await advance(edition, "withdrawn", TRANSITIONS)
        await database.execute("UPDATE edition SET reason = {} WHERE id = {}", reason, edition_id)
        await _restore(edition["document"])
        await settle(edition["document"])
        await relations.settle_others(edition["document"], settle)
        if edition["state"] == "published":
            await outbox.cancel(f"document:{edition['document']}")
        await _record("document.withdraw", edition["document"], by=by, edition=str(edition_id))


async def set_audience(document: UUID, scopes: Iterable[str], *, by: str, reason: str, seen: str | None = None) -> None:
    """Address a document to exactly these scopes from now on, and what is owed of it; the same again changes nothing.

    ``seen`` is the state of its audience (audiences.state) that was looked at; raises ReaddressedError when it is
    another by now.
    """
    wanted = frozenset(scopes)
    async with database.transaction():
        await filing.hold()
        await _hold(document)
        windows, now = await audiences.windows(document), clock.now()
        current = {window.scope for window in windows if window.to_at is None or window.to_at > now}
        if current == wanted:
            return
        if seen is not None and seen != audiences.state(windows):
            raise ReaddressedError
        await close(document, current - wanted, at=now, by=by, reason=reason)
        await address(document, wanted - current, by=by, reason=reason, at=now)
        await relations.settle_others(document, settle)
        await outbox.readdress(f"document:{document}", wanted)
        await _record("document.audience", document, by=by)


async def close(document: UUID, scopes: Iterable[str], *, at: datetime, by: str, reason: str) -> None:
    """End from a moment on that these scopes may read a document; part of an act that is recorded elsewhere."""
    for scope in sorted(scopes):
        await database.execute(
            "UPDATE audience SET to_at = {}, ended_by = {}, ended_reason = {} "
            "WHERE document = {} AND scope = {} AND (to_at IS NULL OR to_at > {})",
            at, by, reason, document, scope, at,
        )  # fmt: skip


async def address(document: UUID, scopes: Iterable[str], *, by: str, reason: str, at: datetime | None = None) -> None:
    """Add scopes to those that may read a document; part of an act that is recorded elsewhere."""
    moment = at or clock.now()
    for scope in sorted(scopes):
        await database.execute(
            "INSERT INTO audience (document, scope, from_at, reason, by) VALUES ({}, {}, {}, {}, {})",
            document, scope, moment, reason, by,
        )  # fmt: skip


async def settle(document: UUID) -> None:
    """Bring to the document's own row what lists need of its editions: whether shown, from when, until when."""
    rows = await database.fetch(
        "SELECT state, effective_from, effective_until, published_at FROM edition "
        "WHERE document = {} AND state IN ('published', 'superseded') ORDER BY ordinal",
        document,
    )
    begins = min((row["effective_from"] for row in rows if row["effective_from"]), default=None)
    ends = [end for end in (rows[-1]["effective_until"] if rows else None, await relations.ended_by(document)) if end]
    await database.execute(
        "UPDATE document SET shown = {}, effective_from = {}, effective_until = {}, "
        "published_at = COALESCE(published_at, {}) WHERE id = {}",
        bool(rows), begins, min(ends, default=None), rows[0]["published_at"] if rows else None, document,
    )  # fmt: skip


async def locked(edition_id: UUID) -> dict[str, Any]:
    """The edition, with its document's row locked so that two acts on one document follow each other."""
    rows = await database.fetch("SELECT id, document, ordinal, state FROM edition WHERE id = {}", edition_id)
    if not rows:
        raise NotFoundError
    if database.is_postgres():
        await _hold(rows[0]["document"])
        rows = await database.fetch("SELECT id, document, ordinal, state FROM edition WHERE id = {}", edition_id)
    return rows[0]


async def _hold(document: UUID) -> None:
    """Let acts on one document follow each other; SQLite has one writer at a time anyway."""
    if database.is_postgres():
        await database.fetch("SELECT id FROM document WHERE id = {} FOR UPDATE", document)


async def advance(edition: dict[str, Any], state: str, transitions: Mapping[str, frozenset[str]]) -> None:
    """Take the edition from its state to another; raises TransitionError where that does not follow."""
    if state not in transitions[edition["state"]]:
        raise TransitionError(**{"from": edition["state"], "to": state})
    published = clock.now() if state == "published" else None
    await database.execute(
        "UPDATE edition SET state = {}, published_at = COALESCE(published_at, {}) WHERE id = {}",
        state, published, edition["id"],
    )  # fmt: skip


async def supersede(by: dict[str, Any]) -> None:
    """The document's published editions give way to this one."""
    await database.execute(
        "UPDATE edition SET state = 'superseded' WHERE document = {} AND state = 'published' AND id <> {}",
        by["document"], by["id"],
    )  # fmt: skip


async def _restore(document: UUID) -> None:
    await database.execute(
        "UPDATE edition SET state = 'published' WHERE state = 'superseded' AND document = {} AND ordinal = "
        "(SELECT max(ordinal) FROM edition WHERE document = {} AND state IN ('published', 'superseded'))",
        document, document,
    )  # fmt: skip


async def _record(act: str, document: UUID, *, by: str, **detail: Any) -> None:
    await journal.record(act=act, subject=f"document:{document}", by=by, detail=detail)
    await revisions.touch("content")
