"""One case before a handler: its history and files, and everything that is done to it."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import actors
from backend.accounts.seats import Seats
from backend.accounts.sessions import Reader
from backend.discussion import comment_moves
from backend.discussion.comment_model import SHOWN
from backend.discussion.feedback import answers, auditing, desk, handlers, handling, publishing, steps, templates
from backend.discussion.feedback.handlers import HANDLER
from backend.discussion.feedback.model import Case, CaseChangedSinceError
from backend.discussion.feedback.publishing import Wording
from backend.door.visit import visit_of
from backend.pages import feedback_views, forms
from backend.pages.account.feedback import sent
from backend.pages.answer import Page
from backend.pages.desk import choosing
from backend.pages.desk.feedback import PATH, comer
from backend.pages.desk.timeline import who
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from backend.pages.views import unit_name
from base.catalogue import say
from base.errors import ForbiddenError, RuleError

TEMPLATE = "desk/feedback_case.html"
DONE = tuple(f"feedback-{act}" for act in ("assigned", "saved", "answered", "noted", "closed", "published", "hidden"))
LENGTH = 200_000
"""What was typed is kept in the form even where it is far too long to be taken."""

Typed = dict[str, str]
ONE = f"{PATH}/{{id:uuid}}"


@page_at(ONE)
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The case with its history; that an auditor looked is an act."""
    case = await _looked_at(request, id)
    return forms.fresh(request, TEMPLATE, DONE, **await _context(request, case))


@page_at(f"{ONE}/files/{{file:uuid}}")
async def fetched(request: AnyRequest, id: FromPath[uuid.UUID], file: FromPath[uuid.UUID]) -> Response[Any]:
    """A file that came with it; that an auditor looked is an act here, too."""
    return await sent(await _looked_at(request, id), file)


async def _looked_at(request: AnyRequest, id: uuid.UUID) -> Case:
    reader = comer(request)
    case, view = await desk.opened(id, reader)
    if view.audits:
        await auditing.note_audit(reader.member_id, subject=f"feedback:{id}", unit=case.unit)
    return case


@form_at(f"{ONE}/assignment")
async def assign(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Give it to oneself or somebody else."""

    async def act(step: uuid.UUID, version: int, by: uuid.UUID, typed: Typed) -> str:
        to = forms.id_of(typed["member"])
        await handling.assign(step, id, to=to, version=version, by=by)
        return "feedback-assigned"

    return await _do(request, id, act, "member")


@form_at(f"{ONE}/answer")
async def answer(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Send the answer, keep what is written so far, or put a template after it."""
    comer(request)
    typed = await forms.read(request, "answer", "insert", "template", "version", length=LENGTH)
    if typed["insert"]:
        return await _insert(request, id, typed)

    async def act(step: uuid.UUID, version: int, by: uuid.UUID, typed: Typed) -> str:
        if typed["save"]:
            await handling.begin(step, id, typed["answer"], version=version, by=by)
            return "feedback-saved"
        await handling.answer(step, id, typed["answer"], version=version, by=by)
        return "feedback-answered"

    return await _do(request, id, act, "answer", "save")


@form_at(f"{ONE}/forwarding")
async def forward(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Pass it to another unit."""
    comer(request)
    looked = await forms.read(request, "find", "note", *choosing.fields(), length=LENGTH)
    if looked["find"]:
        return await _look(request, id, {**looked, "forward_note": looked["note"]})

    async def act(step: uuid.UUID, version: int, by: uuid.UUID, typed: Typed) -> str:
        unit = await choosing.chosen(request, typed, purpose=choosing.FORWARD)
        await handling.forward(step, id, to=unit, note=typed["note"], version=version, by=by)
        return ""

    return await _do(request, id, act, *choosing.fields(), "note", rename={"note": "forward_note"})


@form_at(f"{ONE}/notes")
async def note(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Write something down for other handlers."""

    async def act(step: uuid.UUID, version: int, by: uuid.UUID, typed: Typed) -> str:
        await handling.note(step, id, typed["note"], version=version, by=by)
        return "feedback-noted"

    return await _do(request, id, act, "note")


@form_at(f"{ONE}/closing")
async def close(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """End it."""

    async def act(step: uuid.UUID, version: int, by: uuid.UUID, _typed: Typed) -> str:
        await handling.close(step, id, version=version, by=by)
        return "feedback-closed"

    return await _do(request, id, act)


@form_at(f"{ONE}/publication")
async def publish(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Publish it as question and answer, or take it back."""
    reach = _reach(comer(request))

    async def act(step: uuid.UUID, version: int, by: uuid.UUID, typed: Typed) -> str:
        if typed["hide"]:
            await publishing.unpublish(step, id, version=version, by=by)
            return "feedback-hidden"
        wording = Wording(typed["title"], typed["question"], typed["public_answer"], typed["scope"])
        await publishing.publish(step, id, wording, reach=reach, version=version, by=by)
        return "feedback-published"

    return await _do(request, id, act, "title", "question", "public_answer", "scope", "hide",
                     rename={"answer": "public_answer"})  # fmt: skip


Act = Callable[[uuid.UUID, int, uuid.UUID, Typed], Awaitable[str]]


async def _do(
    request: AnyRequest, id: uuid.UUID, act: Act, *fields: str, rename: dict[str, str] | None = None
) -> Page | Response[bytes]:
    """One act of a handler; auditors only look. What went on to another unit may be out of the handler's sight."""
    reader = comer(request)
    case, view = await desk.opened(id, reader)
    if view.audits:
        raise ForbiddenError
    typed = await forms.read(request, "id", "version", *fields, length=LENGTH)
    try:
        step, version = forms.id_of(typed["id"]), forms.version_of(typed["version"])
        done = await act(step, version, reader.member_id, typed)
    except RuleError as error:
        case, _ = await desk.opened(id, reader)
        shown = forms.renamed(error, **(rename or {}))
        values = {(rename or {}).get(name, name): value for name, value in typed.items()}
        return forms.again(request, TEMPLATE, shown, values, **await _context(request, case, values))
    if done:
        return see_other(f"{PATH}/{id}?done={done}")
    went = await steps.find(id)
    return see_other(f"{PATH}?done=feedback-forwarded&to={went.unit if went else ''}")


async def _look(request: AnyRequest, id: uuid.UUID, typed: Typed) -> Page:
    """The page again, with the units that were looked for."""
    case, view = await desk.opened(id, comer(request))
    if view.audits:
        raise ForbiddenError
    return forms.fresh(request, TEMPLATE, **await _context(request, case, typed), values=typed)


async def _insert(request: AnyRequest, id: uuid.UUID, typed: Typed) -> Page:
    """The page again, after the answer so far a template; what was changed meanwhile is told here, too."""
    case, view = await desk.opened(id, comer(request))
    if view.audits:
        raise ForbiddenError
    known = {str(each.id): each.words for each in await _templates(case, await handlers.seats())}
    values = {"answer": "\n\n".join(filter(None, (typed["answer"], known.get(typed["template"], ""))))}
    context = await _context(request, case)
    if typed["version"] != str(case.version):
        return forms.again(request, TEMPLATE, CaseChangedSinceError(), values, **context)
    return forms.fresh(request, TEMPLATE, **context, values=values)


async def _templates(case: Case, known: Seats) -> tuple[templates.Template, ...]:
    """Those of the case's unit and of the units above it."""
    return await templates.templates(known.line(case.unit))


async def _context(request: AnyRequest, case: Case, typed: Typed | None = None) -> dict[str, Any]:
    reader, language = comer(request), visit_of(request).language
    _, view = await desk.opened(case.id, reader)
    known, base = await handlers.seats(), f"{PATH}/{case.id}"
    history, earlier = feedback_views.stretch(await steps.history(case.id), request.query_params.get("steps"), base)
    people = {str(case.author), str(case.handler), *(str(member) for member in known.reaching(case.unit))}
    names, about = await actors.names_of(people), await feedback_views.subject(case, reader.scopes, language)
    return {
        "case": case, "about": about, "audits": view.audits, "thread": await _thread(case, about["href"]),
        "author": who(str(case.author), names, language), "author_unit": await unit_name(case.author_unit, language),
        "unit": await unit_name(case.unit, language), "base": base,
        "files": await feedback_views.files(case.id, base), "new_id": uuid.uuid4(),
        "me": str(reader.member_id),
        "handler": who(str(case.handler), names, language) if case.handler else "",
        "history": await feedback_views.way(history, language), "earlier": earlier,
        "units": await choosing.offer(request, typed, purpose=choosing.FORWARD),
        **(await _choices(case, reader, known, names, language)),
    }  # fmt: skip


async def _thread(case: Case, href: str) -> str:
    """Where the comment stands that the case was made of; "" where it is not shown, or its text cannot be read."""
    comment = await comment_moves.find(case.comment) if case.comment else None
    if comment is None or comment.state != SHOWN or not href:
        return ""
    return f"{href.partition('#')[0]}/comments?thread={comment.parent or comment.id}"


async def _choices(case: Case, reader: Reader, known: Seats, names: dict[str, str], language: str) -> dict[str, Any]:
    """What may be chosen on the page: people, templates, and whom a published answer may be shown to."""
    members = sorted(known.reaching(case.unit) - {case.author}, key=lambda each: names.get(str(each), ""))
    scopes = await publishing.scopes_for(case, _reach(reader)) if case.is_done else []
    return {
        "members": [(str(member), names.get(str(member), "")) for member in members],
        "templates": [(str(each.id), each.title) for each in await _templates(case, known)],
        "published": await answers.of_case(case.id),
        "scopes": [(scope, await _scope_words(scope, language), None) for scope in scopes],
    }  # fmt: skip


def _reach(reader: Reader) -> list[int]:
    """Units that the reader's role is held for."""
    return [grant.unit for grant in reader.roles if grant.role == HANDLER]


async def _scope_words(scope: str, language: str) -> str:
    if scope == publishing.EVERYONE:
        return say("feedback-scope-everyone", language)
    return say("feedback-scope-unit", language, unit=await unit_name(int(scope.removeprefix("org:")), language))
