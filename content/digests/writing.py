"""Writing a digest: beside a draft, with which it is approved, or later beside a text that has been issued."""

from collections.abc import Sequence
from uuid import UUID

from base import database, journal
from base.errors import NotFoundError
from content import fragments
from content.digests import checking, keeping
from content.digests.model import Digest, DigestClosedError, Line, Point
from content.drafts import keeping as drafts
from content.drafts.model import ChangedError

WITHDRAWN = "withdrawn"


async def write(edition: UUID, lines: Sequence[Line], *, seen: int, by: str, unit: int | None = None) -> int:
    """Put these points in the place of those of the version that was ``seen``; the version now.

    None at all is allowed: then there is no digest. ``unit`` is in whose name it is written for an issued edition; with
    a draft it is the draft's. Raises InvalidError by field, ChangedError with the points as they stand when somebody
    else was faster, ClosedError while somebody decides. The same again changes nothing.
    """
    async with database.transaction():
        digest = await keeping.locked(edition)
        points = checking.points_of(lines, await fragments.pieces_of(edition))
        if points == digest.points:
            return digest.version
        if seen != digest.version:
            raise ChangedError(digest.points)
        return await (_write_issued(digest, points, by, unit) if digest.is_issued else _write(digest, points, by))


async def _write(digest: Digest, points: tuple[Point, ...], by: str) -> int:
    """Beside a draft: it is a change of the draft, and somebody must say anew that nothing in it is classified."""
    if digest.edition_state == WITHDRAWN:
        raise NotFoundError
    draft = await drafts.locked_open(digest.edition)
    await drafts.write(draft, by, unclassified_by="", unclassified_at=None)
    return await _keep(digest, points, by, draft.unit)


async def _write_issued(digest: Digest, points: tuple[Point, ...], by: str, unit: int | None) -> int:
    if not digest.is_open:
        raise DigestClosedError
    return await _keep(digest, points, by, unit if digest.unit is None else digest.unit)


async def _keep(digest: Digest, points: tuple[Point, ...], by: str, unit: int | None) -> int:
    version = await keeping.write(digest, points, by=by, unit=unit)
    await journal.record(
        act="digest.write", subject=f"edition:{digest.edition}", by=by, unit=unit, detail={"version": version}
    )
    return version
