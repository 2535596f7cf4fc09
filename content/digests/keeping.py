"""Digests as they are stored: finding one or those that wait, locking one for an act, and writing what changed."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import msgspec

from base import clock, database
from base.errors import NotFoundError
from content.digest_rows import PointRow
from content.digests.model import ISSUED, Digest, DigestLine, Point
from content.drafts.keeping import hold, packed

LISTED = 200
"""Most digests in one list."""

_DIGEST = (
    "SELECT e.id AS edition, e.document, e.state AS edition_state, g.version, g.state, g.unit, g.points, g.shown, "
    "g.hands, g.returned_for, g.withdrawn_for, g.submitted_by, g.submitted_at, g.approved_by, g.approved_at, "
    "g.saved_by, g.saved_at FROM edition e LEFT JOIN digest g ON g.edition = e.id WHERE e.id = {}"
)
_UNWRITTEN: Mapping[str, Any] = {
    "version": 0, "state": "draft", "points": (), "shown": (), "hands": frozenset(), "returned_for": "",
    "withdrawn_for": "", "submitted_by": "", "approved_by": "", "saved_by": "",
}  # fmt: skip


async def digest_of(edition: UUID) -> Digest:
    """The digest of an edition, written or not; NotFoundError without the edition. Who may see it is for the door."""
    rows = await database.fetch(_DIGEST, edition)
    if not rows:
        raise NotFoundError
    row = rows[0]
    if row["version"] is None:
        return Digest(**{**row, **_UNWRITTEN})
    return Digest(**{
        **row, "points": msgspec.json.decode(row["points"], type=tuple[Point, ...]),
        "shown": msgspec.json.decode(row["shown"], type=tuple[PointRow, ...]),
        "hands": frozenset(msgspec.json.decode(row["hands"], type=list[str])),
    })  # fmt: skip


async def locked(edition: UUID) -> Digest:
    """The digest, inside a transaction in which nobody else can change it or its document."""
    await hold(edition)
    return await digest_of(edition)


async def lines(units: Collection[int], *, states: Collection[str]) -> list[DigestLine]:
    """Digests of issued editions that are written for these units and stand so, the last changed first."""
    among_units, unit_values = database.among("g.unit", sorted(units))
    among_states, state_values = database.among("g.state", sorted(states))
    among_issued, issued_values = database.among("e.state", ISSUED)
    rows = await database.fetch(
        "SELECT d.slug, e.ordinal, g.state, g.unit, d.type, d.number, d.title, g.hands, g.saved_by, g.saved_at "
        "FROM digest g JOIN edition e ON e.id = g.edition JOIN document d ON d.id = e.document "
        f"WHERE {among_units} AND {among_states} AND {among_issued} ORDER BY g.saved_at DESC LIMIT {LISTED}",
        unit_values, state_values, issued_values,
    )  # fmt: skip
    return [
        DigestLine(**{**row, "hands": frozenset(msgspec.json.decode(row["hands"], type=list[str]))}) for row in rows
    ]


async def write(digest: Digest, points: tuple[Point, ...], *, by: str, unit: int | None) -> int:
    """Write the points of a locked digest under the next version, which is returned; ``by`` had a hand in it."""
    if not digest.version:
        await database.execute(
            "INSERT INTO digest (edition, version, state, unit, points, shown, hands, returned_for, withdrawn_for, "
            "submitted_by, approved_by, saved_by, saved_at) "
            "VALUES ({}, 0, 'draft', {}, '[]', '[]', '[]', '', '', '', '', '', {})",
            digest.edition, unit, clock.now(),
        )  # fmt: skip
    await note(
        digest.edition, version=digest.version + 1, state="draft", points=packed(points),
        hands=packed(sorted({*digest.hands, by})), saved_by=by, saved_at=clock.now(),
    )  # fmt: skip
    return digest.version + 1


async def note(edition: UUID, **columns: Any) -> None:
    """Write columns of a digest without a new version."""
    assignments = ", ".join(f"{column} = {{}}" for column in columns)
    await database.execute(f"UPDATE digest SET {assignments} WHERE edition = {{}}", *columns.values(), edition)


async def reanchor(edition: UUID, anchors: Mapping[str, str]) -> None:
    """Let the points follow their parts, whose anchors became others; part of an act that is recorded elsewhere."""
    digest = await digest_of(edition)
    if digest.points:
        moved = tuple(Point(each.words, anchors.get(each.anchor, each.anchor), each.seen) for each in digest.points)
        await note(edition, points=packed(moved))
