"""Choosing what is read before a meeting: found by number, words or quotation, ticked in a document's contents."""

import uuid
from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.accounts.scopes import shared_in
from backend.door.visit import visit_of
from backend.meetings import choosing
from backend.meetings.model import NOTE_CHARS
from backend.pages import finding, forms, links
from backend.pages.answer import Page
from backend.pages.desk import preparing
from backend.pages.desk.preparing import Opened
from backend.pages.finding import Wish
from backend.pages.shell import AnyRequest, form_at, named, page_at, see_other
from base.errors import InvalidError, NotFoundError, RuleError
from content import citations, outlines, reading
from content.outlines import Outline

FORM = "desk/meeting_parts.html"
LENGTH = 300
WHOLE = "whole"
"""What the form sends for the whole document; an empty value would be no choice at all."""


@page_at("/desk/meetings/{id:uuid}/parts")
async def shown(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Where parts are looked for, or the document whose parts are ticked."""
    desk = await preparing.opened(request, id)
    if desk.meeting.is_closed:
        return see_other(desk.address)
    given = {name: (request.query_params.get(name) or "")[:LENGTH].strip() for name in ("words", "document", "item")}
    ticked = [path for path in (request.query_params.get("path") or "").split(",") if path]
    values = {"item": given["item"], "paths": ticked, "words": given["words"], "id": str(uuid.uuid4())}
    return forms.fresh(request, FORM, values=values, **await _facts(request, desk, values, given["document"]))


@form_at("/desk/meetings/{id:uuid}/parts")
async def choose(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Put what was ticked on the list. The same form again adds nothing twice."""
    desk = await preparing.opened(request, id)
    form = await request.form()
    paths = [str(path)[:LENGTH] for path in form.getall("path", [])]
    typed: dict[str, Any] = {**await forms.read(request, "id", "document", "item"), "paths": paths, "words": ""}
    try:
        if not paths:
            raise InvalidError.of("path", "meeting-part-missing")
        await choosing.choose(
            forms.id_of(typed["id"]), id, typed["document"], {_path(path) for path in paths}, item=typed["item"],
            scopes=visit_of(request).scopes, by=desk.by,
        )  # fmt: skip
    except RuleError as error:
        facts = await _facts(request, desk, typed, typed["document"])
        return forms.again(request, FORM, error, typed, **facts)
    return see_other(f"{desk.address}?done=meeting-chosen#agenda")


@form_at("/desk/meetings/{id:uuid}/parts/{part:uuid}")
async def amend(request: AnyRequest, id: FromPath[uuid.UUID], part: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Say for which item it is read, and what to mind in it."""
    typed = await forms.read(request, "item", "note", "version", length=2 * NOTE_CHARS)

    async def act(desk: Opened) -> None:
        version = forms.version_of(typed["version"])
        await choosing.amend(part, id, item=typed["item"], note=typed["note"], version=version, by=desk.by)

    return await preparing.do(request, id, act, "amended", typed, panel=str(part), at=f"#part-{part}")


@form_at("/desk/meetings/{id:uuid}/parts/{part:uuid}/place")
async def place(request: AnyRequest, id: FromPath[uuid.UUID], part: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Let it stand before another one, or at the end."""
    typed = await forms.read(request, "before")

    async def act(desk: Opened) -> None:
        before = None if typed["before"] == "end" else forms.id_of(typed["before"])
        await choosing.place(part, id, before=before, by=desk.by)

    return await preparing.do(request, id, act, "placed", at=f"#part-{part}")


@form_at("/desk/meetings/{id:uuid}/parts/{part:uuid}/removal")
async def drop(request: AnyRequest, id: FromPath[uuid.UUID], part: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Take it from the list."""
    return await preparing.do(request, id, lambda desk: choosing.drop(part, id, by=desk.by), "dropped", at="#agenda")


async def _facts(request: AnyRequest, desk: Opened, values: dict[str, Any], document: str) -> dict[str, Any]:
    opened = await _outline(request, document)
    return {
        **await preparing.head(request, desk), "outline": opened, "whole": WHOLE,
        "is_for_all": opened is not None and await _is_for_all(desk, document),
        "there": [part.path or WHOLE for part in await choosing.chosen(desk.meeting.id) if part.slug == document],
        "items": [("", ""), *((item.id, item.words) for item in desk.meeting.agenda)],
        **(await _found(request, values["words"]) if not document else {"hits": [], "rows": []}),
        "topic": (await named(request))["topic"],
        "url": lambda **more: links.with_query(f"{desk.address}/parts", {"item": values["item"], **more}),
    }  # fmt: skip


async def _outline(request: AnyRequest, document: str) -> Outline | None:
    return await outlines.outline(document, scopes=visit_of(request).scopes) if document else None


async def _is_for_all(desk: Opened, document: str) -> bool:
    """Whether every member of the unit may read the document."""
    shared = await shared_in(desk.meeting.unit)
    return not shared.isdisjoint(await reading.audience_of(document))


async def _found(request: AnyRequest, words: str) -> dict[str, Any]:
    """Parts that the words quote, else documents that say them."""
    scopes = visit_of(request).scopes
    if not words:
        return {"hits": [], "rows": []}
    cited = await citations.resolve(words, scopes=scopes)
    if cited.outcome in ("one", "several"):
        return {"hits": cited.hits, "rows": ()}
    try:
        return {"hits": (), "rows": (await finding.find(Wish(words, {}), scopes)).rows}
    except (InvalidError, NotFoundError):
        return {"hits": (), "rows": ()}


def _path(typed: str) -> str:
    return choosing.WHOLE if typed == WHOLE else typed
