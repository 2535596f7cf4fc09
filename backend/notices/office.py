"""Notices of what units publish, as those see them who publish it: what each is about, and for which unit."""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from base import database
from base.errors import NotFoundError, RuleError
from notifications import channels, listing, trusting
from notifications.listing import Row
from notifications.trusting import Denial

KINDS: Final = ("document.publish", "news.publish")
"""What is told to an audience. All else is told to single members, and is nobody else's business."""

LIMIT: Final = 20
BATCH: Final = 100
MOST_BATCHES: Final = 20
"""So far back a list looks for notices of one's own units: two thousand of all units'."""


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
    found: list[Published] = []
    place = await _place(after)
    for _ in range(MOST_BATCHES):
        rows = await listing.owed(KINDS, after=place, limit=BATCH)
        found += [each for each in await _named(rows) if (unowned if each.unit is None else each.unit in units)]
        if len(found) > LIMIT or len(rows) < BATCH:
            break
        place = rows[-1]
    return Page(tuple(found[:LIMIT]), found[LIMIT - 1].row.id if len(found) > LIMIT else None)


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
