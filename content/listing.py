"""Lists of documents: narrowed, sorted as Vietnamese sorts, page by page, and counted; only what one may read."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from base import clock, database
from base.errors import InvalidError
from content import audiences, cursors
from content.collation import title_key
from content.memory import Memory
from content.naming import search_words
from content.rows import Count, DocumentRow, Facets, Filters, Page, State

SORTS = ("newest", "title", "number", "issuer")
STATES: tuple[State, ...] = ("in-force", "not-yet", "ended")
EVERYTHING = Filters()
LIMIT = 100
"""Most rows on one page."""

COLUMNS = (
    "d.id, d.slug, d.number, d.type, d.issuer, d.issued, d.title, d.topic, d.offline, d.published_at, "
    "d.effective_from, d.effective_until, d.issued_key, d.title_key, d.number_key, d.issuer_key"
)
_STATE = "CASE WHEN d.effective_from > {} THEN 'not-yet' WHEN d.effective_until < {} THEN 'ended' ELSE 'in-force' END"


def _newest_within(key: str) -> tuple[str, str, tuple[str, ...]]:
    return (
        f"d.{key}, d.issued_key DESC, d.id DESC",
        f"(d.{key} > {{}} OR (d.{key} = {{}} AND (d.issued_key, d.id) < ({{}}, {{}})))",
        (key, key, "issued_key"),
    )


_ORDERS = {
    "newest": ("d.issued_key DESC, d.id DESC", "(d.issued_key, d.id) < ({}, {})", ("issued_key",)),
    "title": ("d.title_key, d.id", "(d.title_key, d.id) > ({}, {})", ("title_key",)),
    "number": _newest_within("number_key"),
    "issuer": _newest_within("issuer_key"),
}
"""For each sort: the order, what lies after a place in it, and the columns that make up the place (then the id)."""

_pages: Memory[Page[DocumentRow]] = Memory(room=400)
_facets: Memory[Facets] = Memory(room=200)


async def documents(
    *,
    scopes: frozenset[str],
    filters: Filters = EVERYTHING,
    sort: str = "newest",
    cursor: str | None = None,
    limit: int = 20,
) -> Page[DocumentRow]:
    """A page of documents; raises InvalidError on a sort, state, limit or cursor that there is not."""
    place = _place(sort, cursor)
    _check(filters, sort, limit)
    scopes = scopes & await audiences.used()
    return await _pages.ask((scopes, filters, sort, cursor, limit), lambda: _page(scopes, filters, sort, place, limit))


async def facets(*, scopes: frozenset[str], filters: Filters = EVERYTHING) -> Facets:
    """How many documents there are to read, by type, issuer, year, topic and state."""
    _check(filters, "newest", 1)
    scopes = scopes & await audiences.used()
    return await _facets.ask((scopes, filters), lambda: _count(scopes, filters))


def state_on(day: Any, effective_from: Any, effective_until: Any) -> State:
    """Whether what is in force between these dates (both inclusive, None: open) is so on ``day``."""
    if effective_from is not None and effective_from > day:
        return "not-yet"
    return "ended" if effective_until is not None and effective_until < day else "in-force"


def row_of(row: dict[str, Any]) -> DocumentRow:
    """A row of the table as it is shown today."""
    state = state_on(clock.today(), row["effective_from"], row["effective_until"])
    return DocumentRow(state=state, **{name: row[name] for name in DocumentRow.__struct_fields__ if name != "state"})


def _check(filters: Filters, sort: str, limit: int) -> None:
    if sort not in SORTS:
        raise InvalidError.of("sort", "content-sort-unknown")
    if filters.state and filters.state not in STATES:
        raise InvalidError.of("state", "content-state-unknown")
    if not 1 <= limit <= LIMIT:
        raise InvalidError.of("limit", "content-limit-out-of-range", limit=LIMIT)


def _place(sort: str, cursor: str | None) -> list[Any] | None:
    if not cursor:
        return None
    try:
        *keys, last = cursors.unseal(f"documents-{sort}", cursor)
        return [*keys, UUID(last)]
    except cursors.ForeignCursorError:
        raise InvalidError.of("cursor", "content-cursor-unknown") from None


async def _page(
    scopes: frozenset[str], filters: Filters, sort: str, place: list[Any] | None, limit: int
) -> Page[DocumentRow]:
    order, after, keys = _ORDERS[sort]
    conditions = list(_conditions(scopes, filters))
    if place is not None:
        conditions.append((after, place))
    where, values = _joined(conditions)
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM document d WHERE {where} ORDER BY {order} LIMIT {{}}",
        *values,
        limit + 1,
    )
    shown = rows[:limit]
    follows = None
    if len(rows) > limit:
        follows = cursors.seal(f"documents-{sort}", [*(shown[-1][key] for key in keys), str(shown[-1]["id"])])
    return Page(tuple(row_of(row) for row in shown), follows)


def _conditions(scopes: frozenset[str], filters: Filters, *, but: str = "") -> Iterator[audiences.Condition]:
    """Each condition of the filters, leaving out the one called ``but``."""
    yield "d.shown", []
    yield audiences.readable(scopes)
    for name in ("type", "issuer", "topic", "year"):
        wanted = getattr(filters, name)
        if wanted and name != but:
            yield f"d.{name} = {{}}", [wanted]
    if filters.state and but != "state":
        today = clock.today()
        yield f"{_STATE} = {{}}", [today, today, filters.state]
    for word in search_words(filters.words):
        yield "d.search_key LIKE {}", [f"% {word}%"]


def _joined(conditions: list[audiences.Condition]) -> audiences.Condition:
    where = " AND ".join(sql for sql, _ in conditions)
    return where, [value for _, values in conditions for value in values]


async def _count(scopes: frozenset[str], filters: Filters) -> Facets:
    where, values = _joined(list(_conditions(scopes, filters)))
    total = await database.fetch(f"SELECT count(*) AS n FROM document d WHERE {where}", *values)
    years = await _by("year", scopes, filters)
    return Facets(
        total=total[0]["n"],
        types=_alphabetic(await _by("type", scopes, filters)),
        issuers=_alphabetic(await _by("issuer", scopes, filters)),
        years=tuple(sorted((count for count in years if count.value != "0"), key=lambda count: -int(count.value))),
        topics=tuple(count for count in await _by("topic", scopes, filters) if count.value),
        states=_in_order(await _states(scopes, filters)),
    )


async def _by(name: str, scopes: frozenset[str], filters: Filters) -> list[Count]:
    where, values = _joined(list(_conditions(scopes, filters, but=name)))
    rows = await database.fetch(
        f"SELECT d.{name} AS value, count(*) AS n FROM document d WHERE {where} GROUP BY d.{name}",
        *values,
    )
    return [Count(str(row["value"]), row["n"]) for row in rows]


async def _states(scopes: frozenset[str], filters: Filters) -> list[Count]:
    where, values = _joined(list(_conditions(scopes, filters, but="state")))
    today = clock.today()
    rows = await database.fetch(
        f"SELECT state, count(*) AS n FROM (SELECT {_STATE} AS state FROM document d WHERE {where}) s GROUP BY state",
        today,
        today,
        *values,
    )
    return [Count(row["state"], row["n"]) for row in rows]


def _alphabetic(counts: list[Count]) -> tuple[Count, ...]:
    return tuple(sorted(counts, key=lambda count: title_key(count.value)))


def _in_order(counts: list[Count]) -> tuple[Count, ...]:
    return tuple(sorted(counts, key=lambda count: STATES.index(count.value)))
