"""The digest of a document as readers are given it, above the text."""

from datetime import date

from msgspec import Struct


class PointRow(Struct, frozen=True):
    """A point of a digest, and the part of the edition that says so."""

    words: str
    path: str
    label: str


class DigestRow(Struct, frozen=True):
    """The digest of an edition: in the name of which unit it was approved, and on which day."""

    points: tuple[PointRow, ...]
    unit: int | None
    approved_on: date
