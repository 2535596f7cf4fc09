"""Files as they were uploaded, kept under their SHA-256 and given back byte for byte."""

import asyncio
import mimetypes
from pathlib import Path
from uuid import UUID

from base import clock, database, vault
from content.extracting import MAX_BYTES
from content.outcomes import Refusal, Told
from content.rows import Original

FOLDER = "originals"

SOURCE = "source"
"""The file that the text was read from."""

SIGNED = "signed"
"""The paper as it was signed, which may be a scan without text."""

ROLES = (SOURCE, SIGNED)

SCANS = {".pdf": (b"%PDF-",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG\r\n\x1a\n",),
         ".tif": (b"II*\0", b"MM\0*"), ".tiff": (b"II*\0", b"MM\0*")}  # fmt: skip
"""What may be kept as a signed paper, by the end of its name, and how such a file begins."""

NAME_CHARS = 200
HEAD_BYTES = 1024
"""A PDF says what it is within so many bytes."""


async def keep(edition: UUID, role: str, data: bytes, name: str, *, by: str) -> None:
    """Keep a file for an edition, in place of the one it had in that ``role``; part of an act recorded elsewhere."""
    digest = await asyncio.to_thread(vault.put, FOLDER, data)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    await database.execute("DELETE FROM original WHERE edition = {} AND role = {}", edition, role)
    await database.execute(
        "INSERT INTO original (edition, role, name, media_type, digest, size, kept_by, kept_at) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {})",
        edition, role, Path(name).name[-NAME_CHARS:], kind, digest, len(data), by, clock.now(),
    )  # fmt: skip


def check_scan(data: bytes, name: str) -> None:
    """Raise Refusal for what cannot be a signed paper: another kind of file, or too large."""
    beginnings = SCANS.get(Path(name).suffix.lower())
    if beginnings is None:
        raise Refusal(Told("draft-scan-kind"))
    if len(data) > MAX_BYTES:
        raise Refusal(Told("content-import-too-large", {"megabytes": MAX_BYTES // 1024 // 1024}))
    head = data[:HEAD_BYTES]
    if not any(begin in head if begin == b"%PDF-" else head.startswith(begin) for begin in beginnings):
        raise Refusal(Told("draft-scan-broken"))


async def originals(edition: UUID) -> tuple[Original, ...]:
    """The files kept for an edition, the source first."""
    rows = await database.fetch(
        "SELECT role, name, media_type, digest, size FROM original WHERE edition = {} ORDER BY role DESC", edition
    )
    return tuple(Original(**row) for row in rows)


def path(original: Original) -> Path | None:
    """Where a kept file is; None when it has been lost."""
    return vault.find(FOLDER, original.digest)
