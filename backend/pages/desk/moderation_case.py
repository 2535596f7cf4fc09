"""One comment before a moderator: taken up, decided on, its appeal answered."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.discussion.comment_model import CommentChangedSinceError
from backend.discussion.feedback import sending
from backend.door.visit import visit_of
from backend.moderation import appealing, cases, claiming, deciding, queue
from backend.moderation.cases import Opened
from backend.moderation.model import APPEALED, KINDS
from backend.pages import forms, rule_words
from backend.pages.answer import Page
from backend.pages.desk import moderating
from backend.pages.desk.moderating import DONE, PATH
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.errors import RuleError

TEMPLATE = "desk/moderation_case.html"
LENGTH = 200_000
"""What was typed is kept in the form even where it is far too long to be taken."""


@page_at(f"{PATH}/{{id:uuid}}")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The comment with all that is known of it."""
    found = await moderating.opened(request, id)
    return forms.fresh(request, TEMPLATE, DONE, **await _context(request, found))


@form_at(f"{PATH}/{{id:uuid}}/claim")
async def claim(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Take it up, so that others see who is looking at it."""
    found = await moderating.deciding(request, id)
    try:
        await claiming.claim(id, by=found.reader.member_id)
    except RuleError as error:
        return await _again(request, id, error, {})
    return see_other(f"{PATH}/{id}?done=moderation-claimed")


@form_at(f"{PATH}/{{id:uuid}}/release")
async def release(request: AnyRequest, id: FromPath[uuid.UUID]) -> Response[bytes]:
    """Leave it to others."""
    found = await moderating.deciding(request, id)
    await claiming.release(id, by=found.reader.member_id)
    return see_other(f"{PATH}?done=moderation-released")


@form_at(f"{PATH}/{{id:uuid}}/decision")
async def decide(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Decide on the revision that was seen; when there is another by now, both are shown."""
    found = await moderating.deciding(request, id)
    typed = await forms.read(request, "id", "revision", "verdict", "reason", "remark", "next", length=LENGTH)
    try:
        await deciding.decide(
            forms.id_of(typed["id"]), id, revision=_number(typed["revision"]), verdict=typed["verdict"],
            reason=typed["reason"], remark=typed["remark"], by=found.reader.member_id,
        )  # fmt: skip
    except RuleError as error:
        return await _again(request, id, error, typed)
    return see_other(await _onward(found, typed["next"], "moderation-decided"))


@form_at(f"{PATH}/{{id:uuid}}/feedback")
async def move(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Make feedback of it, for the unit that answers; the comment itself is still to be decided on."""
    found = await moderating.deciding(request, id)
    try:
        await sending.from_comment(id, by=found.reader.member_id)
    except RuleError as error:
        return await _again(request, id, error, {})
    return see_other(f"{PATH}/{id}?done=moderation-moved")


@form_at(f"{PATH}/{{id:uuid}}/appeals/{{appeal:uuid}}")
async def answer(request: AnyRequest, id: FromPath[uuid.UUID], appeal: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Decide on an appeal, in writing."""
    found = await moderating.deciding(request, id)
    typed = await forms.read(request, "outcome", "answer", "next", length=LENGTH)
    try:
        await appealing.answer(id, appeal, outcome=typed["outcome"], words=typed["answer"], by=found.reader.member_id)
    except RuleError as error:
        return await _again(request, id, error, typed)
    return see_other(await _onward(found, typed["next"], "moderation-answered"))


async def _onward(found: Opened, to_next: str, done: str) -> str:
    """Where it goes on: with the next that waits, if that was wished."""
    if to_next:
        rows = (await queue.waiting(queue.view(found.reader), limit=1)).rows
        if rows:
            return f"{PATH}/{rows[0].case.comment.id}?done={done}"
    return f"{PATH}?done={done}"


async def _again(request: AnyRequest, id: uuid.UUID, error: RuleError, typed: dict[str, str]) -> Page:
    """The page once more as things stand now; whoever sends it again has seen what is there."""
    found, seen = await moderating.deciding(request, id), None
    if isinstance(error, CommentChangedSinceError):
        seen = await cases.words_of(id, _number(typed["revision"]))
    context = {**await _context(request, found), "seen": seen}
    return forms.again(request, TEMPLATE, error, typed, **context)


async def _context(request: AnyRequest, found: Opened) -> dict[str, Any]:
    language, case = visit_of(request).language, found.case
    [told] = await moderating.shown([case], found.reader, language)
    against_own = case.last is not None and case.last.by == found.reader.member_id and APPEALED in case.kinds
    return {
        **told, "age": moderating.age(case.comment.created_at, language), "decides": found.decides,
        "kinds": [kind for kind in KINDS if kind in case.kinds], "against_own": against_own, "seen": None,
        "waits": found.decides and bool(set(case.kinds) - {APPEALED}),
        "answers": found.decides and APPEALED in case.kinds and not against_own,
        "reasons_to_cite": rule_words.options(language), "verdicts": moderating.VERDICTS,
        "new_id": uuid.uuid4(), "moved": await sending.made_of(case.comment.id), "base": f"{PATH}/{case.comment.id}",
    }  # fmt: skip


def _number(typed: str) -> int:
    """The revision that was seen; one that there is not when the form says none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 6 else 0
