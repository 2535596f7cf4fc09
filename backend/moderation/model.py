"""Verdicts, outcomes, what is known of a comment before a moderator, and the rules that an act may break."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from backend.discussion import conduct
from backend.discussion.comment_model import HIDDEN, RETURNED, SHOWN, WAITING, Comment
from base import clock
from base.errors import ConflictError, FieldError, InvalidError, TooManyError

SHOW, HIDE, RETURN = "show", "hide", "return"
STATES = {SHOW: SHOWN, HIDE: HIDDEN, RETURN: RETURNED}
"""What a comment becomes by each verdict."""

FOUNDED, UNFOUNDED = "founded", "unfounded"
UPHELD, OVERTURNED, LAPSED = "upheld", "overturned", "lapsed"

HELD, REPORTED, APPEALED = "held", "reported", "appealed"
KINDS = (HELD, REPORTED, APPEALED)
"""Why a comment is in the queue."""

WORDS_CHARS = 2_000
"""Longest remark, appeal, or answer to one."""


class Decision(Struct, frozen=True):
    """What was decided on one revision, by whom, when; ``reason`` is the code of a published rule or ""."""

    id: UUID
    comment: UUID
    revision: int
    verdict: str
    reason: str
    remark: str
    by: UUID
    at: datetime

    @property
    def rule(self) -> conduct.Conduct | None:
        """The published rule that it cites."""
        return conduct.rule(self.reason)


class Report(Struct, frozen=True):
    """A member's report; ``outcome`` "" while nobody has decided."""

    id: UUID
    comment: UUID
    member: UUID
    revision: int
    reason: str
    words: str
    at: datetime
    outcome: str

    @property
    def rule(self) -> conduct.Conduct | None:
        """The published rule that the comment is said to break."""
        return conduct.rule(self.reason)


class Appeal(Struct, frozen=True):
    """An author's objection; to be decided by the day ``due_on``."""

    id: UUID
    comment: UUID
    decision: UUID
    words: str
    at: datetime
    due_on: date
    outcome: str
    answer: str
    decided_by: UUID | None
    decided_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it waits to be decided."""
        return not self.outcome

    @property
    def is_overdue(self) -> bool:
        """Whether the author waits longer than was promised."""
        return self.is_open and self.due_on < clock.today()


class Claim(Struct, frozen=True):
    """Who is looking at a comment, until when."""

    comment: UUID
    member: UUID
    until: datetime


class Case(Struct, frozen=True):
    """A comment with all that was done about it; decisions and reports the last first.

    ``appeal`` is against the last decision; ``claim`` runs now.
    """

    comment: Comment
    decisions: tuple[Decision, ...]
    reports: tuple[Report, ...]
    appeal: Appeal | None
    claim: Claim | None

    @property
    def last(self) -> Decision | None:
        """The decision that stands."""
        return self.decisions[0] if self.decisions else None

    @property
    def open_reports(self) -> tuple[Report, ...]:
        """Those that nobody has decided on."""
        return tuple(each for each in self.reports if not each.outcome)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Why it waits for a moderator; nothing when it does not."""
        state = self.comment.state
        appealed = self.appeal is not None and self.appeal.is_open and state in (HIDDEN, RETURNED)
        reported = bool(self.open_reports) and state == SHOWN
        return tuple(kind for kind, is_so in zip(KINDS, (state == WAITING, reported, appealed), strict=True) if is_so)


class OwnCommentError(ConflictError):
    """Nobody decides on their own comment, nor reports it."""

    key = "moderation-own"


class NotWaitingError(ConflictError):
    """There is nothing to decide on, and nobody decided: its author withdrew it or wrote it anew."""

    key = "moderation-not-waiting"


class AlreadyDecidedError(ConflictError):
    """Somebody else decided first; the words say who, when and what."""

    key = "moderation-already"


class ClaimedError(ConflictError):
    """Somebody else is looking at it."""

    key = "moderation-claimed"


class OwnDecisionError(ConflictError):
    """Nobody decides on an appeal against their own decision."""

    key = "moderation-own-decision"


class TooManyReportsError(TooManyError):
    """The member has reported as much as one may within some minutes."""

    key = "report-too-many"


class TooManyAppealsError(TooManyError):
    """The member has appealed as often as one may within an hour."""

    key = "appeal-too-many"


def check_words(words: str, field: str, *, most: int, needed: bool) -> None:
    """Raise InvalidError for words that are missing or too many."""
    if needed and not any(sign.isalnum() for sign in words):
        raise InvalidError.of(field, f"moderation-{field}-missing")
    if len(words) > most:
        raise InvalidError.of(field, "moderation-words-long", most=most, length=len(words))


def check_verdict(verdict: str, reason: str, remark: str) -> None:
    """Raise InvalidError unless it is a verdict that cites a published rule where it must."""
    wrong = []
    if verdict not in STATES:
        wrong.append(FieldError("verdict", "moderation-verdict-missing", {}))
    if (reason or verdict != SHOW) and conduct.rule(reason) is None:
        wrong.append(FieldError("reason", "moderation-reason-missing", {}))
    if verdict == RETURN and not any(sign.isalnum() for sign in remark):
        wrong.append(FieldError("remark", "moderation-remark-missing", {}))
    if len(remark) > WORDS_CHARS:
        wrong.append(FieldError("remark", "moderation-words-long", {"most": WORDS_CHARS, "length": len(remark)}))
    if wrong:
        raise InvalidError(fields=tuple(wrong))
