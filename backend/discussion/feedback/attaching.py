"""Files for a case: looked into before they are kept, pictures freed of what a camera writes into them."""

import asyncio
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from backend.accounts.acts import act
from backend.discussion import wording
from backend.discussion.feedback.model import TooManyFilesError
from base import clock, database, limits, vault
from base.errors import ConflictError, InvalidError, NotFoundError, TooManyError
from content import extracting, pictures
from content.outcomes import Refusal

FOLDER = "feedback"
MOST_FILES = 5
MAX_BYTES = 10 * 1024 * 1024
NAME_CHARS = 200
PAPERS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
UNSENT = timedelta(days=1)
"""How long a file waits for a case that is not sent."""

LIMIT, WINDOW_S = 40, 86_400
"""So many files may a member bring within a day, sent or not."""


class Brought(Struct, frozen=True):
    """A file of a case."""

    id: UUID
    feedback: UUID
    author: UUID
    name: str
    media_type: str
    digest: str
    size: int


async def files(feedback: UUID) -> tuple[Brought, ...]:
    """The files of a case, or of one that is not sent yet, in the order in which they were brought."""
    rows = await database.fetch(
        "SELECT id, feedback, author, name, media_type, digest, size FROM feedback_file WHERE feedback = {} "
        "ORDER BY kept_at, id",
        feedback,
    )
    return tuple(Brought(**row) for row in rows)


async def bring(id: UUID, feedback: UUID, data: bytes, name: str, *, by: UUID) -> bool:
    """Keep a file for a case that is still to be sent; whether it is new, for the same again changes nothing.

    Raises InvalidError for one that is of another kind, too large, broken, or bears a marking, and for one too many;
    NotFoundError for somebody else's case or id, ConflictError for another file by this id and once the case was sent,
    TooManyFilesError.
    """
    brought = sha256(data).hexdigest()
    if await _is_here(id, feedback, by, brought):
        return False
    await _check_open(feedback, by)
    await _count(by)
    await _sweep(by)
    data, name, kind = await _looked_into(data, named(name))
    digest = sha256(data).hexdigest()
    async with act(feedback, _turn(digest)):
        if await _is_here(id, feedback, by, brought):
            return False
        await _check_open(feedback, by)
        await asyncio.to_thread(vault.put, FOLDER, data)
        await database.execute(
            "INSERT INTO feedback_file (id, feedback, author, name, media_type, digest, brought, size, kept_at) "
            "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {})",
            id, feedback, by, name[-NAME_CHARS:], kind, digest, brought, len(data), clock.now(),
        )  # fmt: skip
        return True


async def remove(id: UUID, feedback: UUID, *, by: UUID) -> None:
    """Take one's file from a case before it is sent; one that is not there changes nothing."""
    async with act(feedback):
        await _check_unsent(feedback, by)
        rows = await database.fetch(
            "DELETE FROM feedback_file WHERE id = {} AND feedback = {} AND author = {} RETURNING digest",
            id, feedback, by,
        )  # fmt: skip
    await clear([row["digest"] for row in rows])


async def clear(digests: list[str]) -> None:
    """Delete the bytes of files that were removed, unless another case has the same."""
    for digest in set(digests):
        async with act(_turn(digest)):
            if not await database.fetch("SELECT id FROM feedback_file WHERE digest = {} LIMIT 1", digest):
                await asyncio.to_thread(vault.remove, FOLDER, digest)


async def tidy() -> None:
    """Delete bytes that no case has: where a machine stopped after a commit, before it could delete them."""
    there = await asyncio.to_thread(vault.digests, FOLDER)
    known = {row["digest"] for row in await database.fetch("SELECT digest FROM feedback_file")}
    await clear([digest for digest in there if digest not in known])


async def _count(by: UUID) -> None:
    try:
        await limits.hit(f"feedback-file:{by}", limit=LIMIT, window_s=WINDOW_S)
    except TooManyError as error:
        raise TooManyFilesError(retry_after_s=error.retry_after_s, most=LIMIT) from None


async def _sweep(by: UUID) -> None:
    """Let go of what the member brought more than UNSENT ago for a case that was never sent."""
    rows = await database.fetch(
        "DELETE FROM feedback_file WHERE author = {} AND kept_at < {} "
        "AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.id = feedback_file.feedback) RETURNING digest",
        by, clock.now() - UNSENT,
    )  # fmt: skip
    await clear([row["digest"] for row in rows])


def named(typed: str) -> str:
    """A file's name as it is kept and told: one line, without the folders that some browsers put before it."""
    return Path(" ".join(wording.tidy(typed[-4 * NAME_CHARS :]).split())).name


def path(file: Brought) -> Path | None:
    """Where the file is; None when it has been lost."""
    return vault.find(FOLDER, file.digest)


async def _looked_into(data: bytes, name: str) -> tuple[bytes, str, str]:
    """What is kept of a file, how it is called then, and its media type."""
    end = Path(name).suffix.lower()
    if len(data) > MAX_BYTES:
        raise InvalidError.of("files", "feedback-file-large", megabytes=MAX_BYTES // 2**20)
    if end in PICTURES:
        return await _bared(data), f"{Path(name).stem}.webp", "image/webp"
    if end not in PAPERS:
        raise InvalidError.of("files", "feedback-file-kind")
    try:
        await extracting.extract(data, sha256(data).hexdigest(), name, nameless=True)
    except Refusal as refusal:
        raise InvalidError.of("files", refusal.told.key, **refusal.told.values) from None
    return data, name, PAPERS[end]


async def _bared(data: bytes) -> bytes:
    try:
        return await pictures.bared(data)
    except pictures.PictureError:
        raise InvalidError.of("files", "feedback-file-picture") from None


async def _is_here(id: UUID, feedback: UUID, by: UUID, brought: str) -> bool:
    rows = await database.fetch("SELECT feedback, author, brought FROM feedback_file WHERE id = {}", id)
    if rows and (rows[0]["feedback"], rows[0]["author"]) != (feedback, by):
        raise NotFoundError
    if rows and rows[0]["brought"] not in ("", brought):
        raise ConflictError
    return bool(rows)


async def _check_open(feedback: UUID, by: UUID) -> None:
    await _check_unsent(feedback, by)
    there = await files(feedback)
    if any(file.author != by for file in there):
        raise NotFoundError
    if len(there) >= MOST_FILES:
        raise InvalidError.of("files", "feedback-files-many", most=MOST_FILES)


async def _check_unsent(feedback: UUID, by: UUID) -> None:
    if rows := await database.fetch("SELECT author FROM feedback WHERE id = {}", feedback):
        raise ConflictError("feedback-files-late") if rows[0]["author"] == by else NotFoundError


def _turn(digest: str) -> UUID:
    """Acts upon the same bytes take turns: none are deleted while somebody brings them anew."""
    return UUID(digest[:32])
