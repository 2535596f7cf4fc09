"""By what a list of documents can be narrowed, and how it is ordered."""

from typing import Annotated, Final, Literal

from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from backend.api.parameters import PLAIN

Type = Annotated[
    str,
    QueryParameter(
        max_length=60, pattern=PLAIN, description="Only this type, as printed.", examples=[Example(value="Nghị quyết")]
    ),
]
Issuer = Annotated[
    str,
    QueryParameter(
        max_length=300, pattern=PLAIN, description="Only this issuer, by its present name or a former one.",
        examples=[Example(value="Bộ Chính trị")],
    ),
]  # fmt: skip
Year = Annotated[
    int | None,
    QueryParameter(ge=1, le=9999, description="Only issued in this year.", examples=[Example(value=2026)]),
]
Standing = Annotated[
    Literal["in-force", "not-yet", "ended"] | None,
    QueryParameter(name="state", description="Only in this state today.", examples=[Example(value="in-force")]),
]
Words = Annotated[
    str,
    QueryParameter(
        max_length=200, pattern=PLAIN, examples=[Example(value="nghi quyet 57")],
        description="Only those whose number and title hold words that begin so, with or without marks.",
    ),
]  # fmt: skip

Sort = Annotated[
    Literal["newest", "title", "number", "issuer"],
    QueryParameter(
        description="Order: by date of issue (newest first), or by title, number or issuer in Vietnamese order.",
        examples=[Example(value="newest")],
    ),
]
WithCounts = Annotated[
    bool, QueryParameter(description="Whether to count for narrowing, too.", examples=[Example(value=True)])
]

CALLED: Final = {"standing": "state", "earlier": "from", "later": "to"}
"""Parameters that the framework's errors call by another name than the one in addresses (`state` and `from` are
taken)."""
