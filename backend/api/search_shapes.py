"""What the API says about what was found."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from backend.api.document_shapes import Counts, DocumentSummary
from backend.api.feedback_shapes import PublishedAnswer


class Snippet(Struct, frozen=True):
    """The words around what was found."""

    text: Annotated[
        str, Meta(description="Plain text; … where it was cut.", examples=["… mỗi xã có một tổ công nghệ cộng đồng …"])
    ]
    marks: Annotated[
        tuple[tuple[int, int], ...],
        Meta(
            description="Where the words that were asked for stand in `text`: [start, end) in code points.",
            examples=[[[18, 30]]],
        ),
    ]


class FoundPart(Struct, frozen=True):
    """The part of a document that says it best."""

    path: Annotated[str, Meta(description="Path of the part.", examples=["iii.2"])]
    label: Annotated[str, Meta(description='How it is cited within its document; "" for none.', examples=["mục III.2"])]
    heading: Annotated[
        str, Meta(description='Heading it stands under; "" for none.', examples=["Phát triển hạ tầng số"])
    ]
    url: Annotated[
        str,
        Meta(description="Opens the document at this part.", examples=["/documents/nghi-quyet-57-nq-tw-2024#iii.2"]),
    ]


class FoundDocument(Struct, frozen=True):
    """A document that was found."""

    document: DocumentSummary
    url: Annotated[str, Meta(description="Opens the document.", examples=["/documents/nghi-quyet-57-nq-tw-2024"])]
    part: Annotated[FoundPart | None, Meta(description="Null when it was found by its number or title.")]
    snippet: Snippet


class FoundList(Struct, frozen=True):
    """One page of what was found."""

    items: Annotated[tuple[FoundDocument, ...], Meta(description="The best first.")]
    total: Annotated[int, Meta(ge=0, description="How many documents were found under all filters.", examples=[12])]
    loose: Annotated[
        bool,
        Meta(description="True when no document has enough of the words: these have some of them.", examples=[False]),
    ]
    counts: Counts
    meant: Annotated[
        str,
        Meta(
            description="The query with accents restored or slips mended, to be offered instead; "
            '"" when there is nothing better.',
            examples=["chuyển đổi số"],
        ),
    ]
    answers: Annotated[
        tuple[PublishedAnswer, ...],
        Meta(description="Published answers that say all the words, the newest first; on the first page only."),
    ]
    next: Annotated[
        str | None,
        Meta(description="Address of the next page; null on the last.", examples=["/api/search?q=so&limit=5&offset=5"]),
    ]


class Suggestion(Struct, frozen=True):
    """What the reader may be about to type."""

    text: Annotated[
        str, Meta(description="What to show.", examples=["Nghị quyết 57-NQ/TW về đột phá phát triển khoa học"])
    ]
    kind: Annotated[
        Literal["document", "words"],
        Meta(description="document: one to open. words: some to look for.", examples=["document"]),
    ]
    number: Annotated[str, Meta(description='Number of the document; "" for words.', examples=["57-NQ/TW"])]
    url: Annotated[str, Meta(description="The page to go to.", examples=["/documents/nghi-quyet-57-nq-tw-2024"])]


class SuggestionList(Struct, frozen=True):
    """Documents first, then words."""

    items: Annotated[tuple[Suggestion, ...], Meta(description="Nothing that this reader may not know of.")]
