"""Meetings as they are kept: begun under an id that the secretary's browser made, and never saved over blindly."""

import unicodedata
from collections.abc import Collection
from typing import Any
from uuid import UUID

from backend.accounts.acts import act
from backend.meetings import agendas, telling
from backend.meetings.model import (
    DRAFT,
    ITEM_CHARS,
    MOST_ITEMS,
    PLACE_CHARS,
    SET,
    TITLE_CHARS,
    ChangedSinceError,
    ClosedError,
    Meeting,
    Plan,
)
from base import clock, database, journal, revisions
from base.errors import FieldError, InvalidError, NotFoundError

TOPIC = "meetings"
"""The revision that grows with each change of what members have."""

LIMIT = 100
"""How many meetings a desk lists; a cell that meets monthly has as many in eight years."""

COLUMNS = (
    "id, unit, scope, state, version, title, at, place, agenda, reason, saved_by, saved_at, set_by, set_at, moved_at, "
    "cancelled_at"
)


async def meeting(id: UUID) -> Meeting:
    """The meeting; raises NotFoundError. Who may see it is for the door to know, by its unit."""
    found = await find(id)
    if found is None:
        raise NotFoundError
    return found


async def find(id: UUID) -> Meeting | None:
    """The meeting, if there is one by this id."""
    rows = await database.fetch(f"SELECT {COLUMNS} FROM meeting WHERE id = {{}}", id)
    return meeting_of(rows[0]) if rows else None


async def meetings(units: Collection[int]) -> tuple[Meeting, ...]:
    """Those of these units, in any state: what has no time yet first, then the latest first."""
    among, values = database.among("unit", units)
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM meeting WHERE {among} ORDER BY CASE WHEN at IS NULL THEN 0 ELSE 1 END, at DESC, id "
        "LIMIT {}",
        values, LIMIT,
    )  # fmt: skip
    return tuple(map(meeting_of, rows))


async def save(id: UUID, plan: Plan, *, unit: int, version: int, by: str) -> Meeting:
    """Save what was typed, and begin the meeting for ``unit`` if there is none by this id.

    ``version`` is that of the meeting as it was opened, 0 for a new one; the same again changes nothing. Once it is
    set, members have what is saved at once, and are told of another time or place. Raises InvalidError, UnmetError,
    ChangedSinceError with what stands now, ClosedError.
    """
    plan = _tidy(plan)
    _check(plan)
    async with act(id):
        was = await find(id) or await _begin(id, unit, by)
        if was.is_closed:
            raise ClosedError
        if was.plan != plan:
            if was.version != version:
                raise ChangedSinceError(was)
            await _save(was, plan, by)
    return await meeting(id)


async def opened(id: UUID) -> Meeting:
    """The meeting inside an act upon it, while it may be changed; raises ClosedError otherwise."""
    found = await meeting(id)
    if found.is_closed:
        raise ClosedError
    return found


async def note(verb: str, was: Meeting, by: str, **detail: object) -> None:
    """Record an act upon a meeting; what members remember of it is old from then on."""
    await revisions.touch(TOPIC)
    await journal.record(act=f"meeting.{verb}", subject=f"meeting:{was.id}", by=by, unit=was.unit, detail=detail)


async def _begin(id: UUID, unit: int, by: str) -> Meeting:
    now = clock.now()
    await database.execute(
        "INSERT INTO meeting (id, unit, scope, state, version, title, place, agenda, reason, begun_by, begun_at, "
        "saved_by, saved_at, set_by) VALUES ({}, {}, {}, {}, 0, '', '', '[]', '', {}, {}, {}, {}, '')",
        id, unit, f"org:{unit}", DRAFT, by, now, by, now,
    )  # fmt: skip
    made = await meeting(id)
    await note("begin", made, by)
    return made


async def _save(was: Meeting, plan: Plan, by: str) -> None:
    items = agendas.renewed(was.agenda, plan.agenda)
    moved = was.state == SET and (was.at, was.place) != (plan.at, plan.place)
    if was.state == SET:
        telling.check(plan, was.plan)
    now = clock.now()
    await database.execute(
        "UPDATE meeting SET version = {}, title = {}, at = {}, place = {}, agenda = {}, saved_by = {}, saved_at = {}, "
        "moved_at = {} WHERE id = {}",
        was.version + 1, plan.title, plan.at, plan.place, agendas.packed(items), by, now,
        now if moved else was.moved_at, was.id,
    )  # fmt: skip
    for table in ("meeting_part", "meeting_paper"):  # what was for an item that is gone is read besides
        among, values = database.among("item", [item.id for item in items])
        await database.execute(f"UPDATE {table} SET item = '' WHERE meeting = {{}} AND NOT {among}", was.id, values)
    if was.version or was.state == SET:
        await note("change" if moved else "save", was, by, version=was.version + 1)
    if moved:
        await telling.owe_move(was, plan, version=was.version + 1)


def meeting_of(row: dict[str, Any]) -> Meeting:
    """A row of the table as a meeting."""
    return Meeting(**{**row, "agenda": agendas.unpacked(row["agenda"])})


def _tidy(plan: Plan) -> Plan:
    lines = (tidy(line) for line in plan.agenda)
    return Plan(tidy(plan.title), plan.at, tidy(plan.place), tuple(filter(None, lines)))


def tidy(text: str) -> str:
    """One line of composed letters; no NUL, on which PostgreSQL fails."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\0", "\ufffd")).split())


def _check(plan: Plan) -> None:
    wrong = [
        FieldError(name, "meeting-too-long", {"most": most})
        for name, most in (("title", TITLE_CHARS), ("place", PLACE_CHARS))
        if len(getattr(plan, name)) > most
    ]
    if any(len(line) > ITEM_CHARS for line in plan.agenda):
        wrong.append(FieldError("agenda", "meeting-item-too-long", {"most": ITEM_CHARS}))
    if len(plan.agenda) > MOST_ITEMS:
        wrong.append(FieldError("agenda", "meeting-too-many-items", {"most": MOST_ITEMS}))
    if wrong:
        raise InvalidError(fields=tuple(wrong))
