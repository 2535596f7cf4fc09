"""A member's own feedback: all of it, and each case by its code, with what its author may do with it."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.discussion.feedback import answers, attaching, following
from backend.discussion.feedback.model import RATINGS, Case, Step
from backend.door.files import attachment
from backend.door.visit import reader_of, visit_of
from backend.pages import feedback_views, forms, links
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from backend.pages.views import unit_name
from base.errors import InvalidError, NotFoundError, RuleError
from content.rows import Page as Rows

LIST = "account/feedback.html"
ONE = "account/feedback_case.html"
HOME = "/account/feedback"
DONE = ("feedback-sent", "feedback-reopened", "feedback-rated", "feedback-closed", "feedback-agreed")
LENGTH = 200_000
"""What was typed is kept in the form even where it is far too long to be taken."""


@page_at(HOME)
async def listed(request: AnyRequest) -> Page:
    """Everything that the reader sent, the newest first."""
    reader, language = reader_of(request), visit_of(request).language
    page = await _rows(request)
    rows = await feedback_views.rows(page.rows, reader.scopes, language)
    more = links.with_query(HOME, {"cursor": page.next}) if page.next else None
    return forms.fresh(request, LIST, rows=rows, more=more)


@page_at("/feedback/{code:str}")
async def shown(request: AnyRequest, code: FromPath[str]) -> Page:
    """One case for its author: where it is, the answer, and what may be done."""
    return forms.fresh(request, ONE, DONE, **await _context(request, await _own(request, code)))


@page_at("/feedback/{code:str}/files/{id:uuid}")
async def file(request: AnyRequest, code: FromPath[str], id: FromPath[uuid.UUID]) -> Response[Any]:
    """A file that the author sent along."""
    return await sent(await _own(request, code), id)


@form_at("/feedback/{code:str}/reopening")
async def reopen(request: AnyRequest, code: FromPath[str]) -> Page | Response[bytes]:
    """Say why the answer does not do."""
    typed, by = await forms.read(request, "id", "asked_again", length=LENGTH), reader_of(request).member_id

    async def act(case: Case) -> None:
        await following.reopen(forms.id_of(typed["id"]), case.id, typed["asked_again"], by=by)

    return await _do(request, code, act, "feedback-reopened", typed)


@form_at("/feedback/{code:str}/rating")
async def rate(request: AnyRequest, code: FromPath[str]) -> Page | Response[bytes]:
    """Say how the answer was."""
    typed, by = await forms.read(request, "id", "rating", "rating_words", length=LENGTH), reader_of(request).member_id
    rating = int(typed["rating"]) if typed["rating"] in map(str, RATINGS) else 0

    async def act(case: Case) -> None:
        await following.rate(forms.id_of(typed["id"]), case.id, rating, typed["rating_words"], by=by)

    return await _do(request, code, act, "feedback-rated", typed)


@form_at("/feedback/{code:str}/closing")
async def close(request: AnyRequest, code: FromPath[str]) -> Page | Response[bytes]:
    """Say that nothing more is needed."""
    typed, by = await forms.read(request, "id"), reader_of(request).member_id

    async def act(case: Case) -> None:
        await following.close(forms.id_of(typed["id"]), case.id, by=by)

    return await _do(request, code, act, "feedback-closed", typed)


@form_at("/feedback/{code:str}/consent")
async def agree(request: AnyRequest, code: FromPath[str]) -> Page | Response[bytes]:
    """Agree that the answer is published without a name, or not any more."""
    typed, by = await forms.read(request, "id", "consent"), reader_of(request).member_id

    async def act(case: Case) -> None:
        await following.agree(forms.id_of(typed["id"]), case.id, typed["consent"] == "yes", by=by)

    return await _do(request, code, act, "feedback-agreed", typed)


async def sent(case: Case, id: uuid.UUID) -> Response[Any]:
    """One of the case's files to download; raises NotFoundError for any other."""
    found = next((file for file in await attaching.files(case.id) if file.id == id), None)
    if found is None:
        raise NotFoundError
    return attachment(attaching.path(found), found.name)


async def _own(request: AnyRequest, code: str) -> Case:
    return await following.one(code, by=reader_of(request).member_id)


async def _do(
    request: AnyRequest, code: str, act: Callable[[Case], Awaitable[None]], done: str, typed: dict[str, str]
) -> Page | Response[bytes]:
    case = await _own(request, code)
    try:
        await act(case)
    except RuleError as error:
        return forms.again(request, ONE, error, typed, **await _context(request, await _own(request, code)))
    return see_other(f"/feedback/{case.code}?done={done}")


async def _context(request: AnyRequest, case: Case) -> dict[str, Any]:
    reader, language = reader_of(request), visit_of(request).language
    base, way = f"/feedback/{case.code}", await following.way(case)
    steps, earlier = feedback_views.stretch(way, request.query_params.get("steps"), base)
    return {
        "case": case, "about": await feedback_views.subject(case, reader.scopes, language),
        "unit": await unit_name(case.unit, language), "files": await feedback_views.files(case.id, base),
        "way": await feedback_views.way(steps, language, reader=case.author), "earlier": earlier, "base": base,
        "instead": await _instead(case, way, language),
        "published": await answers.of_case(case.id), "new_id": uuid.uuid4(), "ratings": list(RATINGS),
    }  # fmt: skip


async def _instead(case: Case, way: Sequence[Step], language: str) -> dict[str, str] | None:
    """The unit that it was sent to and the one that received it, where nobody answers at the first."""
    received = way[0].unit if way else None
    if received in (None, case.sent_to):
        return None
    return {"sent_to": await unit_name(case.sent_to, language), "received": await unit_name(received, language)}


async def _rows(request: AnyRequest) -> Rows[Case]:
    """The rows; an old or mangled cursor begins anew."""
    member = reader_of(request).member_id
    try:
        return await following.mine(member, cursor=request.query_params.get("cursor"))
    except InvalidError:
        return await following.mine(member)
