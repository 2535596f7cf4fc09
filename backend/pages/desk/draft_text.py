"""A draft's text: its source, the structure recognised in it with every doubt marked, and changing it by part."""

import uuid
from dataclasses import dataclass
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts import actors
from backend.door.visit import visit_of
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import drafting
from backend.pages.desk.drafting import DONE, Opened, RefusedError
from backend.pages.shell import AnyRequest, form_at, page_at, see_other
from base.catalogue import say
from base.errors import RuleError
from content import fragments, markup, originals, storing
from content.drafts import deciding, writing
from content.drafts.model import ChangedError
from content.extracting import MAX_CHARACTERS
from content.outcomes import Refusal
from content.rendering import printed_label
from content.structure import Part

TEXT, WHOLE = "desk/draft_text.html", "desk/draft_whole.html"
FIRST_CHARS = 110
"""How much of a part is shown in the list of parts."""

DEEPEST = 4


@dataclass(frozen=True)
class Line:
    """A part in the list: its place, its first words, what is doubtful and what was remarked about it."""

    path: str
    anchor: str
    level: int
    kind: str
    label: str
    words: str
    doubts: tuple[str, ...]
    remarks: tuple[dict[str, Any], ...]


@page_at("/desk/drafts/{id:uuid}")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The draft's parts; the one called ``part`` in the address lies open to be changed."""
    desk = await drafting.opened(request, id)
    return forms.fresh(request, TEXT, DONE, **await _facts(request, desk, request.query_params.get("part") or ""))


@form_at("/desk/drafts/{id:uuid}/parts/{anchor:str}")
async def save_part(request: AnyRequest, id: FromPath[uuid.UUID], anchor: FromPath[str]) -> Page | Response[bytes]:
    """Give a part other words; who opened an older state sees both."""
    desk = (await drafting.opened(request, id)).writing()
    typed = await forms.read(request, "seen", "text", length=MAX_CHARACTERS + 1)
    try:
        await writing.rewrite_part(id, anchor, typed["text"], seen=typed["seen"], by=desk.by)
    except (Refusal, RuleError) as error:
        return await _again(request, desk, TEXT, error, typed, await _facts(request, desk, anchor))
    return see_other(f"/desk/drafts/{id}?part={anchor}&done=draft-saved#part-{anchor}")


@page_at("/desk/drafts/{id:uuid}/whole")
async def whole(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page:
    """The whole text in one field."""
    desk = await drafting.opened(request, id)
    text = await writing.text_of(id)
    values = {"text": text, "seen": storing.digest_of(text)}
    told: dict[str, Any] = {"values": values, "theirs": None, "seen_now": ""}
    return forms.fresh(request, WHOLE, **told, **await drafting.head(request, desk, "text"))


@form_at("/desk/drafts/{id:uuid}/whole")
async def save_whole(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Put another text in the place of the whole."""
    desk = (await drafting.opened(request, id)).writing()
    typed = await forms.read(request, "seen", "text", length=MAX_CHARACTERS + 1)
    try:
        await writing.rewrite(id, typed["text"], seen=typed["seen"], by=desk.by)
    except (Refusal, RuleError) as error:
        return await _again(request, desk, WHOLE, error, typed, await drafting.head(request, desk, "text"))
    return see_other(f"/desk/drafts/{id}?done=draft-saved")


async def _again(
    request: AnyRequest, desk: Opened, template: str, error: Refusal | RuleError, typed: dict[str, str],
    context: dict[str, Any],
) -> Page:  # fmt: skip
    """The page with what was typed; if somebody changed it meanwhile, with their words beside."""
    rule = RefusedError(error, "text") if isinstance(error, Refusal) else error
    told: dict[str, Any] = {"theirs": None, "seen_now": ""}
    if isinstance(rule, ChangedError):
        theirs = str(rule.theirs or "")
        told = {"theirs": theirs, "seen_now": storing.digest_of(theirs) if theirs else ""}
    return forms.again(request, template, rule, typed, **{**context, **told})


async def _facts(request: AnyRequest, desk: Opened, opened: str) -> dict[str, Any]:
    pieces = await fragments.pieces_of(desk.draft.edition)
    part = next((each for each in pieces.parts if pieces.anchors[each.path] == opened), None)
    return {
        **await drafting.head(request, desk, "text"), "lines": await _lines(request, desk, pieces), "opened": opened,
        "text": part.text.rstrip() if part else "", "seen": storing.digest_of(part.text) if part else "",
        "source": desk.draft.source, "originals": await originals.originals(desk.draft.edition),
        "loose": _said(request, desk, ""), "theirs": None, "seen_now": "", "general": await _remarks(desk, ""),
    }  # fmt: skip


async def _lines(request: AnyRequest, desk: Opened, pieces: fragments.Pieces) -> list[Line]:
    levels: dict[str | None, int] = {None: 0}
    lines = []
    remarks = await _remarks(desk, None)
    for part in pieces.parts:
        levels[part.path] = levels.get(part.parent, 0) + 1
        anchor = pieces.anchors[part.path]
        lines.append(Line(
            part.path, anchor, min(levels[part.path], DEEPEST), part.kind, printed_label(part) if part.label else "",
            _first_words(part),
            tuple(_said(request, desk, part.path)), tuple(each for each in remarks if each["anchor"] == anchor),
        ))  # fmt: skip
    return lines


def _said(request: AnyRequest, desk: Opened, path: str) -> list[str]:
    language = visit_of(request).language
    return [say(doubt.key, language, **doubt.values) for doubt in desk.draft.doubts if doubt.path == path]


async def _remarks(desk: Opened, anchor: str | None) -> list[dict[str, Any]]:
    """Remarks that are not settled: of one anchor, of the draft as a whole (""), or all (None)."""
    found = [
        each
        for each in await deciding.remarks(desk.draft.edition)
        if each["settled_at"] is None and anchor in (None, each["anchor"])
    ]
    names = await actors.names_of([each["made_by"] for each in found])
    return [{**each, "by": names.get(each["made_by"], "")} for each in found]


def _first_words(part: Part) -> str:
    words = " ".join(markup.plain(f"{part.heading} {part.body}").split())
    return words if len(words) <= FIRST_CHARS else f"{words[:FIRST_CHARS].rsplit(' ', 1)[0]}…"
