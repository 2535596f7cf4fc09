"""Who works where: for each unit those who hold a role there, and whose work something is."""

from collections.abc import Collection
from datetime import date
from typing import TypeVar
from uuid import UUID

from backend.accounts import changes, standing
from backend.accounts.authority import Grant
from backend.accounts.forest import Forest
from backend.accounts.standing import forest
from base import clock, database, revisions


class Seats:
    """The holders of one role by unit, as units and grants are today; who was disabled or erased holds none."""

    def __init__(self, tree: Forest, on: date, held: dict[int, frozenset[UUID]]) -> None:
        self.tree, self.on, self.held = tree, on, held

    def line(self, unit: int | None) -> list[int]:
        """The unit as it is today and all above it; the top for somebody who belongs nowhere."""
        if unit is None or unit not in self.tree:
            return self.tree.roots(self.on)[:1]
        return self.tree.path(unit, self.on)

    def at(self, unit: int) -> frozenset[UUID]:
        """Who holds the role for exactly this unit, however it is called."""
        return self.held.get(self.tree.current(unit, self.on), frozenset())

    def others(self, unit: int, member: UUID) -> bool:
        """Whether somebody else than the member holds it for exactly this unit."""
        return bool(self.held.get(unit, frozenset()) - {member})

    def among(self, units: Collection[int], member: UUID) -> list[int]:
        """Those of the units for which somebody else than the member holds it."""
        return [unit for unit in units if self.others(unit, member)]

    def reaching(self, unit: int) -> frozenset[UUID]:
        """Everybody whose role reaches the unit: who holds it there, and who does above."""
        return frozenset().union(*(self.held.get(place, frozenset()) for place in self.line(unit)))

    def reach(self, units: Collection[int]) -> frozenset[int]:
        """Every row of units below these, themselves included."""
        return self.tree.reach(units, self.on)


Kind = TypeVar("Kind", bound=Seats)
_known: dict[str, tuple[object, dict[int, frozenset[UUID]]]] = {}


async def seats_of(role: str, kind: type[Kind]) -> Kind:
    """Those of a role as they are today, asked once while neither units nor grants change."""
    tree, today = await forest(), clock.today()
    if database.in_transaction():  # what is not committed yet may never be
        return kind(tree, today, await _read(role, tree, today))
    state = (database.engine(), revisions.current(changes.TOPIC), revisions.current(standing.TOPIC), today)
    known = _known.get(role)
    if known is None or known[0] != state:
        known = _known[role] = state, await _read(role, tree, today)
    return kind(tree, today, known[1])


def held(grants: Collection[Grant], *roles: str) -> tuple[int, ...]:
    """The units for which one of the roles is held."""
    return tuple(dict.fromkeys(grant.unit for grant in grants if grant.role in roles))


async def _read(role: str, tree: Forest, today: date) -> dict[int, frozenset[UUID]]:
    rows = await database.fetch(
        "SELECT g.member, g.unit FROM role_grant g JOIN member m ON m.id = g.member WHERE g.role = {} "
        "AND g.from_on <= {} AND (g.to_on IS NULL OR g.to_on > {}) AND m.disabled_at IS NULL",
        role, today, today,
    )  # fmt: skip
    found: dict[int, frozenset[UUID]] = {}
    for row in rows:
        place = tree.current(row["unit"], today)
        found[place] = found.get(place, frozenset()) | {row["member"]}
    return found
