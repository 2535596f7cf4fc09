"""What a member was told of, computed as they read: notices addressed to what they hold; works without any push.

No row is kept for a member and a notice, and nobody notes what was opened: what is read, only their phone knows.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from base import clock, database
from base.errors import NotFoundError
from notifications import choosing, kinds
from notifications.outbox import Urgency

KEPT: Final = timedelta(days=90)
"""How far back an inbox goes; older notices are taken away."""

PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an inbox. ``about`` ("noun:id") says what it leads to; ``followed``: by what the member follows."""

    id: UUID
    kind: str
    about: str
    urgency: Urgency
    sort: kinds.Sort
    owed_at: datetime
    followed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, the newest first; ``after`` begins the next page, None on the last."""

    items: tuple[Item, ...]
    after: UUID | None


async def page(scopes: Collection[str], *, member: UUID, after: UUID | None = None, limit: int = PAGE) -> Page:
    """A member's inbox, from the notice ``after`` on; one that is not theirs begins anew."""
    follows = frozenset(await choosing.followed(member))
    begin, values = "TRUE", list[Any]()
    if after is not None and (last := await _mine(after, scopes, member)):
        begin, values = "(n.owed_at < {} OR (n.owed_at = {} AND n.id < {}))", [last["owed_at"]] * 2 + [after]
    rows = await _rows(scopes, member, begin, values, limit + 1)
    items = tuple(_item(row, follows) for row in rows[:limit])
    return Page(items, items[-1].id if len(rows) > limit else None)


async def one(notice: UUID, scopes: Collection[str], *, member: UUID) -> Item:
    """What a notification leads to; NotFoundError when it is not theirs, or not any more."""
    row = await _mine(notice, scopes, member)
    if row is None:
        raise NotFoundError
    return _item(row, frozenset(await choosing.followed(member)))


async def since(moment: datetime, scopes: Collection[str], *, member: UUID) -> tuple[Item, ...]:
    """All that was owed since then and the member takes once a day: the daily digest."""
    chosen, follows = await choosing.chosen(member), frozenset(await choosing.followed(member))
    found = (_item(row, follows) for row in await _rows(scopes, member, "n.owed_at > {}", [moment], 500))
    return tuple(item for item in found if "digest" in _ways(item, chosen))


def _ways(item: Item, chosen: dict[str, choosing.How]) -> set[str]:
    return {chosen[item.sort], *([chosen["followed"]] if item.followed else [])}


async def prune() -> None:
    """Take away what is kept of notices that no inbox shows any more; their keys stay, lest they be owed again."""
    old = "(SELECT id FROM notice WHERE owed_at < {})"
    edge = clock.now() - KEPT
    async with database.transaction():
        for table in ("chunk", "retry", "notice_count", "notice_scope"):
            await database.execute(f"DELETE FROM {table} WHERE notice IN {old}", edge)
        for table in ("wave_rest", "told_ahead"):
            await database.execute(f"DELETE FROM {table} WHERE notice IN {old}", clock.now() - kinds.LONGEST)
        await database.execute(
            "UPDATE notice SET audience = '[]', waves = '[]', matters = '[]', \"by\" = NULL "
            "WHERE owed_at < {} AND audience <> '[]'",
            edge,
        )


async def _mine(notice: UUID, scopes: Collection[str], member: UUID) -> dict[str, Any] | None:
    rows = await _rows(scopes, member, "n.id = {}", [notice], 1)
    return rows[0] if rows else None


async def _rows(
    scopes: Collection[str], member: UUID, where: str, values: Collection[Any], limit: int
) -> list[dict[str, Any]]:
    """What was owed to the scopes within KEPT, without the member's own acts, and the digest, made of the others."""
    condition, held = database.among("s.scope", sorted(scopes))
    silent, kept_from = database.among("n.kind", [name for name, kind in kinds.KINDS.items() if not kind.tells_actor])
    return await database.fetch(
        "SELECT n.id, n.kind, n.about, n.urgency, n.matters, n.owed_at FROM notice n "
        f"WHERE n.id IN (SELECT s.notice FROM notice_scope s WHERE {condition} AND s.owed_at > {{}}) "
        f"AND n.cancelled_at IS NULL AND n.kind <> {{}} AND NOT (COALESCE(n.\"by\" = {{}}, FALSE) AND {silent}) "
        f"AND {where} ORDER BY n.owed_at DESC, n.id DESC LIMIT {{}}",
        held, clock.now() - KEPT, kinds.DIGEST, member, kept_from, *values, limit,
    )  # fmt: skip


def _item(row: dict[str, Any], follows: frozenset[str]) -> Item:
    return Item(
        id=row["id"],
        kind=row["kind"],
        about=row["about"],
        urgency=row["urgency"],
        sort=kinds.sort_of(row["kind"], row["urgency"]),
        owed_at=row["owed_at"],
        followed=not follows.isdisjoint(json.loads(row["matters"])),
    )
