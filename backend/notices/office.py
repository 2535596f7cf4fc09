"""Notices of what units publish, as those see them who publish it: what each is about, and for which unit."""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from base import database
from base.errors import NotFoundError, RuleError
from notifications import channels, listing, trusting
from notifications.listing import Row
from notifications.meant import Condition
from notifications.trusting import Denial

KINDS: Final = ("document.publish", "news.publish")
"""What is told to an audience. All else is told to single members, and is nobody else's business."""

LIMIT: Final = 20


class Published(Struct, frozen=True):
    """A notice and what it is about; ``unit`` in whose name that was published, ``desk`` where it is worked on."""

    row: Row
    unit: int | None
    called: str
    title: str
    desk: str


class Page(Struct, frozen=True):
    """The newest first; ``after`` begins the next page."""

    rows: tuple[Published, ...]
    after: UUID | None


async def published(units: Collection[int], *, unowned: bool, after: UUID | None = None) -> Page:
    """Notices of what these units published; ``unowned``: also of what belongs to none."""
    rows = await listing.owed(KINDS, among=_of(units, unowned), after=await _place(after), limit=LIMIT + 1)
    return Page(tuple(await _named(rows[:LIMIT])), rows[LIMIT - 1].id if len(rows) > LIMIT else None)


async def one(id: UUID) -> Published:
    """One of them; raises NotFoundError for any other notice. Who may see it is for the door to know, by its unit."""
    row = await listing.one(id)
    for found in await _named([row] if row.kind in KINDS else []):
        return found
    raise NotFoundError


async def denied() -> tuple[Denial, ...]:
    """Push services that do not take the key or account by which the handbook sends now; single devices aside."""
    try:
        marks = channels.credentials()
    except RuleError:  # a key that cannot be used: nothing is sent with it
        return ()
    return tuple(one for one in await trusting.denials(marks) if one.is_ours)


def _of(units: Collection[int], unowned: bool) -> Condition:
    """About something that is there, in the name of one of these units or (``unowned``) of none."""
    parts, values = [], list[Any]()
    for kind, noun, unit in (("document.publish", "document", "owner_unit"), ("news.publish", "news", "unit")):
        among, value = database.among(f"o.{unit}", sorted(units))
        none = f" OR o.{unit} IS NULL" if unowned else ""
        id = f"substr(n.about, {len(noun) + 2})"
        id = f"CAST({id} AS UUID)" if database.is_postgres() else id
        parts.append(f"WHEN '{kind}' THEN EXISTS (SELECT 1 FROM {noun} o WHERE o.id = {id} AND ({among}{none}))")
        values.append(value)
    return f"CASE n.kind {' '.join(parts)} ELSE FALSE END", values


async def _place(after: UUID | None) -> Row | None:
    try:
        return await listing.one(after) if after else None
    except NotFoundError:
        return None


async def _named(rows: Sequence[Row]) -> list[Published]:
    known = {
        **await _facts("document", rows, "id, owner_unit AS unit, type, number, title, slug"),
        **await _facts("news", rows, "id, unit, '' AS type, '' AS number, title, '' AS slug"),
    }
    return [_told(row, facts) for row in rows if (facts := known.get(row.about))]


async def _facts(noun: str, rows: Sequence[Row], columns: str) -> dict[str, dict[str, Any]]:
    ids = [UUID(row.about.partition(":")[2]) for row in rows if row.about.startswith(f"{noun}:")]
    if not ids:
        return {}
    among, values = database.among("id", ids)
    found = await database.fetch(f"SELECT {columns} FROM {noun} WHERE {among}", values)
    return {f"{noun}:{row['id']}": row for row in found}


def _told(row: Row, facts: dict[str, Any]) -> Published:
    title = facts["title"][:1].upper() + facts["title"][1:]
    desk = f"/desk/documents/{facts['slug']}" if facts["slug"] else f"/desk/news/{facts['id']}"
    return Published(row, facts["unit"], f"{facts['type']} {facts['number']}".strip(), title, desk)
