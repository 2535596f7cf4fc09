"""What the API says about documents."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from backend.api.digest_shapes import Digest

State = Annotated[
    Literal["in-force", "not-yet", "ended"],
    Meta(description="Whether it is in force today, in Vietnam. Published is not the same as in force."),
]
Begins = Annotated[date | None, Meta(description="First day in force; null when unknown.", examples=["2024-12-22"])]
Ends = Annotated[
    date | None, Meta(description="Last day in force; null while no end is known.", examples=["2030-12-31"])
]
Published = Annotated[
    datetime | None, Meta(description="When readers could first see it (UTC).", examples=["2024-12-24T01:30:00Z"])
]
Slug = Annotated[
    str, Meta(description="Its name in addresses: /documents/{slug}.", examples=["nghi-quyet-57-nq-tw-2024"])
]
Number = Annotated[str, Meta(description="Number and sign as printed.", examples=["57-NQ/TW"])]
Type = Annotated[str, Meta(description="Type of document as printed.", examples=["Nghị quyết"])]
Title = Annotated[
    str,
    Meta(
        description="What it is about, as printed (trích yếu).",
        examples=["về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia"],
    ),
]
Issuer = Annotated[str, Meta(description="Who issued it.", examples=["Bộ Chính trị"])]
Issued = Annotated[date | None, Meta(description="The day it bears; null when it bears none.", examples=["2024-12-22"])]
Topic = Annotated[str, Meta(description='Code from /api/topics; "" for none.', examples=["chuyen-doi-so"])]
Ordinal = Annotated[int, Meta(ge=1, description="Number of the edition, from 1.", examples=[1])]
Path = Annotated[str, Meta(description="Path of a part in its edition, as in quotations.", examples=["dieu-4.khoan-2"])]
Label = Annotated[str, Meta(description='As printed; "" for unnumbered parts.', examples=["Điều 4"])]
Heading = Annotated[str, Meta(description='Heading after the label; "" for none.', examples=["Nguyên tắc thực hiện"])]


class DocumentSummary(Struct, frozen=True):
    """A document in a list, with the dates and state of today."""

    id: Annotated[UUID, Meta(description="Lasting id; /api/library names documents that are gone by it.")]
    slug: Slug
    number: Number
    type: Type
    issuer: Issuer
    issued: Issued
    title: Title
    topic: Topic
    state: State
    effective_from: Begins
    effective_until: Ends
    offline: Annotated[bool, Meta(description="Whether it may be kept on the phone.", examples=[True])]
    published_at: Published


class Count(Struct, frozen=True):
    """How many documents of the reader's have a value."""

    value: Annotated[str, Meta(description="The value to filter by.", examples=["Nghị quyết"])]
    count: Annotated[int, Meta(ge=0, description="Number of documents.", examples=[12])]


class Counts(Struct, frozen=True):
    """Counts over the documents this reader may read, each taken with all filters but its own."""

    total: Annotated[int, Meta(ge=0, description="Documents under all filters together.", examples=[12])]
    types: Annotated[tuple[Count, ...], Meta(description="By type, in Vietnamese order.")]
    issuers: Annotated[tuple[Count, ...], Meta(description="By issuer, in Vietnamese order.")]
    years: Annotated[tuple[Count, ...], Meta(description="By year of issue, newest first.")]
    topics: Annotated[tuple[Count, ...], Meta(description="By topic code.")]
    states: Annotated[tuple[Count, ...], Meta(description="By state today.")]


class DocumentList(Struct, frozen=True):
    """One page of documents."""

    items: Annotated[tuple[DocumentSummary, ...], Meta(description="In the order asked for.")]
    next: Annotated[
        str | None,
        Meta(
            description="Address of the next page; null on the last.", examples=["/api/documents?limit=20&cursor=eJw"]
        ),
    ]
    counts: Annotated[Counts | None, Meta(description="Only when asked for with counts=true, else null.")]


class EditionLine(Struct, frozen=True):
    """One text that a document has had, has, or will have."""

    ordinal: Ordinal
    state: Annotated[
        Literal["published", "superseded"],
        Meta(description="superseded once a later text was published.", examples=["published"]),
    ]
    standing: State
    effective_from: Begins
    effective_until: Ends
    published_at: Published


class Head(Struct, frozen=True):
    """What the paper says about itself; empty where it says nothing."""

    number: Number
    type: Type
    code: Annotated[str, Meta(description="Abbreviation of the type.", examples=["NQ"])]
    issuer: Issuer
    issued: Issued
    place: Annotated[str, Meta(description="Place of issue.", examples=["Hà Nội"])]
    title: Title
    signer: Annotated[str, Meta(description="Name of the signer.", examples=["Nguyễn Văn A"])]
    capacity: Annotated[str, Meta(description="Capacity in which it was signed.", examples=["T/M BỘ CHÍNH TRỊ"])]
    signer_title: Annotated[str, Meta(description="Office of the signer.", examples=["TỔNG BÍ THƯ"])]
    effective: Annotated[date | None, Meta(description="Day of effect as printed.", examples=["2024-12-22"])]
    urgency: Annotated[str, Meta(description="Degree of urgency as printed.", examples=["HỎA TỐC"])]
    recipients: Annotated[
        tuple[str, ...], Meta(description="Nơi nhận, line by line.", examples=[["Các tỉnh ủy, thành ủy"]])
    ]


class ContentsLine(Struct, frozen=True):
    """A line of the table of contents."""

    path: Path
    label: Label
    heading: Heading
    level: Annotated[int, Meta(ge=1, description="Depth, from 1.", examples=[1])]


class Banner(Struct, frozen=True):
    """Something to know before reading; names are empty when it is about this document itself."""

    kind: Annotated[
        str,
        Meta(
            description="next-edition, not-in-force, ended, older-edition, later-edition, replaced, abolished, "
            "amended or supplemented.",
            examples=["amended"],
        ),
    ]
    on: Annotated[date | None, Meta(description="Day from which it holds.", examples=["2026-01-01"])]
    ordinal: Annotated[int | None, Meta(description="Edition it points to.", examples=[2])]
    slug: Annotated[str, Meta(description="The other document, if any.", examples=["quy-dinh-12-qd-tw-2026"])]
    number: Number
    type: Type
    title: Title


class Relation(Struct, frozen=True):
    """What one document does to another."""

    kind: Annotated[
        Literal["amends", "supplements", "replaces", "abolishes", "guides", "implements", "cites"],
        Meta(description="What the one does to the other.", examples=["amends"]),
    ]
    number: Number
    slug: Annotated[
        str,
        Meta(description='"" when the other is not here or not for this reader.', examples=["quy-dinh-31-qd-tw-2021"]),
    ]
    type: Type
    title: Title
    effective_from: Annotated[
        date | None,
        Meta(description="Among incoming ones: first day of the other; else null.", examples=["2026-07-01"]),
    ] = None


class Document(Struct, frozen=True):
    """A document laid open at one of its editions."""

    document: DocumentSummary
    edition: EditionLine
    editions: Annotated[tuple[EditionLine, ...], Meta(description="All editions, newest first.")]
    head: Head
    contents: tuple[ContentsLine, ...]
    html: Annotated[
        str,
        Meta(
            description="The text as sanitised HTML; each part is an element whose id is its path.",
            examples=['<section id="dieu-1"><h3>Điều 1. Phạm vi điều chỉnh</h3></section>'],
        ),
    ]
    banners: tuple[Banner, ...]
    relations: Annotated[tuple[Relation, ...], Meta(description="What this document does to others, by number.")]
    incoming: Annotated[
        tuple[Relation, ...],
        Meta(description="What others do to this document, as far as the reader may know; the latest 50 that cite it."),
    ]
    digest: Annotated[Digest | None, Meta(description="Its text in a few points; null while nobody approved any.")]


class Crumb(Struct, frozen=True):
    """A part in which another is nested."""

    path: Path
    label: Label
    heading: Heading


class Part(Struct, frozen=True):
    """One part of an edition, ready to be quoted."""

    document: DocumentSummary
    ordinal: Ordinal
    path: Path
    anchor: Annotated[
        str, Meta(description="Follows the text into later editions, where its path may differ.", examples=["k7f2q"])
    ]
    kind: Annotated[str, Meta(description="Kind of part: dieu, khoan, diem, section, item, …", examples=["khoan"])]
    label: Label
    heading: Heading
    text: Annotated[
        str, Meta(description="The verbatim text of the part itself, without those nested in it.", examples=["2. …"])
    ]
    quotation: Annotated[str, Meta(description="How it is cited.", examples=["khoản 2 Điều 4 Quy định 399-QĐ/TW"])]
    link: Annotated[
        str,
        Meta(
            description="Where the citation leads.",
            examples=["/documents/quy-dinh-399-qd-tw-2025/editions/1#dieu-4.khoan-2"],
        ),
    ]
    previous: Annotated[str | None, Meta(description="Path of the part before.", examples=["dieu-4.khoan-1"])]
    next: Annotated[str | None, Meta(description="Path of the part after.", examples=["dieu-4.khoan-3"])]
    crumbs: Annotated[tuple[Crumb, ...], Meta(description="Parts it is nested in, outermost first.")]
