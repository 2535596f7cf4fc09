"""Merging a topic into another: the choice, what would move, then the act."""

from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import filing, topics
from backend.pages.desk.topmost import Desk
from backend.pages.shell import AnyRequest, form_at, personal, see_other
from base.errors import InvalidError, NotFoundError, RuleError
from content import arranging, merging
from content import topics as content_topics

PREVIEW = "desk/topic_preview.html"


@form_at("/desk/topics/{code:str}/merger")
async def merge(request: AnyRequest, code: FromPath[str]) -> Page | Response[bytes]:
    """Show what would move or, when that was confirmed, do it. The same again changes nothing."""
    desk = (await filing.opened(request)).changing()
    typed = await forms.read(request, "into", "reason", "confirmed", "back")
    try:
        if typed["confirmed"]:
            await merging.merge(code, into=typed["into"], reason=typed["reason"], by=desk.by)
            return see_other("/desk/topics?done=topic-merged")
        context = await _context(request, desk, code)
        if typed["back"]:
            values = {**context.pop("values"), **typed}
            return forms.fresh(request, topics.ONE, values=values, **context)
        into = _chosen(context, typed["into"])
        reason = merging.tidy_reason(typed["reason"])
    except RuleError as error:
        return await topics.again(request, desk, code, error, typed)
    names = dict(context["others"])
    return personal(request, PREVIEW, **context, into=into, into_name=names[into], reason=reason)


async def _context(request: AnyRequest, desk: Desk, code: str) -> dict[str, Any]:
    context = await topics.facts(request, desk, code)
    if context is None:
        raise NotFoundError if await content_topics.current(code) == code else arranging.MergedError
    return context


def _chosen(context: dict[str, Any], into: str) -> str:
    """The topic that is to take it in, as the form offers it."""
    if into not in dict(context["others"]):
        raise InvalidError.of("into", "topic-target-missing")
    return into
