"""An issued document at the desk: its facts, editions, audience and what was done to it; and withdrawing an edition."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import actors
from backend.door.visit import visit_of
from backend.pages import audience_words, forms
from backend.pages.answer import Page
from backend.pages.desk import overseeing, timeline
from backend.pages.desk.overseeing import Opened
from backend.pages.desk.working import EDITOR
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from backend.pages.views import topic_names
from base.errors import ConflictError, InvalidError, NotFoundError, RuleError
from content import publishing
from content.digests import keeping as digests
from content.dossier import WITHDRAWN, Issue, Readdressing, dossier
from content.drafts import keeping
from content.publishing import TransitionError
from notifications import listing

ISSUED = "desk/issued.html"
DONE = ("document-readdressed", "document-moved", "edition-withdrawn")
TOLD = "document.publish"
LONGEST_REASON = 500


class WithdrawnError(ConflictError):
    """Somebody else withdrew the edition, for another reason."""

    key = "issued-withdrawn-already"


@page_at("/desk/documents/{slug:str}")
async def shown(request: AnyRequest, slug: FromPath[str]) -> Page:
    """The document as those see it who answer for it; that an auditor looked is an act."""
    desk = await overseeing.opened(request, slug)
    if desk.only_audits:
        await timeline.note_audit(desk.dossier, desk.by)
    return forms.fresh(request, ISSUED, DONE, **await _facts(request, desk))


@form_at("/desk/documents/{slug:str}/editions/{id:uuid}/withdrawal")
async def withdraw(request: AnyRequest, slug: FromPath[str], id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Take an edition out of readers' hands; the same again changes nothing."""
    desk = (await overseeing.opened(request, slug)).deciding()
    issue = next((each for each in desk.dossier.issues if each.id == id), None)
    if issue is None:
        raise NotFoundError
    field = reason_of(issue)
    typed = await forms.read(request, field, length=LONGEST_REASON)
    try:
        if not typed[field]:
            raise InvalidError.of(field, "issued-reason-missing")
        await _withdraw(slug, issue, reason=typed[field], by=desk.by)
    except RuleError as error:
        desk = await overseeing.opened(request, slug)
        return forms.again(request, ISSUED, error, typed, **await _facts(request, desk, panel=field))
    return see_other(f"{desk.address}?done=edition-withdrawn")


def reason_of(issue: Issue) -> str:
    """The field in which it is said why an edition is withdrawn."""
    return f"reason{issue.ordinal}"


async def _withdraw(slug: str, issue: Issue, *, reason: str, by: str) -> None:
    try:
        await publishing.withdraw(issue.id, by=by, reason=reason)
    except TransitionError:
        found = await dossier(slug)
        if not any((each.id, each.state, each.reason) == (issue.id, WITHDRAWN, reason) for each in found.issues):
            raise WithdrawnError from None


async def _facts(request: AnyRequest, desk: Opened, panel: str = "") -> dict[str, Any]:
    language, found = visit_of(request).language, desk.dossier
    names = await actors.names_of([each.by for each in found.readdressings])
    acts, earlier = await timeline.timeline(request, desk.address, found)
    return {
        **await overseeing.head(request, desk),
        "about": (await topic_names(language)).get(found.document.topic, ""),
        "issues": [await _issue(issue) for issue in found.issues],
        "lines": await audience_words.lines(found.audience, language),
        "reach": await audience_words.reach_words(found.audience, language),
        "notice": await listing.newest(f"document:{found.document.id}", TOLD),
        "changes": [await _change(each, names, language) for each in found.readdressings],
        "acts": acts,
        "earlier": earlier,
        "may_read": not visit_of(request).scopes.isdisjoint(found.audience) and found.is_read,
        "panel": panel,
        "may_write": EDITOR in desk.roles,
        "may_move": desk.may_move,
        "id": str(uuid.uuid4()),
        "drafts": await keeping.drafts_of(found.document.id),
    }  # fmt: skip


async def _issue(issue: Issue) -> dict[str, Any]:
    digest = await digests.digest_of(issue.id)
    return {
        "edition": issue,
        "field": reason_of(issue),
        "may_withdraw": issue.state != WITHDRAWN,
        "digest": digest.state if digest.version else "",
    }


async def _change(change: Readdressing, names: dict[str, str], language: str) -> dict[str, Any]:
    return {
        "at": change.at,
        "by": timeline.who(change.by, names, language) if change.by else "",
        "reason": change.reason,
        "added": await audience_words.lines(change.added, language),
        "ended": await audience_words.lines(change.ended, language),
    }
