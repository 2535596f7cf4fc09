"""Giving up what was written since readers were last given an item."""

from uuid import UUID

from msgspec import structs

from base import clock, database, journal
from content import filing
from content.newsroom import keeping
from content.newsroom.model import Manuscript, OutOfTurnError, Sheet


async def revert(id: UUID, *, by: str) -> Manuscript:
    """Make the manuscript again what readers have, or are going to have; one that is so already stays as it is."""
    async with database.transaction():
        await filing.hold()
        was = await keeping.locked(id)
        if was.state not in ("scheduled", "published"):
            raise OutOfTurnError
        if was.ahead:
            await keeping.write(was, await _as_issued(was), by, issued_version=was.version + 1)
            await journal.record(act="news.revert", subject=f"news:{id}", by=by, unit=was.sheet.unit)
    return await keeping.manuscript(id)


async def _as_issued(was: Manuscript) -> Sheet:
    names = ("unit", "title", "standfirst", "body", "cover", "cover_alt", "topic")
    row = (await database.fetch(f"SELECT {', '.join(names)} FROM news WHERE id = {{}}", was.id))[0]
    scopes = await database.fetch(
        "SELECT scope FROM news_audience WHERE news = {} AND (to_at IS NULL OR to_at > {}) ORDER BY scope",
        was.id, clock.now(),
    )  # fmt: skip
    audience = tuple(scope["scope"] for scope in scopes)
    return structs.replace(was.sheet, **{**row, "cover": row["cover"] or ""}, audience=audience)
