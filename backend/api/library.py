"""The library that a phone keeps for reading without a network: what to put in, what to take out."""

from typing import Annotated
from uuid import UUID

from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from msgspec import Meta, Struct, convert, structs

from backend.accounts.forest import Forest
from backend.accounts.standing import forest
from backend.api import digest_shapes
from backend.api import document_shapes as shapes
from backend.api.answers import AnyRequest, at, encoded
from backend.api.parameters import PLAIN
from backend.door.answering import Answer, answer
from backend.door.visit import visit_of
from content import library as content_library
from content.library_rows import Item

Since = Annotated[
    str,
    QueryParameter(
        max_length=16_000, pattern=PLAIN, examples=[Example(value="")],
        description="The `cursor` of the last batch that was put away; empty the first time. One that means nothing "
        "(any more) is answered with `reset`.",
    ),
]  # fmt: skip
BatchLimit = Annotated[
    int,
    QueryParameter(
        ge=1, le=200, description="About how many documents in one batch, 1 to 200.", examples=[Example(value=50)]
    ),
]


class LibraryItem(Struct, frozen=True):
    """A document as the phone keeps it: the text in force, or else the one to come."""

    id: Annotated[UUID, Meta(description="Lasting id, by which it is later said to be gone.")]
    slug: shapes.Slug
    number: shapes.Number
    type: shapes.Type
    issuer: shapes.Issuer
    issued: shapes.Issued
    title: shapes.Title
    topic: shapes.Topic
    state: shapes.State
    effective_from: shapes.Begins
    effective_until: shapes.Ends
    edition: shapes.Ordinal
    head: shapes.Head
    contents: tuple[shapes.ContentsLine, ...]
    html: Annotated[str, Meta(description="The text as sanitised HTML.", examples=['<section id="dieu-1">…</section>'])]
    banners: Annotated[
        tuple[shapes.Banner, ...],
        Meta(description="What to know before reading, as of today; it is sent again when that changes."),
    ]
    digest: Annotated[
        digest_shapes.Digest | None,
        Meta(description="Its text in a few points, sent again when they change; null while nobody approved any."),
    ]
    former: Annotated[
        tuple[str, ...],
        Meta(description="Names in addresses that it had before, which lead to it.", examples=[[]]),
    ] = ()


class Library(Struct, frozen=True):
    """One batch. Put away `items` and remove `gone`, then remember `cursor`."""

    items: Annotated[tuple[LibraryItem, ...], Meta(description="Documents to put in, or to put in again.")]
    gone: Annotated[tuple[UUID, ...], Meta(description="Documents to take out, by id.")]
    cursor: Annotated[str, Meta(description="What to ask with next time, as `since`.", examples=["eJwzNAQAAJcAZQ"])]
    reset: Annotated[bool, Meta(description="Forget everything kept before putting this away.", examples=[False])]
    more: Annotated[bool, Meta(description="Ask again at once: there is more.", examples=[False])]


@at("/api/library", tag="library", summary="What changed in the reader's library", problems=(422,))
async def library(request: AnyRequest, since: Since = "", limit: BatchLimit = 50) -> Answer[Library]:
    """Documents that may be kept offline and that this reader may read (a visitor: the public ones), since a cursor.

    The cursor remembers for whom it was made: when a reader's scopes change, what they lost is in `gone`.
    """
    batch = await content_library.changes_since(since or None, visit_of(request).scopes, limit)
    tree = await forest()
    items = tuple(_item(item, tree) for item in batch.items)
    return await answer(
        request, encoded(Library(items, batch.gone, batch.cursor, reset=batch.reset, more=batch.more))
    )  # fmt: skip


def _item(item: Item, tree: Forest) -> LibraryItem:
    plain = convert(structs.replace(item, digest=None), LibraryItem, from_attributes=True)
    return structs.replace(plain, digest=digest_shapes.told(item.digest, tree))
