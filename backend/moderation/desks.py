"""Who decides on a comment: the moderators of the nearest unit above its author among whom somebody may."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from backend.accounts import scopes
from backend.accounts.authority import Grant
from backend.accounts.forest import Forest
from backend.accounts.standing import forest
from backend.discussion.comment_model import Comment
from backend.moderation import subjects
from base import clock, database

MODERATOR, AUDITOR = "moderator", "auditor"


class Desks:
    """The moderators of each unit, as units and grants are today; ``seats`` by the unit as it is called now."""

    def __init__(self, tree: Forest, on: date, seats: dict[int, frozenset[UUID]]) -> None:
        self.tree, self.on, self.seats = tree, on, seats
        self._scopes: dict[UUID, frozenset[str]] = {}

    async def desk_of(self, comment: Comment, *, but: UUID | None = None) -> int | None:
        """The unit whose moderators decide; the top one when there is none; None where there is no unit at all.

        Somebody may who did not write it, may read what it is about, and is not ``but``, who decided before.
        """
        line = self.line(comment.unit)
        addressed = await subjects.addressed(comment) if any(place in self.seats for place in line) else frozenset()
        for place in line:
            for member in self.seats.get(place, ()):
                if member not in (comment.author, but) and not addressed.isdisjoint(await self.scopes_of(member)):
                    return place
        return line[-1] if line else None

    def line(self, unit: int | None) -> list[int]:
        """The unit as it is today and all above it; the top for somebody who belonged nowhere."""
        if unit is None or unit not in self.tree:
            return self.tree.roots(self.on)[:1]
        return self.tree.path(unit, self.on)

    async def scopes_of(self, member: UUID) -> frozenset[str]:
        """What a moderator may read, asked once."""
        if member not in self._scopes:
            self._scopes[member] = await scopes.scopes_of(member, self.on)
        return self._scopes[member]

    def reach(self, units: Collection[int]) -> frozenset[int]:
        """Every row of units below these, themselves included."""
        return frozenset().union(*(self.tree.within(unit, self.on) for unit in units))

    def nearer(self, units: Collection[int]) -> frozenset[int]:
        """The units below these that have moderators of their own."""
        mine = {self.tree.current(unit, self.on) for unit in units}
        return frozenset(
            seat
            for seat in self.seats
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
    """As they are today; who was disabled or erased moderates no more."""
    tree, today = await forest(), clock.today()
    rows = await database.fetch(
        "SELECT g.member, g.unit FROM role_grant g JOIN member m ON m.id = g.member WHERE g.role = {} "
        "AND g.from_on <= {} AND (g.to_on IS NULL OR g.to_on > {}) AND m.disabled_at IS NULL",
        MODERATOR, today, today,
    )  # fmt: skip
    seats: dict[int, frozenset[UUID]] = {}
    for row in rows:
        place = tree.current(row["unit"], today)
        seats[place] = seats.get(place, frozenset()) | {row["member"]}
    return Desks(tree, today, seats)


def held(grants: Collection[Grant], role: str) -> tuple[int, ...]:
    """The units for which a role is held."""
    return tuple(dict.fromkeys(grant.unit for grant in grants if grant.role == role))
