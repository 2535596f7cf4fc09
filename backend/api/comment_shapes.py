"""What the API says about comments, and how one is sent."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from backend.api import document_shapes as shapes
from backend.api.unit_shapes import UnitName

State = Annotated[
    Literal["shown", "waiting", "returned", "hidden", "withdrawn"],
    Meta(description="All states but `shown` are told to the author alone."),
]


class CommentBody(Struct, frozen=True):
    """A comment as it is sent: about a document (with or without a part of it), or about a news item."""

    words: Annotated[
        str,
        Meta(
            min_length=1,
            description="Plain text with line breaks, at most 4,000 characters.",
            examples=["Đề nghị nói rõ hơn thời hạn gửi báo cáo."],
        ),
    ]
    document: Annotated[
        str, Meta(description='Slug of the document; "" for none.', examples=["nghi-quyet-57-nq-tw-2024"])
    ] = ""
    part: Annotated[
        str, Meta(description='Path of the part in that edition; "" for the whole.', examples=["dieu-1.khoan-2"])
    ] = ""
    edition: Annotated[
        int,
        Meta(ge=0, le=10_000, description="Edition that was read; 0 for the one in force today.", examples=[0]),
    ] = 0
    quote: Annotated[str, Meta(description='Words of the part that are meant; "" for all of it.', examples=[""])] = ""
    news: Annotated[str, Meta(description='Slug of the news item; "" for none.', examples=[""])] = ""
    parent: Annotated[
        UUID | None, Meta(description="The comment that is answered; an answer cannot be answered.", examples=[None])
    ] = None
    named: Annotated[
        bool,
        Meta(description="Under the author's name; else as a member of their province.", examples=[False]),
    ] = False
    revision: Annotated[
        int,
        Meta(
            ge=0,
            le=10_000,
            description="0 to write; the revision that was seen, to put other words in its place.",
            examples=[0],
        ),
    ] = 0


class CommentAuthor(Struct, frozen=True):
    """Who speaks, as far as they want it known."""

    name: Annotated[str, Meta(description='"" for a member of the unit.', examples=["Hà Thị Mai"])]
    unit: Annotated[UnitName | None, Meta(description="The author's province.")]
    former: Annotated[bool, Meta(description="Whether the author has left the handbook.", examples=[False])]


class CommentPlace(Struct, frozen=True):
    """Where it stands in the text in force today."""

    path: shapes.Path
    label: Annotated[str, Meta(description='How the part is quoted; "" for the whole.', examples=["khoản 2 Điều 1"])]
    removed: Annotated[bool, Meta(description="Whether the part was taken out since.", examples=[False])]
    removed_on: Annotated[
        date | None, Meta(description="Of which day the edition is that lacks it.", examples=["2026-03-12"])
    ]
    old: Annotated[str, Meta(description='Its words as they were, if it was taken out; else "".', examples=[""])]


class CommentAnswer(Struct, frozen=True):
    """An answer to a comment."""

    id: Annotated[UUID, Meta(description="Its lasting id.")]
    words: Annotated[str, Meta(description='Plain text; "" where only the place is left.', examples=["Tôi đồng ý."])]
    author: CommentAuthor
    mine: Annotated[bool, Meta(description="Whether the reader wrote it.", examples=[False])]
    state: State
    reasons: Annotated[
        tuple[str, ...], Meta(description="Why it waits, in the reader's language; for its author only.", examples=[[]])
    ]
    revision: Annotated[int, Meta(ge=1, description="Grows with each edit.", examples=[1])]
    written_at: Annotated[datetime, Meta(description="When (UTC).", examples=["2026-03-12T02:00:00Z"])]
    edited_at: Annotated[datetime | None, Meta(description="When last edited (UTC); null: never.", examples=[None])]


class Comment(CommentAnswer, frozen=True):
    """A comment, with its first answers."""

    place: Annotated[CommentPlace | None, Meta(description="Null on news.")]
    quote: Annotated[str, Meta(description='The words that are meant; "" for all.', examples=[""])]
    answers: Annotated[tuple[CommentAnswer, ...], Meta(description="The oldest first.")]
    more: Annotated[str | None, Meta(description="Address of all answers, where there are more.", examples=[None])]


class CommentList(Struct, frozen=True):
    """One page of comments."""

    items: Annotated[tuple[Comment, ...], Meta(description="Newest first.")]
    next: Annotated[
        str | None,
        Meta(description="Address of the next page; null on the last.", examples=["/api/comments/mine?cursor=eJw"]),
    ]


class OwnComment(Struct, frozen=True):
    """One of the reader's own comments, in whatever state."""

    id: Annotated[UUID, Meta(description="Its lasting id.")]
    words: Annotated[str, Meta(description="Plain text.", examples=["Đề nghị nói rõ hơn."])]
    state: State
    reasons: Annotated[tuple[str, ...], Meta(description="Why it waits, in the reader's language.", examples=[[]])]
    rule: Annotated[str, Meta(description='Code of the rule by which it was decided; "" for none.', examples=["Q2"])]
    revision: Annotated[int, Meta(ge=1, description="Grows with each edit.", examples=[1])]
    editable: Annotated[bool, Meta(description="Whether other words may still be put in its place.", examples=[True])]
    title: Annotated[
        str,
        Meta(description='What it is about; "" where that may no longer be read.', examples=["Nghị quyết 57-NQ/TW"]),
    ]
    href: Annotated[
        str,
        Meta(description='Where it stands; "" likewise.', examples=["/documents/nghi-quyet-57-nq-tw-2024/comments"]),
    ]
    written_at: Annotated[datetime, Meta(description="When (UTC).", examples=["2026-03-12T02:00:00Z"])]
    edited_at: Annotated[datetime | None, Meta(description="When last edited (UTC); null: never.", examples=[None])]
    decided_at: Annotated[
        datetime | None, Meta(description="When a moderator decided (UTC); null: not so far.", examples=[None])
    ]


class OwnCommentList(Struct, frozen=True):
    """One page of the reader's own comments."""

    items: Annotated[tuple[OwnComment, ...], Meta(description="Newest first.")]
    next: Annotated[
        str | None,
        Meta(description="Address of the next page; null on the last.", examples=["/api/comments/mine?cursor=eJw"]),
    ]


class PartCount(Struct, frozen=True):
    """How many comments and answers are shown on a part."""

    path: shapes.Path
    count: Annotated[int, Meta(ge=1, description="Number.", examples=[3])]


class CommentCounts(Struct, frozen=True):
    """How many comments and answers are shown, by part of the text in force."""

    total: Annotated[
        int, Meta(ge=0, description="On the document and all its parts, also those taken out.", examples=[12])
    ]
    parts: Annotated[tuple[PartCount, ...], Meta(description="Parts that have any.")]
