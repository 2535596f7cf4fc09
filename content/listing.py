"""Lists of documents: narrowed, sorted as Vietnamese sorts, page by page; only what one may read."""

from typing import Any
from uuid import UUID

from base import clock, database
from base.errors import InvalidError
from content import audiences, cursors
from content.memory import Memory
from content.naming import slug
from content.narrowing import check, current, joined, narrowed, worded
from content.rows import DocumentRow, Filters, Page, State

SORTS = ("newest", "title", "number", "issuer")
EVERYTHING = Filters()
LIMIT = 100
"""Most rows on one page."""

NAMED = 5
"""Most documents that a search puts before all others."""

COLUMNS = (
    "d.id, d.slug, d.number, d.type, d.issuer, d.issued, d.title, d.topic, d.offline, d.published_at, "
    "d.effective_from, d.effective_until, d.issued_key, d.title_key, d.number_key, d.issuer_key"
)


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
    filters = await current(filters)
    scopes = scopes & await audiences.used()
    return await _pages.ask((scopes, filters, sort, cursor, limit), lambda: _page(scopes, filters, sort, place, limit))


async def named(words: str, *, scopes: frozenset[str]) -> tuple[DocumentRow, ...]:
    """The documents that go by these words ("57-NQ/TW", "nghi quyet 57"), newest first; none without a number.

    A resolution is asked for by its number, and the newer texts that carry it out all name it in their titles.
    """
    if not any(char.isdecimal() for char in words):
        return ()
    scopes = scopes & await audiences.used()
    return (await _pages.ask(("named", scopes, words), lambda: _named(words, scopes))).rows


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
    check(filters)
    if sort not in SORTS:
        raise InvalidError.of("sort", "content-sort-unknown")
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


async def _named(words: str, scopes: frozenset[str]) -> Page[DocumentRow]:
    like = f"%-{slug(words)}-%"
    goes_by = (
        "('-' || d.slug || '-' LIKE {} OR EXISTS "
        "(SELECT 1 FROM former_slug s WHERE s.document = d.id AND '-' || s.slug || '-' LIKE {}))",
        [like, like],
    )
    where, values = joined([("d.shown", []), audiences.readable(scopes), *worded(Filters(words=words)), goes_by])
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM document d WHERE {where} ORDER BY d.issued_key DESC, d.id DESC LIMIT {{}}",
        *values,
        NAMED,
    )
    return Page(tuple(row_of(row) for row in rows), None)


async def _page(
    scopes: frozenset[str], filters: Filters, sort: str, place: list[Any] | None, limit: int
) -> Page[DocumentRow]:
    order, after, keys = _ORDERS[sort]
    conditions = [("d.shown", []), audiences.readable(scopes), *narrowed(filters), *worded(filters)]
    if place is not None:
        conditions.append((after, place))
    where, values = joined(conditions)
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
