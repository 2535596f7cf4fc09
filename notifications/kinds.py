"""What may be told: every kind of notice, its sort, and whether whoever did the act hears of it, too."""

from datetime import timedelta
from typing import Final, Literal, NamedTuple

from notifications.outbox import Urgency

Sort = Literal["urgent", "addressed", "followed", "answers", "news", "digest"]
"""What a member chooses about: a sort of notices as a whole."""

Title = Literal["document", "other", "digest"]
"""What little a notification may say before the phone has fetched the rest."""


class Kind(NamedTuple):
    """What is true of all notices of one kind. After ``lasts_h`` hours nobody is told any more."""

    sort: Sort
    title: Title = "other"
    tells_actor: bool = True
    lasts_h: int = 72


DIGEST: Final = "digest.daily"

KINDS: Final[dict[str, Kind]] = {
    "document.publish": Kind("addressed", "document", tells_actor=False),
    "news.publish": Kind("news", tells_actor=False),
    "meeting.set": Kind("addressed"),
    "meeting.change": Kind("addressed"),
    "meeting.cancel": Kind("addressed"),
    "comment.reply": Kind("answers"),
    "comment.decide": Kind("answers"),
    "comment.appeal": Kind("answers", tells_actor=False),
    "appeal.decide": Kind("answers"),
    "appeal.overdue": Kind("answers", tells_actor=False),
    "feedback.receive": Kind("answers"),
    "feedback.answer": Kind("answers"),
    "feedback.forward": Kind("answers"),
    "feedback.close": Kind("answers"),
    "feedback.reopen": Kind("answers"),
    "feedback.overdue": Kind("answers"),
    DIGEST: Kind("digest", "digest", lasts_h=24),
}
"""A kind that is owed and not named here is a mistake that the house tests find."""

UNKNOWN: Final = Kind("addressed")
"""As which a kind is taken that another version of the handbook has owed."""


LONGEST: Final = timedelta(hours=max(kind.lasts_h for kind in KINDS.values()))
"""After so long nothing is told any more, of whatever kind."""


def of(kind: str) -> Kind:
    """What is true of notices of that kind."""
    return KINDS.get(kind, UNKNOWN)


def sort_of(kind: str, urgency: Urgency) -> Sort:
    """To which sort a notice belongs: a document that is urgent is of a sort of its own."""
    found = of(kind)
    return "urgent" if found.title == "document" and urgency != "normal" else found.sort
