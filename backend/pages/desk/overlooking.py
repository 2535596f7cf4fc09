"""What the pages of screening share: it is the business of those at the top."""

from backend.accounts import roles
from backend.accounts.roles import ADMIN, PasskeyNeededError
from backend.accounts.sessions import Reader
from backend.door.visit import reader_of
from backend.pages.desk.topmost import AUDITOR, Desk
from backend.pages.shell import AnyRequest
from base.errors import ForbiddenError

MODERATOR = "moderator"
LOOKING = (ADMIN, AUDITOR, MODERATOR)
"""Roles at the top before which rules and words lie open; only administrators change them."""


async def opened(request: AnyRequest) -> Desk:
    """What screening goes by, for those whose roles are held at the top; raises ForbiddenError for all others."""
    reader = reader_of(request)
    held = (await roles.over(reader, None)) & frozenset(LOOKING)
    if not held:
        raise PasskeyNeededError if reader.sleeping else ForbiddenError
    return Desk(reader, held, frozenset({ADMIN}))


async def is_open(reader: Reader) -> bool:
    """Whether screening is the reader's business."""
    return not (await roles.over(reader, None)).isdisjoint(LOOKING)
