"""How many documents a reader may read, by type, issuer, year, topic and state."""

from collections.abc import Sequence

from base import clock, database
from content import audiences
from content.collation import title_key
from content.memory import Memory
from content.narrowing import NAMES, STATES, check, current, joined, narrowed, worded
from content.rows import Count, Facets, Filters

_VALUES = {
    "total": ("''", 0),
    "type": ("d.type", 0),
    "issuer": ("d.issuer", 0),
    "year": ("CAST(d.year AS TEXT)", 0),
    "topic": ("d.topic", 0),
    "state": (
        "CASE WHEN d.effective_from > {} THEN 'not-yet' WHEN d.effective_until < {} THEN 'ended' ELSE 'in-force' END",
        2,
    ),
}
"""What is counted for each facet, and how often it needs to know today's date."""

_facets: Memory[Facets] = Memory(room=200)


async def facets(*, scopes: frozenset[str], filters: Filters = Filters()) -> Facets:  # noqa: B008 - frozen
    """Counts for narrowing a list, each taken with all filters but its own; raises InvalidError for an odd state."""
    check(filters)
    filters = await current(filters)
    scopes = scopes & await audiences.used()
    return await _facets.ask((scopes, filters), lambda: _count(scopes, filters))


async def _count(scopes: frozenset[str], filters: Filters) -> Facets:
    """All counts in one statement, over one look at the documents."""
    where, values = joined([("d.shown", []), audiences.all_readable(scopes), *worded(filters)])
    branches = []
    for facet, (value, days) in _VALUES.items():
        rest, more = joined([("1 = 1", []), *narrowed(filters, but=facet)])
        branches.append(
            f"SELECT '{facet}' AS facet, {value} AS value, count(*) AS n FROM seen d WHERE {rest} GROUP BY 2"
        )
        values += [clock.today()] * days + more
    rows = await database.fetch(
        "WITH seen AS MATERIALIZED (SELECT d.type, d.issuer, d.year, d.issued_key, d.topic, d.effective_from, "
        f"d.effective_until FROM document d WHERE {where}) {' UNION ALL '.join(branches)}",
        *values,
    )
    found: dict[str, list[Count]] = {facet: [] for facet in ("total", *NAMES)}
    for row in rows:
        found[row["facet"]].append(Count(row["value"], row["n"]))
    return Facets(
        total=sum(count.count for count in found["total"]),
        types=_alphabetic(found["type"]),
        issuers=_alphabetic(found["issuer"]),
        years=_known(found["year"], sorted({count.value for count in found["year"]} - {"0"}, reverse=True)),
        topics=_known(found["topic"], sorted({count.value for count in found["topic"]} - {""})),
        states=_known(found["state"], STATES),
    )


def _known(counts: list[Count], order: Sequence[str]) -> tuple[Count, ...]:
    """The counts of the values in ``order``, in that order."""
    by_value = {count.value: count for count in counts}
    return tuple(by_value[value] for value in order if value in by_value)


def _alphabetic(counts: list[Count]) -> tuple[Count, ...]:
    return tuple(sorted(counts, key=lambda count: title_key(count.value)))
