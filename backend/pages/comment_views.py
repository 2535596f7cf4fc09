"""Comments as templates take them: who speaks, since when, and why it is not shown to others."""

from typing import Any

from backend.accounts.sessions import Reader
from backend.discussion.comments import province_of
from backend.discussion.threads import Said
from backend.discussion.voices import Voice
from backend.pages.views import unit_name
from base.catalogue import say


async def shown(said: Said, language: str) -> dict[str, Any]:
    """A comment with its answers."""
    return {
        "said": said, "who": await voiced(said.voice, language), "reasons": said.comment.reasons(language),
        "answers": [await shown(answer, language) for answer in said.answers],
    }  # fmt: skip


async def speaker(reader: Reader, language: str, *, named: bool = False) -> str:
    """How a comment of the reader would be signed."""
    unit = await unit_name(await province_of(reader.unit), language)
    return _signed(reader.name if named else "", unit, language)


async def voiced(voice: Voice, language: str) -> str:
    """Who is said to speak."""
    if voice.former:
        return say("comment-former", language)
    return _signed(voice.name, await unit_name(voice.province, language), language)


def _signed(name: str, unit: str, language: str) -> str:
    if name:
        return say("comment-named-yes", language, name=name, unit=unit) if unit else name
    return say("comment-named-no", language, unit=unit) if unit else say("comment-named-no-plain", language)
