"""How much waits at the desk: looked at once for all who work at the same desks, told to each without their own."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.accounts import changes, standing
from backend.accounts.seats import held
from backend.accounts.sessions import Reader
from backend.discussion.comment_moves import WAITING_TOPIC
from backend.discussion.feedback import desk, steps
from backend.discussion.feedback.handlers import HANDLER
from backend.moderation import queue
from backend.moderation.desks import MODERATOR, desks
from backend.moderation.model import APPEALED, HELD, KINDS, REPORTED
from backend.moderation.queue import View
from base import clock, database, revisions
from content import audiences

COUNTED = 500
"""More of a kind than that are told as "more than"; one's own are then not looked for among them."""

HELD_LOOKS = 2_000
"""So many desks' looks a process remembers."""

TOPICS = (WAITING_TOPIC, steps.TOPIC, "content", changes.TOPIC, standing.TOPIC)
"""What counts hang on: comments and cases, who may read what they are about, who works where."""


class Queued(Struct, frozen=True):
    """What waits for a moderator, by kind; ``overdue`` are the appeals whose day has passed."""

    held: int
    reported: int
    appealed: int
    overdue: int

    @property
    def waiting(self) -> int:
        """All of it; COUNTED + 1 stands for more than COUNTED, as in each kind."""
        return min(self.held + self.reported + self.appealed, COUNTED + 1)


class Inbox(Struct, frozen=True):
    """What waits for somebody who answers feedback: all of it, what waits too long, and what is in each state."""

    open: int = 0
    overdue: int = 0
    received: int = 0
    assigned: int = 0
    answering: int = 0
    reopened: int = 0


class _Waiting(Struct, frozen=True):
    """Whose a comment is that waits; of an appeal, who decided before and when it is due."""

    author: UUID
    decider: UUID | None = None
    due_on: date | None = None


def stamp() -> Hashable:
    """Differs whenever anybody's counts may have changed; costs microseconds."""
    return database.engine(), clock.today(), *map(revisions.current, TOPICS)


def is_counted(reader: Reader) -> bool:
    """Whether anything can wait for the reader; for auditors, who only look on, nothing does."""
    return bool(held(reader.roles, MODERATOR, HANDLER))


async def queued(reader: Reader) -> Queued | None:
    """What waits in the reader's queue; None for whoever moderates nothing."""
    units = held(reader.roles, MODERATOR)
    if not units:
        return None
    scopes = reader.scopes & (await audiences.reach()).scopes  # the reader's others cannot matter
    found = await _once((MODERATOR, units, scopes), lambda: _queue(View(None, scopes, units, audits=False)))
    mine = {kind: [row for row in rows if not _is_own(row, reader.member_id)] for kind, rows in found.items()}
    told = {kind: COUNTED + 1 if len(found[kind]) > COUNTED else len(rows) for kind, rows in mine.items()}
    overdue = sum(row.due_on is not None and row.due_on < clock.today() for row in mine[APPEALED])
    return Queued(told[HELD], told[REPORTED], told[APPEALED], overdue)


async def asked(reader: Reader) -> Inbox | None:
    """What waits in the reader's inbox; None for whoever answers nowhere."""
    units = held(reader.roles, HANDLER)
    if not units:
        return None
    found = await _once((HANDLER, units), lambda: desk.waiting(units))
    others = [groups for author, groups in found.items() if author != str(reader.member_id)]
    return Inbox(**{group: sum(groups[group] for groups in others) for group in desk.WAITING})


def _is_own(row: _Waiting, member: UUID) -> bool:
    """Whether somebody else has to decide."""
    return member in (row.author, row.decider)


async def _queue(view: View) -> dict[str, list[_Waiting]]:
    """Everything in the queue of these units, whoever looks, each kind up to one more than is counted."""
    known = await desks()
    found = {kind: await queue.entries(view, known, kind, None, COUNTED + 1) for kind in KINDS}
    whose = await _whose([entry.comment for rows in found.values() for entry in rows])
    return {
        kind: [whose[entry.comment] if kind == APPEALED else _Waiting(whose[entry.comment].author) for entry in rows]
        for kind, rows in found.items()
    }


async def _whose(comments: list[UUID]) -> dict[UUID, _Waiting]:
    among, values = database.among("c.id", comments)
    rows = await database.fetch(
        'SELECT c.id, c.author, d."by" AS decider, x.due_on FROM comment c '
        "LEFT JOIN appeal x ON x.comment = c.id AND x.outcome = '' LEFT JOIN decision d ON d.id = x.decision "
        f"WHERE {among}",
        values,
    )
    return {row.pop("id"): _Waiting(**row) for row in rows}


_looks: OrderedDict[Hashable, tuple[Hashable, "asyncio.Task[Any]"]] = OrderedDict()


async def _once(desks: Hashable, look: Callable[[], Awaitable[Any]]) -> Any:
    """What a look at these desks found, the same for all while nothing changes.

    The state is taken before the look: what changes meanwhile makes the next one look again.
    """
    state, known = stamp(), _looks.get(desks)
    if known is None or known[0] != state or _failed(known[1]):
        known = _looks[desks] = state, asyncio.ensure_future(look())
        if len(_looks) > HELD_LOOKS:
            _looks.popitem(last=False)
    return await asyncio.shield(known[1])  # one listener who goes away does not take it from the others


def _failed(task: "asyncio.Task[Any]") -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
