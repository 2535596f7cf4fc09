"""One word that screening looks for: added or changed on one form, never saved over blindly."""

import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import actors
from backend.discussion.screening import words
from backend.discussion.screening.listed import (
    OWN_CHARS,
    RULE_OF,
    WORDS_CHARS,
    Listed,
    Typed,
    WordChangedSinceError,
)
from backend.discussion.screening.model import HOLD, OUTCOMES
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import overlooking, screening
from backend.pages.desk.timeline import acts, who
from backend.pages.desk.topmost import Desk
from backend.pages.shell import AnyRequest, form_at, page_at, personal, see_other
from base.catalogue import say
from base.errors import RuleError

FORM = "desk/screening_word.html"
FIELDS = ("version", "words", "outcome", "reason", "bare", "exceptions", "own")
LENGTH = 200_000
"""What was typed is kept in the form even where it is far too long to be taken."""


@page_at(f"{screening.PATH}/words/new")
async def new(request: AnyRequest) -> Page:
    """An empty form; nothing is kept before it is sent."""
    desk = (await overlooking.opened(request)).changing()
    values = {"version": "0", "outcome": HOLD, "words": request.query_params.get("words") or ""}
    return forms.fresh(request, FORM, values=values, theirs=None, **await _facts(request, desk, uuid.uuid4(), None))


@page_at(f"{screening.PATH}/words/{{id:uuid}}")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The word as it stands, and what was done to it."""
    desk, word = await overlooking.opened(request), await words.word(id)
    return forms.fresh(request, FORM, values=_filled(word), theirs=None, **await _facts(request, desk, id, word))


@form_at(f"{screening.PATH}/words/{{id:uuid}}")
async def save(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Save what was typed, and add the word if there is none by this id. The same form again does nothing twice."""
    desk = (await overlooking.opened(request)).changing()
    typed = await forms.read(request, *FIELDS, length=LENGTH)
    try:
        version = forms.version_of(typed["version"])
        await words.save(id, _typed(typed), version=version, by=desk.by)
    except WordChangedSinceError as error:
        return await _conflict(request, desk, typed, error.theirs)
    except RuleError as error:
        facts = await _facts(request, desk, id, await words.find(id))
        return forms.again(request, FORM, error, typed, theirs=None, **facts)
    return see_other(f"{screening.PATH}?done=screening-word-saved")


def _typed(typed: Mapping[str, str]) -> Typed:
    return Typed(
        RULE_OF.get(typed["reason"], ""), typed["words"], typed["outcome"], typed["reason"], bool(typed["bare"]),
        tuple(typed["exceptions"].splitlines()), typed["own"],
    )  # fmt: skip


def _filled(word: Listed) -> dict[str, str]:
    """A word as it stands in the form's fields."""
    typed = word.typed
    return {
        "version": str(word.version), "words": typed.words, "outcome": typed.outcome, "reason": typed.reason,
        "bare": "1" if typed.bare else "", "exceptions": "\n".join(typed.exceptions), "own": typed.own,
    }  # fmt: skip


async def _conflict(request: AnyRequest, desk: Desk, typed: dict[str, str], theirs: Listed) -> Page:
    """Both: what was typed stays in the form, what stands now is above it. To save again is to choose."""
    language = visit_of(request).language
    names = await actors.names_of([theirs.saved_by])
    told = {
        "name": who(theirs.saved_by, names, language), "at": theirs.saved_at,
        "differing": _differing(_filled(theirs), typed, language),
    }  # fmt: skip
    facts = await _facts(request, desk, theirs.id, theirs)
    values, note = {**typed, "version": str(theirs.version)}, say(WordChangedSinceError.key, language)
    return personal(request, FORM, 409, errors={}, note=note, done=None, values=values, theirs=told, **facts)


def _differing(theirs: Mapping[str, str], mine: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    """What stands now, in words, where it is not what was typed."""
    in_words = {
        "outcome": say(f"screening-word-outcome-{theirs['outcome']}", language),
        "reason": say(f"screening-kind-{theirs['reason']}", language),
        "bare": say("shell-yes" if theirs["bare"] else "shell-no", language),
    }
    return [
        (name, in_words.get(name, theirs[name]))
        for name in FIELDS
        if name != "version" and theirs[name].split() != mine[name].split()
    ]


async def _facts(request: AnyRequest, desk: Desk, id: uuid.UUID, word: Listed | None) -> dict[str, Any]:
    language = visit_of(request).language
    return {
        "base": f"{screening.PATH}/words/{id}", "word": word, "may_change": desk.may_change,
        "outcomes": [(name, say(f"screening-word-outcome-{name}", language), None) for name in reversed(OUTCOMES)],
        "reasons": [(name, say(f"screening-kind-{name}", language)) for name in RULE_OF],
        "lengths": {"words": WORDS_CHARS, "own": OWN_CHARS}, **await _timeline(request, id),
    }  # fmt: skip


async def _timeline(request: AnyRequest, id: uuid.UUID) -> dict[str, Any]:
    """What was done to the word, the last first."""
    path, language = f"{screening.PATH}/words/{id}", visit_of(request).language
    found = await acts(request, path, f"screening-word:{id}")
    lines = [
        {
            "act": entry["act"].partition(".")[2], "at": entry["at"], "by": who(entry["by"], found.names, language),
            "outcome": entry["detail"]["outcome"],
        }
        for entry in found.entries
    ]  # fmt: skip
    return {"timeline": lines, "earlier": found.earlier}
