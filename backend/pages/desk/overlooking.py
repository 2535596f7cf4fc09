"""What the pages of screening share: it is the business of those at the top."""

from dataclasses import dataclass

from backend.accounts import roles
from backend.accounts.roles import ADMIN, PasskeyNeededError
from backend.accounts.sessions import Reader
from backend.door.visit import reader_of
from backend.pages.shell import AnyRequest
from base.errors import ForbiddenError, InvalidError

AUDITOR, MODERATOR = "auditor", "moderator"
LOOKING = (ADMIN, AUDITOR, MODERATOR)
"""Roles at the top before which rules and words lie open; only administrators change them."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody before what screening goes by; ``roles`` are theirs at the top."""

    reader: Reader
    roles: frozenset[str]

    @property
    def by(self) -> str:
        """Who acts, as the journal knows actors."""
        return str(self.reader.member_id)

    @property
    def may_change(self) -> bool:
        """Whether the reader may change rules and words."""
        return ADMIN in self.roles

    @property
    def only_audits(self) -> bool:
        """Whether it lies open before the reader as an auditor alone."""
        return self.roles == {AUDITOR}

    def changing(self) -> "Desk":
        """The same; raises ForbiddenError for whoever only looks."""
        if not self.may_change:
            raise ForbiddenError
        return self


async def opened(request: AnyRequest) -> Desk:
    """What screening goes by, for those whose roles are held at the top; raises ForbiddenError for all others."""
    reader = reader_of(request)
    held = (await roles.over(reader, None)) & frozenset(LOOKING)
    if not held:
        raise PasskeyNeededError if reader.sleeping else ForbiddenError
    return Desk(reader, held)


async def is_open(reader: Reader) -> bool:
    """Whether screening is the reader's business."""
    return not (await roles.over(reader, None)).isdisjoint(LOOKING)


def version_of(typed: str) -> int:
    """The version that a form was opened with."""
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 9:
        raise InvalidError("pages-form-old")
    return int(typed)
