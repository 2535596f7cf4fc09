"""What becomes of files that are imported, and the sentences that tell it."""

import os
from datetime import date
from pathlib import Path

from msgspec import Struct


class Told(Struct, frozen=True):
    """A sentence of the catalogue and what fills it in."""

    key: str
    values: dict[str, str | int] = {}


class ImportRow(Struct, frozen=True):
    """What became of one file: ``outcome`` is new, edition, unchanged or refused (then ``error`` says why)."""

    path: str
    outcome: str
    number: str = ""
    type: str = ""
    issuer: str = ""
    issued: date | None = None
    title: str = ""
    signer: str = ""
    counts: dict[str, int] = {}
    warnings: tuple[Told, ...] = ()
    slug: str = ""
    edition: int | None = None
    error: Told | None = None


def written(file: Path) -> str:
    """A file's path as it can be stored and shown: what of its name is not UTF-8 becomes a question mark (U+FFFD)."""
    return os.fsencode(file).decode(errors="replace")
