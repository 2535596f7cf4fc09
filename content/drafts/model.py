"""A draft: the facts that its editor states, what the reading of its text was not sure of, and how it stands."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from base.errors import ConflictError, ForbiddenError, InvalidError
from content import naming
from content.rows import HeadRow

OPEN = ("draft", "returned")
"""States in which a draft may be changed."""


class Claim(Struct, frozen=True):
    """What this document does to another (content/relations), said at ``path``; "" when the editor added it."""

    kind: str
    number: str
    path: str = ""


class Facts(Struct, frozen=True):
    """What the editor states of the document: its head, where it goes, from when, for whom, what it does to others.

    ``declined`` are relations that the text seemed to state and the editor said are none. ``acknowledged`` are numbers
    of cited documents that are not here, and that the editor has looked at.
    """

    head: HeadRow = HeadRow()
    topic: str = ""
    offline: bool = True
    effective_from: date | None = None
    effective_until: date | None = None
    audience: tuple[str, ...] = ()
    relations: tuple[Claim, ...] = ()
    acknowledged: tuple[str, ...] = ()
    declined: tuple[Claim, ...] = ()
    note: str = ""

    @property
    def looked_at(self) -> frozenset[str]:
        """Numbers of cited documents that need not be here: acknowledged, or confirmed to be changed by this one."""
        return frozenset((*self.acknowledged, *(claim.number for claim in self.relations)))


class Doubt(Struct, frozen=True):
    """Something in the text that a person must look at: a sentence of the catalogue, its values, and where."""

    key: str
    values: dict[str, str | int] = {}
    path: str = ""


class Draft(Struct, frozen=True):
    """An edition that is not issued yet, or as it was when it was; actors are members' ids as text.

    ``known``: its document has been issued before, so this is a later text of it. ``hands`` are all who changed it.
    """

    edition: UUID
    document: UUID
    slug: str
    known: bool
    state: str
    reason: str
    version: int
    unit: int
    facts: Facts
    source: str
    doubts: tuple[Doubt, ...]
    hands: frozenset[str]
    unclassified_by: str
    unclassified_at: datetime | None
    submitted_by: str
    submitted_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    publish_at: datetime | None
    saved_by: str
    saved_at: datetime
    created_by: str
    created_at: datetime

    @property
    def open(self) -> bool:
        """Whether it may be changed now."""
        return self.state in OPEN

    def identity(self, issuer: str) -> str:
        """What the facts say that its document is, with its ``issuer`` as it is filed (content/issuers)."""
        head = self.facts.head
        return naming.identity(issuer=issuer, type=head.type, number=head.number, issued=head.issued)


class DraftRow(Struct, frozen=True):
    """A draft in a list."""

    edition: UUID
    slug: str
    known: bool
    state: str
    unit: int
    type: str
    number: str
    title: str
    source: str
    saved_at: datetime
    saved_by: str
    created_by: str
    publish_at: datetime | None


RULES = {
    "number": "Quy định 399-QĐ/TW",
    "secrecy": "Luật 117/2025",
    "audience": "Quy định 339-QĐ/TW",
}
"""Where requirements come from, as they are cited; the handbook's own need no citation."""

Place = Literal["facts", "text", "audience", "relations", "digest", "check"]


class Requirement(Struct, frozen=True):
    """One line: what is lacking (a sentence of the catalogue), whether it stops the issue, after which rule.

    ``place`` says on which page of the draft it is put right, ``field`` in which field or at which part.
    """

    key: str
    blocking: bool
    place: Place
    rule: str = ""
    field: str = ""
    values: dict[str, str | int] = {}


class ChangedError(ConflictError):
    """Somebody else changed what was opened; ``theirs`` is how it stands now, None when it is gone."""

    key = "draft-changed-since"

    def __init__(self, theirs: object = None) -> None:
        super().__init__()
        self.theirs = theirs


class ClosedError(ConflictError):
    """The draft is with somebody else or issued, and is not changed any more."""

    key = "draft-closed"


class OwnWorkError(ForbiddenError):
    """Nobody approves what they had a hand in."""

    key = "draft-own-work"


class UnmetError(InvalidError):
    """A draft does not meet what is required of it; the list says what."""

    key = "draft-requirements-unmet"
