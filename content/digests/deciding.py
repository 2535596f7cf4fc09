"""The way of a digest of an issued edition: submitted, returned or approved, withdrawn; and issued with its draft."""

from typing import Any
from uuid import UUID

from base import clock, database, journal, revisions
from base.errors import ConflictError, InvalidError, NotFoundError
from content import fragments
from content.digests import keeping, showing
from content.digests.model import Digest, OwnDigestError
from content.digests.placing import Names
from content.drafts.keeping import packed
from content.drafts.model import ChangedError, Draft
from content.publishing import TransitionError

LONGEST_REASON = 500

SUBMITTABLE = frozenset({"draft", "returned", "withdrawn"})
"""States from which a digest may be handed in; withdrawn, as it was, for who thinks better of it."""


async def submit(edition: UUID, *, seen: int, by: str) -> None:
    """Hand in the version that was ``seen``; ConflictError when readers have it. The same again changes nothing."""
    async with database.transaction():
        digest = await _locked(edition)
        if digest.state == "submitted":
            return
        if digest.state == "approved":
            raise ConflictError("digest-nothing-new")
        _follows(digest, "submitted", SUBMITTABLE)
        _is_seen(digest, seen)
        if not digest.points:
            raise InvalidError.of("words1", "digest-empty")
        await keeping.note(
            edition, state="submitted", returned_for="", submitted_by=by, submitted_at=clock.now()
        )  # fmt: skip
        await _record("digest.submit", f"edition:{edition}", digest, by)


async def take_back(edition: UUID, *, by: str) -> None:
    """Take back what was handed in and not decided yet."""
    async with database.transaction():
        digest = await _locked(edition)
        if digest.state in ("draft", "returned"):
            return
        _follows(digest, "draft", frozenset({"submitted"}))
        await keeping.note(edition, state="draft")
        await _record("digest.take-back", f"edition:{edition}", digest, by)


async def send_back(edition: UUID, *, seen: int, reason: str, by: str) -> None:
    """Return it to its editors with a reason; raises InvalidError without one."""
    words = _reason(reason, "digest-reason-missing")
    async with database.transaction():
        digest = await _locked(edition)
        if (digest.state, digest.returned_for) == ("returned", words):
            return
        _follows(digest, "returned", frozenset({"submitted"}))
        _is_seen(digest, seen)
        await keeping.note(edition, state="returned", returned_for=words)
        await _record("digest.return", f"edition:{edition}", digest, by)


async def approve(edition: UUID, *, seen: int, by: str) -> None:
    """Give readers the version that was ``seen``; raises OwnDigestError for whoever had a hand in it."""
    async with database.transaction():
        digest = await _locked(edition)
        if (digest.state, digest.approved_by, digest.version) == ("approved", by, seen):
            return
        if by in digest.hands or by == digest.submitted_by:
            raise OwnDigestError
        _follows(digest, "approved", frozenset({"submitted"}))
        _is_seen(digest, seen)
        await _show(digest, by=by, at=clock.now())
        await _record("digest.approve", f"document:{digest.document}", digest, by)
        await revisions.touch("content")


async def withdraw(edition: UUID, *, reason: str, by: str) -> None:
    """Take it out of readers' hands, with a reason; what is being written meanwhile stays with its editors."""
    words = _reason(reason, "digest-withdrawal-reason-missing")
    async with database.transaction():
        digest = await _locked(edition)
        if not digest.shown:
            if digest.withdrawn_for == words:
                return
            raise TransitionError(**{"from": digest.state, "to": "withdrawn"})
        state = "withdrawn" if digest.state == "approved" else digest.state
        await keeping.note(edition, state=state, shown="[]", withdrawn_for=words)
        await _record("digest.withdraw", f"document:{digest.document}", digest, by)
        await revisions.touch("content")


async def issue_with(draft: Draft) -> None:
    """Give readers the digest that was approved with its draft; part of the draft's issue, which is recorded there."""
    digest = await keeping.digest_of(draft.edition)
    if digest.points:
        await _show(digest, by=draft.approved_by, at=draft.approved_at)


async def _locked(edition: UUID) -> Digest:
    """The digest of an edition that readers may open; of any other it goes its draft's way."""
    digest = await keeping.locked(edition)
    if not (digest.is_issued and digest.version):
        raise NotFoundError
    return digest


async def _show(digest: Digest, *, by: str, at: Any) -> None:
    """An issued text does not change, so paths and names of its parts are kept as they are now."""
    rows = showing.rows(digest.points, Names(await fragments.pieces_of(digest.edition)))
    if not all(row.path for row in rows):
        raise InvalidError("digest-part-gone")
    await keeping.note(
        digest.edition, state="approved", shown=packed(rows), withdrawn_for="", approved_by=by, approved_at=at
    )


def _follows(digest: Digest, state: str, after: frozenset[str]) -> None:
    if digest.state not in after:
        raise TransitionError(**{"from": digest.state, "to": state})


def _is_seen(digest: Digest, seen: int) -> None:
    if digest.version != seen:
        raise ChangedError(digest.points)


def _reason(words: str, missing: str) -> str:
    if not words.strip():
        raise InvalidError.of("reason", missing)
    return words.strip()[:LONGEST_REASON]


async def _record(act: str, subject: str, digest: Digest, by: str) -> None:
    detail = {"edition": str(digest.edition), "version": digest.version}
    await journal.record(act=act, subject=subject, by=by, unit=digest.unit, detail=detail)
