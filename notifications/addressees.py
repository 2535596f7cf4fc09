"""Who is meant by an audience: members and the units they belong to, as accounts expands scopes; knows no tree."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from base import database

Expand = Callable[[Collection[str]], Awaitable["Addressees"]]
"""Whom a set of scopes means now. Whoever runs the delivery hands it in, for only accounts knows."""


@dataclass(frozen=True, slots=True)
class Addressees:
    """Everybody, or whoever belongs to one of the units or is one of the members.

    ``all_but``: to any unit except these, which are then the shorter list.
    """

    everybody: bool = False
    units: frozenset[int] = field(default_factory=frozenset)
    members: frozenset[UUID] = field(default_factory=frozenset)
    all_but: bool = False

    def condition(self, device: str = "d") -> tuple[str, list[Any]]:
        """The same in SQL about a row of ``device``, and what fills its places."""
        if self.everybody:
            return "TRUE", []
        parts, values = [], []
        if self.units or self.all_but:
            among, value = database.among(f"{device}.unit", self.units)
            parts.append(f"({device}.unit IS NOT NULL AND NOT {among})" if self.all_but else among)
            values.append(value)
        if self.members:
            among, value = database.among(f"{device}.member", self.members)
            parts.append(among)
            values.append(value)
        return f"({' OR '.join(parts) or 'FALSE'})", values
