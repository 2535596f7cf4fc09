"""Papers of a meeting at the desk: bringing one, looking at it, taking it away."""

import uuid
from functools import partial
from typing import Any

from litestar import Response, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from backend.accounts.scopes import shared_in
from backend.meetings import papers, reading
from backend.pages import forms
from backend.pages.answer import Page
from backend.pages.desk import preparing
from backend.pages.desk.preparing import Opened
from backend.pages.meetings import sent
from backend.pages.shell import AnyRequest, form_at, page_at
from base.errors import InvalidError
from content.extracting import MAX_BYTES

upload_at = partial(post, status_code=200, include_in_schema=False, request_max_body_size=MAX_BYTES + 2**20)


@upload_at("/desk/meetings/{id:uuid}/papers")
async def bring(request: AnyRequest, id: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Keep a file that its bringer says is not classified."""
    await preparing.opened(request, id)
    typed, form = await forms.read(request, "id", "item", "unclassified"), await request.form()
    file = form.get("file")

    async def act(desk: Opened) -> None:
        if not isinstance(file, UploadFile) or not file.filename:
            raise InvalidError.of("file", "meeting-paper-missing")
        await papers.bring(
            forms.id_of(typed["id"]), id, await file.read(), file.filename, item=typed["item"],
            is_unclassified=bool(typed["unclassified"]), by=desk.by,
        )  # fmt: skip

    return await preparing.do(request, id, act, "brought", typed, panel="paper", at="#papers")


@page_at("/desk/meetings/{id:uuid}/papers/{paper:uuid}")
async def paper(request: AnyRequest, id: FromPath[uuid.UUID], paper: FromPath[uuid.UUID]) -> Response[Any]:
    """A paper, byte for byte."""
    desk = await preparing.opened(request, id)
    return sent(await reading.laid(desk.meeting, scopes=await shared_in(desk.meeting.unit)), paper)


@form_at("/desk/meetings/{id:uuid}/papers/{paper:uuid}/removal")
async def remove(request: AnyRequest, id: FromPath[uuid.UUID], paper: FromPath[uuid.UUID]) -> Page | Response[bytes]:
    """Take it from the meeting."""
    return await preparing.do(request, id, lambda desk: papers.remove(paper, id, by=desk.by), "removed", at="#papers")
