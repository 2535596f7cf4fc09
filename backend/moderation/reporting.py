"""Reporting a comment: that it breaks a published rule, once for each member and comment."""

from uuid import UUID

from msgspec import Struct

from backend.accounts.acts import act
from backend.discussion import comments, conduct, wording
from backend.discussion.comment_model import Comment
from backend.discussion.comment_moves import WAITING_TOPIC
from backend.moderation import cases
from backend.moderation.model import OwnCommentError, Report, TooManyReportsError
from base import clock, database, journal, limits, revisions
from base.errors import ConflictError, FieldError, InvalidError, NotFoundError, TooManyError

MOST_CHARS = 500
"""Longest words of a report."""

LIMIT, WINDOW_S = 20, 600
"""So many comments may a member report within so many seconds."""


class Reported(Struct, frozen=True):
    """The report, and whether it was made just now."""

    report: Report
    is_new: bool


async def report(
    id: UUID, comment: UUID, *, reason: str, words: str = "", by: UUID, scopes: frozenset[str]
) -> Reported:
    """Say that a comment which is shown breaks a rule. Whoever reported it before changes nothing by doing so again.

    Raises InvalidError, NotFoundError for what is not shown to ``scopes``, OwnCommentError, ConflictError for another
    report by this id, TooManyReportsError.
    """
    words = wording.tidy(words)
    _check(reason, words)
    if there := await _same(id, comment, reason, words, by):
        return Reported(there, False)
    await _count(by)
    async with act(comment, by):
        if there := await _same(id, comment, reason, words, by):
            return Reported(there, False)
        seen = await comments.one(comment, scopes=scopes)
        if seen.author == by:
            raise OwnCommentError
        made = Report(id, comment, by, seen.revision, reason, words, clock.now(), "")
        await _keep(made, seen)
        return Reported(made, True)


async def reported_by(member: UUID, comment: UUID) -> Report | None:
    """What the member reported of a comment, if they did."""
    rows = await database.fetch(
        f"SELECT {cases.REPORT} FROM report WHERE comment = {{}} AND member = {{}}", comment, member
    )
    return Report(**rows[0]) if rows else None


def _check(reason: str, words: str) -> None:
    wrong = []
    if conduct.rule(reason) is None:
        wrong.append(FieldError("reason", "report-reason-missing", {}))
    if len(words) > MOST_CHARS:
        wrong.append(FieldError("words", "moderation-words-long", {"most": MOST_CHARS, "length": len(words)}))
    if wrong:
        raise InvalidError(fields=tuple(wrong))


async def _same(id: UUID, comment: UUID, reason: str, words: str, by: UUID) -> Report | None:
    """The member's report of this comment; raises when ``id`` is another's."""
    rows = await database.fetch(f"SELECT {cases.REPORT} FROM report WHERE id = {{}}", id)
    if rows:
        there = Report(**rows[0])
        if there.member != by:
            raise NotFoundError
        if (there.comment, there.reason, there.words) != (comment, reason, words):
            raise ConflictError
        return there
    return await reported_by(by, comment)


async def _count(by: UUID) -> None:
    try:
        await limits.hit(f"report:{by}", limit=LIMIT, window_s=WINDOW_S)
    except TooManyError as error:
        raise TooManyReportsError(retry_after_s=error.retry_after_s) from None


async def _keep(made: Report, comment: Comment) -> None:
    await database.execute(
        "INSERT INTO report (id, comment, member, revision, reason, words, at, outcome) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}, '')",
        made.id, made.comment, made.member, made.revision, made.reason, made.words, made.at,
    )  # fmt: skip
    await database.execute(
        "INSERT INTO reported (comment, since) VALUES ({}, {}) ON CONFLICT (comment) DO UPDATE "
        "SET since = COALESCE(reported.since, excluded.since)",
        made.comment, made.at,
    )  # fmt: skip
    await revisions.touch(WAITING_TOPIC)
    detail = {"report": made.id, "revision": made.revision, "reason": made.reason}
    await journal.record(
        act="comment.report", subject=f"comment:{made.comment}", by=str(made.member),
        unit=comment.unit, detail=detail,
    )  # fmt: skip
