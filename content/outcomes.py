"""What becomes of files that are imported, and the sentences that tell it."""

import os
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from content.rows import HeadRow


class Told(Struct, frozen=True):
    """A sentence of the catalogue and what fills it in."""

    key: str
    values: dict[str, str | int] = {}


class StoredHead(HeadRow, frozen=True):
    """The head as it is stored: also how many parts of each kind there are and where each fact was read.

    ``revised`` is the day on which the file says that it was last worked on.
    """

    counts: dict[str, int] = {}  # noqa: RUF012 - msgspec copies it
    sources: dict[str, str] = {}  # noqa: RUF012
    revised: date | None = None


class ImportRow(Struct, frozen=True):
    """What became of one file; ``sources`` says of a fact where it was read (content/structure/model).

    ``outcome``: new, edition (a later text of a known document), unchanged, same-text (as a document of another
    number), older (an earlier print of a known document), refused. Of the last three ``error`` says why.
    """

    path: str
    outcome: str
    number: str = ""
    type: str = ""
    issuer: str = ""
    issued: date | None = None
    place: str = ""
    title: str = ""
    signer: str = ""
    capacity: str = ""
    signer_title: str = ""
    urgency: str = ""
    recipients: tuple[str, ...] = ()
    sources: dict[str, str] = {}
    counts: dict[str, int] = {}
    warnings: tuple[Told, ...] = ()
    slug: str = ""
    edition: int | None = None
    error: Told | None = None


FACTS = (
    "number", "type", "issuer", "issued", "place", "title", "signer", "capacity", "signer_title", "urgency",
    "recipients", "sources", "counts",
)  # fmt: skip
"""What a row says of the document itself."""


def row_of(file: Path, outcome: str, head: StoredHead, **more: Any) -> ImportRow:
    """The row of a file that holds this head."""
    return ImportRow(path=written(file), outcome=outcome, **{name: getattr(head, name) for name in FACTS}, **more)


class Refusal(Exception):
    """A file that cannot be taken; ``told`` says why. Goes through pickles between processes."""

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self.told = told


def written(file: Path) -> str:
    """A file's path as it can be stored and shown: what of its name is not UTF-8 becomes a question mark (U+FFFD)."""
    return os.fsencode(file).decode(errors="replace")
