"""What the API says about quotations."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from backend.api.document_shapes import DocumentSummary


class Hit(Struct, frozen=True):
    """A document that a quotation may mean, or a part of it."""

    document: DocumentSummary
    ordinal: Annotated[
        int | None,
        Meta(description="Edition of the part; null when the document as it stands is meant.", examples=[1]),
    ]
    path: Annotated[
        str | None,
        Meta(description="Path of the part; null when the whole document is meant.", examples=["dieu-4.khoan-2"]),
    ]
    quotation: Annotated[str, Meta(description="How it is cited.", examples=["khoản 2 Điều 4 Quy định 399-QĐ/TW"])]
    link: Annotated[
        str,
        Meta(description="Where it leads.", examples=["/documents/quy-dinh-399-qd-tw-2025/editions/1#dieu-4.khoan-2"]),
    ]
    term: Annotated[
        str,
        Meta(description='Term of the party congress in which it was issued; "" when unknown.', examples=["XIII"]),
    ]


class Resolution(Struct, frozen=True):
    """What a quotation came to."""

    outcome: Annotated[
        Literal["one", "several", "part-missing", "nothing"],
        Meta(
            description="one: the only hit is meant. several: one of the hits is. part-missing: the hits are documents "
            "without such a part. nothing: no document; hits are those of that number that differ in date, year or "
            "issuer.",
            examples=["one"],
        ),
    ]
    hits: Annotated[tuple[Hit, ...], Meta(description="At most 20, newest first.")]
    understood: Annotated[
        str,
        Meta(
            description='What of the text was understood; "" for nothing.',
            examples=["khoản 2, Điều 4, Quy định số 399"],
        ),
    ]
