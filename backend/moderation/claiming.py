"""Who is looking at a comment: for some minutes nobody else decides on it, and then it is free again by itself."""

from datetime import timedelta
from uuid import UUID

from backend.accounts import actors
from backend.accounts.acts import act
from backend.discussion.comment_moves import WAITING_TOPIC
from backend.moderation import cases
from backend.moderation.histories import settled
from backend.moderation.model import Case, ClaimedError
from base import clock, database, journal, revisions

LEASE = timedelta(minutes=15)
"""So long a comment is kept for whoever took it up; taking it up again begins anew."""


async def claim(comment: UUID, *, by: UUID) -> None:
    """Take a comment up; who may is for the door to know.

    Raises ClaimedError while somebody else has it, AlreadyDecidedError and NotWaitingError when nothing is to decide.
    """
    async with act(comment):
        case = await cases.one(comment)
        if not case.kinds:
            raise await settled(case)
        await check(case, by=by)
        await database.execute("DELETE FROM moderation_claim WHERE until < {}", clock.now())
        await database.execute(
            "INSERT INTO moderation_claim (comment, member, until) VALUES ({}, {}, {}) "
            "ON CONFLICT (comment) DO UPDATE SET member = excluded.member, until = excluded.until",
            comment, by, clock.now() + LEASE,
        )  # fmt: skip
        await _note("claim", case, by)


async def release(comment: UUID, *, by: UUID) -> None:
    """Leave it to others; nothing when one does not have it."""
    async with act(comment):
        case = await cases.one(comment)
        if case.claim is not None and case.claim.member == by:
            await end(comment)
            await _note("release", case, by)


async def check(case: Case, *, by: UUID) -> None:
    """Raise ClaimedError when somebody else is looking at it."""
    claim = case.claim
    if claim is None or claim.member == by:
        return
    names = await actors.names_of([str(claim.member)])
    raise ClaimedError(name=names.get(str(claim.member), ""), until=f"{clock.local(claim.until):%H:%M}")


async def end(comment: UUID) -> None:
    """Nobody is looking at it any more; in the surrounding transaction."""
    await database.execute("DELETE FROM moderation_claim WHERE comment = {}", comment)


async def _note(verb: str, case: Case, by: UUID) -> None:
    await revisions.touch(WAITING_TOPIC)
    await journal.record(
        act=f"comment.{verb}", subject=f"comment:{case.comment.id}", by=str(by), unit=case.comment.unit
    )
