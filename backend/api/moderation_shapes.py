"""What the API says about moderation, and how a decision, a report and an appeal are sent."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from backend.api.comment_shapes import State
from backend.api.unit_shapes import UnitName

Kind = Literal["held", "reported", "appealed"]
Verdict = Annotated[
    Literal["show", "hide", "return"], Meta(description="What is decided: shown, hidden, returned to its author.")
]
Rule = Annotated[
    str, Meta(description='Code of a published rule, as on /rules; "" for none.', max_length=10, examples=["Q2"])
]
Remark = Annotated[str, Meta(description="Words to the author.", examples=["Đồng chí bỏ số điện thoại giúp nhé."])]
Revision = Annotated[int, Meta(ge=1, le=10_000, description="The revision of the comment that was seen.", examples=[1])]


class DecisionBody(Struct, frozen=True):
    """A decision as it is sent. To hide or return needs a rule, to return also a remark (at most 2,000 characters)."""

    revision: Revision
    verdict: Verdict
    reason: Rule = ""
    remark: Remark = ""


class ReportBody(Struct, frozen=True):
    """A report as it is sent."""

    reason: Annotated[str, Meta(description="Code of the rule that is broken, as on /rules.", examples=["Q1"])]
    words: Annotated[
        str, Meta(description='More about it, at most 500 characters; "" for nothing.', examples=["Nói xấu người khác"])
    ] = ""


class AppealBody(Struct, frozen=True):
    """An appeal as it is sent."""

    appeal: Annotated[
        str,
        Meta(
            min_length=1, description="Why to look again, at most 2,000 characters.", examples=["Đó là số của cơ quan."]
        ),
    ]


class AppealAnswerBody(Struct, frozen=True):
    """The answer to an appeal as it is sent."""

    outcome: Annotated[
        Literal["upheld", "overturned"], Meta(description="Whether the decision stands, or the comment is shown.")
    ]
    answer: Annotated[
        str, Meta(min_length=1, description="Why, at most 2,000 characters.", examples=["Số cơ quan thì được nêu."])
    ]


class Decision(Struct, frozen=True):
    """A decision on one revision of a comment."""

    id: Annotated[UUID, Meta(description="Its lasting id.")]
    comment: Annotated[UUID, Meta(description="Id of the comment.")]
    revision: Revision
    verdict: Verdict
    reason: Rule
    remark: Remark
    decided_at: Annotated[datetime, Meta(description="When (UTC).", examples=["2026-03-12T02:00:00Z"])]


class Report(Struct, frozen=True):
    """A report by the reader."""

    id: Annotated[UUID, Meta(description="Its lasting id; that of the first report, if there was one before.")]
    comment: Annotated[UUID, Meta(description="Id of the comment.")]
    reason: Annotated[str, Meta(description="Code of the rule that is broken.", examples=["Q1"])]
    words: Annotated[str, Meta(description='More about it; "" for nothing.', examples=["Nói xấu người khác"])]
    reported_at: Annotated[datetime, Meta(description="When (UTC).", examples=["2026-03-12T02:00:00Z"])]


class Appeal(Struct, frozen=True):
    """An appeal against a decision."""

    id: Annotated[UUID, Meta(description="Its lasting id.")]
    comment: Annotated[UUID, Meta(description="Id of the comment.")]
    words: Annotated[str, Meta(description="Why to look again.", examples=["Đó là số của cơ quan."])]
    appealed_at: Annotated[datetime, Meta(description="When (UTC).", examples=["2026-03-12T02:00:00Z"])]
    due_on: Annotated[date, Meta(description="Last day to answer it.", examples=["2026-03-19"])]
    outcome: Annotated[
        Literal["", "upheld", "overturned", "lapsed"],
        Meta(description='"" while it waits; lapsed once other words were decided on.', examples=[""]),
    ]
    answer: Annotated[str, Meta(description='In writing; "" while it waits.', examples=[""])]


class QueueCounts(Struct, frozen=True):
    """How much waits in the reader's queue, without what is their own; 501 stands for more than 500."""

    waiting: Annotated[int, Meta(ge=0, le=501, description="All of it.", examples=[4])]
    held: Annotated[int, Meta(ge=0, le=501, description="Held by screening.", examples=[2])]
    reported: Annotated[int, Meta(ge=0, le=501, description="Reported by members.", examples=[1])]
    appealed: Annotated[int, Meta(ge=0, le=501, description="Appealed against.", examples=[1])]
    overdue: Annotated[int, Meta(ge=0, le=501, description="Appeals whose day has passed.", examples=[0])]


class InboxCounts(Struct, frozen=True):
    """How much feedback waits where the reader answers, without what is their own."""

    open: Annotated[int, Meta(ge=0, description="All that waits for an answer.", examples=[3])]
    overdue: Annotated[int, Meta(ge=0, description="What of it waits too long.", examples=[1])]
    received: Annotated[int, Meta(ge=0, description="What nobody has taken yet.", examples=[2])]
    assigned: Annotated[int, Meta(ge=0, description="What somebody was given.", examples=[1])]
    answering: Annotated[int, Meta(ge=0, description="What is being answered.", examples=[0])]
    reopened: Annotated[int, Meta(ge=0, description="What was asked again.", examples=[0])]


class DeskCounts(Struct, frozen=True):
    """How much waits for the reader at the desk."""

    moderation: Annotated[QueueCounts | None, Meta(description="null for whoever moderates nothing.")]
    feedback: Annotated[InboxCounts | None, Meta(description="null for whoever answers no feedback.")]


class QueueItem(Struct, frozen=True):
    """A comment that waits for a moderator; of its author no more is told than other readers know."""

    kind: Annotated[Kind, Meta(description="Held by screening, reported by members, or appealed against.")]
    since: Annotated[datetime, Meta(description="Since when it waits (UTC).", examples=["2026-03-12T02:00:00Z"])]
    comment: Annotated[UUID, Meta(description="Its lasting id.")]
    revision: Revision
    words: Annotated[str, Meta(description="Plain text.", examples=["Cần thì gọi tôi theo số …"])]
    quote: Annotated[str, Meta(description='The words that it is about; "" for all.', examples=[""])]
    state: State
    unit: Annotated[UnitName | None, Meta(description="Where its author belonged, as it is called today.")]
    title: Annotated[str, Meta(description="What it is about.", examples=["Nghị quyết 57-NQ/TW"])]
    href: Annotated[
        str, Meta(description='Where that is; "" where it is gone.', examples=["/documents/nghi-quyet-57-nq-tw-2024"])
    ]
    reasons: Annotated[
        tuple[str, ...],
        Meta(description="Why it was held, in the reader's language.", examples=[["Có số điện thoại."]]),
    ]
    reports: Annotated[int, Meta(ge=0, description="Reports that wait.", examples=[0])]
    taken_until: Annotated[
        datetime | None, Meta(description="Until when somebody is looking at it (UTC); null: nobody.", examples=[None])
    ]
    mine: Annotated[bool, Meta(description="Whether that is the reader.", examples=[False])]
    appeal: Annotated[Appeal | None, Meta(description="The appeal that waits; null when there is none.")]


class Queue(Struct, frozen=True):
    """One page of what waits."""

    items: Annotated[tuple[QueueItem, ...], Meta(description="The longest waiting first.")]
    next: Annotated[
        str | None,
        Meta(description="Address of the next page; null on the last.", examples=["/api/moderation/queue?cursor=eJw"]),
    ]
