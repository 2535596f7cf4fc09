"""Publishing an answer: in words without a name, with the consent of whoever asked, and taken back at any time."""

from uuid import UUID, uuid4

from msgspec import Struct

from backend.accounts import actors
from backend.accounts.acts import act
from backend.accounts.standing import forest
from backend.discussion.feedback import answers, steps
from backend.discussion.feedback.answers import Published
from backend.discussion.feedback.model import (
    ANSWER_CHARS,
    TITLE_CHARS,
    Case,
    CaseChangedSinceError,
    NoConsentError,
    NotNowError,
    OwnCaseError,
    Step,
    check_length,
)
from backend.discussion.wording import tidy
from base import clock, database
from base.errors import InvalidError, NotFoundError
from content.naming import words_of

EVERYONE = "members"


class Wording(Struct, frozen=True):
    """What a handler publishes, in words of their own making; ``scope`` only where it is about no document."""

    title: str
    question: str
    answer: str
    scope: str = ""


async def publish(id: UUID, case: UUID, wording: Wording, *, reach: list[int], version: int, by: UUID) -> Published:
    """Publish the answer to a case whose author agreed; again with other words puts these in their place.

    ``reach`` are the units that the handler's role is held for. Raises InvalidError also while the author's name
    stands in the words; NoConsentError, NotNowError, CaseChangedSinceError.
    """
    wording = Wording(*(tidy(getattr(wording, name)[: 4 * ANSWER_CHARS]) for name in wording.__struct_fields__))
    for name, most in (("title", TITLE_CHARS), ("question", ANSWER_CHARS), ("answer", ANSWER_CHARS)):
        check_length(getattr(wording, name), name, most=most)
    step = Step(id, case, "publish", by)
    async with act(case, id):
        is_new = not await steps.taken(step)
        if is_new:
            was = await _publishable(step, version)
            await _check_nameless(was, wording)
            await _check_scope(was, wording, reach)
            await steps.take(was, step)
            await _write(was, wording)
    found = await answers.of_case(case)
    if found is None:
        raise NotFoundError
    if not is_new and (found.title, found.question, found.answer) != (wording.title, wording.question, wording.answer):
        raise CaseChangedSinceError  # other words under the same id, or somebody put others in their place
    return found


async def unpublish(id: UUID, case: UUID, *, version: int, by: UUID) -> None:
    """Take a published answer out of readers' hands."""
    step = Step(id, case, "unpublish", by)
    async with act(case, id):
        if not await steps.taken(step):
            was = await steps.seen(case, version)
            await steps.take(was, step)
            await _withdraw(case)


async def hide(case: Case, *, by: UUID) -> None:
    """The same because its author asked again or agrees no more, in the surrounding transaction."""
    if await _withdraw(case.id):
        await steps.note("unpublish", case, by)


async def scopes_for(case: Case, reach: list[int]) -> list[str]:
    """Whom an answer without a document may be shown to: members of the case's unit and below, or of a unit above
    that the handler's role is held for or reaches; everybody only from the top.
    """
    if case.document is not None:
        return []
    tree, today = await forest(), clock.today()
    line = [unit for unit in tree.path(case.unit, today) if any(tree.reaches(held, unit, today) for held in reach)]
    at_top = any(tree.parent(unit, today) is None for unit in line)
    return [*(f"org:{unit}" for unit in line), *([EVERYONE] if at_top else [])]


async def _publishable(step: Step, version: int) -> Case:
    was = await steps.seen(step.feedback, version)
    if was.author == step.by:
        raise OwnCaseError
    if not was.is_done:
        raise NotNowError
    if not was.consent:
        raise NoConsentError
    return was


async def _check_nameless(case: Case, wording: Wording) -> None:
    name = (await actors.names_of([str(case.author)])).get(str(case.author), "")
    sought = f" {' '.join(words_of(name))} "
    for field in ("title", "question", "answer"):
        if name and sought in f" {' '.join(words_of(getattr(wording, field)))} ":
            raise InvalidError.of(field, "feedback-name-inside")


async def _check_scope(case: Case, wording: Wording, reach: list[int]) -> None:
    if case.document is None and wording.scope not in await scopes_for(case, reach):
        raise InvalidError.of("scope", "feedback-scope-missing")


async def _write(case: Case, wording: Wording) -> None:
    scope = "" if case.document else wording.scope
    key = f" {' '.join(words_of(f'{wording.title} {wording.question} {wording.answer}'))} "
    await database.execute(
        "INSERT INTO published_answer (id, feedback, code, title, question, answer, document, edition, ordinal, "
        "anchor, unit, scope, search_key, published_at) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}) "
        "ON CONFLICT (feedback) DO UPDATE SET title = excluded.title, question = excluded.question, "
        "answer = excluded.answer, unit = excluded.unit, scope = excluded.scope, search_key = excluded.search_key, "
        "withdrawn_at = NULL",
        uuid4(), case.id, await steps.code("TL", table="published_answer"), wording.title, wording.question,
        wording.answer, case.document, case.edition, case.ordinal, case.anchor, case.unit, scope, key, clock.now(),
    )  # fmt: skip


async def _withdraw(case: UUID) -> bool:
    rows = await database.fetch(
        "UPDATE published_answer SET withdrawn_at = {} WHERE feedback = {} AND withdrawn_at IS NULL RETURNING id",
        clock.now(), case,
    )  # fmt: skip
    return bool(rows)
