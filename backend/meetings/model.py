"""A meeting as its secretary prepares it: the plan that is typed, and how it stands with the unit's members."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from base import clock
from base.errors import ConflictError, InvalidError

DRAFT, SET, CANCELLED = "draft", "set", "cancelled"
"""In which order a meeting goes through its states; members know of it from the second on."""

TITLE_CHARS, PLACE_CHARS, ITEM_CHARS, NOTE_CHARS, REASON_CHARS = 200, 200, 300, 300, 500
MOST_ITEMS = 30
MOST_PARTS = 40
MOST_PAPERS = 10
"""More than that nobody reads before a meeting."""


class Plan(Struct, frozen=True):
    """What a secretary types; ``agenda`` are the words of its items, ``at`` None while day and time are open."""

    title: str = ""
    at: datetime | None = None
    place: str = ""
    agenda: tuple[str, ...] = ()


class Item(Struct, frozen=True):
    """An item of the agenda; its id stays while its words are mended and its place changes."""

    id: str
    words: str


class Meeting(Struct, frozen=True):
    """A meeting as the desk sees it; actors are members' ids as text. ``moved_at``: its time or place was changed."""

    id: UUID
    unit: int
    scope: str
    state: str
    version: int
    title: str
    at: datetime | None
    place: str
    agenda: tuple[Item, ...]
    reason: str
    saved_by: str
    saved_at: datetime
    set_by: str
    set_at: datetime | None
    moved_at: datetime | None
    cancelled_at: datetime | None

    @property
    def plan(self) -> Plan:
        """What was typed of it."""
        return Plan(self.title, self.at, self.place, tuple(item.words for item in self.agenda))

    @property
    def is_over(self) -> bool:
        """Whether its day is past."""
        return self.at is not None and clock.local(self.at).date() < clock.today()

    @property
    def is_closed(self) -> bool:
        """Whether nothing is changed of it any more: it was cancelled, or has been held."""
        return self.state == CANCELLED or (self.state == SET and self.is_over)


class ChangedSinceError(ConflictError):
    """Somebody saved something else since this was opened; ``theirs`` is what stands now."""

    key = "meeting-changed-since"

    def __init__(self, theirs: Meeting) -> None:
        super().__init__()
        self.theirs = theirs


class PartChangedSinceError(ConflictError):
    """Somebody changed what is said of the part since this was opened."""

    key = "meeting-part-changed-since"


class ClosedError(ConflictError):
    """The meeting was cancelled or has been held: nothing is changed of it any more."""

    key = "meeting-closed"


class OutOfTurnError(ConflictError):
    """What was asked does not follow from the state that the meeting is in."""

    key = "meeting-out-of-turn"


class NotForAllError(InvalidError):
    """A document that not every member of the unit may read: put on the list, it would tell of itself."""

    key = "meeting-part-not-for-all"


class UnmetError(InvalidError):
    """Something is missing that members must be told; ``fields`` says what."""

    key = "meeting-unmet"
