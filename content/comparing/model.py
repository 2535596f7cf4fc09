"""What a comparison of two editions says: each part of both once, as the newer one reads, and how large it all is."""

from typing import Literal

from msgspec import Struct

from content.rows import Crumb, EditionRow, Reading

Kind = Literal["unchanged", "changed", "added", "removed", "moved", "renumbered"]
"""What became of a part. Changed: its words; moved and renumbered: only its place, or the number printed before it."""

Shift = Literal["", "moved", "renumbered"]
"""Where a part went: elsewhere in the text, or where it was, under another number. Parts that go along with the one
that they are nested in have not moved."""


class Run(Struct, frozen=True):
    """Words that were kept, taken out or put in; in a row they are the text, line breaks and all."""

    kind: Literal["kept", "removed", "added"]
    text: str


class Place(Struct, frozen=True):
    """Where a part stands in one edition: its path, its printed label, and how it is quoted (khoản 2 Điều 3)."""

    path: str
    label: str
    heading: str
    name: str


class Change(Struct, frozen=True):
    """What became of one part; ``old`` is None when it was added, ``new`` when it was removed.

    ``part`` is the kind of part. Unchanged ones have neither ``runs`` nor ``crumbs`` (the parts around it).
    """

    kind: Kind
    shift: Shift
    part: str
    old: Place | None
    new: Place | None
    crumbs: tuple[Crumb, ...]
    runs: tuple[Run, ...]

    @property
    def place(self) -> Place:
        """Where it stands in the newer edition, or stood in the older."""
        place = self.old if self.new is None else self.new
        if place is None:
            raise LookupError("a part of neither edition")
        return place


class Counts(Struct, frozen=True):
    """How many parts there are of each kind; each part is counted once."""

    unchanged: int = 0
    changed: int = 0
    added: int = 0
    removed: int = 0
    moved: int = 0
    renumbered: int = 0


class Comparison(Struct, frozen=True):
    """Two texts compared part by part and word by word; signs are marked but not counted.

    ``percent``: words added and removed, of the words of the longer text, 100 at most.
    """

    changes: tuple[Change, ...]
    counts: Counts
    words_added: int
    words_removed: int
    words: int
    percent: int


class Changes(Struct, frozen=True):
    """What changed from one edition of a document to a later one; ``note`` is what its editor says about it."""

    reading: Reading
    since: EditionRow
    comparison: Comparison
    note: str
    etag: str
