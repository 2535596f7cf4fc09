"""What all pages of the moderators' desk share: who may be there, and how a comment is shown to them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.accounts import actors
from backend.accounts.roles import PasskeyNeededError
from backend.accounts.sessions import Reader
from backend.discussion import mine, places
from backend.discussion.comment_model import Comment
from backend.discussion.mine import Mine
from backend.discussion.voices import voices
from backend.door.visit import reader_of
from backend.moderation import auditing, cases
from backend.moderation.cases import Opened
from backend.moderation.desks import AUDITOR, MODERATOR
from backend.moderation.model import Case
from backend.pages import rule_words
from backend.pages.comment_views import voiced
from backend.pages.desk import working
from backend.pages.desk.timeline import who
from backend.pages.shell import AnyRequest
from backend.pages.views import unit_name
from base import clock
from base.catalogue import say
from base.errors import ForbiddenError
from content import shelf

PATH = "/desk/moderation"
ROLES = (MODERATOR, AUDITOR)
VERDICTS = ("show", "hide", "return")
DONE = ("moderation-decided", "moderation-answered", "moderation-claimed", "moderation-released", "moderation-moved")

_DAY_S, _HOUR_S = 86_400, 3_600


def comer(request: AnyRequest) -> Reader:
    """The reader, who must moderate or audit somewhere, and have signed in with a passkey."""
    reader = reader_of(request)
    if not working.holds(reader, *ROLES):
        raise PasskeyNeededError if reader.sleeping else ForbiddenError
    return reader


def moderator(request: AnyRequest) -> Reader:
    """The reader, who must moderate somewhere."""
    reader = comer(request)
    if not working.holds(reader, MODERATOR):
        raise ForbiddenError
    return reader


async def opened(request: AnyRequest, id: UUID) -> Opened:
    """The case before whoever may see it; that an auditor looked is an act."""
    found = await cases.opened(id, comer(request))
    if not found.decides:
        comment = found.case.comment
        await auditing.note_audit(found.reader.member_id, subject=f"comment:{comment.id}", unit=comment.unit)
    return found


async def deciding(request: AnyRequest, id: UUID) -> Opened:
    """The same before a moderator; an auditor may only look."""
    found = await cases.opened(id, comer(request))
    if not found.decides:
        raise ForbiddenError
    return found


async def shown(found: Sequence[Case], reader: Reader, language: str) -> list[dict[str, Any]]:
    """Cases as templates take them; of authors only what all readers are told of them."""
    spoken = await voices(case.comment for case in found)
    titles = await mine.titled([case.comment for case in found], reader.scopes)
    names = await actors.names_of(_actors(found))
    return [
        {
            "case": case, "comment": case.comment, "titled": titled,
            "place": await _place(case.comment, titled, reader),
            "who": await voiced(spoken[case.comment.id], language),
            "unit": await unit_name(case.comment.unit, language),
            "reasons": case.comment.reasons(language), "reports": _grouped(case, language),
            "holder": _holder(case, names, reader, language), "decisions": _decisions(case, names, language),
            "answered_by": who(str(case.appeal.decided_by), names, language) if case.appeal else "",
        }
        for case, titled in zip(found, titles, strict=True)
    ]  # fmt: skip


def age(since: datetime, language: str) -> str:
    """How long ago that was, as one says it."""
    seconds = int((clock.now() - since).total_seconds())
    if seconds >= _DAY_S:
        return say("moderation-age-days", language, count=seconds // _DAY_S)
    if seconds >= _HOUR_S:
        return say("moderation-age-hours", language, count=seconds // _HOUR_S)
    return say("moderation-age-new", language)


def _actors(found: Iterable[Case]) -> Iterable[str]:
    for case in found:
        yield from (str(each.by) for each in case.decisions)
        if case.claim:
            yield str(case.claim.member)
        if case.appeal and case.appeal.decided_by:
            yield str(case.appeal.decided_by)


def _decisions(case: Case, names: dict[str, str], language: str) -> list[dict[str, Any]]:
    """What was decided, by whom, by which rule."""
    return [
        {"decision": each, "by": who(str(each.by), names, language), "rule": rule_words.named(each.reason, language)}
        for each in case.decisions
    ]


def _holder(case: Case, names: dict[str, str], reader: Reader, language: str) -> dict[str, Any] | None:
    """Who is looking at it."""
    if case.claim is None:
        return None
    name = who(str(case.claim.member), names, language)
    return {
        "name": name,
        "until": f"{clock.local(case.claim.until):%H:%M}",
        "me": case.claim.member == reader.member_id,
    }


def _grouped(case: Case, language: str) -> list[dict[str, Any]]:
    """What it is reported for, rule by rule; by whom is nobody's business."""
    found: dict[str, list[str]] = {}
    for report in case.open_reports:
        found.setdefault(report.reason, []).append(report.words)
    return [
        {"rule": rule_words.named(reason, language), "count": len(words), "words": [each for each in words if each]}
        for reason, words in found.items()
    ]


async def _place(comment: Comment, titled: Mine, reader: Reader) -> places.Place | None:
    """The part that it is about, as it stands in the text in force."""
    if comment.edition is None or not comment.anchor or not titled.path:
        return None
    volume = await shelf.take(titled.path.removeprefix("/documents/"), scopes=reader.scopes)
    return await places.place(volume, comment.anchor, edition=comment.edition)
