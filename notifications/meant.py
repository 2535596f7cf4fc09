"""Whom a notice is for at this moment: the audience as it is now, and who wants to be told so."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from base import clock, database
from notifications import choosing, kinds
from notifications.addressees import Expand
from notifications.outbox import Urgency

Condition = tuple[str, list[Any]]
"""SQL about a device ``d``, and what fills its places."""

COLUMNS = (
    'n.id AS notice, n.kind, n.about, n.audience, n.urgency, n."by", n.matters, n.owed_at, n.cancelled_at, '
    "n.expanded_at, n.paused_at, n.waves, n.devices"
)

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Owed:
    """A notice as it stands while it is sent; ``waves`` are the audiences it was expanded for.

    Without ``expanded_at`` it waits to be expanded, for the first time or because it was addressed anew.
    """

    notice: UUID
    kind: str
    about: str
    audience: tuple[str, ...]
    urgency: Urgency
    by: UUID | None
    matters: tuple[str, ...]
    owed_at: datetime
    cancelled_at: datetime | None
    expanded_at: datetime | None
    paused_at: datetime | None
    waves: tuple[tuple[str, ...], ...]
    devices: int

    @property
    def sort(self) -> kinds.Sort:
        """The sort by which members choose."""
        return kinds.sort_of(self.kind, self.urgency)

    @property
    def ends_at(self) -> datetime:
        """When it is too late to tell it."""
        return self.owed_at + timedelta(hours=kinds.of(self.kind).lasts_h)

    @property
    def passes_quiet(self) -> bool:
        """Whether it may wake people at night."""
        return self.urgency == "express"


FIELDS = tuple(field.name for field in fields(Owed))


def owed(row: dict[str, Any]) -> Owed:
    """From a row of COLUMNS, whatever else is in it."""
    facts = {name: row[name] for name in FIELDS}
    facts |= {name: tuple(json.loads(row[name])) for name in ("audience", "matters")}
    facts["waves"] = tuple(tuple(wave) for wave in json.loads(row["waves"]))
    return Owed(**facts)


def intended(kind: str, audience: Iterable[str], *, urgency: Urgency = "normal", matters: Iterable[str] = ()) -> Owed:
    """A notice that is not owed yet, for knowing whom it would be for."""
    return Owed(
        UUID(int=0), kind, "", tuple(sorted(audience)), urgency, None, tuple(sorted(matters)), clock.now(), None, None,
        None, (), 0,
    )  # fmt: skip


async def addressed(notice: Owed, wave: int | None, expand: Expand) -> Condition:
    """Who is meant now, in one wave of a notice or (None) in any; not whoever did the act.

    A wave is for whom the audience was when it was expanded, without whom an earlier wave has passed.
    """
    if notice.kind == kinds.DIGEST:
        parts = [await _digested(notice, expand)]
    else:
        parts = [(await expand(notice.audience)).condition()]
        if wave is not None and wave < len(notice.waves) and notice.waves[wave] != notice.audience:
            parts.append((await expand(notice.waves[wave])).condition())
    if wave:
        parts += [await _not_passed(notice, earlier, expand) for earlier in range(min(wave, len(notice.waves)))]
        parts.append(not_ahead(notice))
    if notice.by is not None and not kinds.of(notice.kind).tells_actor:
        parts.append(("d.member <> {}", [notice.by]))
    return _joined(" AND ", parts)


def wanting(notice: Owed) -> Condition:
    """Who wants to be told of it at once."""
    return choosing.wanted(notice.sort, "now", notice.matters)


def in_rest(notice: Owed, wave: int) -> Condition:
    """Beyond what a wave had passed when it was closed."""
    return (
        "COALESCE(d.id <= (SELECT r.last FROM wave_rest r WHERE r.notice = {} AND r.wave = {} AND r.beyond < d.id "
        "ORDER BY r.beyond DESC LIMIT 1), FALSE)",
        [notice.notice, wave],
    )


def not_ahead(notice: Owed) -> Condition:
    """Not told ahead of their turn in a wave that was closed before that came."""
    return "NOT EXISTS (SELECT 1 FROM told_ahead t WHERE t.notice = {} AND t.device = d.id)", [notice.notice]


async def digest_since(moment: datetime) -> datetime:
    """From when on the digest of that moment tells: since the one before, which may have been late, or a day."""
    rows = await database.fetch(
        "SELECT owed_at FROM notice WHERE kind = {} AND owed_at < {} AND owed_at > {} ORDER BY owed_at DESC LIMIT 1",
        kinds.DIGEST, moment, moment - WEEK,
    )  # fmt: skip
    return rows[0]["owed_at"] if rows else moment - DAY


async def _not_passed(notice: Owed, wave: int, expand: Expand) -> Condition:
    condition, values = (await expand(notice.waves[wave])).condition()
    rest, of = in_rest(notice, wave)
    return f"(COALESCE(NOT {condition}, TRUE) OR {rest})", [*values, *of]


async def _digested(notice: Owed, expand: Expand) -> Condition:
    """Whoever takes a sort once a day and may read something of it, not their own, owed since the last."""
    rows = await database.fetch(
        'SELECT kind, urgency, audience, matters, "by" FROM notice '
        "WHERE owed_at > {} AND owed_at <= {} AND cancelled_at IS NULL AND kind <> {}",
        await digest_since(notice.owed_at), notice.owed_at, kinds.DIGEST,
    )  # fmt: skip
    scopes: dict[tuple[kinds.Sort, tuple[str, ...], UUID | None], set[str]] = defaultdict(set)
    for row in rows:
        sort, doer = (
            kinds.sort_of(row["kind"], row["urgency"]),
            None if kinds.of(row["kind"]).tells_actor else row["by"],
        )
        scopes[sort, tuple(json.loads(row["matters"])), doer].update(json.loads(row["audience"]))
    parts = []
    for (sort, matters, doer), audience in scopes.items():
        may = (await expand(audience & set(notice.audience))).condition()
        others: list[Condition] = [("d.member <> {}", [doer])] if doer else []
        parts.append(_joined(" AND ", [may, choosing.wanted(sort, "digest", matters), *others]))
    return _joined(" OR ", parts) if parts else ("FALSE", [])


def _joined(word: str, parts: Iterable[Condition]) -> Condition:
    found = list(parts)
    return f"({word.join(part for part, _ in found)})", [value for _, values in found for value in values]
