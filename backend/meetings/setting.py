"""When members get a list: it is set, and may be cancelled with a reason; a draft may be thrown away."""

from uuid import UUID

from backend.accounts.acts import act
from backend.meetings import keeping, papers, telling
from backend.meetings.model import CANCELLED, DRAFT, REASON_CHARS, SET, ChangedSinceError, Meeting, OutOfTurnError
from base import clock, database
from base.errors import InvalidError


async def set_list(id: UUID, *, version: int, by: str) -> Meeting:
    """Give the unit's members the list as it was seen. Set already: nothing. Raises UnmetError, ChangedSinceError."""
    async with act(id):
        was = await keeping.meeting(id)
        if was.state == SET:
            return was
        was = await keeping.opened(id)
        if was.version != version:
            raise ChangedSinceError(was)
        telling.check(was.plan)
        await database.execute(
            "UPDATE meeting SET state = {}, set_by = {}, set_at = {} WHERE id = {}", SET, by, clock.now(), id
        )
        await keeping.note("set", was, by, version=version)
        await telling.owe_list(was)
    return await keeping.meeting(id)


async def cancel(id: UUID, *, reason: str, by: str) -> Meeting:
    """Say that the meeting will not be held, and why; it stays so. Raises InvalidError, OutOfTurnError, ClosedError."""
    reason = keeping.tidy(reason)
    if not reason:
        raise InvalidError.of("reason", "meeting-reason-missing")
    if len(reason) > REASON_CHARS:
        raise InvalidError.of("reason", "meeting-too-long", most=REASON_CHARS)
    async with act(id):
        was = await keeping.meeting(id)
        if (was.state, was.reason) == (CANCELLED, reason):
            return was
        was = await keeping.opened(id)
        if was.state != SET:
            raise OutOfTurnError
        await database.execute(
            "UPDATE meeting SET state = {}, reason = {}, cancelled_at = {} WHERE id = {}",
            CANCELLED, reason, clock.now(), id,
        )  # fmt: skip
        await keeping.note("cancel", was, by)
        await telling.owe_cancelling(was)
    return await keeping.meeting(id)


async def discard(id: UUID, *, by: str) -> None:
    """Throw away what members never had; raises OutOfTurnError for what they have."""
    async with act(id):
        was = await keeping.meeting(id)
        if was.state != DRAFT:
            raise OutOfTurnError
        kept = await papers.papers(id)
        for table, column in (("meeting_part", "meeting"), ("meeting_paper", "meeting"), ("meeting", "id")):
            await database.execute(f"DELETE FROM {table} WHERE {column} = {{}}", id)
        await keeping.note("discard", was, by)
    await papers.clear(kept)
