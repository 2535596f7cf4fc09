"""Moderation for programs: reports, decisions and appeals by ids of one's own making, and what waits."""

from typing import Annotated, Final, Literal
from uuid import UUID

from litestar import put
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import JSONBody, PathParameter, QueryParameter

from backend.accounts.forest import Forest
from backend.accounts.roles import PasskeyNeededError
from backend.accounts.seats import held
from backend.accounts.sessions import Reader
from backend.accounts.standing import forest
from backend.api import moderation_shapes as shapes
from backend.api.answers import AnyRequest, at, encoded, next_page, sent, told
from backend.api.parameters import Cursor
from backend.api.unit_shapes import named
from backend.discussion import mine
from backend.discussion.mine import Mine
from backend.door.answering import Answer, answer
from backend.door.visit import reader_of, visit_of
from backend.moderation import appealing, auditing, cases, deciding, queue, reporting
from backend.moderation.desks import AUDITOR, MODERATOR
from backend.moderation.model import Appeal
from backend.moderation.queue import Waiting
from base.errors import ForbiddenError

SIGNED_IN: Final[list[dict[str, list[str]]]] = [{"session": []}]


def _id(of: str) -> PathParameter:
    return PathParameter(description=of, examples=[Example(value="0190a1c2-7b3e-7d4f-8a5b-6c7d8e9f0a1b")])


Comment = Annotated[UUID, _id("Id of the comment.")]
Own = Annotated[UUID, _id("Made by whoever sends it: the same again does the same once.")]
Made = Annotated[UUID, _id("Id of the appeal.")]
Which = Annotated[
    Literal["held", "reported", "appealed"] | None,
    QueryParameter(description="Only of this kind; all when not said.", examples=[Example(value="held")]),
]
Whose = Annotated[
    Literal["mine", "all"],
    QueryParameter(
        description="What belongs to the reader's units, or also what belongs to moderators of units below.",
        examples=[Example(value="mine")],
    ),
]


def _put(path: str, *, tag: str, summary: str, problems: tuple[int, ...], made: type | None) -> HTTPRouteHandler:
    """PUT at ``path``; ``made`` is what 201 answers with, None where nothing new begins."""
    new = {201: ResponseSpec(made, description="It is done now.", generate_examples=False)} if made else {}
    return put(
        path, summary=summary, tags=[tag], security=SIGNED_IN, status_code=200,
        response_description="It was done just so before." if made else "It is done.",
        responses={**new, **told(401, 404, 409, 413, 422, *problems)},
    )  # fmt: skip


@_put(
    "/api/comments/{id:uuid}/reports/{report:uuid}",
    tag="comments", summary="Report a comment", problems=(429,), made=shapes.Report,
)  # fmt: skip
async def report(
    request: AnyRequest, id: Comment, report: Own, data: JSONBody[shapes.ReportBody]
) -> Answer[shapes.Report]:
    """Say that a comment breaks a published rule, once for each member and comment; by whom, its author is not told.

    Who has reported it before gets 200 and the first report, whatever is sent. One's own comment is 409.
    """
    reader = reader_of(request)
    done = await reporting.report(
        report, id, reason=data.reason, words=data.words, by=reader.member_id, scopes=reader.scopes
    )
    made = done.report
    return sent(shapes.Report(made.id, made.comment, made.reason, made.words, made.at), is_new=done.is_new)


@_put(
    "/api/comments/{id:uuid}/appeals/{appeal:uuid}",
    tag="comments", summary="Appeal against a decision", problems=(429,), made=shapes.Appeal,
)  # fmt: skip
async def appeal(
    request: AnyRequest, id: Comment, appeal: Own, data: JSONBody[shapes.AppealBody]
) -> Answer[shapes.Appeal]:
    """Object, as its author, to the decision by which a comment is hidden or was returned; once for each decision.

    Somebody else than who decided answers within seven days.
    """
    done = await appealing.appeal(appeal, id, words=data.appeal, by=reader_of(request).member_id)
    return sent(_appeal(done.appeal), is_new=done.is_new)


@_put(
    "/api/comments/{id:uuid}/decisions/{decision:uuid}",
    tag="moderation", summary="Decide on a comment", problems=(), made=shapes.Decision,
)  # fmt: skip
async def decide(
    request: AnyRequest, id: Comment, decision: Own, data: JSONBody[shapes.DecisionBody]
) -> Answer[shapes.Decision]:
    """Show, hide or return a comment that is held or reported, as it was seen.

    409 when its author changed it, when somebody else is looking at it or decided already: `detail` says who, when and
    what. 404 for all but moderators of the author's unit or one above who may read what it is about; 403 for auditors.
    """
    reader = await _decider(request, id)
    done = await deciding.decide(
        decision, id, revision=data.revision, verdict=data.verdict, reason=data.reason, remark=data.remark,
        by=reader.member_id,
    )  # fmt: skip
    made = done.decision
    shown = shapes.Decision(
        made.id, made.comment, made.revision, made.verdict, made.reason, made.remark, made.at  # type: ignore[arg-type]
    )  # fmt: skip
    return sent(shown, is_new=done.is_new)


@_put(
    "/api/comments/{id:uuid}/appeals/{appeal:uuid}/answer",
    tag="moderation", summary="Decide on an appeal", problems=(), made=None,
)  # fmt: skip
async def settle(
    request: AnyRequest, id: Comment, appeal: Made, data: JSONBody[shapes.AppealAnswerBody]
) -> Answer[shapes.Appeal]:
    """Uphold the decision or overturn it, in writing; overturned, the comment is shown.

    409 for whoever made the decision, and when somebody answered already; 404 and 403 as for decisions.
    """
    reader = await _decider(request, id)
    done = await appealing.answer(id, appeal, outcome=data.outcome, words=data.answer, by=reader.member_id)
    return sent(_appeal(done.appeal), is_new=False)


@at(
    "/api/moderation/queue",
    tag="moderation",
    summary="What waits for a moderator",
    problems=(401, 422),
    security=SIGNED_IN,
)
async def waiting(
    request: AnyRequest, kind: Which = None, of: Whose = "mine", cursor: Cursor = ""
) -> Answer[shapes.Queue]:
    """Comments that are held or reported, and appeals, of the units that the reader moderates, the oldest first.

    An auditor is given what waits in the units that they audit, and the journal tells of it; 403 for all others.
    """
    reader, language, tree = _comer(request), visit_of(request).language, await forest()
    view = queue.view(reader, everything=of == "all")
    if view.audits:
        await auditing.note_audit(reader.member_id)
    page = await queue.waiting(view, kind=kind or "", cursor=cursor or None)
    titles = await mine.titled([row.case.comment for row in page.rows], reader.scopes)
    items = tuple(_item(*pair, reader, tree, language) for pair in zip(page.rows, titles, strict=True))
    more = next_page("/api/moderation/queue", page.next, kind=kind, of=of)
    return await answer(request, encoded(shapes.Queue(items, more)))


def _comer(request: AnyRequest) -> Reader:
    reader = reader_of(request)
    if not held(reader.roles, MODERATOR) and not held(reader.roles, AUDITOR):
        raise PasskeyNeededError if reader.sleeping else ForbiddenError
    return reader


async def _decider(request: AnyRequest, id: UUID) -> Reader:
    found = await cases.opened(id, reader_of(request))
    if not found.decides:
        raise ForbiddenError
    return found.reader


def _item(row: Waiting, titled: Mine, reader: Reader, tree: Forest, language: str) -> shapes.QueueItem:
    comment, claim, appeal = row.case.comment, row.case.claim, row.case.appeal
    return shapes.QueueItem(
        kind=row.kind, since=row.since, comment=comment.id, revision=comment.revision, words=comment.words,  # type: ignore[arg-type]
        quote=comment.quote, state=comment.state, unit=named(comment.unit, tree), title=titled.title,  # type: ignore[arg-type]
        href=titled.path, reasons=comment.reasons(language), reports=len(row.case.open_reports),
        taken_until=claim.until if claim else None, mine=claim is not None and claim.member == reader.member_id,
        appeal=_appeal(appeal) if appeal and appeal.is_open else None,
    )  # fmt: skip


def _appeal(made: Appeal) -> shapes.Appeal:
    return shapes.Appeal(
        made.id, made.comment, made.words, made.at, made.due_on, made.outcome, made.answer  # type: ignore[arg-type]
    )  # fmt: skip
