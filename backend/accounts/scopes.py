"""Whom a text may be addressed to so that a member may read it: their scopes on a day."""

import uuid
from collections.abc import Collection
from datetime import date

from backend.accounts import authority, memberships
from backend.accounts.authority import Grant
from backend.accounts.forest import Forest
from backend.accounts.standing import forest
from base import clock

EVERYONE = frozenset({"public"})
"""What may be read without signing in."""


async def scopes_of(member: uuid.UUID, on: date | None = None) -> frozenset[str]:
    """All scopes of a member on that day (today when not said), with those of every role they hold."""
    day = on or clock.today()
    tree = await forest()
    return of(member, await memberships.unit_of(member, day), await authority.grants(member, day), tree, day)


async def shared_in(unit: int, on: date | None = None) -> frozenset[str]:
    """Scopes that every member of the unit and of all units below it holds on that day (today when not said)."""
    day = on or clock.today()
    tree = await forest()
    named = tree.scopes(unit, day)
    alone = not tree.children(unit, day)
    return frozenset({"public", "members", *(scope for scope in named if alone or scope.startswith("org:"))})


def of(member: uuid.UUID, unit: int | None, held: Collection[Grant], tree: Forest, on: date) -> frozenset[str]:
    """The same from what is known already.

    ``org:`` and ``at:`` name the unit, what it continues and what stands above; ``role:`` the units for which a role
    is held, by every name these had, because an answer may be awaited from those who held it before a merger.
    """
    scopes = {"public", "members", f"member:{member}"}
    if unit is not None:
        scopes.update(tree.scopes(unit, on))
    for grant in held:
        now = tree.current(grant.unit, on)
        scopes |= {f"role:{grant.role}@{place}" for place in {grant.unit, now} | tree.predecessors(now, on)}
    return frozenset(scopes)
