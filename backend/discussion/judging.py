"""What becomes of a comment's words before anybody else has seen them: screening's verdict, with what it must know."""

from uuid import UUID

from msgspec import Struct

from backend.discussion import newcomers
from backend.discussion.comment_model import SHOWN, WAITING
from backend.discussion.screening import pace, rules
from backend.discussion.screening.model import REFUSE, SHOW, Author, Said, Verdict
from backend.discussion.screening.rulebook import rulebook
from base import clock, database
from base.errors import FieldError, InvalidError

LATELY = 100
"""So many of the author's last comments are looked at for pace and repeats."""

_PREFIX = "screening-reason-"


class Judged(Struct, frozen=True):
    """The state that a comment comes into; codes of the reasons, and an administrator's own words, "" for none."""

    state: str
    held_for: str = ""
    held_own: str = ""


async def judge(words: str, *, author: UUID, unit: int | None, but: UUID) -> Judged:
    """Let screening look at the words, in the surrounding transaction; ``but`` is the comment that they are of.

    Raises InvalidError, with the reasons beside the field, for words that are refused.
    """
    verdict = rules.screen(words, by=await _known(author, unit, but), book=await rulebook())
    if verdict.outcome == REFUSE:
        raise _refusal(verdict)
    if verdict.outcome == SHOW:
        return Judged(SHOWN)
    codes = dict.fromkeys(finding.reason.removeprefix(_PREFIX) for finding in verdict.reasons)
    own = dict.fromkeys(finding.own for finding in verdict.reasons if finding.own)
    return Judged(WAITING, " ".join(codes), "\n".join(own))


async def _known(author: UUID, unit: int | None, but: UUID) -> Author:
    """What the rules need of the author; an edit is no second comment."""
    rows = await database.fetch(
        "SELECT id, created_at, digest FROM comment WHERE author = {} ORDER BY created_at DESC LIMIT {}",
        author, LATELY,
    )  # fmt: skip
    said = tuple(Said(row["created_at"], row["digest"]) for row in rows if row["id"] != but)
    held_first = (await newcomers.policy(unit)).held_first if unit is not None else 0
    shown = await _shown(author) if held_first else 0
    return Author(clock.now(), said, held_first, shown)


async def _shown(author: UUID) -> int:
    rows = await database.fetch("SELECT count(*) AS n FROM comment WHERE author = {} AND state = {}", author, SHOWN)
    return int(rows[0]["n"])


def digest(words: str) -> str:
    """By what the same words are known again."""
    return pace.digest(words)


def _refusal(verdict: Verdict) -> InvalidError:
    """The first refusing rule speaks: in an administrator's words where there are some."""
    finding = next(each for each in verdict.reasons if each.outcome == REFUSE)
    if finding.own:
        return InvalidError(
            "comment-refused", fields=(FieldError("words", "comment-refused-own", {"own": finding.own}),)
        )
    return InvalidError("comment-refused", fields=(FieldError("words", finding.reason, {}),))
