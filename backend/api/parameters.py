"""Parameters that several addresses take, with what they mean. Parameters nobody knows are ignored."""

from typing import Annotated, Final

from litestar.openapi.spec import Example
from litestar.params import PathParameter, QueryParameter

PLAIN: Final = "^[^\\x00-\\x1f\\x7f]*$"
"""Text without control characters: no database takes them, and no title holds them."""

Slug = Annotated[
    str,
    PathParameter(
        description="Name of the document in addresses; one that it had before is answered with 308.",
        examples=[Example(value="nghi-quyet-57-nq-tw-2024")],
    ),
]
NewsSlug = Annotated[
    str,
    PathParameter(description="Name of the news item in addresses.", examples=[Example(value="hoi-nghi-tinh-uy")]),
]
PartPath = Annotated[
    str,
    PathParameter(description="Path of a part, as in quotations.", examples=[Example(value="dieu-1.khoan-2")]),
]
Edition = Annotated[
    int | None,
    QueryParameter(
        ge=1,
        le=10_000,
        description="Number of an edition; the one in force when not said.",
        examples=[Example(value=1)],
    ),
]
Earlier = Annotated[
    int | None,
    QueryParameter(
        name="from",
        ge=1,
        le=10_000,
        description="Number of the earlier edition; the one issued before the later when not said.",
        examples=[Example(value=1)],
    ),
]
Later = Annotated[
    int | None,
    QueryParameter(
        name="to",
        ge=1,
        le=10_000,
        description="Number of the later edition; the one in force when not said.",
        examples=[Example(value=2)],
    ),
]
Cursor = Annotated[
    str,
    QueryParameter(
        max_length=2_000, pattern=PLAIN,
        description="From the `next` address of the page before; take it as it is.", examples=[Example(value="")],
    ),
]  # fmt: skip
Limit = Annotated[
    int,
    QueryParameter(ge=1, le=100, description="Most items on one page, 1 to 100.", examples=[Example(value=20)]),
]
Topic = Annotated[
    str,
    QueryParameter(
        max_length=60, pattern=PLAIN,
        description="Only this topic: a code from /api/topics, or one that was merged into it.",
        examples=[Example(value="chuyen-doi-so")],
    ),
]  # fmt: skip
