"""A comment, the states it can be in, and the rules that an act upon it may break."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from backend.discussion.about import Target
from base import clock
from base.catalogue import say
from base.errors import ConflictError, TooManyError

SHOWN, WAITING, RETURNED, HIDDEN, WITHDRAWN = "shown", "waiting", "returned", "hidden", "withdrawn"
DECIDED = frozenset({SHOWN, RETURNED, HIDDEN})
"""What a moderator may decide."""

UNSEEN = (WAITING, RETURNED, HIDDEN)
"""Where a comment is for its author's eyes only."""

EDITABLE = timedelta(minutes=15)
"""So long after writing it, the author may change the words; those that were returned at any time."""

COLUMNS = (
    "c.id, c.document, c.news, c.edition, c.ordinal, c.anchor, c.quote, c.parent, c.author, c.unit, c.province, "
    "c.named, c.state, c.revision, c.held_for, c.held_own, c.decided_for, c.created_at, c.edited_at, c.decided_at, "
    "r.words"
)
FROM = "comment c JOIN comment_revision r ON r.comment = c.id AND r.revision = c.revision"


class Comment(Struct, frozen=True):
    """A comment with the words of its current revision; see the table for what each column means."""

    id: UUID
    document: UUID | None
    news: UUID | None
    edition: UUID | None
    ordinal: int
    anchor: str
    quote: str
    parent: UUID | None
    author: UUID
    unit: int | None
    province: int | None
    named: bool
    state: str
    revision: int
    held_for: str
    held_own: str
    decided_for: str
    created_at: datetime
    edited_at: datetime | None
    decided_at: datetime | None
    words: str

    @property
    def place(self) -> tuple[object, ...]:
        """What it is about, as ``Target.place`` tells it."""
        return Target(self.document, self.news, self.edition, self.ordinal, self.anchor, self.quote).place

    def reasons(self, language: str) -> tuple[str, ...]:
        """Why screening held it, in words; in an administrator's own where there are some."""
        own = tuple(filter(None, self.held_own.split("\n")))
        return own or tuple(say(f"screening-reason-{code}", language) for code in self.held_for.split())

    @property
    def is_editable(self) -> bool:
        """Whether its author may still change the words."""
        if self.state == RETURNED:
            return True
        return self.state in (SHOWN, WAITING) and clock.now() < self.created_at + EDITABLE


class CommentChangedSinceError(ConflictError):
    """The comment is not any more as it was seen."""

    key = "comment-changed-since"


class TooLateError(ConflictError):
    """The time in which the words may be changed is over, or a moderator has decided."""

    key = "comment-too-late"


class TooManyCommentsError(TooManyError):
    """The author has written as many comments as one may within some minutes."""

    key = "comment-too-many"
