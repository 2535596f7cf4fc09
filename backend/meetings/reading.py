"""What a unit's members have of its meetings: what is coming, what was, and a list laid open with its words."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.meetings import choosing, keeping, papers
from backend.meetings.choosing import Chosen
from backend.meetings.model import DRAFT, Item, Meeting
from backend.meetings.papers import Paper
from base import clock, database, revisions
from base.errors import NotFoundError
from content import audiences, excerpts
from content.excerpts import Excerpt
from content.memory import Memory

PAST = 60
"""How many meetings that were are listed: a member whose cell, commune and province meet monthly looks back so far."""

KEPT_DAYS = 45
"""So long after its day a list stays on the phone."""


REMEMBERED = 5_000
"""So many answers about what is coming a process remembers: one for all members of a cell who may read the same."""


class Row(Struct, frozen=True):
    """A meeting in a list; ``parts`` counts those that this reader may read."""

    meeting: Meeting
    parts: int
    papers: int


class Read(Struct, frozen=True):
    """A part on the list and its words as they stand today; ``note`` is the secretary's."""

    id: UUID
    item: str
    note: str
    label: str
    excerpt: Excerpt


class Laid(Struct, frozen=True):
    """A meeting laid open for one reader: of its parts those that they may read, told of no others."""

    meeting: Meeting
    parts: tuple[Read, ...]
    papers: tuple[Paper, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The agenda, and at its end what is read besides, if there is any."""
        besides = any(not part.item for part in self.parts) or any(not paper.item for paper in self.papers)
        return (*self.meeting.agenda, Item("", "")) if besides else self.meeting.agenda


_coming: Memory[tuple[Row, ...]] = Memory(REMEMBERED)


async def coming(scopes: frozenset[str], limit: int = PAST) -> tuple[Row, ...]:
    """Meetings of today and of days to come, also cancelled ones, the next first; from memory while nothing changed."""
    units = frozenset(scope for scope in scopes if scope.startswith("org:"))
    key = (revisions.current(keeping.TOPIC), limit, units, scopes & await audiences.used())
    return await _coming.ask(key, lambda: _rows(scopes, "at >= {} ORDER BY at, id", limit))


async def past(scopes: frozenset[str]) -> tuple[Row, ...]:
    """Meetings that were, the last first."""
    return await _rows(scopes, "at < {} ORDER BY at DESC, id", PAST)


async def opened(id: UUID, *, scopes: frozenset[str]) -> Laid:
    """A meeting that was set for one of these scopes; every other is as if it were not there."""
    meeting = await keeping.meeting(id)
    if meeting.state == DRAFT or meeting.scope not in scopes:
        raise NotFoundError
    return await laid(meeting, scopes=scopes)


async def laid(meeting: Meeting, *, scopes: frozenset[str]) -> Laid:
    """Any meeting as somebody with these scopes would see it."""
    read = [await _read(part, scopes) for part in await choosing.chosen(meeting.id)]
    return Laid(meeting, tuple(filter(None, read)), await papers.papers(meeting.id))


async def kept(scopes: frozenset[str]) -> tuple[Laid, ...]:
    """Lists that belong on the phone of somebody with these scopes: those to come, and of the last weeks."""
    rows = await _rows(scopes, "at >= {} ORDER BY at, id", PAST, since=_morning() - timedelta(days=KEPT_DAYS))
    return tuple([await laid(row.meeting, scopes=scopes) for row in rows])


async def _read(part: Chosen, scopes: frozenset[str]) -> Read | None:
    try:
        found = await excerpts.excerpt(part.slug, edition=part.edition, anchor=part.anchor, scopes=scopes)
    except NotFoundError:
        return None
    return Read(part.id, part.item, part.note, part.label if found.lost else found.quotation, found)


async def _rows(scopes: frozenset[str], which: str, limit: int, since: datetime | None = None) -> tuple[Row, ...]:
    among, values = database.among("scope", scopes)
    rows = await database.fetch(
        f"SELECT {keeping.COLUMNS} FROM meeting WHERE {among} AND state <> {{}} AND {which} LIMIT {{}}",
        values, DRAFT, since or _morning(), limit,
    )  # fmt: skip
    parts, files = await _counts([row["id"] for row in rows], scopes)
    return tuple(Row(keeping.meeting_of(row), parts.get(row["id"], 0), files.get(row["id"], 0)) for row in rows)


async def _counts(ids: list[UUID], scopes: frozenset[str]) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """For each meeting, of how many parts this reader may know, and how many papers there are."""
    among, values = database.among("meeting", ids)
    readable, more = audiences.readable(scopes)
    parts = await database.fetch(
        "SELECT meeting, count(*) AS n FROM meeting_part p JOIN document d ON d.id = p.document "
        f"WHERE {among} AND d.shown AND {readable} GROUP BY meeting",
        values, *more,
    )  # fmt: skip
    files = await database.fetch(
        f"SELECT meeting, count(*) AS n FROM meeting_paper WHERE {among} GROUP BY meeting", values
    )
    return _counted(parts), _counted(files)


def _counted(rows: list[dict[str, Any]]) -> dict[UUID, int]:
    return {row["meeting"]: row["n"] for row in rows}


def _morning() -> datetime:
    """When today began in Vietnam."""
    return datetime.combine(clock.today(), time(), clock.VIETNAM).astimezone(UTC)
