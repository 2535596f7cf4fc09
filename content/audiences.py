"""Who may read a document: whoever shares one of the scopes it is addressed to. The only place that says so in SQL."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from base import clock, database, revisions

Condition = tuple[str, list[Any]]
"""A condition in SQL with ``{}`` for its values, and the values."""


class Window(Struct, frozen=True):
    """A scope and the time in which it may read."""

    scope: str
    from_at: datetime
    to_at: datetime | None

    def open_at(self, moment: datetime) -> bool:
        """Whether the scope may read at that moment."""
        return self.from_at <= moment and (self.to_at is None or moment < self.to_at)


class Reach(Struct, frozen=True):
    """Every scope that something is or was addressed to, and the next moment at which one begins or ends by itself.

    ``of`` is the state of the content that it was read from: reaches of two states are never equal.
    """

    of: tuple[object, int]
    scopes: frozenset[str]
    until: datetime | None

    def is_over(self) -> bool:
        """Whether that moment has passed, so that other readers may read."""
        return self.until is not None and clock.now() >= self.until


def readable(scopes: Iterable[str], *, of: str = "d.id", table: str = "audience", owner: str = "document") -> Condition:
    """That one of ``scopes`` may read, now, the document (or news item) whose id stands in column ``of``."""
    among, values = database.among("a.scope", sorted(scopes))
    now = clock.now()
    return (
        f"EXISTS (SELECT 1 FROM {table} a WHERE a.{owner} = {of} AND {among} "
        "AND a.from_at <= {} AND (a.to_at IS NULL OR a.to_at > {}))",
        [values, now, now],
    )


def all_readable(scopes: Iterable[str], *, of: str = "d.id") -> Condition:
    """The same for documents as a set that is made once: cheaper when all of them are looked at, as for counts."""
    among, values = database.among("a.scope", sorted(scopes))
    now = clock.now()
    return (
        f"{of} IN (SELECT a.document FROM audience a WHERE {among} "
        "AND a.from_at <= {} AND (a.to_at IS NULL OR a.to_at > {}))",
        [values, now, now],
    )


def all_ever_addressed(scopes: Iterable[str], *, of: str = "d.id") -> Condition:
    """That one of ``scopes`` might at some time have read the document, as a set that is made once."""
    among, values = database.among("a.scope", sorted(scopes))
    return f"{of} IN (SELECT a.document FROM audience a WHERE {among})", [values]


def ever_addressed(scopes: Iterable[str], *, of: str = "d.id") -> Condition:
    """That one of ``scopes`` might at some time have read the document: what may be named as gone."""
    among, values = database.among("a.scope", sorted(scopes))
    return f"EXISTS (SELECT 1 FROM audience a WHERE a.document = {of} AND {among})", [values]


async def windows(document: UUID) -> tuple[Window, ...]:
    """Every scope that a document was, is or will be addressed to."""
    rows = await database.fetch("SELECT scope, from_at, to_at FROM audience WHERE document = {} ORDER BY id", document)
    return tuple(Window(row["scope"], row["from_at"], row["to_at"]) for row in rows)


async def windows_of(documents: Iterable[UUID]) -> dict[UUID, tuple[Window, ...]]:
    """The same of many documents at once; those without any are left out."""
    among, values = database.among("document", sorted(documents))
    found: dict[UUID, list[Window]] = {}
    for row in await database.fetch(
        f"SELECT document, scope, from_at, to_at FROM audience WHERE {among} ORDER BY id", values
    ):
        found.setdefault(row["document"], []).append(Window(row["scope"], row["from_at"], row["to_at"]))
    return {document: tuple(each) for document, each in found.items()}


def state(windows: Iterable[Window]) -> str:
    """A short text that differs whenever the audience was changed, even when it came to be the same again."""
    facts = "\n".join(f"{window.scope} {window.from_at} {window.to_at}" for window in windows)
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def may_read(scopes: frozenset[str], addressed: Iterable[Window], at: datetime | None = None) -> bool:
    """Whether one of ``scopes`` is addressed at the moment (now)."""
    moment = at or clock.now()
    return any(window.scope in scopes and window.open_at(moment) for window in addressed)


_reached: dict[tuple[str, ...], Reach] = {}


async def reach(*tables: str) -> Reach:
    """How far ``tables`` (documents and news) reach; asked once per change of content."""
    known = _reached.get(tables)
    state = (database.engine(), revisions.current("content"))
    if known is None or known.of != state or known.is_over():
        found = [await _reach_of(table) for table in tables or ("audience", "news_audience")]
        ends = [until for _, until in found if until]
        known = _reached[tables] = Reach(
            state, frozenset().union(*(scopes for scopes, _ in found)), min(ends, default=None)
        )
    return known


async def used(table: str = "audience") -> frozenset[str]:
    """Every scope that anything is addressed to.

    A reader's other scopes cannot matter, and without them the answers of many readers are the same one.
    """
    return (await reach(table)).scopes


async def _reach_of(table: str) -> tuple[frozenset[str], datetime | None]:
    rows = await database.fetch(
        "WITH RECURSIVE step (scope) AS ("
        f"SELECT min(scope) FROM {table} UNION ALL "
        f"SELECT (SELECT min(scope) FROM {table} a WHERE a.scope > step.scope) FROM step "
        "WHERE step.scope IS NOT NULL) SELECT scope FROM step WHERE scope IS NOT NULL"
    )
    now = clock.now()
    ends = await database.fetch(
        f"SELECT from_at AS at FROM {table} WHERE from_at = (SELECT min(from_at) FROM {table} WHERE from_at > {{}}) "
        f"UNION SELECT to_at AS at FROM {table} WHERE to_at = (SELECT min(to_at) FROM {table} WHERE to_at > {{}})",
        now, now,
    )  # fmt: skip
    return frozenset(row["scope"] for row in rows), min((row["at"] for row in ends), default=None)
