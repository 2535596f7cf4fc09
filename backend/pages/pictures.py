"""Pictures of news in the widths and forms they were made in, for whoever may read one of the news they belong to, and
for the desks of these.
"""

import asyncio

from litestar.params import FromPath

from backend.door.answering import answer
from backend.door.visit import visit_of
from backend.pages.answer import BY_READER, Lasting, Page
from backend.pages.desk import newsdesk
from backend.pages.shell import AnyRequest, page_at
from base.errors import NotFoundError
from content import covers, pictures

KINDS = {"avif": "image/avif", "webp": "image/webp"}


@page_at("/pictures/{id:str}/{name:str}")
async def picture(request: AnyRequest, id: FromPath[str], name: FromPath[str]) -> Page:
    """One form of a picture. An id is made of the content, so what it names never changes."""
    width, _, kind = name.partition(".")
    found = pictures.path(id, int(width), kind) if width.isdecimal() and len(width) < 6 and kind in KINDS else None
    if found is None or not await _may_see(request, id):
        raise NotFoundError
    try:
        content = await asyncio.to_thread(found.read_bytes)
    except FileNotFoundError:
        raise NotFoundError from None
    return await answer(request, Lasting(content, KINDS[kind], freshness=BY_READER))


async def _may_see(request: AnyRequest, id: str) -> bool:
    scopes = visit_of(request).scopes
    return await covers.may_see(id, scopes=scopes) or await newsdesk.may_see_picture(request, id)
