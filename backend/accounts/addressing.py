"""Whom a notice is for: scopes expanded to members and the units they belong to, by the tree as it stands today."""

import asyncio
from collections.abc import Collection
from datetime import date

from backend.accounts import reaching
from backend.accounts.forest import Forest
from backend.accounts.standing import forest
from base import clock
from notifications.addressees import Addressees

KNOWN_AT_MOST = 200
"""Audiences whose units are remembered: each step of a notice asks for the same one."""

_stamp: list[tuple[Forest, date]] = []
_known: dict[frozenset[str], Addressees] = {}


async def addressees(scopes: Collection[str], on: date | None = None) -> Addressees:
    """Whoever holds one of the scopes on that day (today when not said): the other side of ``scopes.of``.

    Units by every row that became one of them, since a merger changes no membership. Of members who are shut out it
    knows nothing: they have no devices.
    """
    named = frozenset(scopes)
    if not named.isdisjoint(reaching.ALL):
        return Addressees(everybody=True)
    tree, day = await forest(), on or clock.today()
    by_unit = await _by_unit(frozenset(scope for scope in named if scope.startswith(("org:", "at:"))), tree, day)
    members = await reaching.named_in(named, tree, day)
    return Addressees(units=by_unit.units, all_but=by_unit.all_but, members=frozenset(members))


async def _by_unit(scopes: frozenset[str], tree: Forest, on: date) -> Addressees:
    if not _is_of(tree, on) or len(_known) >= KNOWN_AT_MOST:
        _known.clear()
        _stamp[:] = [(tree, on)]
    if scopes in _known:
        return _known[scopes]
    units = await asyncio.to_thread(reaching.units_of, scopes, tree, on)
    found = Addressees(units=units)
    if 2 * len(units) > len(tree):  # names those outside when these are fewer
        found = Addressees(units=frozenset(tree.units.keys() - units), all_but=True)
    if _is_of(tree, on):  # and not of a tree that changed meanwhile
        _known[scopes] = found
    return found


def _is_of(tree: Forest, on: date) -> bool:
    """Whether what is known is of that tree and day."""
    return bool(_stamp) and _stamp[0][0] is tree and _stamp[0][1] == on
