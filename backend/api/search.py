"""Searching for programs: documents by what they say, best first, and what a reader may be about to type.

Answers are made anew each time. They hang not only on the content but on how far this machine's index has come, and on
the moments at which audiences begin and end; what remembers answers knows of the first alone, and would go on telling
what was found before a document was indexed.
"""

from typing import Annotated, Final
from urllib.parse import quote

from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from msgspec import convert

from backend.accounts.forest import Forest
from backend.accounts.standing import forest
from backend.api import search_shapes as shapes
from backend.api.answers import AnyRequest, address, at, encoded
from backend.api.document_shapes import Counts, DocumentSummary
from backend.api.feedback import answered
from backend.api.narrowing import Issuer, Standing, Type, Year
from backend.api.parameters import PLAIN, Limit, Topic
from backend.discussion.feedback import answers
from backend.discussion.feedback.answers import Published
from backend.door.answering import Answer, answer
from backend.door.visit import visit_of
from content import search as content_search
from content.rows import Filters
from content.search import CHARS, DEEPEST, Found, FoundPage, Snippet, Suggestion

PATH: Final = "/api/search"

Typed = Annotated[
    str,
    QueryParameter(
        min_length=1, max_length=CHARS, pattern=PLAIN, examples=[Example(value="nghi quyet 57")],
        description="What is looked for: words of the text or title, or a number in any spelling; with or without "
        "accents.",
    ),
]  # fmt: skip
Offset = Annotated[
    int,
    QueryParameter(
        ge=0, le=DEEPEST, examples=[Example(value=0)],
        description="How many of the best to pass over; the `next` address of the page before says it.",
    ),
]  # fmt: skip
FewLimit = Annotated[
    int, QueryParameter(ge=1, le=20, description="Most suggestions, 1 to 20.", examples=[Example(value=8)])
]


@at(PATH, tag="search", summary="Documents by what they say", problems=(422,))
async def search(  # noqa: PLR0913 - what is wrong is named all at once only when it is asked for in one place
    request: AnyRequest,
    *,
    q: Typed,
    type: Type = "",
    issuer: Issuer = "",
    year: Year = None,
    topic: Topic = "",
    standing: Standing = None,
    offset: Offset = 0,
    limit: Limit = 20,
) -> Answer[shapes.FoundList]:
    """The documents that say `q`, best first, each with the part that says it best.

    Only what this reader may read is found, counted and offered. A document that is asked for by its number comes
    first. 503 with Retry-After while the index is being made.
    """
    filters = Filters(type=type, issuer=issuer, year=year, topic=topic, state=standing or "")
    found = await content_search.search(q, scopes=visit_of(request).scopes, filters=filters, offset=offset, limit=limit)
    asked = {name: getattr(filters, name) for name in filters.__struct_fields__}
    follows = address(PATH, q=q, **asked, limit=limit, offset=offset + limit) if found.more else None
    said = (await answers.find(q, scopes=visit_of(request).scopes)).rows if offset == 0 else ()
    return await answer(request, encoded(_page(found, said, await forest(), follows)))


@at(f"{PATH}/suggest", tag="search", summary="What a reader may be about to type", problems=(422,))
async def suggest(request: AnyRequest, q: Typed, limit: FewLimit = 8) -> Answer[shapes.SuggestionList]:
    """Documents whose number and title hold the words typed so far, the last perhaps only begun; then words that often
    follow. 503 with Retry-After while the index is being made.
    """
    found = await content_search.suggest(q, scopes=visit_of(request).scopes, limit=limit)
    return await answer(request, encoded(shapes.SuggestionList(tuple(map(_suggestion, found)))))


def _page(found: FoundPage, said: tuple[Published, ...], tree: Forest, follows: str | None) -> shapes.FoundList:
    return shapes.FoundList(
        items=tuple(map(_found, found.rows)),
        total=found.total,
        loose=found.is_loose,
        counts=convert(found.facets, Counts, from_attributes=True),
        meant=found.meant,
        answers=tuple(answered(each, tree) for each in said),
        next=follows,
    )


def _found(row: Found) -> shapes.FoundDocument:
    url = f"/documents/{row.document.slug}"
    part = shapes.FoundPart(row.path, row.label, row.heading, f"{url}#{row.path}") if row.path else None
    document = convert(row.document, DocumentSummary, from_attributes=True)
    return shapes.FoundDocument(document, url, part, _snippet(row.snippet))


def _snippet(snippet: Snippet) -> shapes.Snippet:
    return shapes.Snippet(snippet.text, snippet.marks)


def _suggestion(found: Suggestion) -> shapes.Suggestion:
    url = f"/documents/{found.slug}" if found.slug else f"/search?q={quote(found.text)}"
    return shapes.Suggestion(found.text, found.kind, found.number, url)
