"""Files for a meeting: looked into as documents are, kept byte for byte, and given to the unit's members only."""

import asyncio
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from backend.accounts.acts import act
from backend.meetings import keeping
from backend.meetings.model import MOST_PAPERS, Meeting
from base import clock, database, vault
from base.errors import ConflictError, InvalidError
from content import extracting
from content.extracting import MAX_BYTES
from content.outcomes import Refusal, Told

FOLDER = "papers"
KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
"""What may be brought, by the end of its name, and its media type."""

NAME_CHARS = 200


class Paper(Struct, frozen=True):
    """A file for a meeting; ``item`` is the id of an item of the agenda, "" for what is read besides."""

    id: UUID
    item: str
    name: str
    media_type: str
    digest: str
    size: int
    unclassified_by: str


async def papers(meeting: UUID) -> tuple[Paper, ...]:
    """The papers of a meeting in the order in which they were brought."""
    rows = await database.fetch(
        "SELECT id, item, name, media_type, digest, size, unclassified_by FROM meeting_paper WHERE meeting = {} "
        "ORDER BY kept_at, id",
        meeting,
    )
    return tuple(Paper(**row) for row in rows)


async def bring(id: UUID, meeting: UUID, data: bytes, name: str, *, item: str, is_unclassified: bool, by: str) -> None:
    """Keep a file under an id that the browser made; the same again changes nothing.

    Raises InvalidError unless whoever brings it says that it is not classified; Refusal for one that is of another
    kind, too large, dangerous, bears a marking, or has no words in which one could be looked for.
    """
    digest = sha256(data).hexdigest()
    if await _is_here(id, meeting, digest):
        return
    if not is_unclassified:
        raise InvalidError.of("unclassified", "meeting-paper-unclassified-missing")
    await _look_into(data, digest, name)
    async with act(meeting, _turn(digest)):
        was = await keeping.opened(meeting)
        if await _is_here(id, meeting, digest):
            return
        _check_room(was, await papers(meeting), item)
        await asyncio.to_thread(vault.put, FOLDER, data)
        await database.execute(
            "INSERT INTO meeting_paper (id, meeting, item, name, media_type, digest, size, unclassified_by, kept_at) "
            "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {})",
            id, meeting, item, Path(name).name[-NAME_CHARS:], KINDS[Path(name).suffix.lower()],
            digest, len(data), by, clock.now(),
        )  # fmt: skip
        await keeping.note("bring", was, by, paper=id)


async def remove(id: UUID, meeting: UUID, *, by: str) -> None:
    """Take a paper from the meeting; one that is not there changes nothing."""
    async with act(meeting):
        was = await keeping.opened(meeting)
        found = [paper for paper in await papers(meeting) if paper.id == id]
        if found:
            await database.execute("DELETE FROM meeting_paper WHERE id = {}", id)
            await keeping.note("remove", was, by, paper=id)
    await clear(found)


async def clear(removed: Iterable[Paper]) -> None:
    """Delete the bytes of papers that were removed, unless another meeting has the same."""
    for digest in {paper.digest for paper in removed}:
        async with act(_turn(digest)):
            if not await database.fetch("SELECT id FROM meeting_paper WHERE digest = {} LIMIT 1", digest):
                await asyncio.to_thread(vault.remove, FOLDER, digest)


def path(paper: Paper) -> Path | None:
    """Where the file is; None when it has been lost."""
    return vault.find(FOLDER, paper.digest)


async def _look_into(data: bytes, digest: str, name: str) -> None:
    if Path(name).suffix.lower() not in KINDS:
        raise Refusal(Told("meeting-paper-kind"))
    if len(data) > MAX_BYTES:
        raise Refusal(Told("content-import-too-large", {"megabytes": MAX_BYTES // 2**20}))
    await extracting.extract(data, digest, name, nameless=True)


def _turn(digest: str) -> UUID:
    """Acts upon the same bytes take turns: none are deleted while somebody brings them anew."""
    return UUID(digest[:32])


async def _is_here(id: UUID, meeting: UUID, digest: str) -> bool:
    """Whether this very file was brought before; raises ConflictError when the id is another's."""
    rows = await database.fetch("SELECT meeting, digest FROM meeting_paper WHERE id = {}", id)
    if rows and (rows[0]["meeting"], rows[0]["digest"]) != (meeting, digest):
        raise ConflictError
    return bool(rows)


def _check_room(meeting: Meeting, there: tuple[Paper, ...], item: str) -> None:
    if len(there) >= MOST_PAPERS:
        raise InvalidError.of("file", "meeting-too-many-papers", most=MOST_PAPERS)
    if item and item not in {one.id for one in meeting.agenda}:
        raise InvalidError.of("item", "meeting-item-unknown")
