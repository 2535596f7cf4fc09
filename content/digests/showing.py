"""Digests as readers have them; whoever may read the edition may read its digest, and nobody asks for one alone."""

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from base import clock, database
from content.digest_rows import DigestRow, PointRow
from content.digests.model import Point
from content.digests.placing import Names


async def shown(editions: Collection[UUID]) -> dict[UUID, DigestRow]:
    """The approved digests of these editions; those that have none are left out."""
    among, values = database.among("edition", sorted(editions, key=str))
    rows = await database.fetch(
        f"SELECT edition, shown, unit, approved_at FROM digest WHERE {among} AND shown <> '[]'", values
    )
    return {
        row["edition"]: DigestRow(
            points=msgspec.json.decode(row["shown"], type=tuple[PointRow, ...]),
            unit=row["unit"],
            approved_on=clock.local(row["approved_at"]).date(),
        )
        for row in rows
    }


def rows(points: Sequence[Point], names: Names) -> tuple[PointRow, ...]:
    """Points as readers would have them; without path and label where the part is gone."""
    parts = [names.part(point.anchor) for point in points]
    return tuple(
        PointRow(point.words, part.path if part else "", names.name(part.path) if part else "")
        for point, part in zip(points, parts, strict=True)
    )
