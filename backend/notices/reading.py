"""A member's inbox, one notice, and the daily digest, each line in words and with its place."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from backend.accounts.sessions import Reader
from backend.notices import comments, documents, feedback, meetings, news
from backend.notices.told import Teller, Told, words_of
from base import clock, database
from base.errors import NotFoundError
from notifications import inbox, kinds, meant
from notifications.inbox import Item
from notifications.outbox import Urgency

DIGEST: Final = "/notices/digest"

TELLERS: Final[Mapping[str, Teller]] = {
    "document": documents.tell, "news": news.tell, "meeting": meetings.tell, "comment": comments.tell,
    "feedback": feedback.tell,
}  # fmt: skip
"""Who tells of notices about a noun; another noun needs another module, and a line here."""


class LostNoticeError(NotFoundError):
    """Not theirs, too old, taken back, or about something that they may not open any more."""

    key = "notices-lost"


class Line(Struct, frozen=True):
    """A notice in words; see Told. ``href`` is "" where the reader cannot open any more what it is about."""

    id: UUID
    kind: str
    urgency: Urgency
    followed: bool
    owed_at: datetime
    words: str
    title: str
    more: str
    href: str


class Lines(Struct, frozen=True):
    """A page of an inbox, the newest first; ``after`` begins the next one."""

    lines: tuple[Line, ...]
    after: UUID | None


async def page(reader: Reader, language: str, *, after: UUID | None = None, limit: int = inbox.PAGE) -> Lines:
    """What the reader was told of within ninety days."""
    found = await inbox.page(reader.scopes, member=reader.member_id, after=after, limit=limit)
    return Lines(await _lines(found.items, reader, language), found.after)


async def place(notice: UUID, reader: Reader, language: str) -> str:
    """Where a notification leads that names this notice; raises LostNoticeError."""
    rows = await database.fetch("SELECT kind FROM notice WHERE id = {}", notice)
    if rows and rows[0]["kind"] == kinds.DIGEST:
        return DIGEST
    try:
        item = await inbox.one(notice, reader.scopes, member=reader.member_id)
    except NotFoundError:
        raise LostNoticeError from None
    (line,) = await _lines([item], reader, language)
    if not line.href:
        raise LostNoticeError
    return line.href


async def digest(reader: Reader, language: str) -> tuple[Line, ...]:
    """What the last daily digest tells of, and what came since, of all that the reader takes once a day."""
    now = clock.now()
    last = await meant.digest_since(now)
    since = last if last <= now - meant.DAY else await meant.digest_since(last)
    items = await inbox.since(since, reader.scopes, member=reader.member_id)
    return await _lines(items, reader, language)


async def _lines(items: Sequence[Item], reader: Reader, language: str) -> tuple[Line, ...]:
    by_noun: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_noun[item.about.partition(":")[0]].append(item)
    told: dict[UUID, Told] = {}
    for noun, some in by_noun.items():
        if tell := TELLERS.get(noun):
            told |= await tell(some, reader, language)
    return tuple(_line(item, told.get(item.id), language) for item in items)


def _line(item: Item, told: Told | None, language: str) -> Line:
    found = told or Told(words_of(item.kind, language))
    return Line(
        id=item.id, kind=item.kind, urgency=item.urgency, followed=item.followed, owed_at=item.owed_at,
        words=found.words, title=found.title, more=found.more, href=found.href,
    )  # fmt: skip
