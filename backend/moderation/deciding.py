"""Deciding on a comment: the revision that was seen, by a published rule, once."""

from uuid import UUID

from msgspec import Struct

from backend.accounts.acts import act
from backend.discussion import comments, wording
from backend.discussion.comment_model import WITHDRAWN, CommentChangedSinceError
from backend.moderation import cases, claiming, telling
from backend.moderation.histories import settled
from backend.moderation.model import (
    APPEALED,
    FOUNDED,
    LAPSED,
    SHOW,
    STATES,
    UNFOUNDED,
    Case,
    Decision,
    NotWaitingError,
    OwnCommentError,
    check_verdict,
)
from base import clock, database
from base.errors import ConflictError, NotFoundError


class Decided(Struct, frozen=True):
    """The decision, and whether it was made just now."""

    decision: Decision
    is_new: bool


async def decide(
    id: UUID, comment: UUID, *, revision: int, verdict: str, reason: str = "", remark: str = "", by: UUID
) -> Decided:
    """Show, hide, or return a comment that is held or reported. The same by the same id again changes nothing.

    ``revision`` is the one that was seen. Whether ``by`` moderates and may read it is for the door to know. Raises
    InvalidError, OwnCommentError, CommentChangedSinceError, ClaimedError, AlreadyDecidedError, NotWaitingError.
    """
    remark = wording.tidy(remark)
    check_verdict(verdict, reason, remark)
    made = Decision(id, comment, revision, verdict, reason, remark, by, clock.now())
    async with act(comment, id):
        if there := await _same(made):
            return Decided(there, False)
        case = await cases.one(comment)
        await _check(case, made)
        await _bring(case, made)
        await _keep(made)
        await _settle_reports(case, made)
        await _let_lapse(case)
        await claiming.end(comment)
        await telling.note(case.comment, made, reports=len(case.open_reports))
        return Decided(made, True)


async def _same(made: Decision) -> Decision | None:
    """The decision by this id, if it was made just so; None when there is none yet."""
    rows = await database.fetch(f"SELECT {cases.DECISION} FROM decision WHERE id = {{}}", made.id)
    if not rows:
        return None
    there = Decision(**rows[0])
    if there.by != made.by:
        raise NotFoundError
    if _facts(there) != _facts(made):
        raise ConflictError
    return there


def _facts(decision: Decision) -> tuple[object, ...]:
    return decision.comment, decision.revision, decision.verdict, decision.reason, decision.remark


async def _check(case: Case, made: Decision) -> None:
    comment = case.comment
    if comment.author == made.by:
        raise OwnCommentError
    if comment.state == WITHDRAWN:
        raise NotWaitingError
    if comment.revision != made.revision:
        raise CommentChangedSinceError
    if not set(case.kinds) - {APPEALED}:
        raise await settled(case)
    await claiming.check(case, by=made.by)


async def _bring(case: Case, made: Decision) -> None:
    """Into its new state; what was shown and stays so keeps no trace of a report that came to nothing."""
    was, state = case.comment, STATES[made.verdict]
    reason = was.decided_for if was.state == state else made.reason
    await comments.settle(was.id, revision=made.revision, state=state, by=str(made.by), reason=reason)


async def _keep(made: Decision) -> None:
    await database.execute(
        'INSERT INTO decision (id, comment, revision, verdict, reason, remark, "by", at, month) '
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {})",
        made.id, made.comment, made.revision, made.verdict, made.reason, made.remark, made.by, made.at,
        f"{clock.local(made.at):%Y-%m}",
    )  # fmt: skip


async def _settle_reports(case: Case, made: Decision) -> None:
    """Reports are founded unless it stays; of those about an earlier wording nobody can say so any more."""
    if not case.open_reports:
        return
    for report in case.open_reports:
        outcome = FOUNDED if made.verdict != SHOW else UNFOUNDED if report.revision == made.revision else LAPSED
        await database.execute(
            "UPDATE report SET outcome = {}, decision = {} WHERE id = {}", outcome, made.id, report.id
        )
    await database.execute("UPDATE reported SET since = NULL WHERE comment = {}", made.comment)


async def _let_lapse(case: Case) -> None:
    """An appeal that is still open is against a decision that this one takes the place of."""
    await database.execute(
        "UPDATE appeal SET outcome = {} WHERE comment = {} AND outcome = ''", LAPSED, case.comment.id
    )
