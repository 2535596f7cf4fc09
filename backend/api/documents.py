"""Documents for programs: the list, one laid open, one part of it. The same scopes as the pages."""

from typing import Final

from msgspec import convert, structs

from backend.accounts.standing import forest
from backend.api import digest_shapes
from backend.api import document_shapes as shapes
from backend.api.answers import AnyRequest, at, encoded, next_page
from backend.api.narrowing import Issuer, Sort, Standing, Type, WithCounts, Words, Year
from backend.api.parameters import Cursor, Edition, Limit, PartPath, Slug, Topic
from backend.door.answering import Answer, Kept, answer
from backend.door.remembered import Shelf
from backend.door.visit import visit_of
from content import audiences, reading
from content.rows import Filters, Reading

PATH: Final = "/api/documents"

READING_BYTES: Final = 64 * 1024 * 1024
"""How much of laid-open documents a process remembers: some hundred of the longest, some thousand of the usual."""

_lists, _readings = Shelf("content"), Shelf("content", "units", limit_bytes=READING_BYTES)


@at(PATH, tag="documents", summary="Documents, page by page", problems=(422,))
async def documents(  # noqa: PLR0913 - what is wrong is named all at once only when it is asked for in one place
    request: AnyRequest,
    *,
    type: Type = "",
    issuer: Issuer = "",
    year: Year = None,
    topic: Topic = "",
    standing: Standing = None,
    words: Words = "",
    sort: Sort = "newest",
    cursor: Cursor = "",
    limit: Limit = 20,
    counts: WithCounts = False,
) -> Answer[shapes.DocumentList]:
    """The documents this reader may read (a visitor: the public ones), narrowed and sorted.

    Follow `next` for the page after. With `counts=true` it also says how many there are by type, issuer, year, topic
    and state; only what this reader may read is counted.
    """
    filters = Filters(type=type, issuer=issuer, year=year, topic=topic, state=standing or "", words=words)
    scopes = visit_of(request).scopes & await audiences.used()
    asked = (scopes, filters, sort, cursor, limit, counts)
    return await _lists.answer(request, asked, lambda: _list(*asked))


@at(f"{PATH}/{{slug:str}}", tag="documents", summary="A document laid open", problems=(404, 422), moves=True)
async def document(request: AnyRequest, slug: Slug, edition: Edition = None) -> Answer[shapes.Document]:
    """The text in force today, or before its first day the one to come; with `edition` that very text.

    `banners` say what a reader must know first: that another text follows, or that it was amended or replaced.
    """
    scopes = visit_of(request).scopes
    if edition is None:
        found = await reading.edition_in_force(slug, scopes=scopes)
    else:
        found = await reading.edition(slug, edition, scopes=scopes)
    return await _readings.answer(request, (slug, found.etag), lambda: _laid_open(found))


@at(
    f"{PATH}/{{slug:str}}/parts/{{path:str}}",
    tag="documents",
    summary="One part, as it is quoted",
    problems=(404, 422),
    moves=True,
)
async def part(request: AnyRequest, slug: Slug, path: PartPath, edition: Edition = None) -> Answer[shapes.Part]:
    """A part by its path in the edition in force, or in `edition`: its text, its citation, and what is around it."""
    found = await reading.part(slug, path, scopes=visit_of(request).scopes, edition=edition)
    return await answer(request, encoded(convert(found, shapes.Part, from_attributes=True)))


async def _list(scopes: frozenset[str], filters: Filters, sort: str, cursor: str, limit: int, counts: bool) -> Kept:
    page = await reading.documents(scopes=scopes, filters=filters, sort=sort, cursor=cursor or None, limit=limit)
    counted = await reading.facets(scopes=scopes, filters=filters) if counts else None
    asked = {name: getattr(filters, name) for name in filters.__struct_fields__}
    return encoded(
        shapes.DocumentList(
            items=convert(page.rows, tuple[shapes.DocumentSummary, ...], from_attributes=True),
            next=next_page(PATH, page.next, **asked, sort=sort, limit=limit),
            counts=convert(counted, shapes.Counts | None, from_attributes=True),
        )
    )


async def _laid_open(found: Reading) -> Kept:
    plain = convert(structs.replace(found, digest=None), shapes.Document, from_attributes=True)
    return encoded(structs.replace(plain, digest=digest_shapes.told(found.digest, await forest())))
