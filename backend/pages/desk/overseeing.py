"""What the pages of an issued document share: who may be there and do what, and what is told of it."""

from dataclasses import dataclass
from typing import Any

from backend.accounts.sessions import Reader
from backend.door.visit import visit_of
from backend.pages.desk import working
from backend.pages.desk.working import APPROVER, AUDITOR, EDITOR
from backend.pages.shell import AnyRequest
from backend.pages.views import unit_name
from base.errors import ForbiddenError, MovedError
from content.dossier import Dossier, dossier


@dataclass(frozen=True, slots=True)
class Opened:
    """An issued document before somebody who answers for it: ``roles`` are theirs for its owner unit."""

    reader: Reader
    dossier: Dossier
    roles: frozenset[str]

    @property
    def by(self) -> str:
        """Who acts, as content knows actors."""
        return str(self.reader.member_id)

    @property
    def may_decide(self) -> bool:
        """Whether the reader may address it anew or withdraw it."""
        return APPROVER in self.roles

    @property
    def may_move(self) -> bool:
        """Whether the reader may give it another address."""
        return not self.roles.isdisjoint((EDITOR, APPROVER))

    @property
    def only_audits(self) -> bool:
        """Whether it lies open before the reader as an auditor alone."""
        return self.roles == {AUDITOR}

    @property
    def address(self) -> str:
        """The address of its desk page."""
        return f"/desk/documents/{self.dossier.document.slug}"

    @property
    def writes_for(self) -> int:
        """In whose name an editor writes here: its owner's, or for what belongs to nobody their own unit's."""
        own = self.dossier.owner_unit
        return own if own is not None else next(grant.unit for grant in self.reader.roles if grant.role == EDITOR)

    def writing(self) -> "Opened":
        """The same; raises ForbiddenError for whoever does not write for its unit."""
        if EDITOR not in self.roles:
            raise ForbiddenError
        return self

    def deciding(self) -> "Opened":
        """The same; raises ForbiddenError for whoever does not approve for its unit."""
        if not self.may_decide:
            raise ForbiddenError
        return self


async def opened(request: AnyRequest, slug: str) -> Opened:
    """The issued document, for those who work for its unit or one above; to all others it does not exist.

    Whoever looks at it by an address that it had before is led on; a form that was opened there is still taken.
    """
    reader = working.comer(request)
    found = await dossier(slug)
    desk = Opened(reader, found, await working.held(reader, found.owner_unit))
    if found.document.slug != slug and request.method == "GET":
        raise MovedError(was=slug, now=found.document.slug)
    return desk


async def head(request: AnyRequest, desk: Opened) -> dict[str, Any]:
    """What every template of these pages is given."""
    return {
        "document": desk.dossier.document,
        "dossier": desk.dossier,
        "base": desk.address,
        "unit": await unit_name(desk.dossier.owner_unit, visit_of(request).language),
        "may_decide": desk.may_decide,
    }
