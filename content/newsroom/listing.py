"""The desk's list: every item of some units, by state and words, the last touched first."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from base import clock, database
from base.errors import InvalidError
from content import cursors, naming
from content.audiences import Condition
from content.newsroom.model import STATES, ManuscriptRow
from content.newsroom.pins import NOW
from content.rows import Page

LIMIT = 20

_FROM = "FROM manuscript m LEFT JOIN news n ON n.id = m.id WHERE "
_STATE = "COALESCE(n.state, 'draft')"
_TOUCHED = (
    "CASE WHEN n.state IN ('published', 'withdrawn') AND m.version = m.issued_version "
    "THEN COALESCE(n.updated_at, n.published_at) ELSE m.saved_at END"
)
"""When somebody last did something about an item that is under way, or readers were last given one that is not."""


async def items(
    units: Collection[int], *, unowned: bool = False, state: str = "", words: str = "", cursor: str | None = None
) -> Page[ManuscriptRow]:
    """Items of these units, and with ``unowned`` those of no unit; ``words`` are beginnings of words of title and
    standfirst. Raises InvalidError on a state or cursor that there is not.
    """
    if state and state not in STATES:
        raise InvalidError.of("state", "error-invalid")
    conditions = [_of(units, unowned), *_matching(words), *_behind(cursor)]
    if state:
        conditions.append((f"{_STATE} = {{}}", [state]))
    where, values = _all(conditions)
    rows = await database.fetch(
        f"SELECT m.id, m.title, m.unit, {_STATE} AS state, m.version, m.issued_version, n.published_at, n.updated_at, "
        f"m.saved_at, {NOW} AS pinned {_FROM}{where} ORDER BY {_TOUCHED} DESC, m.id DESC LIMIT {{}}",
        clock.today(), *values, LIMIT + 1,
    )  # fmt: skip
    last = _place(rows[LIMIT - 1]) if len(rows) > LIMIT else None
    return Page(tuple(map(_row, rows[:LIMIT])), cursors.seal("manuscripts", last) if last else None)


async def counts(units: Collection[int], *, unowned: bool = False, words: str = "") -> dict[str, int]:
    """How many items there are in each state."""
    where, values = _all([_of(units, unowned), *_matching(words)])
    rows = await database.fetch(f"SELECT {_STATE} AS state, count(*) AS n {_FROM}{where} GROUP BY 1", *values)
    found = Counter({row["state"]: row["n"] for row in rows})
    return {state: found[state] for state in STATES}


def _of(units: Collection[int], unowned: bool) -> Condition:
    among, value = database.among("m.unit", sorted(units))
    return (f"({among} OR m.unit IS NULL)" if unowned else among), [value]


def _matching(words: str) -> list[Condition]:
    """The words are small letters and digits only, so that none is a pattern."""
    return [("m.search_key LIKE {}", [f"% {word}%"]) for word in naming.search_words(words)]


def _behind(cursor: str | None) -> list[Condition]:
    if not cursor:
        return []
    try:
        moment, id = cursors.unseal("manuscripts", cursor)
        return [(f"({_TOUCHED}, m.id) < ({{}}, {{}})", [datetime.fromisoformat(moment), UUID(id)])]
    except cursors.ForeignCursorError:
        raise InvalidError.of("cursor", "content-cursor-unknown") from None


def _all(conditions: list[Condition]) -> Condition:
    return " AND ".join(sql for sql, _ in conditions), [value for _, values in conditions for value in values]


def _is_under_way(row: dict[str, Any]) -> bool:
    return row["state"] not in ("published", "withdrawn") or row["version"] != row["issued_version"]


def _place(row: dict[str, Any]) -> list[str]:
    touched = row["saved_at"] if _is_under_way(row) else row["updated_at"] or row["published_at"]
    return [touched.isoformat(), str(row["id"])]


def _row(row: dict[str, Any]) -> ManuscriptRow:
    names = ("id", "title", "unit", "state", "published_at", "saved_at")
    ahead = row["state"] in ("scheduled", "published") and row["version"] != row["issued_version"]
    return ManuscriptRow(**{name: row[name] for name in names}, pinned=bool(row["pinned"]), ahead=ahead)
