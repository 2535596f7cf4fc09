"""What is required of a draft, its way so far, and the decisions: handing in, returning, approving, issuing."""

import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import roles
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import digesting, drafting
from backend.pages.desk.drafting import DONE, Opened
from backend.pages.desk.foretelling import foretold
from backend.pages.desk.working import APPROVER, EDITOR
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base import clock
from base.errors import ForbiddenError, InvalidError, NotFoundError, RuleError
from content import fragments, issuing, originals
from content.digests import keeping as digests
from content.drafts import deciding, joining, requirements, writing

CHECK = "desk/draft_check.html"
REMARK = "remark-"
"""What names of fields begin with that hold a remark on a part, the anchor after it."""

MOST_REMARKS = 100

AFTER = ("published", "superseded", "withdrawn")
"""States in which nobody is to be told any more."""


@page_at("/desk/drafts/{id:uuid}/check")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The list of requirements, and what may be decided."""
    desk = await drafting.opened(request, id)
    return forms.fresh(request, CHECK, DONE, **await _context(request, desk))


@form_at("/desk/drafts/{id:uuid}/unclassified")
async def confirm(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """The editor says by name that the text holds no state secret."""
    desk = (await drafting.opened(request, id)).writing()
    typed = await forms.read(request, "unclassified")

    async def act() -> None:
        if typed["unclassified"] != "1":
            raise InvalidError.of("unclassified", "draft-unclassified-missing")
        await deciding.confirm_unclassified(id, by=desk.by)

    return await _do(request, desk, act, "draft-unclassified", typed)


@form_at("/desk/drafts/{id:uuid}/submission")
async def submit(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Hand it in."""
    desk = (await drafting.opened(request, id)).writing()
    typed = await forms.read(request, "version")

    async def act() -> None:
        seen = _version(typed)
        await deciding.submit(id, seen=seen, by=desk.by, scopes=visit_of(request).scopes)

    return await _do(request, desk, act, "draft-submitted", typed)


@form_at("/desk/drafts/{id:uuid}/taking-back")
async def take_back(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Take it back while nobody has decided."""
    desk = (await drafting.opened(request, id)).writing()
    return await _do(request, desk, lambda: deciding.take_back(id, by=desk.by), "draft-taken-back", {})


@form_at("/desk/drafts/{id:uuid}/return")
async def send_back(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Return it with a reason, and remarks on parts."""
    desk = (await drafting.opened(request, id)).deciding()
    typed = await forms.read(request, "version", "reason")
    remarks = await _remarks(request)

    async def act() -> None:
        seen = _version(typed)
        await deciding.send_back(id, seen=seen, reason=typed["reason"], remarks=remarks, by=desk.by)

    kept = typed | {f"{REMARK}{anchor}": words for anchor, words in remarks.items()}
    return await _do(request, desk, act, "draft-returned", kept)


@form_at("/desk/drafts/{id:uuid}/approval")
async def approve(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Approve what was seen; with ``then`` = publish, issue it at once."""
    desk = (await drafting.opened(request, id)).deciding()
    typed = await forms.read(request, "version", "then")
    scopes, then = visit_of(request).scopes, typed["then"] == "publish"

    async def act() -> None:
        await deciding.approve(id, seen=_version(typed), by=desk.by, scopes=scopes)
        if then:
            await issuing.publish(id, by=desk.by, scopes=scopes)

    return await _do(request, desk, act, "draft-published" if then else "draft-approved", typed)


@form_at("/desk/drafts/{id:uuid}/schedule")
async def schedule(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Let it be issued at a moment; without one it waits again."""
    desk = _issuing(await drafting.opened(request, id))
    typed = await forms.read(request, "publish_day", "publish_time", "then")

    async def act() -> None:
        if typed["then"] == "unschedule":
            await deciding.unschedule(id, by=desk.by)
        else:
            await deciding.schedule(id, at=_moment(typed), by=desk.by)

    done = "draft-unscheduled" if typed["then"] == "unschedule" else "draft-scheduled"
    return await _do(request, desk, act, done, typed)


@form_at("/desk/drafts/{id:uuid}/publication")
async def publish(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Issue what was approved."""
    desk = _issuing(await drafting.opened(request, id))
    scopes = visit_of(request).scopes
    return await _do(request, desk, lambda: issuing.publish(id, by=desk.by, scopes=scopes), "draft-published", {})


@form_at("/desk/drafts/{id:uuid}/joining")
async def join(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Make it a later text of the document that has its number."""
    desk = (await drafting.opened(request, id)).writing()
    typed = await forms.read(request, "slug")

    async def act() -> None:
        document = await joining.issued_as(typed["slug"], scopes=visit_of(request).scopes)
        if EDITOR not in await roles.over(desk.reader, document.unit):
            raise NotFoundError
        await joining.join(id, document.id, by=desk.by)

    return await _do(request, desk, act, "draft-joined", typed)


@form_at("/desk/drafts/{id:uuid}/discarding")
async def discard(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Throw it away."""
    try:
        desk = (await drafting.opened(request, id)).writing()
    except NotFoundError:  # thrown away already: the form was sent twice
        return see_other("/desk/documents")
    try:
        await writing.discard(id, by=desk.by)
    except RuleError as error:
        return await again(request, desk, error, {})
    return see_other("/desk/documents?done=draft-discarded")


async def again(request: AnyRequest, desk: Opened, error: RuleError, typed: dict[str, str]) -> Page:
    """The page once more, as things stand now, with what is wrong."""
    desk = await drafting.opened(request, desk.draft.edition)
    return forms.again(request, CHECK, error, typed, **await _context(request, desk))


async def _do(
    request: AnyRequest, desk: Opened, act: Callable[[], Awaitable[Any]], done: str, typed: dict[str, str]
) -> Page | Response[bytes]:
    async def shown_again(error: RuleError) -> Page:
        return await again(request, desk, error, typed)

    return await drafting.do(request, act, f"/desk/drafts/{desk.draft.edition}/check?done={done}", shown_again)


async def _context(request: AnyRequest, desk: Opened) -> dict[str, Any]:
    head = await drafting.head(request, desk, "check")
    draft = desk.draft
    return {
        **head, "blocking": requirements.blocking(head["lacking"]),
        "originals": await originals.originals(draft.edition),
        "beside": await digesting.beside(await digests.digest_of(draft.edition)),
        "remarkable": await _remarkable(desk) if head["may_decide"] and draft.state in deciding.RETURNABLE else [],
        "foretold": "" if draft.state in AFTER else await foretold(draft, visit_of(request).language),
        "today": clock.today().isoformat(), "may_issue": not desk.roles.isdisjoint((EDITOR, APPROVER)),
    }  # fmt: skip


async def _remarkable(desk: Opened) -> list[dict[str, str]]:
    """Parts that a remark can be made on: those with a number."""
    pieces = await fragments.pieces_of(desk.draft.edition)
    return [
        {"anchor": pieces.anchors[part.path], "words": f"{part.label} {part.heading}".strip()}
        for part in pieces.parts
        if part.label and part.kind not in ("dash", "table")
    ]


async def _remarks(request: AnyRequest) -> dict[str, str]:
    form = await request.form()
    given = [(name, value) for name, value in form.multi_items() if name.startswith(REMARK) and isinstance(value, str)]
    chosen, words = form.get("remark_part"), form.get("remark_words")
    if isinstance(chosen, str) and isinstance(words, str) and words.strip():
        given.append((f"{REMARK}{chosen}", words))
    return {name.removeprefix(REMARK)[:40]: value for name, value in given[:MOST_REMARKS]}


def _issuing(desk: Opened) -> Opened:
    """Editors and approvers of the unit may issue what was approved by somebody else."""
    if desk.roles.isdisjoint((EDITOR, APPROVER)):
        raise ForbiddenError
    return desk


def _version(typed: dict[str, str]) -> int:
    if not typed["version"].isdecimal() or len(typed["version"]) > 9:
        raise InvalidError("pages-form-old")
    return int(typed["version"])


def _moment(typed: dict[str, str]) -> datetime:
    day = forms.date_of(typed["publish_day"], "publish_day")
    if day is None:
        raise InvalidError.of("publish_day", "draft-moment-missing")
    return forms.moment_of(day, typed["publish_time"] or "08:00", "publish_time")
