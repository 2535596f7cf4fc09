"""Quotations for programs: which document or part is meant, of what the reader may read."""

from typing import Annotated, Final

from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from msgspec import convert

from backend.api.answers import AnyRequest, at, encoded
from backend.api.citation_shapes import Resolution
from backend.api.parameters import PLAIN
from backend.door.answering import Answer, Kept
from backend.door.remembered import Shelf
from backend.door.visit import visit_of
from content import audiences
from content import citations as content_citations
from content.citations import Near
from content.quotations.reading import LENGTH

PLACE: Final = r"^([a-z0-9-]{1,160}@[0-9]{1,5}(\.[a-z0-9.-]{1,300})?)?$"

Text = Annotated[
    str,
    QueryParameter(
        min_length=1, max_length=LENGTH, pattern=PLAIN, examples=[Example(value="khoản 2 Điều 1 Nghị quyết 57-NQ/TW")],
        description="The quotation, in any spelling, with or without marks.",
    ),
]  # fmt: skip
Place = Annotated[
    str,
    QueryParameter(
        pattern=PLACE, max_length=500, examples=[Example(value="nghi-quyet-57-nq-tw-2024@1.dieu-1.khoan-2")],
        description="Where it was read, as slug@edition.path: what “this regulation” and “this article” are. A number "
        "that several documents bear is then the one that this document's issuer means.",
    ),
]  # fmt: skip

_answers = Shelf("content")


@at("/api/citations/resolve", tag="documents", summary="What a quotation names", problems=(422,))
async def resolve(request: AnyRequest, text: Text, near: Place = "") -> Answer[Resolution]:
    """The document or part that `text` names.

    What this reader may not read is as if it were not here. Of several editions the one in force answers, or the newest
    other one that has such a part.
    """
    scopes = visit_of(request).scopes & await audiences.used()
    return await _answers.answer(request, (scopes, text, near), lambda: _resolved(scopes, text, near))


async def _resolved(scopes: frozenset[str], text: str, near: str) -> Kept:
    found = await content_citations.resolve(text, scopes=scopes, near=Near.of(near))
    return encoded(convert(found, Resolution, from_attributes=True))
