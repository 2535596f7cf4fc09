"""What waits for a moderator: comments that are held or reported and appeals, the oldest first, page by page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.accounts.seats import held
from backend.accounts.sessions import Reader
from backend.moderation import cases, subjects
from backend.moderation.desks import AUDITOR, MODERATOR, Desks, desks
from backend.moderation.model import APPEALED, HELD, KINDS, REPORTED, Case
from backend.moderation.passing import held_beyond
from base import database
from base.errors import InvalidError
from content import cursors
from content.audiences import Condition
from content.rows import Page

LIMIT = 20
PASSED = 500
"""So many comments of units with nearer moderators are looked at in one go."""

SOURCES = {
    HELD: ("comment c", "c.created_at", "c.state = 'waiting'"),
    REPORTED: (
        "reported x JOIN comment c ON c.id = x.comment",
        "x.since",
        "x.since IS NOT NULL AND c.state = 'shown'",
    ),
    APPEALED: (
        "appeal x JOIN comment c ON c.id = x.comment JOIN decision d ON d.id = x.decision",
        "x.at",
        "x.outcome = '' AND c.state IN ('hidden', 'returned')",
    ),
}
"""Of each kind: where it is found, since when it waits, and that it does."""


class Entry(Struct, frozen=True, order=True):
    """That a comment waits, since when, and why."""

    since: datetime
    comment: UUID
    kind: str


class Waiting(Struct, frozen=True):
    """A line of the queue."""

    kind: str
    since: datetime
    case: Case


class View(Struct, frozen=True):
    """Whose queue it is: ``units`` are those that the reader moderates, or (``audits``) audits.

    ``member`` is who looks, and decides on nothing of their own; None: whoever holds ``scopes`` and these units.
    ``everything``: also what belongs to nearer moderators, who may be away. ``within`` narrows to a unit and those
    below.
    """

    member: UUID | None
    scopes: frozenset[str]
    units: tuple[int, ...]
    audits: bool
    everything: bool = False
    within: int | None = None


def view(reader: Reader, *, everything: bool = False, within: int | None = None) -> View:
    """The queue of a reader; an auditor who moderates nothing looks over everything of their units."""
    moderated = held(reader.roles, MODERATOR)
    audits = not moderated
    units = moderated or held(reader.roles, AUDITOR)
    return View(reader.member_id, reader.scopes, units, audits, everything or audits, within)


async def waiting(view: View, *, kind: str = "", cursor: str | None = None, limit: int = LIMIT) -> Page[Waiting]:
    """One page of the queue, of all kinds or of one; raises InvalidError on a cursor that was not made here."""
    after, found, known = _place(cursor), list[Entry](), await desks()
    for each in (kind,) if kind else KINDS:
        found += await entries(view, known, each, after, limit + 1)
    found.sort()
    shown = found[:limit]
    told = {case.comment.id: case for case in await cases.cases(list({entry.comment for entry in shown}))}
    rows = tuple(Waiting(entry.kind, entry.since, told[entry.comment]) for entry in shown if entry.comment in told)
    return Page(rows, _cursor(shown[-1]) if len(found) > limit else None)


async def entries(view: View, known: Desks, kind: str, after: Entry | None, limit: int) -> list[Entry]:
    """The first of a kind: those of units without nearer moderators, and those that these may not decide on."""
    reach, may = known.reach(view.units), _may(view, kind)
    if view.everything:
        return await _select(kind, _all(_in(view, known, reach), may), after, limit)
    near = known.near(view.units)
    found = await _select(kind, _all(_in(view, known, near), may), after, limit)
    below = _in(view, known, reach - near, top=False)
    if below is not None:
        beyond = await held_beyond(known, view.units, view.scopes) if kind == HELD else ("TRUE", [])
        if beyond is not None:
            found += await _passed(view, known, kind, _all(beyond, below, may), after, limit)
    return sorted(found)[:limit]


async def _passed(
    view: View, known: Desks, kind: str, condition: Condition | None, after: Entry | None, limit: int
) -> list[Entry]:
    """The first in nearer moderators' units that are the reader's all the same, however many are looked at for it."""
    found = list[Entry]()
    while len(found) < limit:
        looked_at = await _select(kind, condition, after, PASSED)
        found += await _mine(view, known, looked_at)
        if len(looked_at) < PASSED:
            break
        after = looked_at[-1]
    return found


async def _mine(view: View, known: Desks, passed: list[Entry]) -> list[Entry]:
    """Those of comments in nearer moderators' units on which the reader's unit decides all the same."""
    if not passed:
        return []
    comments = await cases.said([entry.comment for entry in passed])
    deciders = await _deciders([entry.comment for entry in passed if entry.kind == APPEALED])
    mine = {known.tree.current(unit, known.on) for unit in view.units}
    return [
        entry
        for entry in passed
        if await known.desk_of(comments[entry.comment], but=deciders.get(entry.comment)) in mine
    ]


async def _deciders(comments: list[UUID]) -> dict[UUID, UUID]:
    """Who decided what is appealed against."""
    if not comments:
        return {}
    among, values = database.among("x.comment", comments)
    rows = await database.fetch(
        'SELECT x.comment, d."by" FROM appeal x JOIN decision d ON d.id = x.decision '
        f"WHERE x.outcome = '' AND {among}",
        values,
    )
    return {row["comment"]: row["by"] for row in rows}


def _may(view: View, kind: str) -> Condition:
    """What the reader may see of a kind: only what they may read, and as moderators nothing of their own."""
    condition, values = subjects.readable(view.scopes)
    if view.audits or view.member is None:
        return condition, values
    own = "c.author <> {}" + (' AND d."by" <> {}' if kind == APPEALED else "")
    return f"{own} AND {condition}", [*([view.member] * own.count("{}")), *values]


def _in(view: View, known: Desks, rows: frozenset[int], *, top: bool = True) -> Condition | None:
    """That the author belonged to one of these units; None where that can be nobody."""
    if view.within is not None:
        rows &= known.reach([view.within])
    is_top = top and view.within is None and known.is_top(view.units)
    if not rows and not is_top:
        return None
    if is_top and len(rows) == len(known.tree):
        return "TRUE", []
    among, values = database.among("c.unit", sorted(rows))
    return (f"({among} OR c.unit IS NULL)" if is_top else among), [values]


def _all(*conditions: Condition | None) -> Condition | None:
    """That all of them hold; None where one cannot."""
    given = [each for each in conditions if each is not None]
    if len(given) < len(conditions):
        return None
    return " AND ".join(condition for condition, _ in given), [value for _, values in given for value in values]


async def _select(kind: str, condition: Condition | None, after: Entry | None, limit: int) -> list[Entry]:
    if condition is None:
        return []
    table, since, waits = SOURCES[kind]
    where, values = condition
    beyond, place = "TRUE", list[Any]()
    if after is not None:  # of two kinds with the same moment and comment, the one that sorts later is still to come
        sign = ">=" if kind > after.kind else ">"
        beyond, place = f"({since}, c.id) {sign} ({{}}, {{}})", [after.since, after.comment]
    rows = await database.fetch(
        f"SELECT c.id, {since} AS since FROM {table} WHERE {waits} AND {where} AND {beyond} "
        f"ORDER BY {since}, c.id LIMIT {{}}",
        *values, *place, limit,
    )  # fmt: skip
    return [Entry(row["since"], row["id"], kind) for row in rows]


def _cursor(last: Entry) -> str:
    return cursors.seal("moderation", [last.since.isoformat(), str(last.comment), last.kind])


def _place(cursor: str | None) -> Entry | None:
    if not cursor:
        return None
    try:
        since, comment, kind = cursors.unseal("moderation", cursor)
        return Entry(datetime.fromisoformat(since), UUID(comment), kind)
    except cursors.ForeignCursorError:
        raise InvalidError.of("cursor", "content-cursor-unknown") from None
