"""Notices as the office sees them: of which kind, about what, when, and how far; whose business, is known above."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from base import database
from base.errors import NotFoundError
from notifications.meant import Condition
from notifications.outbox import Urgency

State = Literal["cancelled", "paused", "waiting", "sending", "done"]
"""waiting: not yet expanded; sending: some have it and others are to have it."""

_COLUMNS = (
    "n.id, n.kind, n.about, n.urgency, n.owed_at, CASE WHEN n.cancelled_at IS NOT NULL THEN 'cancelled' "
    "WHEN n.paused_at IS NOT NULL THEN 'paused' WHEN n.expanded_at IS NULL THEN 'waiting' "
    "WHEN EXISTS (SELECT 1 FROM chunk c WHERE c.notice = n.id) OR EXISTS (SELECT 1 FROM retry r WHERE r.notice = n.id) "
    "THEN 'sending' ELSE 'done' END AS state"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A notice in the office's list; ``about`` is "noun:id"."""

    id: UUID
    kind: str
    about: str
    urgency: Urgency
    owed_at: datetime
    state: State

    @property
    def is_open(self) -> bool:
        """Whether something of it may still go."""
        return self.state in ("paused", "waiting", "sending")


async def owed(kinds: Collection[str], *, among: Condition, after: Row | None = None, limit: int) -> tuple[Row, ...]:
    """Notices ``n`` of these kinds, ``among`` which the caller chooses, the newest first, from ``after`` on."""
    (of_kind, values), (chosen, by) = database.among("n.kind", sorted(kinds)), among
    begin, place = "TRUE", list[Any]()
    if after:
        begin, place = "(n.owed_at < {} OR (n.owed_at = {} AND n.id < {}))", [after.owed_at, after.owed_at, after.id]
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM notice n WHERE {of_kind} AND {chosen} AND {begin} "
        "ORDER BY n.owed_at DESC, n.id DESC LIMIT {}",
        values, *by, *place, limit,
    )  # fmt: skip
    return tuple(Row(**row) for row in rows)


async def one(id: UUID) -> Row:
    """One of them, of whatever kind; raises NotFoundError."""
    rows = await database.fetch(f"SELECT {_COLUMNS} FROM notice n WHERE n.id = {{}}", id)
    if not rows:
        raise NotFoundError
    return Row(**rows[0])


async def audience_of(id: UUID) -> tuple[str, ...]:
    """The scopes that a notice is addressed to now; none once it is too old to be listed."""
    rows = await database.fetch("SELECT audience FROM notice WHERE id = {}", id)
    return tuple(json.loads(rows[0]["audience"])) if rows else ()


async def newest(about: str, kind: str) -> Row | None:
    """The last notice of that kind about "noun:id"."""
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM notice n WHERE n.about = {{}} AND n.kind = {{}} ORDER BY n.owed_at DESC LIMIT 1",
        about, kind,
    )  # fmt: skip
    return Row(**rows[0]) if rows else None
