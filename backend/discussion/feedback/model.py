"""A case of feedback, the states it can be in, and the rules that an act upon it may break."""

from datetime import date, datetime, timedelta
from uuid import UUID

from msgspec import Struct

from base import clock
from base.errors import ConflictError, InvalidError, TooManyError
from base.settings import settings

KINDS = ("suggestion", "concern", "petition", "question")
DOCUMENT, UNIT, APP = "document", "unit", "app"
ABOUTS = (DOCUMENT, UNIT, APP)

RECEIVED, ASSIGNED, ANSWERING, ANSWERED, CLOSED = "received", "assigned", "answering", "answered", "closed"
REOPENED = "reopened"
STATES = (RECEIVED, ASSIGNED, ANSWERING, REOPENED, ANSWERED, CLOSED)
DONE = (ANSWERED, CLOSED)
"""Where nobody waits for an answer."""

ANSWER_CHARS = 10_000
NOTE_CHARS = 2_000
"""Longest note, words to reopen, and words beside a rating."""

TITLE_CHARS = 200
RATINGS = range(1, 6)

COLUMNS = (
    "f.id, f.code, f.kind, f.about, f.document, f.edition, f.ordinal, f.anchor, f.comment, f.author, f.author_unit, "
    "f.sent_to, f.unit, f.handler, f.state, f.version, f.words, f.answer, f.asked_again, f.consent, f.received_at, "
    "f.due_on, f.answered_at, f.rating, f.rating_words"
)


class Case(Struct, frozen=True):
    """A case as it stands; see the table for what each column means."""

    id: UUID
    code: str
    kind: str
    about: str
    document: UUID | None
    edition: UUID | None
    ordinal: int
    anchor: str
    comment: UUID | None
    author: UUID
    author_unit: int | None
    sent_to: int
    unit: int
    handler: UUID | None
    state: str
    version: int
    words: str
    answer: str
    asked_again: str
    consent: bool
    received_at: datetime
    due_on: date
    answered_at: datetime | None
    rating: int
    rating_words: str

    @property
    def is_done(self) -> bool:
        """Whether it has been answered."""
        return self.state in DONE

    @property
    def is_overdue(self) -> bool:
        """Whether its author waits longer than was promised."""
        return not self.is_done and self.due_on < clock.today()

    @property
    def is_reopenable(self) -> bool:
        """Whether its author may still say that the answer does not do."""
        return self.is_done and not self.asked_again

    @property
    def told(self) -> str:
        """The answer as far as its author is told of it: not while it is being written."""
        return self.answer if self.is_done else ""


class Step(Struct, frozen=True):
    """Something done to a case; ``unit`` is where it went, ``member`` whom it was given to."""

    id: UUID
    feedback: UUID
    verb: str
    by: UUID
    unit: int | None = None
    member: UUID | None = None
    words: str = ""
    at: datetime | None = None


class CaseChangedSinceError(ConflictError):
    """The case is not any more as it was seen."""

    key = "feedback-changed-since"


class OwnCaseError(ConflictError):
    """Nobody answers their own feedback."""

    key = "feedback-own"


class NotNowError(ConflictError):
    """What was asked is not done to a case in this state."""

    key = "feedback-not-now"


class NoConsentError(ConflictError):
    """Its author has not agreed that the answer is published."""

    key = "feedback-no-consent"


class TooManyFeedbackError(TooManyError):
    """The member has sent as much as one may within a day."""

    key = "feedback-too-many"


class TooManyFilesError(TooManyError):
    """The member has brought as many files as one may within a day."""

    key = "feedback-files-too-many"


def due_on() -> date:
    """Until when a case that is received, or asked again, today is to be answered: what the installation promises."""
    return clock.today() + timedelta(days=settings().feedback_days)


def check_length(words: str, field: str, *, most: int, needed: bool = True) -> None:
    """Raise InvalidError for words that are missing or too many."""
    if needed and not any(sign.isalnum() for sign in words):
        raise InvalidError.of(field, f"feedback-{field.replace('_', '-')}-missing")
    if len(words) > most:
        raise InvalidError.of(field, "feedback-too-long", most=most)
