"""The topics in their order, with what is filed under each; adding one, and one by itself: renamed, placed, removed."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.door.moving import moved
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import filing
from backend.pages.desk.filing import language_of, use_words
from backend.pages.desk.topmost import Desk
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.errors import NotFoundError, RuleError
from content import arranging, topic_uses, topics
from content.rows import TopicRow
from content.topic_uses import Use

LIST, ONE = "desk/topics.html", "desk/topic.html"
DONE = ("topic-added", "topic-placed", "topic-merged", "topic-removed")
RENAMED = ("topic-renamed",)
FIELDS = ("vi", "en", "seen_vi", "seen_en")


@page_at("/desk/topics")
async def listed(request: AnyRequest) -> Page:
    """All topics, and those that were merged into others."""
    desk = await filing.opened(request)
    return forms.fresh(request, LIST, DONE, **await _all(request, desk))


@form_at("/desk/topics")
async def add(request: AnyRequest) -> Page | Response[bytes]:
    """Add a topic; the same again adds nothing."""
    desk = (await filing.opened(request)).changing()
    typed = await forms.read(request, "vi", "en")
    try:
        await arranging.add(typed["vi"], typed["en"], by=desk.by)
    except RuleError as error:
        return forms.again(request, LIST, error, typed, **await _all(request, desk))
    return see_other("/desk/topics?done=topic-added")


@page_at("/desk/topics/{code:str}")
async def one(request: AnyRequest, code: FromPath[str]) -> Page | Response[bytes]:
    """One topic; by the code of a merged one, the topic that took it in."""
    desk = await filing.opened(request)
    now = await topics.current(code)
    if now != code:
        return moved(f"/desk/topics/{now}")
    context = await facts(request, desk, code)
    if context is None:
        raise NotFoundError
    return forms.fresh(request, ONE, RENAMED, **context)


@form_at("/desk/topics/{code:str}/names")
async def rename(request: AnyRequest, code: FromPath[str]) -> Page | Response[bytes]:
    """Call it otherwise, in both languages."""
    desk = (await filing.opened(request)).changing()
    typed = await forms.read(request, *FIELDS)

    async def act() -> None:
        seen = typed["seen_vi"], typed["seen_en"]
        await arranging.rename(code, typed["vi"], typed["en"], seen=seen, by=desk.by)

    return await do(request, desk, code, act, f"/desk/topics/{code}?done=topic-renamed", typed)


@form_at("/desk/topics/{code:str}/place")
async def place(request: AnyRequest, code: FromPath[str]) -> Page | Response[bytes]:
    """Let it stand after another, or first."""
    desk = (await filing.opened(request)).changing()
    after = (await forms.read(request, "after"))["after"]
    try:
        await arranging.place(code, after=after, by=desk.by)
    except RuleError as error:
        return forms.again(request, LIST, error, {}, **await _all(request, desk))
    return see_other(f"/desk/topics?done=topic-placed#topic-{code}")


@form_at("/desk/topics/{code:str}/removal")
async def remove(request: AnyRequest, code: FromPath[str]) -> Page | Response[bytes]:
    """Remove it while nothing is filed under it."""
    desk = (await filing.opened(request)).changing()

    async def act() -> None:
        await arranging.remove(code, by=desk.by)

    return await do(request, desk, code, act, "/desk/topics?done=topic-removed", {})


async def do(
    request: AnyRequest,
    desk: Desk,
    code: str,
    act: Callable[[], Awaitable[None]],
    address: str,
    typed: Mapping[str, str],
) -> Page | Response[bytes]:
    """Act upon a topic and go on; what stands in the way is told on its page, or on the list when it is gone."""
    try:
        await act()
    except RuleError as error:
        return await again(request, desk, code, error, typed)
    return see_other(address)


async def again(request: AnyRequest, desk: Desk, code: str, error: RuleError, typed: Mapping[str, str]) -> Page:
    """The topic's page with what is wrong, or the list when somebody merged or removed it meanwhile."""
    context = await facts(request, desk, code)
    if context is None:
        return forms.again(request, LIST, error, {}, **await _all(request, desk))
    return forms.again(request, ONE, error, {**context.pop("values"), **typed}, **context)


async def facts(request: AnyRequest, desk: Desk, code: str) -> dict[str, Any] | None:
    """What a topic's page is given; None when there is no such topic."""
    rows = await topics.topics()
    row = next((each for each in rows if each.code == code), None)
    if row is None:
        return None
    language, use = language_of(request), (await topic_uses.uses()).get(code, Use())
    return {
        "row": row,
        "name": name_of(row, language),
        "use": use,
        "use_words": use_words(use, language),
        "others": [(each.code, name_of(each, language)) for each in rows if each.code != code],
        "former": [each for each in await filing.told(await topics.former(), language) if each["row"].topic == code],
        "may_change": desk.may_change,
        "values": {"vi": row.vi, "en": row.en},
    }


def name_of(row: TopicRow, language: str) -> str:
    """What a topic is called."""
    return row.en if language == "en" else row.vi


async def _all(request: AnyRequest, desk: Desk) -> dict[str, Any]:
    rows, uses, language = await topics.topics(), await topic_uses.uses(), language_of(request)
    codes = ["", *(row.code for row in rows)]
    lines = [
        {
            "row": row,
            "name": name_of(row, language),
            "other_name": row.vi if language == "en" else row.en,
            "use_words": use_words(uses.get(row.code, Use()), language),
            "up": codes[at - 1] if at else None,
            "down": codes[at + 2] if at + 1 < len(rows) else None,
        }
        for at, row in enumerate(rows)
    ]
    names = {row.code: name_of(row, language) for row in rows}
    former = await filing.told(await topics.former(), language)
    return {"lines": lines, "names": names, "former": former, "may_change": desk.may_change}
