"""The service worker with the list of files it keeps, and the frames into which it puts what was saved.

Its text changes whenever a file or a frame does: that is how browsers notice a new version.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from litestar import get
from litestar.params import FromPath

from backend.accounts import notifying
from backend.door.answering import HTML, Kept, answer
from backend.door.visit import KEY, visit_of
from backend.pages import assets
from backend.pages.answer import Page
from backend.pages.shell import AnyRequest, draw, page_at
from base.catalogue import LANGUAGES, say
from base.errors import NotFoundError

SCRIPT = "js/service-worker.js"
FRAMES = {
    "saved": "offline.html", "document": "offline_document.html", "meeting": "offline_meeting.html",
    "notices": "offline_notices.html",
}  # fmt: skip
"""Frames by their name in addresses; nothing on them depends on who reads."""

MEDIA_TYPE = "text/javascript; charset=utf-8"
IMPORT = re.compile(r'(?<=from ")\./')
"""Addresses in the script are relative to where it lies, not to where it is served."""

PLACES = {"saved": "/offline", "document": "{path}", "meeting": "{path}", "notices": "/notices"}
"""What a frame says of its own address; the worker fills in that of a document or meeting."""


@dataclass(frozen=True)
class Worker:
    """The script for one state of the files."""

    stamp: int
    script: Kept


_held: list[Worker] = []


@get("/service-worker.js", include_in_schema=False)
async def worker_script(request: AnyRequest) -> Page:
    """The script; asked for anew each time, so that no phone sticks to an old version."""
    stamp = assets.shelf().stamp
    if not _held or _held[0].stamp != stamp:
        _held[:] = [Worker(stamp, Kept(_script(request).encode(), MEDIA_TYPE))]
    return await answer(request, _held[0].script)


@page_at("/offline/{language:str}/{name:str}")
async def frame(request: AnyRequest, language: FromPath[str], name: FromPath[str]) -> Page:
    """A frame in one language, as a guest who has chosen nothing sees it."""
    if language not in LANGUAGES or name not in FRAMES:
        raise NotFoundError
    return await answer(request, Kept(_frame(request, language, name).encode(), HTML))


def _script(request: AnyRequest) -> str:
    held = assets.shelf()
    files = [assets.address(name) for name in held.files if name != SCRIPT]
    named = [(language, name) for language in LANGUAGES for name in FRAMES]
    frames = {f"/offline/{language}/{name}": _frame(request, language, name) for language, name in named}
    digest = hashlib.blake2b(digest_size=8)
    for text in [held.hash, *frames.values()]:
        digest.update(text.encode() + b"\0")
    words = {language: say("push-title-other", language) for language in LANGUAGES}
    facts = {"version": digest.hexdigest(), "statics": held.hash, "files": [*files, *frames], "words": words}
    source = held.files[SCRIPT].body.decode()
    placed = IMPORT.sub(assets.address("js/"), source)
    return f"self.APP = {msgspec.json.encode(facts).decode()};\n{placed}"


def _frame(request: AnyRequest, language: str, name: str) -> str:
    visit = replace(visit_of(request), reader=None, language=language, theme="auto", text_size="normal")
    scope: Any = {**request.scope, KEY: visit, "path": f"/offline/{language}/{name}", "query_string": b""}
    given: dict[str, Any] = {"document": {"current": "documents"}, "saved": {"push_ready": notifying.is_ready()}}
    return draw(type(request)(scope), FRAMES[name], path=PLACES[name], topic=str, **given.get(name, {}))
