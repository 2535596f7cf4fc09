"""Sending feedback: once under an id that the sender's browser made, to a unit where somebody answers."""

from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct

from backend.accounts import memberships
from backend.accounts.acts import act
from backend.discussion import about as naming
from backend.discussion import comment_moves, wording
from backend.discussion.about import About, Target
from backend.discussion.comment_model import WITHDRAWN
from backend.discussion.feedback import handlers, steps
from backend.discussion.feedback.model import (
    ABOUTS,
    DOCUMENT,
    KINDS,
    RECEIVED,
    UNIT,
    Case,
    Step,
    TooManyFeedbackError,
    due_on,
)
from backend.discussion.screening import rules
from backend.discussion.screening.model import SHOW, Author, Finding
from backend.discussion.screening.rulebook import rulebook
from base import clock, database, limits
from base.errors import ConflictError, FieldError, InvalidError, NotFoundError, TooManyError

LIMIT, WINDOW_S = 5, 86_400
"""So many cases may a member send within a day."""

NAMESPACE = UUID("5b0a64b2-1c0c-5a56-9a55-27f5b1b2a3d7")
"""Ids of cases that were made of comments are made from theirs, so that no comment becomes two."""


class Draft(Struct, frozen=True):
    """What a member means to send; ``part`` is a path in ``edition`` (None: the one in force), ``unit`` None leaves the
    choice to the handbook; any unit may be chosen, and the nearest above it where somebody answers receives for it.
    ``consent`` lets the answer be published without their name.
    """

    kind: str
    about: str
    words: str
    document: str = ""
    part: str = ""
    edition: int | None = None
    unit: int | None = None
    consent: bool = False


class Sent(Struct, frozen=True):
    """The case as it stands, and whether it is new."""

    case: Case
    is_new: bool


class Addressee(Struct, frozen=True):
    """The unit that was chosen, and the one that receives for it."""

    chosen: int
    receiver: int


async def send(id: UUID, draft: Draft, *, by: UUID, scopes: frozenset[str]) -> Sent:
    """Send it; the same again changes nothing. Files that were brought under this id go along.

    Raises InvalidError, NotFoundError for what ``scopes`` may not read and for somebody else's id, ConflictError for
    something else by this id, TooManyFeedbackError.
    """
    words = checked(draft)
    target = await _target(draft, scopes)
    if there := await _same(id, draft, target, words, by):
        return Sent(there, False)
    places = await _addressee(draft.unit, target, by)
    await _refuse_secrets(words)
    await _count(by)
    async with act(id, by):
        if there := await _same(id, draft, target, words, by):
            return Sent(there, False)
        facts = {"kind": draft.kind, "about": draft.about, "consent": draft.consent, "words": words}
        return Sent(await _receive(id, facts, target, places, author=by, by=by), True)


async def from_comment(comment_id: UUID, *, by: UUID) -> Case:
    """Make a case of a comment, for its author, and keep the link; the same again gives the same case.

    In a transaction of its own or in the surrounding one. What becomes of the comment is for the caller to decide.
    Raises NotFoundError for one that was withdrawn.
    """
    id = uuid5(NAMESPACE, str(comment_id))
    async with act(id):
        if there := await steps.find(id):
            return there
        comment = await comment_moves.find(comment_id)
        if comment is None or comment.state == WITHDRAWN or not comment.words:
            raise NotFoundError
        target = Target(comment.document, None, comment.edition, comment.ordinal, comment.anchor)
        facts = {
            "kind": KINDS[0], "about": DOCUMENT if comment.document else UNIT, "consent": False,
            "words": comment.words, "comment": comment_id,
        }  # fmt: skip
        places = await _addressee(None, target, comment.author)
        return await _receive(id, facts, target, places, author=comment.author, by=by)


async def made_of(comment_id: UUID) -> Case | None:
    """The case that was made of a comment, if one was."""
    return await steps.find(uuid5(NAMESPACE, str(comment_id)))


async def warnings(words: str) -> tuple[Finding, ...]:
    """What screening would say of the words if they were a comment; here it only warns, for an office reads them."""
    verdict = rules.screen(words, by=Author(clock.now()), book=await rulebook())
    return tuple(each for each in verdict.findings if each.outcome != SHOW)


async def proposed(by: UUID, about: About | None, scopes: frozenset[str]) -> list[int]:
    """Units that may be chosen, the proposed one first; ``about`` is a document or nothing."""
    target = await naming.resolve(about, scopes=scopes) if about else Target()
    return await handlers.choices(by, document=target.document)


def checked(draft: Draft) -> str:
    """The words as they are kept; raises InvalidError with everything that is wrong."""
    wrong = [
        FieldError(name, f"feedback-{name}-missing", {})
        for name, known in (("kind", KINDS), ("about", ABOUTS))
        if getattr(draft, name) not in known
    ]
    if draft.about == DOCUMENT and not draft.document:
        wrong.append(FieldError("document", "feedback-document-missing", {}))
    words = ""
    try:
        words = wording.checked(draft.words)
    except InvalidError as error:
        wrong += error.fields
    if wrong:
        raise InvalidError(fields=tuple(wrong))
    return words


async def _target(draft: Draft, scopes: frozenset[str]) -> Target:
    if draft.about != DOCUMENT:
        return Target()
    return await naming.resolve(About(draft.document, draft.part, draft.edition), scopes=scopes)


async def _same(id: UUID, draft: Draft, target: Target, words: str, by: UUID) -> Case | None:
    """The case by this id if it was sent just so; None when there is none yet."""
    there = await steps.find(id)
    if there is None:
        return None
    if there.author != by:
        raise NotFoundError
    was = (there.kind, there.about, there.document, there.anchor, there.words)
    elsewhere = draft.unit is not None and draft.unit != there.sent_to
    if elsewhere or was != (draft.kind, draft.about, target.document, target.anchor, words):
        raise ConflictError
    return there


async def _addressee(unit: int | None, target: Target, by: UUID) -> Addressee:
    offered = await handlers.choices(by, document=target.document)
    if not offered:
        raise InvalidError.of("unit", "feedback-nobody")
    if unit is None or unit == offered[0]:
        return Addressee(offered[0], offered[0])
    known = await handlers.seats()
    receiver = handlers.receiver(known, unit, by)
    if receiver is None:
        raise InvalidError.of("unit", "feedback-unit-unknown")
    return Addressee(known.tree.current(unit, known.on), receiver)


async def _refuse_secrets(words: str) -> None:
    """Hints at a state secret are refused here even where a comment would be held: kept is kept, whoever reads it."""
    for finding in await warnings(words):
        if finding.rule == rules.SECRETS:
            told = FieldError("words", "comment-refused-own", {"own": finding.own})
            raise InvalidError(fields=(told if finding.own else FieldError("words", finding.reason, {}),))


async def _count(by: UUID) -> None:
    try:
        await limits.hit(f"feedback:{by}", limit=LIMIT, window_s=WINDOW_S)
    except TooManyError as error:
        raise TooManyFeedbackError(retry_after_s=error.retry_after_s, most=LIMIT) from None


async def _receive(id: UUID, facts: dict[str, Any], target: Target, to: Addressee, *, author: UUID, by: UUID) -> Case:
    """Keep a new case with its first step; handlers of the unit hear of it."""
    row = {
        "id": id, "code": await steps.code("GY", table="feedback"), "document": target.document,
        "edition": target.edition, "ordinal": target.ordinal, "anchor": target.anchor, "author": author,
        "author_unit": await memberships.unit_of(author, clock.today()), "sent_to": to.chosen, "unit": to.receiver,
        "state": RECEIVED, "version": 1, "answer": "", "asked_again": "", "received_at": clock.now(),
        "due_on": due_on(), "rating": 0, "rating_words": "", **facts,
    }  # fmt: skip
    places = ", ".join("{}" for _ in row)
    await database.execute(f"INSERT INTO feedback ({', '.join(row)}) VALUES ({places})", *row.values())
    made = await steps.find(id)
    assert made is not None
    await steps.keep(Step(id, id, "receive", by, to.receiver))
    await steps.note("receive", made, by, **({"comment": made.comment} if made.comment else {}))
    await steps.owe_handlers("feedback.receive", made, id, unit=to.receiver)
    if by != author:
        await steps.owe_author("feedback.receive", made, id)
    return made
