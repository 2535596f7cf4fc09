"""Who answers feedback: units with a handler of their own, and which of them a member's words go to."""

from uuid import UUID

from backend.accounts import memberships
from backend.accounts.seats import Seats, seats_of
from base import database

HANDLER, AUDITOR = "feedback_handler", "auditor"


async def seats() -> Seats:
    """The handlers of each unit as they are today."""
    return await seats_of(HANDLER, Seats)


async def choices(by: UUID, *, document: UUID | None = None) -> list[int]:
    """Units that a member's words may go to, the proposed one first: of a document the one that answers for its owner,
    then those of the member's own line from the nearest up. The top unit where nobody answers; nothing without units.
    """
    known = await seats()
    line = known.line(await memberships.unit_of(by, known.on))
    found = known.among(await _owners(document, known), by)[:1] if document else []
    return list(dict.fromkeys([*found, *known.among(line, by)])) or line[-1:]


def receiver(known: Seats, unit: int, author: UUID) -> int | None:
    """Where it goes what is sent to a unit: there when somebody but the author answers, else to the nearest above where
    somebody does; None where nobody does, and for a unit that is over.
    """
    if unit not in known.tree or known.tree[known.tree.current(unit, known.on)].ended(known.on):
        return None
    return next(iter(known.among(known.line(unit), author)), None)


async def _owners(document: UUID, known: Seats) -> list[int]:
    rows = await database.fetch("SELECT owner_unit FROM document WHERE id = {}", document)
    unit = rows[0]["owner_unit"] if rows else None
    return [] if unit is None else known.line(unit)
