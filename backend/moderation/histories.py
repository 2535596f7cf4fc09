"""That a comment was decided on already, told to whoever comes second."""

from backend.accounts import actors
from backend.moderation.model import AlreadyDecidedError, Appeal, Case, Decision, NotWaitingError
from base import clock
from base.errors import ConflictError


async def settled(case: Case) -> ConflictError:
    """The error to raise for a comment on which nothing is to be decided any more."""
    last = case.last
    if last is None or last.revision != case.comment.revision:
        return NotWaitingError()
    return await already(last)


async def already(decision: Decision) -> AlreadyDecidedError:
    """That this was decided: by whom, when, and what."""
    names = await actors.names_of([str(decision.by)])
    at = f"{clock.local(decision.at):%H:%M, %d/%m/%Y}"
    return AlreadyDecidedError(f"moderation-already-{decision.verdict}", name=names.get(str(decision.by), ""), at=at)


async def answered(appeal: Appeal) -> ConflictError:
    """The error to raise for an appeal that waits no more."""
    if appeal.decided_by is None or appeal.decided_at is None:
        return NotWaitingError()
    names = await actors.names_of([str(appeal.decided_by)])
    at = f"{clock.local(appeal.decided_at):%H:%M, %d/%m/%Y}"
    return AlreadyDecidedError(
        f"moderation-already-{appeal.outcome}", name=names.get(str(appeal.decided_by), ""), at=at
    )
