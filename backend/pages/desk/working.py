"""Who may be at the desk of documents and news: those who write, approve or audit there."""

from backend.accounts import roles, units
from backend.accounts.roles import PasskeyNeededError
from backend.accounts.seats import held as held_for
from backend.accounts.sessions import Reader
from backend.door.visit import reader_of
from backend.pages.shell import AnyRequest
from base import clock
from base.errors import ForbiddenError, NotFoundError

EDITOR, APPROVER, AUDITOR = "editor", "approver", "auditor"
DESK_ROLES = (EDITOR, APPROVER, AUDITOR)
"""Roles before which what a unit writes lies open, published or not; everybody else finds nothing here."""


async def worker(request: AnyRequest, *wanted: str) -> Reader:
    """The reader, who must hold one of these roles somewhere, and have signed in with a passkey."""
    reader = reader_of(request)
    if not holds(reader, *wanted):
        raise PasskeyNeededError if reader.sleeping else ForbiddenError
    return reader


def comer(request: AnyRequest) -> Reader:
    """The reader who asks for something at the desk; raises NotFoundError for whoever has no work there at all."""
    reader = reader_of(request)
    if not holds(reader, *DESK_ROLES):
        raise PasskeyNeededError if reader.sleeping else NotFoundError
    return reader


async def held(reader: Reader, unit: int | None) -> frozenset[str]:
    """Their roles at the desk of a unit; whoever has none does not learn that there is something."""
    found = (await roles.over(reader, unit)) & frozenset(DESK_ROLES)
    if not found:
        raise NotFoundError
    return found


def holds(reader: Reader, *wanted: str) -> bool:
    """Whether the reader holds one of these roles somewhere."""
    return any(grant.role in wanted for grant in reader.roles)


async def reach(reader: Reader, *wanted: str) -> frozenset[int]:
    """Every unit, by row, that the reader's grants of these roles reach today."""
    return (await units.forest()).reach(held_for(reader.roles, *wanted), clock.today())
