"""Appealing against a decision, once, in words; somebody else decides on it, in writing, by a due date."""

from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct, structs

from backend.accounts.acts import act
from backend.discussion import comments, wording
from backend.discussion.comment_model import HIDDEN, RETURNED, SHOWN
from backend.moderation import cases, claiming, telling
from backend.moderation.histories import answered
from backend.moderation.model import (
    APPEALED,
    OVERTURNED,
    UPHELD,
    WORDS_CHARS,
    Appeal,
    Case,
    Decision,
    NotWaitingError,
    OwnCommentError,
    OwnDecisionError,
    TooManyAppealsError,
    check_words,
)
from base import clock, database, limits
from base.errors import ConflictError, InvalidError, NotFoundError, TooManyError
from base.settings import settings

OUTCOMES = (UPHELD, OVERTURNED)

LIMIT, WINDOW_S = 10, 3_600
"""So often may a member appeal within so many seconds."""


class Appealed(Struct, frozen=True):
    """The appeal, and whether this made it or decided it."""

    appeal: Appeal
    is_new: bool


async def appeal(id: UUID, comment: UUID, *, words: str, by: UUID) -> Appealed:
    """Object, as its author, to the decision by which a comment is hidden or was returned. The same again: nothing.

    Raises InvalidError, NotFoundError for anybody else's, NotWaitingError when nothing stands against it,
    ConflictError when there is an appeal in other words, TooManyAppealsError.
    """
    words = wording.tidy(words)
    check_words(words, "appeal", most=WORDS_CHARS, needed=True)
    if not await _is_here(id):
        await _count(by)
    async with act(comment, id):
        case = await cases.one(comment)
        if case.comment.author != by:
            raise NotFoundError
        if there := await _same(id, comment, words):
            return Appealed(there, False)
        last = case.last
        if last is None or case.comment.state not in (HIDDEN, RETURNED):
            raise NotWaitingError("appeal-nothing")
        if case.appeal is not None:
            raise ConflictError("appeal-once")
        made = Appeal(id, comment, last.id, words, clock.now(), _due_on(), "", "", None, None)
        await _keep(made, case)
        return Appealed(made, True)


async def answer(comment: UUID, appeal: UUID, *, outcome: str, words: str, by: UUID) -> Appealed:
    """Uphold the decision, or overturn it, so that the comment is shown. The same by the same person again: nothing.

    Whether ``by`` moderates and may read it is for the door to know. Raises InvalidError, OwnCommentError,
    OwnDecisionError, ClaimedError, AlreadyDecidedError, NotWaitingError, NotFoundError.
    """
    words = wording.tidy(words)
    if outcome not in OUTCOMES:
        raise InvalidError.of("outcome", "appeal-outcome-missing")
    check_words(words, "answer", most=WORDS_CHARS, needed=True)
    async with act(comment):
        case = await cases.one(comment)
        found = next((each for each in (await cases.appeals_of([comment])).get(comment, ()) if each.id == appeal), None)
        if found is None:
            raise NotFoundError
        if (found.outcome, found.answer, found.decided_by) == (outcome, words, by):
            return Appealed(found, False)
        await _check(case, found, by)
        return Appealed(await _settle(case, found, outcome, words, by), True)


def _due_on() -> date:
    """Until when an appeal that is made today is to be decided: what the installation promises."""
    return clock.today() + timedelta(days=settings().appeal_days)


async def _is_here(id: UUID) -> bool:
    return bool(await database.fetch("SELECT id FROM appeal WHERE id = {}", id))


async def _count(by: UUID) -> None:
    try:
        await limits.hit(f"appeal:{by}", limit=LIMIT, window_s=WINDOW_S)
    except TooManyError as error:
        raise TooManyAppealsError(retry_after_s=error.retry_after_s) from None


async def _same(id: UUID, comment: UUID, words: str) -> Appeal | None:
    rows = await database.fetch(f"SELECT {cases.APPEAL} FROM appeal WHERE id = {{}}", id)
    if not rows:
        return None
    there = Appeal(**rows[0])
    if there.comment != comment:
        raise NotFoundError
    if there.words != words:
        raise ConflictError
    return there


async def _keep(made: Appeal, case: Case) -> None:
    await database.execute(
        "INSERT INTO appeal (id, comment, decision, words, at, due_on, outcome, answer) "
        "VALUES ({}, {}, {}, {}, {}, {}, '', '')",
        made.id, made.comment, made.decision, made.words, made.at, made.due_on,
    )  # fmt: skip
    await telling.note_appeal(case.comment, made, _against(case, made).by)


async def _check(case: Case, appeal: Appeal, by: UUID) -> None:
    if case.comment.author == by:
        raise OwnCommentError
    if not appeal.is_open:
        raise await answered(appeal)
    if case.appeal != appeal or APPEALED not in case.kinds:
        raise NotWaitingError
    if _against(case, appeal).by == by:
        raise OwnDecisionError
    await claiming.check(case, by=by)


def _against(case: Case, appeal: Appeal) -> Decision:
    return next(each for each in case.decisions if each.id == appeal.decision)


async def _settle(case: Case, appeal: Appeal, outcome: str, words: str, by: UUID) -> Appeal:
    now, comment = clock.now(), case.comment
    await database.execute(
        "UPDATE appeal SET outcome = {}, answer = {}, decided_by = {}, decided_at = {} WHERE id = {}",
        outcome, words, by, now, appeal.id,
    )  # fmt: skip
    if outcome == OVERTURNED:
        await comments.settle(comment.id, revision=comment.revision, state=SHOWN, by=str(by), reason="")
    await claiming.end(comment.id)
    await telling.note_answer(comment, appeal, outcome, by)
    return structs.replace(appeal, outcome=outcome, answer=words, decided_by=by, decided_at=now)
