"""Feedback for programs: sent and followed by its author, handled by those who answer, published to readers."""

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import put
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import JSONBody, PathParameter
from msgspec import structs

from backend.accounts.forest import Forest
from backend.accounts.sessions import Reader
from backend.accounts.standing import forest
from backend.api import feedback_shapes as shapes
from backend.api.answers import AnyRequest, at, encoded, next_page, sent, told
from backend.api.parameters import Cursor, Topic
from backend.api.unit_shapes import named
from backend.discussion.feedback import answers, attaching, desk, following, handling, publishing, sending, steps
from backend.discussion.feedback.answers import Published
from backend.discussion.feedback.attaching import Brought
from backend.discussion.feedback.handlers import HANDLER
from backend.discussion.feedback.model import Case, Step
from backend.discussion.feedback.publishing import EVERYONE, Wording
from backend.discussion.feedback.sending import Draft
from backend.door.answering import Answer, answer
from backend.door.visit import reader_of, visit_of
from base import clock
from base.catalogue import say
from base.errors import ForbiddenError, InvalidError

SIGNED_IN: Final[list[dict[str, list[str]]]] = [{"session": []}]
_EXAMPLE: Final = [Example(value="0190a1c2-7b3e-7d4f-8a5b-6c7d8e9f0a1b")]

Own = Annotated[
    UUID,
    PathParameter(description="Made by whoever sends it: the same again does the same once.", examples=_EXAMPLE),
]
Id = Annotated[UUID, PathParameter(description="Id of the case.", examples=_EXAMPLE)]
Code = Annotated[
    str, PathParameter(description="Code of the reader's own case.", examples=[Example(value="GY-7K3M-Q2")])
]


def _put(path: str, *, summary: str, made: type, problems: tuple[int, ...] = ()) -> HTTPRouteHandler:
    return put(
        path, summary=summary, tags=["feedback"], security=SIGNED_IN, status_code=200,
        response_description="It was done just so before.",
        responses={
            201: ResponseSpec(made, description="It is done now.", generate_examples=False),
            **told(401, 404, 409, 413, 422, *problems),
        },
    )  # fmt: skip


@_put("/api/feedback/{id:uuid}", summary="Send feedback", made=shapes.Feedback, problems=(429,))
async def send(request: AnyRequest, id: Own, data: JSONBody[shapes.FeedbackBody]) -> Answer[shapes.Feedback]:
    """Send words to a unit under an id of one's own making; five a day.

    The same again is 200 and changes nothing; something else by the same id is 409; somebody else's id is 404. Phone
    numbers and the like are only warned of; hints at state secrets are refused. Files are brought before, under this
    id. Where nobody answers for `unit`, the nearest above it where somebody does receives it.
    """
    reader, tree = reader_of(request), await forest()
    draft = Draft(
        data.kind, data.about, data.words, document=data.document, part=data.part, edition=data.edition or None,
        unit=_unit(data.unit, tree), consent=data.consent,
    )  # fmt: skip
    done = await sending.send(id, draft, by=reader.member_id, scopes=reader.scopes)
    language = visit_of(request).language
    found = await sending.warnings(done.case.words)
    warned = tuple(dict.fromkeys(each.own or say(each.reason, language) for each in found))
    return sent(await _told(done.case, tree, warned), is_new=done.is_new)


@at("/api/feedback/mine", tag="feedback", summary="The reader's own feedback", problems=(401, 422), security=SIGNED_IN)
async def asked(request: AnyRequest, cursor: Cursor = "") -> Answer[shapes.FeedbackList]:
    """Everything the reader sent, the newest first."""
    tree = await forest()
    page = await following.mine(reader_of(request).member_id, cursor=cursor or None)
    items = tuple(_case(case, tree) for case in page.rows)
    return await answer(request, encoded(shapes.FeedbackList(items, next_page("/api/feedback/mine", page.next))))


@at("/api/feedback/mine/{code:str}", tag="feedback", summary="One of them", problems=(401, 404), security=SIGNED_IN)
async def one(request: AnyRequest, code: Code) -> Answer[shapes.Feedback]:
    """Where it is, what was done, and the answer; for its author alone."""
    case = await following.one(code, by=reader_of(request).member_id)
    return await answer(request, encoded(await _told(case, await forest())))


@_put("/api/feedback/{id:uuid}/steps/{step:uuid}", summary="Do something to a case", made=shapes.StepTaken)
async def act(request: AnyRequest, id: Id, step: Own, data: JSONBody[shapes.StepBody]) -> Answer[shapes.StepTaken]:
    """Assign, answer, forward, note, close; or, as its author, reopen, rate, close.

    409 when the case was changed since it was seen; 404 for all but its author and those who answer for its unit;
    403 for auditors.
    """
    reader, was, is_new = reader_of(request), await steps.find(id), not await steps.exists(step)
    if was is not None and was.author == reader.member_id:
        await _follow(step, id, data, reader)
    else:
        await _handle(step, id, data, await _handler(request, id))
    return sent(await _taken(step, id), is_new=is_new)


@_put(
    "/api/feedback/{id:uuid}/publications/{step:uuid}", summary="Publish an answer", made=shapes.StepTaken
)  # fmt: skip
async def publish(
    request: AnyRequest, id: Id, step: Own, data: JSONBody[shapes.PublicationBody]
) -> Answer[shapes.StepTaken]:
    """Publish question and answer without whoever asked, if they agreed; again with other words puts these in place.

    About a document it is for whoever may read that; else for the members of `unit` and below, or for everyone.
    """
    reader, is_new, tree = await _handler(request, id), not await steps.exists(step), await forest()
    unit = _unit(data.unit, tree)
    scope = EVERYONE if data.everyone else f"org:{unit}" if unit is not None else ""
    reach = [grant.unit for grant in reader.roles if grant.role == HANDLER]
    wording = Wording(data.title, data.question, data.answer, scope)
    await publishing.publish(step, id, wording, reach=reach, version=data.version, by=reader.member_id)
    return sent(await _taken(step, id), is_new=is_new)


@at("/api/answers", tag="feedback", summary="Published answers", problems=(422,))
async def published(request: AnyRequest, topic: Topic = "", cursor: Cursor = "") -> Answer[shapes.AnswerList]:
    """Questions and answers that this reader may read, the newest first."""
    page = await answers.listed(scopes=visit_of(request).scopes, topic=topic, cursor=cursor or None)
    tree = await forest()
    items = tuple(answered(each, tree) for each in page.rows)
    return await answer(request, encoded(shapes.AnswerList(items, next_page("/api/answers", page.next, topic=topic))))


def answered(found: Published, tree: Forest) -> shapes.PublishedAnswer:
    """A published answer as the API tells it."""
    return shapes.PublishedAnswer(
        code=found.code, url=found.href, title=found.title, question=found.question, answer=found.answer,
        document=found.slug or "", unit=named(found.unit, tree), published_at=found.published_at,
    )  # fmt: skip


def file_told(file: Brought) -> shapes.FeedbackFile:
    """A file of a case as the API tells it."""
    path = f"/api/feedback/{file.feedback}/files/{file.id}"
    return shapes.FeedbackFile(file.id, file.name, file.media_type, file.size, path)


async def _handler(request: AnyRequest, id: UUID) -> Reader:
    reader = reader_of(request)
    _, view = await desk.opened(id, reader)
    if view.audits:
        raise ForbiddenError
    return reader


async def _follow(step: UUID, id: UUID, data: shapes.StepBody, reader: Reader) -> None:
    by = reader.member_id
    if data.verb == "reopen":
        await following.reopen(step, id, data.words, by=by)
    elif data.verb == "rate":
        await following.rate(step, id, data.rating, data.words, by=by)
    elif data.verb == "close":
        await following.close(step, id, by=by)
    else:
        raise InvalidError.of("verb", "api-not-a-choice")


async def _handle(step: UUID, id: UUID, data: shapes.StepBody, reader: Reader) -> None:
    how: dict[str, Any] = {"version": data.version, "by": reader.member_id}
    if data.verb == "assign":
        await handling.assign(step, id, to=data.member or reader.member_id, **how)
    elif data.verb == "forward":
        unit = _unit(data.unit, await forest())
        await handling.forward(step, id, to=unit or 0, note=data.words, **how)
    elif data.verb == "close":
        await handling.close(step, id, **how)
    elif data.verb in ("begin", "answer", "note"):
        writing = {"begin": handling.begin, "answer": handling.answer, "note": handling.note}[data.verb]
        await writing(step, id, data.words, **how)
    else:
        raise InvalidError.of("verb", "api-not-a-choice")


def _unit(code: str, tree: Forest) -> int | None:
    if not code:
        return None
    found = tree.coded(code, clock.today())
    if found is None:
        raise InvalidError.of("unit", "feedback-unit-unknown")
    return found.id


async def _told(case: Case, tree: Forest, warned: tuple[str, ...] = ()) -> shapes.Feedback:
    """The case with its steps and files."""
    files = tuple(map(file_told, await attaching.files(case.id)))
    return structs.replace(_case(case, tree, await following.way(case)), files=files, warnings=warned)


def _case(case: Case, tree: Forest, way: tuple[Step, ...] = ()) -> shapes.Feedback:
    done = tuple(
        shapes.FeedbackStep(each.verb, each.at or case.received_at, named(each.unit, tree))  # type: ignore[arg-type]
        for each in way
    )
    return shapes.Feedback(
        id=case.id, code=case.code, kind=case.kind, words=case.words, state=case.state,  # type: ignore[arg-type]
        sent_to=named(case.sent_to, tree), unit=named(case.unit, tree),
        received_at=case.received_at, due_on=case.due_on, answer=case.told,
        consent=case.consent, rating=case.rating, steps=done,
    )  # fmt: skip


async def _taken(step: UUID, id: UUID) -> shapes.StepTaken:
    case = await steps.find(id)
    assert case is not None
    return shapes.StepTaken(step, id, case.version, case.state)  # type: ignore[arg-type]
