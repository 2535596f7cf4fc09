"""From an editor's hands into an approver's and back: submitting, returning with remarks, approving, scheduling."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from base import clock, database, journal
from base.errors import InvalidError
from content.drafts import keeping, requirements
from content.drafts.model import OPEN, ChangedError, Draft, OwnWorkError, UnmetError
from content.publishing import TRANSITIONS, TransitionError

LONGEST_REMARK = 2_000

RETURNABLE = frozenset(state for state, following in TRANSITIONS.items() if "returned" in following)
"""States from which an approver may return a draft."""


async def confirm_unclassified(edition: UUID, *, by: str) -> None:
    """Say by name that the text holds no state secret (Law 117/2025); whoever changes it must say so again."""
    async with database.transaction():
        draft = await keeping.locked_open(edition)
        if draft.unclassified_by:
            return
        await keeping.note(edition, unclassified_by=by, unclassified_at=clock.now())
        await _record("draft.unclassified", draft, by)


async def submit(edition: UUID, *, seen: int, by: str, scopes: frozenset[str]) -> None:
    """Hand the draft in for approval; raises UnmetError when something is lacking, ChangedError for an older version.

    Handed in already, the same again changes nothing.
    """
    async with database.transaction():
        draft = await keeping.locked(edition)
        if draft.state == "submitted":
            return
        _follows(draft, "submitted")
        _is_seen(draft, seen)
        if requirements.blocking(await requirements.requirements(draft, scopes=scopes)):
            raise UnmetError
        await _set(draft, "submitted", reason="")
        await keeping.note(edition, submitted_by=by, submitted_at=clock.now())
        await database.execute("UPDATE remark SET settled_at = {} WHERE edition = {}", clock.now(), edition)
        await _record("draft.submit", draft, by)


async def take_back(edition: UUID, *, by: str) -> None:
    """Take a draft back that was handed in and not decided yet."""
    async with database.transaction():
        draft = await keeping.locked(edition)
        if draft.state in OPEN:
            return
        if draft.state != "submitted":
            raise TransitionError(**{"from": draft.state, "to": "draft"})
        await _set(draft, "draft")
        await _record("draft.take-back", draft, by)


async def send_back(edition: UUID, *, seen: int, reason: str, remarks: Mapping[str, str], by: str) -> None:
    """Return a draft to its editors, with a reason and remarks on parts (by anchor); raises InvalidError without."""
    words = {anchor: text.strip()[:LONGEST_REMARK] for anchor, text in remarks.items() if text.strip()}
    if not reason.strip():
        raise InvalidError.of("reason", "draft-reason-missing")
    async with database.transaction():
        draft = await keeping.locked(edition)
        if draft.state == "returned" and draft.reason == reason.strip():
            return
        _follows(draft, "returned")
        _is_seen(draft, seen)
        await _set(draft, "returned", reason=reason.strip()[:LONGEST_REMARK])
        await keeping.note(edition, approved_by="", approved_at=None, publish_at=None)
        for anchor, text in words.items():
            await _remark(draft, anchor, text, by)
        await _record("draft.return", draft, by, remarks=len(words))


async def approve(edition: UUID, *, seen: int, by: str, scopes: frozenset[str]) -> None:
    """Approve the version that was ``seen``; raises OwnWorkError for whoever had a hand in it."""
    async with database.transaction():
        draft = await keeping.locked(edition)
        if draft.state == "approved" and draft.approved_by == by:
            return
        _is_anothers(draft, by)
        _follows(draft, "approved", also=("submitted",))
        _is_seen(draft, seen)
        if requirements.blocking(await requirements.requirements(draft, scopes=scopes)):
            raise UnmetError
        await _set(draft, "approved")
        await keeping.note(edition, approved_by=by, approved_at=clock.now())
        await _record("draft.approve", draft, by)


async def schedule(edition: UUID, *, at: datetime, by: str) -> None:
    """Let an approved draft be issued at a moment to come."""
    if at <= clock.now():
        raise InvalidError.of("publish_at", "draft-moment-past")
    async with database.transaction():
        draft = await keeping.locked(edition)
        if draft.state == "scheduled" and draft.publish_at == at:
            return
        if draft.state not in ("approved", "scheduled"):
            raise TransitionError(**{"from": draft.state, "to": "scheduled"})
        await _set(draft, "scheduled")
        await keeping.note(edition, publish_at=at)
        await _record("draft.schedule", draft, by, at=at.isoformat())


async def unschedule(edition: UUID, *, by: str) -> None:
    """Let a scheduled draft wait again."""
    async with database.transaction():
        draft = await keeping.locked(edition)
        if draft.state == "approved":
            return
        if draft.state != "scheduled":
            raise TransitionError(**{"from": draft.state, "to": "approved"})
        await _set(draft, "approved")
        await keeping.note(edition, publish_at=None)
        await _record("draft.unschedule", draft, by)


async def remarks(edition: UUID) -> list[dict[str, Any]]:
    """Remarks on a draft, the newest first: anchor, words, who made them when, and when they were settled."""
    return await database.fetch(
        "SELECT anchor, words, made_by, made_at, settled_at FROM remark WHERE edition = {} ORDER BY made_at DESC, id",
        edition,
    )


def _is_anothers(draft: Draft, by: str) -> None:
    if by in draft.hands or by == draft.submitted_by:
        raise OwnWorkError


def _is_seen(draft: Draft, seen: int) -> None:
    if draft.version != seen:
        raise ChangedError(draft.version)


def _follows(draft: Draft, state: str, also: tuple[str, ...] = ()) -> None:
    if state not in TRANSITIONS[draft.state] or (also and draft.state not in also):
        raise TransitionError(**{"from": draft.state, "to": state})


async def _set(draft: Draft, state: str, **columns: str) -> None:
    columns = {"state": state, **columns}
    assignments = ", ".join(f"{column} = {{}}" for column in columns)
    await database.execute(f"UPDATE edition SET {assignments} WHERE id = {{}}", *columns.values(), draft.edition)


async def _remark(draft: Draft, anchor: str, words: str, by: str) -> None:
    """Its id is made from what it says, so that the same form sent twice says it once."""
    id = uuid5(draft.edition, f"{draft.version}|{anchor}|{words}")
    await database.execute(
        "INSERT INTO remark (id, edition, anchor, words, made_by, made_at) VALUES ({}, {}, {}, {}, {}, {}) "
        "ON CONFLICT DO NOTHING",
        id, draft.edition, anchor, words, by, clock.now(),
    )  # fmt: skip


async def _record(act: str, draft: Draft, by: str, **detail: Any) -> None:
    await journal.record(
        act=act, subject=f"edition:{draft.edition}", by=by, unit=draft.unit,
        detail={"document": str(draft.document), "version": draft.version, **detail},
    )  # fmt: skip
