"""How much waits at the desk: asked for now and then, or told by server-sent events as soon as it changes."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from typing import Final

import msgspec
from litestar import get
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.response import ServerSentEvent, ServerSentEventMessage

from backend.accounts import sessions
from backend.accounts.roles import PasskeyNeededError
from backend.accounts.sessions import Reader
from backend.api import moderation_shapes as shapes
from backend.api.answers import AnyRequest, at, encoded, told
from backend.door import cookies, streams
from backend.door.answering import Answer, answer
from backend.door.ringing import Bell
from backend.door.visit import reader_of, visit_of
from backend.moderation import counting
from base import logs
from base.errors import ForbiddenError

SIGNED_IN: Final[list[dict[str, list[str]]]] = [{"session": []}]
EVENT: Final = "counts"

BEAT: Final = ServerSentEventMessage(comment="beat", event="beat", data="")
"""The comment is for proxies; the event is for pages, which cannot hear comments."""

TOLD: Final = (
    'event: counts\r\ndata: {"moderation":{"waiting":4,"held":2,"reported":1,"appealed":1,"overdue":0},'
    '"feedback":null}\r\n\r\n'
)
"""What it looks like."""

RETRY_MS: Final = (3_000, 8_000)
"""After how many milliseconds to come back once cut off; spread, lest all come at once after a restart."""

UNKEPT: Final = {"Cache-Control": "no-store, no-transform"}
"""Nobody keeps it; nobody packs it, either, for packers wait until they have enough."""

log = logs.get(__name__)
_turn = asyncio.Semaphore()
"""Streams look at the database one after another: what is asked for by people goes first."""


@at(
    "/api/moderation/counts", tag="moderation", summary="How much waits at the desk", problems=(401,),
    security=SIGNED_IN,
)  # fmt: skip
async def desk_counts(request: AnyRequest) -> Answer[shapes.DeskCounts]:
    """What waits in the reader's queue and inbox, counted as these are listed; 403 for whoever has neither.

    To ask again and again, send back the ETag, or listen to `/api/moderation/events` instead.
    """
    return await answer(request, encoded(await _counts(_comer(reader_of(request)))))


@get(
    "/api/moderation/events", tags=["moderation"], security=SIGNED_IN, media_type="text/event-stream",
    summary="The same, told as soon as it changes",
    responses={
        200: ResponseSpec(
            str, media_type="text/event-stream", generate_examples=False, examples=[Example(value=TOLD)],
            description="A stream of server-sent events that ends when the session does, or the last of the roles.",
        ),
        **told(401, 429),
    },
)  # fmt: skip
async def desk_events(request: AnyRequest) -> ServerSentEvent:
    """Server-sent events: `counts`, whose data is what `/api/moderation/counts` answers, at once and at each change;
    `beat`, without data, every 15 seconds. Nothing is told twice, and nothing that was missed is told later.

    A member may have six such streams open with each process; 429 beyond.
    """
    reader = _comer(reader_of(request))
    streams.check(reader.member_id)
    cookie = visit_of(request).cookies.get(cookies.session_name(), "")
    told = _told(request.app.plugins.get(Bell), cookie, reader)
    return ServerSentEvent(told, retry_duration=random.randint(*RETRY_MS), headers=UNKEPT)  # noqa: S311 - no secret


async def _told(bell: Bell, cookie: str, reader: Reader) -> AsyncIterator[ServerSentEventMessage]:
    """Each ring asks first who reads now; what has not changed is not told again, only that the stream lives."""
    last, said_at, clock = b"", 0.0, asyncio.get_running_loop().time
    async with contextlib.aclosing(streams.rings(bell, reader.member_id)) as rings:
        async for _ in rings:
            try:
                now = sessions.at_hand(cookie) or await sessions.reader(cookie)
                if now is None or not counting.is_counted(now):
                    return
                async with _turn:
                    found = msgspec.json.encode(await _counts(now))
            except Exception as error:  # whatever the engine raises when it is gone: the next ring or beat asks again
                log.warning("counts.database", error=type(error).__name__)
                found = last
            if found != last or clock() - said_at > streams.BEAT_S / 2:
                yield BEAT if found == last else ServerSentEventMessage(found, event=EVENT)
                last, said_at = found, clock()


async def _counts(reader: Reader) -> shapes.DeskCounts:
    queue, inbox = await counting.queued(reader), await counting.asked(reader)
    return shapes.DeskCounts(
        shapes.QueueCounts(queue.waiting, queue.held, queue.reported, queue.appealed, queue.overdue) if queue else None,
        shapes.InboxCounts(**msgspec.structs.asdict(inbox)) if inbox else None,
    )


def _comer(reader: Reader) -> Reader:
    if not counting.is_counted(reader):
        raise PasskeyNeededError if reader.sleeping else ForbiddenError
    return reader
