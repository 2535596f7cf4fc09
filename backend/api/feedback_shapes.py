"""What the API says about feedback and published answers, and how they are sent."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from litestar.datastructures import UploadFile
from msgspec import Meta, Struct

from backend.api.unit_shapes import UnitName

Kind = Annotated[
    Literal["suggestion", "concern", "petition", "question"],
    Meta(description="góp ý, phản ánh, kiến nghị, hỏi đáp.", examples=["question"]),
]
State = Annotated[
    Literal["received", "assigned", "answering", "reopened", "answered", "closed"],
    Meta(description="How far it is.", examples=["answered"]),
]
Code = Annotated[str, Meta(description="By which its author follows it.", examples=["GY-7K3M-Q2"])]
UnitCode = Annotated[str, Meta(description='Code of a unit; "" for none.', max_length=60, examples=["VL"])]
Next = Annotated[
    str | None,
    Meta(description="Address of the next page; null on the last.", examples=["/api/answers?cursor=eJw"]),
]


class FeedbackBody(Struct, frozen=True):
    """Feedback as it is sent; without a unit the handbook chooses the most fitting one."""

    kind: Kind
    about: Annotated[Literal["document", "unit", "app"], Meta(description="What it is about.", examples=["document"])]
    words: Annotated[
        str,
        Meta(
            min_length=1, description="Plain text, at most 4,000 characters. No state secrets.",
            examples=["Khi nào chi bộ gửi báo cáo quý?"],
        ),
    ]  # fmt: skip
    document: Annotated[
        str, Meta(description='Slug of the document; "" for none.', examples=["nghi-quyet-57-nq-tw-2024"])
    ] = ""
    part: Annotated[str, Meta(description='Path of a part; "" for the whole.', examples=["dieu-1.khoan-2"])] = ""
    edition: Annotated[
        int, Meta(ge=0, le=10_000, description="Edition that was read; 0 for the one in force today.", examples=[0])
    ] = 0
    unit: UnitCode = ""
    consent: Annotated[
        bool, Meta(description="Whether the answer may be published without the author's name.", examples=[True])
    ] = False


class FeedbackStep(Struct, frozen=True):
    """Something that was done to it."""

    verb: Annotated[
        Literal["receive", "assign", "begin", "forward", "answer", "close", "reopen", "rate"],
        Meta(description="What was done.", examples=["forward"]),
    ]
    at: Annotated[datetime, Meta(description="When (UTC).", examples=["2026-03-12T02:00:00Z"])]
    unit: Annotated[UnitName | None, Meta(description="Where it went; null where it stayed.")]


class FileBody(Struct, frozen=True):
    """A file as it is sent, with its name."""

    file: Annotated[
        UploadFile,
        Meta(description="PDF, Word (.docx), JPEG, PNG or WebP, at most 10 MB, known by its name.", examples=["…"]),
    ]


class FeedbackFile(Struct, frozen=True):
    """A file that goes with feedback, as it is kept."""

    id: Annotated[UUID, Meta(description="Made by whoever brought it.")]
    name: Annotated[str, Meta(description="Name of the file as it is kept.", examples=["bang-tin.webp"])]
    media_type: Annotated[str, Meta(description="What it is.", examples=["image/webp"])]
    size: Annotated[int, Meta(ge=0, description="Number of bytes.", examples=[48_120])]
    url: Annotated[
        str,
        Meta(
            description="Where its author and those who answer download it.",
            examples=["/api/feedback/0190a1c2-7b3e-7d4f-8a5b-6c7d8e9f0a1b/files/0190a1c2-7b3e-7d4f-8a5b-6c7d8e9f0a1b"],
        ),
    ]


class Feedback(Struct, frozen=True):
    """One of the reader's own cases."""

    id: Annotated[UUID, Meta(description="Its lasting id.")]
    code: Code
    kind: Kind
    words: Annotated[str, Meta(description="Plain text.", examples=["Khi nào chi bộ gửi báo cáo quý?"])]
    state: State
    sent_to: Annotated[
        UnitName | None,
        Meta(description="Where it was sent; when nobody answers there, the nearest unit above received it."),
    ]
    unit: Annotated[UnitName | None, Meta(description="Where it is.")]
    received_at: Annotated[datetime, Meta(description="When (UTC).", examples=["2026-03-12T02:00:00Z"])]
    due_on: Annotated[date, Meta(description="By when it is to be answered.", examples=["2026-03-27"])]
    answer: Annotated[str, Meta(description='"" until it is answered.', examples=["Trước ngày 25 của tháng cuối quý."])]
    consent: Annotated[bool, Meta(description="Whether the answer may be published namelessly.", examples=[True])]
    rating: Annotated[int, Meta(ge=0, le=5, description="0 until the author rates the answer.", examples=[4])]
    steps: Annotated[tuple[FeedbackStep, ...], Meta(description="The first first; in lists empty.")] = ()
    files: Annotated[tuple[FeedbackFile, ...], Meta(description="What came with it; in lists empty.")] = ()
    warnings: Annotated[
        tuple[str, ...],
        Meta(description="What in the words perhaps was not meant to be told; right after sending.", examples=[[]]),
    ] = ()


class FeedbackList(Struct, frozen=True):
    """One page of the reader's own cases."""

    items: Annotated[tuple[Feedback, ...], Meta(description="Newest first.")]
    next: Next


class StepBody(Struct, frozen=True):
    """What is done to a case: by those who answer it, or (reopen, rate, close) by its author."""

    verb: Annotated[
        Literal["assign", "begin", "answer", "forward", "note", "close", "reopen", "rate"],
        Meta(description="begin saves an answer that is still being written.", examples=["answer"]),
    ]
    version: Annotated[
        int,
        Meta(ge=0, le=1_000_000, description="Of the case as it was seen; authors need none.", examples=[1]),
    ] = 0
    words: Annotated[
        str,
        Meta(description="The answer, the note, why it is asked again, or words beside a rating.", examples=["Đã rõ."]),
    ] = ""
    unit: UnitCode = ""
    member: Annotated[UUID | None, Meta(description="Whom it is given to; null for the reader.", examples=[None])] = (
        None
    )
    rating: Annotated[int, Meta(ge=0, le=5, description="1 to 5, to rate.", examples=[0])] = 0


class PublicationBody(Struct, frozen=True):
    """Question and answer as they are published, without whoever asked."""

    version: Annotated[int, Meta(ge=0, le=1_000_000, description="Of the case as it was seen.", examples=[4])]
    title: Annotated[str, Meta(description="At most 200 characters.", examples=["Hạn gửi báo cáo quý"])]
    question: Annotated[str, Meta(description="In words that name nobody.", examples=["Khi nào gửi báo cáo quý?"])]
    answer: Annotated[str, Meta(description="Likewise.", examples=["Trước ngày 25 của tháng cuối quý."])]
    everyone: Annotated[
        bool, Meta(description="For all members; only from the top unit, and about no document.", examples=[False])
    ] = False
    unit: UnitCode = ""


class StepTaken(Struct, frozen=True):
    """That it was done."""

    id: Annotated[UUID, Meta(description="Id of the step.")]
    case: Annotated[UUID, Meta(description="Id of the case.")]
    version: Annotated[int, Meta(ge=1, description="Of the case now.", examples=[2])]
    state: State


class PublishedAnswer(Struct, frozen=True):
    """A question with its answer; whoever asked is not told of."""

    code: Annotated[str, Meta(description="By which it is read.", examples=["TL-5H2N-K9"])]
    url: Annotated[str, Meta(description="Opens it.", examples=["/answers/TL-5H2N-K9"])]
    title: Annotated[str, Meta(description="What it is about.", examples=["Hạn gửi báo cáo quý"])]
    question: Annotated[str, Meta(description="Plain text.", examples=["Khi nào gửi báo cáo quý?"])]
    answer: Annotated[str, Meta(description="Plain text.", examples=["Trước ngày 25 của tháng cuối quý."])]
    document: Annotated[
        str, Meta(description='Slug of its document; "" for none.', examples=["nghi-quyet-57-nq-tw-2024"])
    ]
    unit: Annotated[UnitName | None, Meta(description="Who answered.")]
    published_at: Annotated[datetime, Meta(description="When (UTC).", examples=["2026-03-12T02:00:00Z"])]


class AnswerList(Struct, frozen=True):
    """One page of published answers."""

    items: Annotated[tuple[PublishedAnswer, ...], Meta(description="Newest first.")]
    next: Next
