"""A manuscript: what an editor types of a news item, and how the item stands with readers."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from base.errors import ConflictError, InvalidError

STATES = ("draft", "scheduled", "published", "withdrawn")
"""In which order an item goes through them; a scheduled one may go back."""

LENGTHS = {"title": 300, "standfirst": 1_000, "body": 60_000, "cover_alt": 500}
"""Most characters of each text."""

REASON_CHARS = 500
"""Most characters of why an item is withdrawn."""


class Sheet(Struct, frozen=True):
    """What an editor types; ``cover`` is a picture's id. The last three are wishes for when it is issued.

    ``publish_at`` is the time it was last planned for, ``pinned_until`` its last day on top, None without an end.
    """

    unit: int | None
    title: str = ""
    standfirst: str = ""
    body: str = ""
    cover: str = ""
    cover_alt: str = ""
    topic: str = ""
    audience: tuple[str, ...] = ()
    pinned: bool = False
    pinned_until: date | None = None
    publish_at: datetime | None = None


class Manuscript(Struct, frozen=True):
    """An item as the desk sees it; actors are members' ids as text, or "cli".

    ``published_at`` is None while it was never scheduled nor published; ``pinned`` and ``until`` are what readers see.
    """

    id: UUID
    version: int
    issued_version: int
    sheet: Sheet
    state: str
    slug: str
    published_at: datetime | None
    updated_at: datetime | None
    pinned: bool
    until: date | None
    reason: str
    begun_by: str
    begun_at: datetime
    saved_by: str
    saved_at: datetime

    @property
    def ahead(self) -> bool:
        """Whether something was written that readers do not have, nor are going to have."""
        return self.state in ("scheduled", "published") and self.version != self.issued_version

    @property
    def closed(self) -> bool:
        """Whether nothing is written of it any more."""
        return self.state == "withdrawn"


class ManuscriptRow(Struct, frozen=True):
    """An item in the desk's list."""

    id: UUID
    title: str
    unit: int | None
    state: str
    ahead: bool
    pinned: bool
    published_at: datetime | None
    saved_at: datetime


class ChangedSinceError(ConflictError):
    """Somebody saved something else since this was opened; ``theirs`` is what stands now."""

    key = "newsroom-changed-since"

    def __init__(self, theirs: Manuscript) -> None:
        super().__init__()
        self.theirs = theirs


class ClosedError(ConflictError):
    """The item was withdrawn: nothing is changed of it any more."""

    key = "newsroom-closed"


class OutOfTurnError(ConflictError):
    """What was asked does not follow from the state that the item is in."""

    key = "newsroom-out-of-turn"


class UnmetError(InvalidError):
    """Something is missing that readers must be given; ``fields`` says what."""

    key = "newsroom-unmet"
