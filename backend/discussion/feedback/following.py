"""What a member does with their own case: look where it is, ask again once, say how the answer was, agree or not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts.acts import act
from backend.discussion.feedback import publishing, steps
from backend.discussion.feedback.model import (
    ANSWERED,
    CLOSED,
    COLUMNS,
    NOTE_CHARS,
    RATINGS,
    REOPENED,
    Case,
    NotNowError,
    Step,
    check_length,
    due_on,
)
from backend.discussion.wording import tidy
from base import database, limits
from base.errors import ConflictError, InvalidError, NotFoundError
from content import cursors
from content.rows import Page

LIMIT = 20
MOST_CHANGES, WINDOW_S = 20, 600
"""So often may a member change their mind on publishing, within so many seconds."""

OWN_STEPS = ("receive", "assign", "begin", "forward", "answer", "close", "reopen", "rate")
"""What a member is told of; notes are not among them, nor are a forwarding's words."""


async def mine(member: UUID, *, cursor: str | None = None) -> Page[Case]:
    """One page of a member's own, the newest first; raises InvalidError on a cursor that was not made here."""
    condition, values = "TRUE", list[Any]()
    if cursor:
        condition, values = "(f.received_at, f.id) < ({}, {})", list(_place(cursor))
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM feedback f WHERE f.author = {{}} AND {condition} "
        "ORDER BY f.received_at DESC, f.id DESC LIMIT {}",
        member, *values, LIMIT + 1,
    )  # fmt: skip
    found = [Case(**row) for row in rows]
    return Page(tuple(found[:LIMIT]), _cursor(found))


async def one(code: str, *, by: UUID) -> Case:
    """One of a member's own by its code; anybody else's is not found."""
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM feedback f WHERE f.code = {{}} AND f.author = {{}}", steps.known(code), by
    )
    if not rows:
        raise NotFoundError
    return Case(**rows[0])


async def way(case: Case) -> tuple[Step, ...]:
    """What was done, as far as the author is told: where it went, not what handlers wrote to each other."""
    told = [step for step in await steps.history(case.id) if step.verb in OWN_STEPS]
    return tuple(
        Step(each.id, each.feedback, each.verb, each.by, unit=each.unit, member=each.member, at=each.at,
             words=each.words if each.verb in ("answer", "reopen") else "")
        for each in told
    )  # fmt: skip


async def reopen(id: UUID, case: UUID, words: str, *, by: UUID) -> None:
    """Say, once, why the answer does not do; whoever answers has as many days again."""
    words = tidy(words[: 4 * NOTE_CHARS])
    check_length(words, "asked_again", most=NOTE_CHARS)
    step = Step(id, case, "reopen", by, words=words)
    async with act(case, id):
        was = await _own(step)
        if was is None:
            return
        if was.asked_again:
            raise ConflictError("feedback-asked-again-once")
        if not was.is_reopenable:
            raise NotNowError
        await steps.take(was, step, state=REOPENED, asked_again=words, due_on=due_on())
        await publishing.hide(was, by=by)
        await steps.owe_handlers("feedback.reopen", was, id, unit=was.unit)


async def rate(id: UUID, case: UUID, rating: int, words: str, *, by: UUID) -> None:
    """Say, once, how the answer was, from 1 to 5, perhaps with words."""
    words = tidy(words[: 4 * NOTE_CHARS])
    check_length(words, "rating_words", most=NOTE_CHARS, needed=False)
    if rating not in RATINGS:
        raise InvalidError.of("rating", "feedback-rating-missing")
    step = Step(id, case, "rate", by)
    async with act(case, id):
        was = await _own(step)
        if was is None:
            await _check_rated(case, rating, words)
            return
        if not was.is_done:
            raise NotNowError
        if was.rating:
            raise ConflictError("feedback-rated")
        await steps.take(was, step, rating=rating, rating_words=words)


async def close(id: UUID, case: UUID, *, by: UUID) -> None:
    """Say that nothing more is needed."""
    step = Step(id, case, "close", by)
    async with act(case, id):
        was = await _own(step)
        if was is None:
            return
        if was.state != ANSWERED:
            raise NotNowError
        await steps.take(was, step, state=CLOSED)


async def agree(id: UUID, case: UUID, consent: bool, *, by: UUID) -> None:
    """Agree that the answer is published without one's name, or not any more: then nobody finds it from now on."""
    step = Step(id, case, "agree" if consent else "decline", by)
    await limits.hit(f"feedback-consent:{by}", limit=MOST_CHANGES, window_s=WINDOW_S)
    async with act(case, id):
        was = await _own(step)
        if was is None:
            return
        if was.consent != consent:
            await steps.take(was, step, consent=consent)
            if not consent:
                await publishing.hide(was, by=by)


async def _check_rated(case: UUID, rating: int, words: str) -> None:
    """What was sent again must be what was kept."""
    kept = await steps.find(case)
    if kept is None or (kept.rating, kept.rating_words) != (rating, words):
        raise ConflictError("feedback-rated")


async def _own(step: Step) -> Case | None:
    """The author's case; None when this very step was taken before."""
    found = await steps.find(step.feedback)
    if found is None or found.author != step.by:
        raise NotFoundError
    return None if await steps.taken(step) else found


def _cursor(rows: Sequence[Case]) -> str | None:
    if len(rows) <= LIMIT:
        return None
    last = rows[LIMIT - 1]
    return cursors.seal("feedback-mine", [last.received_at.isoformat(), str(last.id)])


def _place(cursor: str) -> tuple[datetime, UUID]:
    try:
        at, id = cursors.unseal("feedback-mine", cursor)
        return datetime.fromisoformat(at), UUID(id)
    except cursors.ForeignCursorError:
        raise InvalidError.of("cursor", "content-cursor-unknown") from None
