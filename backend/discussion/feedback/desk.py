"""The handlers' inbox: what is at the units that they answer for, narrowed, counted, page by page."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.accounts.seats import held
from backend.accounts.sessions import Reader
from backend.accounts.standing import forest
from backend.discussion.feedback import handlers, steps
from backend.discussion.feedback.handlers import AUDITOR, HANDLER
from backend.discussion.feedback.model import COLUMNS, DONE, KINDS, STATES, Case
from base import clock, database
from base.errors import InvalidError, NotFoundError
from content import cursors
from content.audiences import Condition
from content.rows import Page

LIMIT = 20
OPEN, OVERDUE, ALL = "open", "overdue", "all"
GROUPS = (OPEN, OVERDUE, *STATES, ALL)
"""What may be looked at: all that waits, what waits too long, one state, everything."""

WAITING = (OPEN, OVERDUE, *(state for state in STATES if state not in DONE))
"""Those of them that are for handlers to do."""

_WAITS = f"f.state NOT IN ({', '.join(repr(state) for state in DONE)})"


class View(Struct, frozen=True):
    """Whose inbox it is and what of it: ``rows`` are the units reached, ``audits`` for a reader who only looks on."""

    member: UUID
    rows: frozenset[int]
    audits: bool
    group: str = OPEN
    kind: str = ""
    own: bool = False
    within: int | None = None


async def view(
    reader: Reader, *, group: str = OPEN, kind: str = "", own: bool = False, within: int | None = None
) -> View:
    """The inbox of a reader; an auditor who answers nowhere looks over that of their units. Odd wishes are none."""
    tree, today = await forest(), clock.today()
    rows = tree.reach(held(reader.roles, HANDLER), today)
    audits = not rows
    if audits:
        rows = tree.reach(held(reader.roles, AUDITOR), today)
    place = within if within in rows else None
    if place is not None:
        rows &= tree.within(place, today)
    group, kind = group if group in GROUPS else OPEN, kind if kind in KINDS else ""
    return View(reader.member_id, rows, audits, group, kind, own, place)


async def inbox(view: View, *, cursor: str | None = None) -> Page[Case]:
    """One page: what is due first stands first. Raises InvalidError on a cursor that was not made here."""
    where, values = condition(view, view.group)
    if cursor:
        where, values = f"{where} AND (f.due_on, f.received_at, f.id) > ({{}}, {{}}, {{}})", [*values, *_place(cursor)]
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM feedback f WHERE {where} ORDER BY f.due_on, f.received_at, f.id LIMIT {{}}",
        *values, LIMIT + 1,
    )  # fmt: skip
    found = tuple(Case(**row) for row in rows)
    return Page(found[:LIMIT], _cursor(found))


async def counts(view: View) -> dict[str, int]:
    """How many there are in each group, as far as the view's other wishes go."""
    where, values = condition(view, ALL)
    rows = await database.fetch(
        f"SELECT f.state, f.due_on < {{}} AS late, count(*) AS n FROM feedback f WHERE {where} GROUP BY 1, 2",
        clock.today(), *values,
    )  # fmt: skip
    found = dict.fromkeys(GROUPS, 0)
    for row in rows:
        waits = row["state"] not in DONE
        for group, counted in ((row["state"], True), (OPEN, waits), (OVERDUE, waits and row["late"]), (ALL, True)):
            found[group] += row["n"] if counted else 0
    return found


async def waiting(units: Collection[int]) -> dict[str, dict[str, int]]:
    """What waits at these units and below them, whoever looks: how many in each group, of those that wait.

    By author for those who answer for just these units, that each be told without their own; all others' under "".
    """
    known = await handlers.seats()
    unit, rows = database.among("f.unit", sorted(known.reach(units)))
    seated, members = database.among("f.author", sorted(frozenset().union(*map(known.at, units))))
    found = await database.fetch(
        f"SELECT CASE WHEN {seated} THEN f.author END AS author, f.state, f.due_on < {{}} AS late, count(*) AS n "
        f"FROM feedback f WHERE {unit} AND {_WAITS} GROUP BY 1, 2, 3",
        members, clock.today(), rows,
    )  # fmt: skip
    counted: dict[str, dict[str, int]] = {}
    for row in found:
        groups = counted.setdefault(str(row["author"] or ""), dict.fromkeys(WAITING, 0))
        for group in (OPEN, row["state"], *([OVERDUE] if row["late"] else ())):
            groups[group] += row["n"]
    return counted


async def opened(id: UUID, reader: Reader) -> tuple[Case, View]:
    """A case before whoever may see it; anybody else, its author included, does not learn here that it is there."""
    found, known = await steps.find(id), await view(reader)
    if found is None or found.unit not in known.rows or found.author == reader.member_id:
        raise NotFoundError
    return found, known


def condition(view: View, group: str) -> Condition:
    """What is in a group of an inbox, of cases ``f``."""
    among, values = database.among("f.unit", sorted(view.rows))
    where, given = f"{among} AND f.author <> {{}}", [values, view.member]
    if view.kind:
        where, given = f"{where} AND f.kind = {{}}", [*given, view.kind]
    if view.own:
        where, given = f"{where} AND f.handler = {{}}", [*given, view.member]
    if group in (OPEN, OVERDUE):
        where += f" AND {_WAITS}"
    if group == OVERDUE:
        where, given = f"{where} AND f.due_on < {{}}", [*given, clock.today()]
    if group in STATES:
        where, given = f"{where} AND f.state = {{}}", [*given, group]
    return where, given


def _cursor(rows: tuple[Case, ...]) -> str | None:
    if len(rows) <= LIMIT:
        return None
    last = rows[LIMIT - 1]
    return cursors.seal("feedback", [last.due_on.isoformat(), last.received_at.isoformat(), str(last.id)])


def _place(cursor: str) -> list[Any]:
    try:
        due, at, id = cursors.unseal("feedback", cursor)
        return [datetime.fromisoformat(due).date(), datetime.fromisoformat(at), UUID(id)]
    except cursors.ForeignCursorError:
        raise InvalidError.of("cursor", "content-cursor-unknown") from None
