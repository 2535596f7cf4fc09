"""The conditions that narrow a list of documents or its counts."""

from collections.abc import Iterable, Iterator

from msgspec import structs

from base import clock
from base.errors import InvalidError
from content import issuers, topics
from content.audiences import Condition
from content.naming import search_words
from content.rows import Filters, State

NAMES = ("type", "issuer", "year", "topic", "state")
"""What a list is narrowed and counted by, besides words."""

STATES: tuple[State, ...] = ("in-force", "not-yet", "ended")

_IN_STATE = {
    "not-yet": ("d.effective_from > {}", 1),
    "ended": ("d.effective_until < {} AND (d.effective_from IS NULL OR d.effective_from <= {})", 2),
    "in-force": (
        "(d.effective_from IS NULL OR d.effective_from <= {}) "
        "AND (d.effective_until IS NULL OR d.effective_until >= {})",
        2,
    ),
}
"""The condition of each state, and how often it needs to know today's date."""


def check(filters: Filters) -> None:
    """Raise InvalidError for a state that there is not."""
    if filters.state and filters.state not in STATES:
        raise InvalidError.of("state", "content-state-unknown")


async def current(filters: Filters) -> Filters:
    """The same filters by the names that topic and issuer have now: old links keep their meaning."""
    if not (filters.topic or filters.issuer):
        return filters
    topic, issuer = await topics.current(filters.topic), await issuers.renamed(filters.issuer)
    return structs.replace(filters, topic=topic, issuer=issuer)


def narrowed(filters: Filters, *, but: str = "") -> Iterator[Condition]:
    """The conditions of the filters that are set, leaving out the one called ``but``."""
    for name in NAMES:
        if name != but and getattr(filters, name):
            yield _condition(name, filters)


def worded(filters: Filters) -> Iterator[Condition]:
    """That number and title hold the words; found in an index that holds nothing else."""
    words = search_words(filters.words)
    if words:
        each = " AND ".join("w.search_key LIKE {}" for _ in words)
        yield f"d.id IN (SELECT w.id FROM document w WHERE {each})", [f"% {word}%" for word in words]


def joined(conditions: Iterable[Condition]) -> Condition:
    """All conditions as one."""
    listed = list(conditions)
    return " AND ".join(sql for sql, _ in listed), [value for _, values in listed for value in values]


def _condition(name: str, filters: Filters) -> Condition:
    if name == "year":
        year = filters.year or 0
        return "d.issued_key BETWEEN {} AND {}", [year * 10_000, year * 10_000 + 9_999]
    if name == "state":
        condition, days = _IN_STATE[filters.state]
        return condition, [clock.today()] * days
    return f"d.{name} = {{}}", [getattr(filters, name)]
