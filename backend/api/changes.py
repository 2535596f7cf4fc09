"""What changed between two editions, for programs. The same scopes as the pages."""

from msgspec import convert

from backend.api import change_shapes as shapes
from backend.api import document_shapes
from backend.api.answers import AnyRequest, at, encoded
from backend.api.documents import PATH
from backend.api.parameters import Earlier, Later, Slug
from backend.door.answering import Answer, Kept
from backend.door.remembered import Shelf
from backend.door.visit import visit_of
from content import comparing

_shelf = Shelf("content")


@at(
    f"{PATH}/{{slug:str}}/changes",
    tag="documents",
    summary="What changed between two editions",
    problems=(404, 422),
    moves=True,
)
async def changes(
    request: AnyRequest, slug: Slug, earlier: Earlier = None, later: Later = None
) -> Answer[shapes.Changes]:
    """An edition compared with an earlier one, part by part and word by word.

    Without `to` it is the text in force today; without `from` the edition issued before it. Where there is none before,
    or `from` is not earlier, or this reader may not read the document, there is nothing here.
    """
    found = await comparing.changes(slug, later, scopes=visit_of(request).scopes, since=earlier)
    return await _shelf.answer(request, (slug, found.etag), lambda: _told(found))


async def _told(found: comparing.Changes) -> Kept:
    comparison = found.comparison
    return encoded(
        shapes.Changes(
            document=convert(found.reading.document, document_shapes.DocumentSummary, from_attributes=True),
            older=convert(found.since, document_shapes.EditionLine, from_attributes=True),
            newer=convert(found.reading.edition, document_shapes.EditionLine, from_attributes=True),
            note=found.note,
            counts=convert(comparison.counts, shapes.ChangeCounts, from_attributes=True),
            words_added=comparison.words_added,
            words_removed=comparison.words_removed,
            words=comparison.words,
            percent=comparison.percent,
            changes=convert(comparison.changes, tuple[shapes.Change, ...], from_attributes=True),
        )
    )
