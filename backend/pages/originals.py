"""The files that a document's text was taken from, for whoever may read the document."""

from typing import Any

from litestar import Response
from litestar.params import FromPath

from backend.door.files import attachment
from backend.door.visit import visit_of
from backend.pages.shell import AnyRequest, page_at
from base.errors import NotFoundError
from content import originals, reading


@page_at("/documents/{slug:str}/editions/{ordinal:str}/originals/{role:str}")
async def original(
    request: AnyRequest, slug: FromPath[str], ordinal: FromPath[str], role: FromPath[str]
) -> Response[Any]:
    """One of the files kept with an edition, byte for byte."""
    if not ordinal.isdecimal() or len(ordinal) > 6:
        raise NotFoundError
    found = await reading.edition(slug, int(ordinal), scopes=visit_of(request).scopes)
    kept = next((each for each in found.originals if each.role == role), None)
    if kept is None:
        raise NotFoundError
    return attachment(originals.path(kept), kept.name)
