"""The meetings that a member's phone keeps: agenda, the words of what is read before, and which papers there are."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from backend.accounts.standing import forest
from backend.api import document_shapes as shapes
from backend.api.answers import AnyRequest, at, encoded
from backend.api.unit_shapes import UnitName, named
from backend.door.answering import Answer, Kept, answer
from backend.door.remembered import Shelf
from backend.door.visit import reader_of
from backend.meetings import reading
from backend.meetings.keeping import TOPIC
from backend.meetings.papers import Paper
from backend.meetings.reading import Laid, Read
from content import audiences

_lists = Shelf("content", "units", TOPIC)

ItemId = Annotated[
    str,
    Meta(description='Item of the agenda it is read for, by id; "" for further reading.', examples=["9f2c41d07a3b"]),
]


class AgendaItem(Struct, frozen=True):
    """An item of the agenda."""

    id: Annotated[str, Meta(description="Its id within the meeting.", examples=["9f2c41d07a3b"])]
    words: Annotated[str, Meta(description="What it is about.", examples=["Kiểm điểm nghị quyết tháng trước"])]


class ListedPart(Struct, frozen=True):
    """A part of a document to read before the meeting, with its words as they are in force today."""

    id: Annotated[UUID, Meta(description="Its id on the list.")]
    item: ItemId
    note: Annotated[str, Meta(description='What to mind in it; "" for nothing.', examples=["Đọc kỹ thời hạn"])]
    label: Annotated[str, Meta(description="How it is quoted.", examples=["khoản 2 Điều 5 Quy định 12-QĐ/TU"])]
    title: shapes.Title
    state: shapes.State
    href: Annotated[
        str, Meta(description="Where it is read.", examples=["/documents/quy-dinh-12-qd-tu-2026#dieu-5.khoan-2"])
    ]
    html: Annotated[
        str,
        Meta(
            description='Its words as sanitised HTML; "" for a whole document, for a part that is lost, and where the '
            "document may not be kept on a phone.",
            examples=['<section class="part part-khoan"><p>…</p></section>'],
        ),
    ]
    offline: Annotated[bool, Meta(description="Whether the document may be kept on a phone.", examples=[True])]
    amended: Annotated[
        bool, Meta(description="Whether another text is in force than the one it was chosen from.", examples=[False])
    ]
    lost: Annotated[bool, Meta(description="Whether the text in force has no such part.", examples=[False])]


class ListedPaper(Struct, frozen=True):
    """A file for the meeting, to be had at /meetings/{meeting}/papers/{id}."""

    id: Annotated[UUID, Meta(description="Its id; other bytes have another.")]
    item: ItemId
    name: Annotated[str, Meta(description="Name of the file.", examples=["du-thao-bao-cao.docx"])]
    size: Annotated[int, Meta(description="Number of bytes.", examples=[48_120])]


class Meeting(Struct, frozen=True):
    """A meeting of the reader's unit, or of one above it."""

    id: Annotated[UUID, Meta(description="Its id, also in addresses: /meetings/{id}.")]
    unit: Annotated[UnitName | None, Meta(description="Whose meeting it is, as it is called today.")]
    title: Annotated[str, Meta(description="What it is called.", examples=["Sinh hoạt chi bộ tháng 12/2026"])]
    at: Annotated[datetime | None, Meta(description="When it begins (UTC).", examples=["2026-12-05T12:30:00Z"])]
    place: Annotated[str, Meta(description="Where it is held.", examples=["Nhà văn hóa thôn Bản Xanh"])]
    state: Annotated[Literal["set", "cancelled"], Meta(description="Whether it will be held.")]
    reason: Annotated[str, Meta(description='Why it was cancelled; "" otherwise.', examples=[""])]
    moved_at: Annotated[
        datetime | None,
        Meta(description="When its time or place was last changed (UTC); null while it was not.", examples=[None]),
    ]
    agenda: Annotated[tuple[AgendaItem, ...], Meta(description="Its items in order.")]
    parts: Annotated[tuple[ListedPart, ...], Meta(description="What this reader may read of the list, in order.")]
    papers: Annotated[tuple[ListedPaper, ...], Meta(description="Files, in the order in which they were brought.")]


class MeetingList(Struct, frozen=True):
    """Everything that belongs on the phone: what is kept there and not here must go."""

    items: Annotated[
        tuple[Meeting, ...], Meta(description="Those of the last 45 days and those to come, the earliest first.")
    ]


@at("/api/meetings", tag="meetings", summary="The reader's meetings", problems=(401,), security=[{"session": []}])
async def meetings(request: AnyRequest) -> Answer[MeetingList]:
    """Meetings of the member's unit and of those above it, with the words of what is read before; 401 for a visitor.

    The whole of what a phone keeps; ask with If-None-Match, and it is mostly 304.
    """
    scopes = reader_of(request).scopes
    key = (scopes & await audiences.used(), frozenset(scope for scope in scopes if scope.startswith("org:")))

    async def make() -> Kept:
        tree = await forest()
        found = await reading.kept(scopes)
        return encoded(MeetingList(tuple(_meeting(laid, named(laid.meeting.unit, tree)) for laid in found)))

    # Not by the shelf's own answer: the shortcut behind it knows of nothing that meetings are addressed to.
    return await answer(request, await _lists.take(key, make))


def _meeting(laid: Laid, unit: UnitName | None) -> Meeting:
    meeting = laid.meeting
    return Meeting(
        id=meeting.id, unit=unit, title=meeting.title, at=meeting.at, place=meeting.place,
        state="cancelled" if meeting.state == "cancelled" else "set", reason=meeting.reason,
        moved_at=meeting.moved_at, agenda=tuple(AgendaItem(item.id, item.words) for item in meeting.agenda),
        parts=tuple(map(_part, laid.parts)), papers=tuple(map(_paper, laid.papers)),
    )  # fmt: skip


def _part(read: Read) -> ListedPart:
    excerpt = read.excerpt
    return ListedPart(
        id=read.id, item=read.item, note=read.note, label=read.label, title=excerpt.document.title,
        state=excerpt.document.state, href=excerpt.href, html=excerpt.html if excerpt.document.offline else "",
        offline=excerpt.document.offline, amended=excerpt.amended, lost=excerpt.lost,
    )  # fmt: skip


def _paper(paper: Paper) -> ListedPaper:
    return ListedPaper(paper.id, paper.item, paper.name, paper.size)
