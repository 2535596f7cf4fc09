"""A digest: its points, how far it has come, and what readers have of it."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from content.digest_rows import PointRow
from content.drafts.model import ClosedError, OwnWorkError

MOST_POINTS = 12
"""A digest of more points is none."""

MOST_CHARS = 300
"""Longest words of one point."""

ISSUED = ("published", "superseded")
"""States of an edition that readers may open."""


class Line(NamedTuple):
    """A point as it is typed: its words, and the part it rests on as people name one."""

    words: str
    part: str


class Point(Struct, frozen=True):
    """A point as it is kept; ``seen`` tells the text that its part had, with all that is nested in it."""

    words: str
    anchor: str
    seen: str


class Flaw(Struct, frozen=True):
    """What is wrong with a point since its part changed, or may be; a sentence of the catalogue and its values."""

    key: str
    blocking: bool
    values: dict[str, str | int]


class Digest(Struct, frozen=True):
    """The digest of an edition; one that nobody has written yet has version 0 and no points.

    ``points`` are being written, ``shown`` is what readers have; ``approved_by`` and ``approved_at`` are of the latter.
    Until the edition is issued the digest has no way of its own: it is submitted, approved and issued with its draft.
    """

    edition: UUID
    document: UUID
    edition_state: str
    version: int
    state: str
    unit: int | None
    points: tuple[Point, ...]
    shown: tuple[PointRow, ...]
    hands: frozenset[str]
    returned_for: str
    withdrawn_for: str
    submitted_by: str
    submitted_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    saved_by: str
    saved_at: datetime | None

    @property
    def is_issued(self) -> bool:
        """Whether readers may open its edition."""
        return self.edition_state in ISSUED

    @property
    def is_open(self) -> bool:
        """Whether it may be changed now, where its edition is issued."""
        return self.is_issued and self.state != "submitted"


class DigestLine(Struct, frozen=True):
    """A digest of an issued edition in a list of the desk."""

    slug: str
    ordinal: int
    state: str
    unit: int | None
    type: str
    number: str
    title: str
    hands: frozenset[str]
    saved_by: str
    saved_at: datetime


class DigestClosedError(ClosedError):
    """The digest waits for its approver and is not changed meanwhile."""

    key = "digest-closed"


class OwnDigestError(OwnWorkError):
    """Nobody approves a digest that they had a hand in."""

    key = "digest-own-work"
