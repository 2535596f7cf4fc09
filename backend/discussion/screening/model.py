"""What screening knows of some words and their author, and what it says of them."""

from datetime import datetime, timedelta

from msgspec import Struct

SHOW, HOLD, REFUSE = "show", "hold", "refuse"
OUTCOMES = (SHOW, HOLD, REFUSE)
"""From the mildest on. Shown at once; kept for a moderator, visible to its author; not taken, with the reason."""

Span = tuple[int, int]
"""From where to where (not including) in the words as they were typed."""

MOST_SPANS = 50
"""More marks than that in one text tell nobody anything."""


class Said(Struct, frozen=True):
    """Something that the author said lately: when, and the digest of its words (see ``pace.digest``)."""

    at: datetime
    digest: str


class Author(Struct, frozen=True):
    """What the rules need to know of whoever speaks; the emptiest is somebody of whom nothing speaks against.

    ``said`` lately, in any order; ``held_first`` is how many first comments the policy of their unit holds, ``shown``
    how many of theirs were shown so far.
    """

    now: datetime
    said: tuple[Said, ...] = ()
    held_first: int = 0
    shown: int = 0

    def since(self, seconds: int) -> list[Said]:
        """What was said within the last ``seconds``."""
        begin = self.now - timedelta(seconds=seconds)
        return [each for each in self.said if begin < each.at <= self.now]


class Finding(Struct, frozen=True):
    """What one rule found, with what it says of it; ``reason`` is a key of the catalogue.

    ``own`` are an administrator's own words that stand for the reason, "" where there are none.
    """

    rule: str
    outcome: str
    reason: str
    spans: tuple[Span, ...] = ()
    own: str = ""


class Verdict(Struct, frozen=True):
    """What becomes of the words, and everything that was found in them, in the order of the rules."""

    outcome: str
    findings: tuple[Finding, ...]

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """The findings for which the words are not shown at once."""
        return tuple(each for each in self.findings if each.outcome != SHOW)


def strictest(findings: tuple[Finding, ...]) -> str:
    """The outcome that carries among these."""
    return max((each.outcome for each in findings), key=OUTCOMES.index, default=SHOW)
