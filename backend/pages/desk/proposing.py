"""What a paper's own recipients propose for its audience, as ticks with the line that each comes from."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from backend.accounts import recipients
from backend.accounts.recipients import Proposed
from backend.pages import audience_words
from base.catalogue import say

MOST = 60
"""Recipients of one paper that are looked at."""

FIELDS = tuple(f"audience_proposed{at}" for at in range(MOST))
NAMED = 8
"""Units of one proposal that are named; the others are counted."""

Allowed = Callable[[frozenset[str]], Awaitable[frozenset[str]]]
"""Those of some scopes that the reader may name."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A recipient: what it means in words, and whether it can be ticked (``field``), was, or why it cannot."""

    line: str
    words: str
    field: str
    value: str
    is_ticked: bool
    note: str


def ticked(typed: Mapping[str, str]) -> frozenset[str]:
    """The scopes of all proposals that were ticked."""
    return frozenset(scope for field in FIELDS for scope in typed.get(field, "").split())


async def ticks(
    lines: Sequence[str],
    owner_unit: int | None,
    current: Collection[str],
    typed: Mapping[str, str],
    *,
    allowed: Allowed,
    language: str,
) -> list[Tick]:
    """Every recipient of the lines, for a paper that is addressed to ``current`` by now."""
    proposed = (await recipients.propose(lines, owner_unit=owner_unit))[:MOST]
    return [
        await _tick(each, field, frozenset(current), typed, allowed, language)
        for field, each in zip(FIELDS, proposed, strict=False)
    ]


async def _tick(
    proposed: Proposed,
    field: str,
    current: frozenset[str],
    typed: Mapping[str, str],
    allowed: Allowed,
    language: str,
) -> Tick:
    if not proposed.scopes:
        return Tick(proposed.line, "", "", "", is_ticked=False, note=say(f"audience-line-{proposed.why}", language))
    words, value = await _words(proposed.scopes, language), " ".join(sorted(proposed.scopes))
    if proposed.scopes <= current:
        return Tick(proposed.line, words, "", "", is_ticked=False, note=say("audience-line-had", language))
    if await allowed(proposed.scopes) != proposed.scopes:
        return Tick(proposed.line, words, "", "", is_ticked=False, note=say("audience-line-foreign", language))
    return Tick(proposed.line, words, field, value, is_ticked=typed.get(field) == value, note="")


async def _words(scopes: frozenset[str], language: str) -> str:
    """One scope in its words; several counted, the first of them named."""
    if len(scopes) == 1:
        return (await audience_words.lines(scopes, language))[0].words
    names = await audience_words.unit_names(scopes, language)
    key = "audience-proposed-several" if len(names) <= NAMED else "audience-proposed-many"
    return say(key, language, count=len(names), names=", ".join(names[:NAMED]))
