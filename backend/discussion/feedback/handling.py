"""What handlers do to a case: give it to somebody, write and send the answer, forward, note, close.

Each act comes with an id of its doer's browser and the version that was seen: the same again changes nothing, and a
case that was changed meanwhile is shown anew. Whether the doer's role reaches the case's unit is for the door to know.
"""

from uuid import UUID

from backend.accounts.acts import act
from backend.discussion.feedback import handlers, steps
from backend.discussion.feedback.model import (
    ANSWER_CHARS,
    ANSWERED,
    ANSWERING,
    ASSIGNED,
    CLOSED,
    NOTE_CHARS,
    RECEIVED,
    REOPENED,
    Case,
    CaseChangedSinceError,
    NotNowError,
    OwnCaseError,
    Step,
    check_length,
)
from backend.discussion.wording import tidy
from base import clock
from base.errors import InvalidError, NotFoundError


async def assign(id: UUID, case: UUID, *, to: UUID, version: int, by: UUID) -> None:
    """Give it to oneself or to another handler who reaches the unit."""
    step = Step(id, case, "assign", by, member=to)
    async with act(case, id):
        was = await _waiting(step, version)
        if was is None:
            return
        if to == was.author or to not in (await handlers.seats()).reaching(was.unit):
            raise InvalidError.of("member", "feedback-member-unknown")
        state = was.state if was.state in (ANSWERING, REOPENED) else ASSIGNED
        await steps.take(was, step, state=state, handler=to)


async def begin(id: UUID, case: UUID, words: str, *, version: int, by: UUID) -> None:
    """Save an answer that is still being written; its author only learns that somebody is at it."""
    words = _tidied(words, needed=False)
    step = Step(id, case, "begin", by)
    async with act(case, id):
        was = await _waiting(step, version)
        if was is None:
            await _check_kept(case, words)
        else:
            await steps.take(was, step, state=ANSWERING, handler=was.handler or by, answer=words)


async def answer(id: UUID, case: UUID, words: str, *, version: int, by: UUID) -> None:
    """Send the answer to whoever asked."""
    words = _tidied(words)
    step = Step(id, case, "answer", by, words=words)
    async with act(case, id):
        was = await _waiting(step, version)
        if was is not None:
            now = clock.now()
            await steps.take(was, step, state=ANSWERED, handler=was.handler or by, answer=words, answered_at=now)
            await steps.owe_author("feedback.answer", was, id)


async def forward(id: UUID, case: UUID, *, to: int, note: str, version: int, by: UUID) -> None:
    """Pass it to another unit, or the nearest above it where somebody answers, with a note; the author sees where."""
    note = tidy(note[: 4 * NOTE_CHARS])
    check_length(note, "note", most=NOTE_CHARS)
    place = await _receiver(case, to)
    step = Step(id, case, "forward", by, unit=place, words=note)
    async with act(case, id):
        was = await _waiting(step, version)
        if was is None:
            return
        if place == was.unit:
            raise InvalidError.of("unit", "feedback-forward-here")
        await steps.take(was, step, state=RECEIVED, unit=place, handler=None, answer="")
        await steps.owe_handlers("feedback.forward", was, id, unit=place)
        await steps.owe_author("feedback.forward", was, id)


async def note(id: UUID, case: UUID, words: str, *, version: int, by: UUID) -> None:
    """Write something down for other handlers; whoever asked never sees it."""
    words = tidy(words[: 4 * NOTE_CHARS])
    check_length(words, "note", most=NOTE_CHARS)
    step = Step(id, case, "note", by, words=words)
    async with act(case, id):
        if not await steps.taken(step):
            was = await _open_to(step, version)
            await steps.take(was, step)


async def close(id: UUID, case: UUID, *, version: int, by: UUID) -> None:
    """End a case that has been answered."""
    step = Step(id, case, "close", by)
    async with act(case, id):
        if await steps.taken(step):
            return
        was = await _open_to(step, version)
        if was.state != ANSWERED:
            raise NotNowError
        await steps.take(was, step, state=CLOSED)
        await steps.owe_author("feedback.close", was, id)


async def _check_kept(case: UUID, words: str) -> None:
    """Other words under the id of a draft that was saved are not lost in silence."""
    kept = await steps.find(case)
    if kept is None or kept.answer != words:
        raise CaseChangedSinceError


async def _receiver(case: UUID, to: int) -> int:
    was = await steps.find(case)
    if was is None:
        raise NotFoundError
    found = handlers.receiver(await handlers.seats(), to, was.author)
    if found is None:
        raise InvalidError.of("unit", "feedback-unit-unknown")
    return found


async def _waiting(step: Step, version: int) -> Case | None:
    """The case that waits for an answer; None when this very step was taken before."""
    if await steps.taken(step):
        return None
    was = await _open_to(step, version)
    if was.is_done:
        raise NotNowError
    return was


async def _open_to(step: Step, version: int) -> Case:
    was = await steps.seen(step.feedback, version)
    if was.author == step.by:
        raise OwnCaseError
    return was


def _tidied(words: str, *, needed: bool = True) -> str:
    words = tidy(words[: 4 * ANSWER_CHARS])
    check_length(words, "answer", most=ANSWER_CHARS, needed=needed)
    return words
