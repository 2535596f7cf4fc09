"""The reader's notices, as their inbox tells of them; what is read, only their phone knows."""

from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from backend.api.answers import AnyRequest, at, encoded, next_page
from backend.api.parameters import Limit
from backend.door.answering import Answer, answer
from backend.door.visit import reader_of, visit_of
from backend.notices import reading
from backend.notices.reading import Line

PATH: Final = "/api/notices"

Cursor = Annotated[
    UUID | None,
    QueryParameter(
        description="The last notice of the page before; one that is not there begins anew. Follow `next`.",
        examples=[Example(value="0190a1c2-7b3e-7d4f-8a5b-6c7d8e9f0a1b")],
    ),
]


class Notice(Struct, frozen=True):
    """One thing that the reader was told of, in words for this reader."""

    id: Annotated[UUID, Meta(description="Its id, which is all that a push message names: /notices/{id} leads on.")]
    kind: Annotated[str, Meta(description="What happened, noun.verb; more may come.", examples=["document.publish"])]
    urgency: Annotated[Literal["normal", "high", "express"], Meta(description="How urgent.", examples=["normal"])]
    followed: Annotated[bool, Meta(description="Whether the reader follows what it is about.", examples=[False])]
    at: Annotated[datetime, Meta(description="Since when it is told (UTC).", examples=["2026-03-12T02:00:00Z"])]
    words: Annotated[str, Meta(description="What happened, in a sentence.", examples=["Văn kiện mới ban hành"])]
    title: Annotated[
        str,
        Meta(
            description='What it is about; "" where that cannot be opened any more.', examples=["Nghị quyết 05-NQ/TU"]
        ),
    ]
    more: Annotated[str, Meta(description="A line beside: a document's title, somebody's words.", examples=[""])]
    href: Annotated[
        str,
        Meta(
            description='The place in the handbook; "" where it cannot be opened any more.',
            examples=["/documents/nghi-quyet-05-nq-tu-2026"],
        ),
    ]


class NoticeList(Struct, frozen=True):
    """One page of notices."""

    items: Annotated[tuple[Notice, ...], Meta(description="The newest first, of the last 90 days.")]
    next: Annotated[
        str | None,
        Meta(
            description="Address of the next page; null on the last.",
            examples=["/api/notices?limit=20&cursor=0190a1c2-7b3e-7d4f-8a5b-6c7d8e9f0a1b"],
        ),
    ]


@at(PATH, tag="notices", summary="The reader's notices", problems=(401, 422), security=[{"session": []}])
async def notices(request: AnyRequest, cursor: Cursor = None, limit: Limit = 20) -> Answer[NoticeList]:
    """What the member was told of, as far as they may read what it is about now; 401 for a visitor.

    Nothing is noted of who asks or opens. Ask with If-None-Match, and it is mostly 304.
    """
    reader, language = reader_of(request), visit_of(request).language
    found = await reading.page(reader, language, after=cursor, limit=limit)
    follow = next_page(PATH, str(found.after) if found.after else None, limit=limit)
    return await answer(request, encoded(NoticeList(tuple(map(_notice, found.lines)), follow)))


def _notice(line: Line) -> Notice:
    return Notice(
        id=line.id, kind=line.kind, urgency=line.urgency, followed=line.followed, at=line.owed_at, words=line.words,
        title=line.title, more=line.more, href=line.href,
    )  # fmt: skip
