"""Finding documents by what they say, for one reader: nothing is shown, counted or suggested that they may not read.

The index knows who may read what up to a place in the journal. What the journal holds beyond it is asked of the
database, and so is every row that is shown.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from msgspec import Struct

from base import clock, database, logs
from base.errors import InvalidError, UnavailableError
from content import audiences
from content.listing import COLUMNS, EVERYTHING, LIMIT, row_of
from content.memory import Memory
from content.narrowing import check, current
from content.rows import DocumentRow, Facets, Filters
from content.search import folders
from content.search.asking import CHARS
from content.search.engine import BrokenIndexError, Hit, Query, Results, Snippet, Suggestion
from content.search.whoosh_engine import WhooshEngine

R = TypeVar("R")

DEEPEST = 1_000
"""How far into what was found a reader may page."""

log = logs.get(__name__)
_engines: list[WhooshEngine] = []
_thread = ThreadPoolExecutor(1, thread_name_prefix="search")
_behind: Memory[frozenset[UUID]] = Memory(room=4)


class Found(Struct, frozen=True):
    """A document that was found, and its best part; ``path`` is "" when it was found by its name alone."""

    document: DocumentRow
    path: str
    label: str
    heading: str
    snippet: Snippet


class FoundPage(Struct, frozen=True):
    """What was found: a page of it, how much there is, and what may have been meant instead ("" when nothing else).

    ``is_loose``: no document has enough of the words, and these have some of them.
    """

    words: str
    rows: tuple[Found, ...]
    total: int
    facets: Facets
    meant: str
    more: bool
    is_loose: bool = False


async def search(
    words: str,
    *,
    scopes: frozenset[str],
    filters: Filters = EVERYTHING,
    offset: int = 0,
    limit: int = 20,
) -> FoundPage:
    """The documents that say ``words``, best first; ``filters.words`` takes no part.

    Raises InvalidError for an odd state, offset or limit, UnavailableError while there is no index.
    """
    check(filters)
    if not 1 <= limit <= LIMIT:
        raise InvalidError.of("limit", "content-limit-out-of-range", limit=LIMIT)
    if not 0 <= offset <= DEEPEST:
        raise InvalidError.of("offset", "content-search-too-deep", limit=DEEPEST)
    filters = await current(filters)
    narrowing = {name: getattr(filters, name) for name in ("type", "issuer", "year", "topic", "state")}
    query = await _query(words, scopes, offset=offset, limit=limit, **narrowing)
    results: Results = await _ask(lambda engine: engine.search(query))
    rows = await _rows(results.hits, query.scopes)
    shown = tuple(
        Found(rows[hit.document], hit.path, hit.label, hit.heading, hit.snippet)
        for hit in results.hits
        if hit.document in rows
    )
    more = offset + limit < min(results.total, DEEPEST)
    words = " ".join(words[:CHARS].split())
    return FoundPage(words, shown, results.total, results.facets, results.meant, more, results.is_loose)


async def suggest(typed: str, *, scopes: frozenset[str], limit: int = 8) -> tuple[Suggestion, ...]:
    """What the reader may be about to type; raises as ``search`` does."""
    if not 1 <= limit <= LIMIT:
        raise InvalidError.of("limit", "content-limit-out-of-range", limit=LIMIT)
    query = await _query(typed, scopes, limit=limit)
    return await _ask(lambda engine: engine.suggest(query))


async def _query(words: str, scopes: frozenset[str], **facts: object) -> Query:
    scopes = scopes & await audiences.used()
    without = await _unreadable(scopes)
    return Query(words, scopes, clock.now(), clock.today(), without=without, **facts)  # type: ignore[arg-type]


async def _unreadable(scopes: frozenset[str]) -> frozenset[UUID]:
    """Documents that the index may believe this reader may read, and that they may not read by now."""
    position = await _ask(lambda engine: engine.position())
    behind = await _behind.ask((str(folders.root()), position), lambda: _changed_since(position))
    if not behind:
        return frozenset()
    among, values = database.among("d.id", sorted(behind, key=str))
    readable, more = audiences.readable(scopes)
    rows = await database.fetch(f"SELECT d.id FROM document d WHERE {among} AND d.shown AND {readable}", values, *more)
    return behind - {row["id"] for row in rows}


async def _changed_since(position: int) -> frozenset[UUID]:
    """The documents that something was done to after a place in the journal."""
    rows = await database.fetch(
        "SELECT subject FROM journal WHERE number > {} AND substr(subject, 1, 9) = 'document:' UNION "
        "SELECT subject FROM journal WHERE number IS NULL AND substr(subject, 1, 9) = 'document:'",
        position,
    )
    return frozenset(UUID(row["subject"].removeprefix("document:")) for row in rows)


async def _rows(hits: tuple[Hit, ...], scopes: frozenset[str]) -> dict[UUID, DocumentRow]:
    """The rows of what was found, as the database has them now and only where the reader may read them now."""
    if not hits:
        return {}
    among, values = database.among("d.id", [hit.document for hit in hits])
    readable, more = audiences.readable(scopes)
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM document d WHERE {among} AND d.shown AND {readable}", values, *more
    )
    return {row["id"]: row_of(row) for row in rows}


async def _ask(act: Callable[[WhooshEngine], R]) -> R:
    """Ask the engine in its own thread; raises UnavailableError while there is no index that can be read."""
    return await asyncio.get_running_loop().run_in_executor(_thread, _asked, act)


def _asked(act: Callable[[WhooshEngine], R]) -> R:
    try:
        try:
            return act(_engine(folders.current()))
        except (BrokenIndexError, FileNotFoundError):  # perhaps another took its place between two looks
            close()
            return _asked_again(act, folders.current())
    except (BrokenIndexError, FileNotFoundError) as error:
        close()
        log.warning("search.unreadable", error=str(error))
        raise UnavailableError("content-search-not-ready") from error


def _asked_again(act: Callable[[WhooshEngine], R], folder: Path) -> R:
    try:
        return act(_engine(folder))
    except BrokenIndexError:
        folders.distrust(folder)
        raise


def _engine(folder: Path) -> WhooshEngine:
    if not _engines or _engines[0].folder != folder:
        close()
        _engines[:] = [WhooshEngine(folder)]
    return _engines[0]


def close() -> None:
    """Let go of the index's files."""
    while _engines:
        _engines.pop().close()
