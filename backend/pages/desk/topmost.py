"""What is the business of those at the top alone: some of them change it, others only look."""

from dataclasses import dataclass

from backend.accounts.sessions import Reader
from base.errors import ForbiddenError

AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody before it; ``roles`` are theirs at the top, ``changers`` those whose holders change it."""

    reader: Reader
    roles: frozenset[str]
    changers: frozenset[str]

    @property
    def by(self) -> str:
        """Who acts, as the journal knows actors."""
        return str(self.reader.member_id)

    @property
    def may_change(self) -> bool:
        """Whether the reader may change it."""
        return not self.roles.isdisjoint(self.changers)

    @property
    def only_audits(self) -> bool:
        """Whether it lies open before the reader as an auditor alone."""
        return self.roles == {AUDITOR}

    def changing(self) -> "Desk":
        """The same; raises ForbiddenError for whoever only looks."""
        if not self.may_change:
            raise ForbiddenError
        return self
