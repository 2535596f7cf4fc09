"""What a quotation was understood to say."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Step(NamedTuple):
    """A part within another: ``Điều 3`` is dieu 3, ``điểm đ`` is diem dd, ``mục II.3`` is muc 3 in muc ii."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it is named; empty where nothing was said.

    ``letters`` are those of the number ("nq", "tw"); ``maybe`` came after a blank and may be letters or other words.
    ``names`` are what a law may be called, the longest first. ``is_this``: the document in which the quotation stands.
    ``told``: the number or the name of a law, as it was written.
    """

    running: str = ""
    letters: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    type: str = ""
    year: int | None = None
    issued: date | None = None
    issuer: str = ""
    names: tuple[str, ...] = ()
    is_this: bool = False
    told: str = ""

    @property
    def is_named(self) -> bool:
        """Whether a document was named at all."""
        return bool(self.running or self.names or self.is_this)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation that was read.

    ``groups``: the parts in the order they were written, each from the inside out. ``around``: the kind of part that is
    the quotation's own ("Điều này"). ``words``: the whole text, folded; ``rest``: what of it was not understood.
    ``parts`` and ``understood``: the parts as they were written, and all that was understood, to show.
    """

    groups: tuple[tuple[Step, ...], ...]
    around: str
    paper: Paper
    words: str
    rest: str
    parts: str
    understood: str

    @property
    def names_parts(self) -> bool:
        """Whether more than a document is named."""
        return bool(self.groups or self.around)
