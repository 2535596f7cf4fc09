"""Who decides on a comment: the moderators of the nearest unit above its author among whom somebody may."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from backend.accounts import scopes
from backend.accounts.forest import Forest
from backend.accounts.seats import Seats, seats_of
from backend.discussion.comment_model import Comment
from backend.moderation import subjects

MODERATOR, AUDITOR = "moderator", "auditor"


class Desks(Seats):
    """The moderators of each unit, with what each of them may read."""

    def __init__(self, tree: Forest, on: date, held: dict[int, frozenset[UUID]]) -> None:
        super().__init__(tree, on, held)
        self._scopes: dict[UUID, frozenset[str]] = {}

    async def desk_of(self, comment: Comment, *, but: UUID | None = None) -> int | None:
        """The unit whose moderators decide; the top one when there is none; None where there is no unit at all."""
        line = self.line(comment.unit)
        place = await self.nearest(comment, but=but)
        return place if place is not None else line[-1] if line else None

    async def nearest(self, comment: Comment, *, but: UUID | None = None) -> int | None:
        """The first unit from its author's upwards where somebody may decide; None when nobody may.

        Somebody may who did not write it, may read what it is about, and is not ``but``, who decided before.
        """
        line = self.line(comment.unit)
        addressed = await subjects.addressed(comment) if any(place in self.held for place in line) else frozenset()
        for place in line:
            for member in self.held.get(place, ()):
                if member not in (comment.author, but) and not addressed.isdisjoint(await self.scopes_of(member)):
                    return place
        return None

    async def scopes_of(self, member: UUID) -> frozenset[str]:
        """What a moderator may read, asked once."""
        if member not in self._scopes:
            self._scopes[member] = await scopes.scopes_of(member, self.on)
        return self._scopes[member]

    def nearer(self, units: Collection[int]) -> frozenset[int]:
        """The units below these that have moderators of their own."""
        mine = {self.tree.current(unit, self.on) for unit in units}
        return frozenset(
            seat
            for seat in self.held
            if seat not in mine and any(place in mine for place in self.tree.ancestors(seat, self.on))
        )

    def near(self, units: Collection[int]) -> frozenset[int]:
        """Rows of units for which none is nearer that has moderators."""
        found: frozenset[int] = frozenset()
        for unit in units:
            found |= self.reach([unit]) - self.reach(self.nearer([unit]))
        return found

    def is_top(self, units: Collection[int]) -> bool:
        """Whether one of these stands above all others: there, what belongs to no unit is decided on."""
        return any(self.tree.parent(unit, self.on) is None for unit in units)


async def desks() -> Desks:
    """As they are today."""
    return await seats_of(MODERATOR, Desks)
