"""What all pages of a draft share: who may be here and do what, and the head that stands above each of them."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from litestar import Response

from backend.accounts import actors
from backend.accounts.sessions import Reader
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import working
from backend.pages.desk.working import APPROVER, EDITOR
from backend.pages.shell import AnyRequest, see_other
from backend.pages.views import unit_name
from base.errors import ForbiddenError, RuleError
from content.drafts import keeping, requirements
from content.drafts.model import Draft, Requirement
from content.outcomes import Refusal

TABS = ("text", "facts", "audience", "relations", "digest", "check")
"""The pages of a draft, in the order of the work."""

DONE = (
    "draft-begun", "draft-saved", "digest-saved", "draft-joined", "draft-scan-kept", "draft-unclassified",
    "draft-submitted", "draft-taken-back", "draft-returned", "draft-approved", "draft-scheduled", "draft-unscheduled",
    "draft-published",
)  # fmt: skip


class RefusedError(RuleError):
    """A text or file that the handbook does not take, with the sentence that says why."""

    def __init__(self, refusal: Refusal, field: str = "") -> None:
        super().__init__(refusal.told.key, **refusal.told.values)
        self.field = field


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft before somebody who may see it: ``roles`` are theirs for its unit."""

    reader: Reader
    draft: Draft
    roles: frozenset[str]

    @property
    def by(self) -> str:
        """Who acts, as content knows actors."""
        return str(self.reader.member_id)

    @property
    def may_write(self) -> bool:
        """Whether the reader may change it now."""
        return EDITOR in self.roles and self.draft.open

    @property
    def is_own(self) -> bool:
        """Whether the reader had a hand in it."""
        return self.by in self.draft.hands or self.by == self.draft.submitted_by

    def writing(self) -> "Opened":
        """The same; raises ForbiddenError for whoever may not write for this unit."""
        return self._only(EDITOR)

    def deciding(self) -> "Opened":
        """The same; raises ForbiddenError for whoever may not approve for this unit."""
        return self._only(APPROVER)

    def _only(self, *allowed: str) -> "Opened":
        if self.roles.isdisjoint(allowed):
            raise ForbiddenError
        return self


async def opened(request: AnyRequest, id: uuid.UUID) -> Opened:
    """The draft, for those who work at the desk of its unit or a unit above; to all others it does not exist."""
    reader = working.comer(request)
    draft = await keeping.draft_of(id)
    return Opened(reader, draft, await working.held(reader, draft.unit))


async def lacking(request: AnyRequest, desk: Opened) -> tuple[Requirement, ...]:
    """What the draft does not meet, as far as its reader may know."""
    return await requirements.requirements(desk.draft, scopes=visit_of(request).scopes)


async def head(request: AnyRequest, desk: Opened, tab: str) -> dict[str, Any]:
    """What the template desk/draft.html is given on every page of a draft."""
    draft, language = desk.draft, visit_of(request).language
    names = await actors.names_of([draft.saved_by, draft.submitted_by, draft.approved_by, draft.unclassified_by])
    found = await lacking(request, desk) if draft.state not in ("published", "superseded", "withdrawn") else ()
    counts = {place: sum(each.place == place and each.blocking for each in found) for place in TABS}
    counts["check"] = sum(each.blocking for each in found)
    return {
        "draft": draft, "facts": draft.facts, "tab": tab, "tabs": TABS, "counts": counts, "lacking": found,
        "unit": await unit_name(draft.unit, language), "names": names, "may_write": desk.may_write,
        "may_decide": APPROVER in desk.roles and not desk.is_own, "is_own": desk.is_own, "roles": desk.roles,
        "base": f"/desk/drafts/{draft.edition}",
    }  # fmt: skip


async def do(
    request: AnyRequest,
    act: Callable[[], Awaitable[Any]],
    done: str,
    again: Callable[[RuleError], Awaitable[Page]],
) -> Page | Response[bytes]:
    """Do it and go on to the address ``done``, or show the page again with what is wrong."""
    try:
        await act()
    except Refusal as refusal:
        return await again(RefusedError(refusal))
    except RuleError as error:
        if isinstance(error, forms.ELSEWHERE):
            raise
        return await again(error)
    return see_other(done)
