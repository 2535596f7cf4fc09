"""Who answers feedback: units with a handler of their own, and which of them a member's words go to."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from msgspec import Struct

from backend.accounts import memberships
from backend.accounts.authority import Grant
from backend.accounts.forest import Forest
from backend.accounts.standing import forest
from base import clock, database

HANDLER, AUDITOR = "feedback_handler", "auditor"


class Seats(Struct, frozen=True):
    """The handlers of each unit as units and grants are today; who was disabled or erased answers no more."""

    tree: Forest
    on: date
    held: dict[int, frozenset[UUID]]

    def line(self, unit: int | None) -> list[int]:
        """The unit as it is today and all above it; the top for somebody who belongs nowhere."""
        if unit is None or unit not in self.tree:
            return self.tree.roots(self.on)[:1]
        return self.tree.path(unit, self.on)

    def others(self, unit: int, member: UUID) -> bool:
        """Whether somebody else than the member answers for exactly this unit."""
        return bool(self.held.get(unit, frozenset()) - {member})

    def among(self, units: Collection[int], member: UUID) -> list[int]:
        """Those of the units for which somebody else than the member answers."""
        return [unit for unit in units if self.others(unit, member)]

    def reaching(self, unit: int) -> frozenset[UUID]:
        """Everybody who may answer for the unit: its own handlers and those of units above."""
        return frozenset().union(*(self.held.get(place, frozenset()) for place in self.line(unit)))


async def seats() -> Seats:
    """As they are today."""
    tree, today = await forest(), clock.today()
    rows = await database.fetch(
        "SELECT g.member, g.unit FROM role_grant g JOIN member m ON m.id = g.member WHERE g.role = {} "
        "AND g.from_on <= {} AND (g.to_on IS NULL OR g.to_on > {}) AND m.disabled_at IS NULL",
        HANDLER, today, today,
    )  # fmt: skip
    held: dict[int, frozenset[UUID]] = {}
    for row in rows:
        place = tree.current(row["unit"], today)
        held[place] = held.get(place, frozenset()) | {row["member"]}
    return Seats(tree, today, held)


async def choices(by: UUID, *, document: UUID | None = None) -> list[int]:
    """Units that a member's words may go to, the proposed one first: of a document the one that answers for its owner,
    then those of the member's own line from the nearest up. The top unit where nobody answers; nothing without units.
    """
    known = await seats()
    line = known.line(await memberships.unit_of(by, known.on))
    found = known.among(await _owners(document, known), by)[:1] if document else []
    return list(dict.fromkeys([*found, *known.among(line, by)])) or line[-1:]


def reach(tree: Forest, held: Collection[Grant], role: str, on: date) -> frozenset[int]:
    """Every row of units that grants of the role reach."""
    return frozenset().union(*(tree.within(grant.unit, on) for grant in held if grant.role == role))


async def _owners(document: UUID, known: Seats) -> list[int]:
    rows = await database.fetch("SELECT owner_unit FROM document WHERE id = {}", document)
    unit = rows[0]["owner_unit"] if rows else None
    return [] if unit is None else known.line(unit)
