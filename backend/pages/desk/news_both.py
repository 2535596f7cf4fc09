"""Two versions of one item: in what they differ, and how it stands in the one that somebody else saved meanwhile."""

from typing import Any

from backend.accounts import actors
from backend.door.visit import visit_of
from backend.pages import audience_words
from backend.pages.desk import news_form
from backend.pages.desk.news_form import Typed
from backend.pages.desk.timeline import who
from backend.pages.shell import AnyRequest
from backend.pages.views import topic_names, unit_name
from base.catalogue import say
from content.newsroom.model import Manuscript

COMPARED = (
    "title", "standfirst", "body", "cover", "cover_alt", "topic", "unit", "audience", "pinned", "pinned_until",
    "publish_day", "publish_time",
)  # fmt: skip


async def told(request: AnyRequest, typed: Typed, theirs: Manuscript) -> dict[str, Any]:
    """Who saved the other version, when, and each field in which it is not as it was typed: its name, and their words
    ("" for nothing).
    """
    names, stands = await actors.names_of([theirs.saved_by]), news_form.filled(theirs.sheet, theirs.version)
    words = {**stands, **await _in_words(request, theirs)}
    differing = [(name.replace("_", "-"), words[name]) for name in COMPARED if stands[name] != _plain(typed, name)]
    return {
        "name": who(theirs.saved_by, names, visit_of(request).language),
        "at": theirs.saved_at,
        "differing": differing,
    }


def _plain(typed: Typed, name: str) -> str:
    return typed.get(name, "").strip() or (news_form.MORNING if name == "publish_time" else "")


async def _in_words(request: AnyRequest, theirs: Manuscript) -> dict[str, str]:
    """What is not typed as text, as people call it."""
    sheet, language = theirs.sheet, visit_of(request).language
    topics, audience = await topic_names(language), await audience_words.lines(sheet.audience, language)
    until = sheet.pinned_until
    return {
        "cover": say("shell-yes" if sheet.cover else "shell-no", language),
        "topic": topics.get(sheet.topic, ""), "unit": await unit_name(sheet.unit, language),
        "audience": "; ".join(line.words for line in audience),
        "pinned": say("shell-yes" if sheet.pinned else "shell-no", language),
        "pinned_until": f"{until:%d/%m/%Y}" if until else "",
    }  # fmt: skip
