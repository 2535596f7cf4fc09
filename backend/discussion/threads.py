"""What was said of a text, as one reader may see it: the newest first, each with its answers, page by page."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.discussion import counts, places, turning
from backend.discussion.about import About, resolve
from backend.discussion.comment_model import COLUMNS, FROM, SHOWN, UNSEEN, WITHDRAWN, Comment
from backend.discussion.places import Place
from backend.discussion.voices import Voice, voices
from base import clock, database
from base.errors import NotFoundError
from content import news, shelf
from content.rows import Page
from content.shelf import Volume

KIND = "comments"
LIMIT = 20
"""How many comments a page has."""

ANSWERS = 10
"""How many answers are shown with a comment; the others have pages of their own."""

Condition = tuple[str, list[Any]]


class Said(Struct, frozen=True):
    """A comment as it is shown to one reader; nothing is told of its author but the voice.

    ``open`` is false where only the place in the thread is left: words and author are nobody's business any more.
    ``mine``: the reader wrote it. ``place`` says what it is about, None on news.
    """

    comment: Comment
    voice: Voice
    mine: bool
    open: bool
    place: Place | None = None
    answers: tuple["Said", ...] = ()
    more: bool = False


class _Reader(Struct, frozen=True):
    """For whom: a member, and the document whose text the places are of."""

    member: UUID
    volume: Volume | None


async def of_document(
    document: str, part: str | None = None, *, scopes: frozenset[str], by: UUID, cursor: str | None = None
) -> Page[Said]:
    """Comments on a document by its slug, or (``part``: a path in the text in force) on one part; "" on the whole text.

    Raises NotFoundError for what ``scopes`` may not read or a part that there is not, InvalidError for a cursor.
    """
    volume = await shelf.take(document, scopes=scopes)
    where: Condition = ("c.document = {}", [volume.document.id])
    if part is not None:
        anchors = await _anchors(volume, part, by)
        among, values = ("c.anchor = {}", anchors[0]) if len(anchors) == 1 else database.among("c.anchor", anchors)
        where = (f"c.document = {{}} AND {among}", [volume.document.id, values])
    return await _page(where, _Reader(by, volume), cursor)


async def of_news(slug: str, *, scopes: frozenset[str], by: UUID, cursor: str | None = None) -> Page[Said]:
    """Comments on a news item; raises NotFoundError, InvalidError."""
    item = (await news.article(slug, scopes=scopes)).news.id
    return await _page(("c.news = {}", [item]), _Reader(by, None), cursor)


async def of_thread(
    id: UUID, about: About, *, scopes: frozenset[str], by: UUID, cursor: str | None = None
) -> Page[Said]:
    """One comment on a document or news item as the only row, with a page of its answers, the oldest first.

    Raises NotFoundError when it is not there, or nothing of it is for this reader; InvalidError for a cursor.
    """
    target = await resolve(about, scopes=scopes)
    column, subject = ("c.document", target.document) if target.document else ("c.news", target.news)
    found = await _select(
        f"c.id = {{}} AND {column} = {{}} AND c.parent IS NULL AND {_VISIBLE}", id, subject, *_seen(by) * 2
    )
    if not found:
        raise NotFoundError
    after = turning.place(KIND, cursor)
    condition, values = ("TRUE", []) if after is None else ("(c.created_at, c.id) > ({}, {})", list(after))
    rows = await _select(
        f"c.parent = {{}} AND {_SEEN} AND {condition} ORDER BY c.created_at, c.id LIMIT {{}}",
        id, *_seen(by), *values, LIMIT + 1,
    )  # fmt: skip
    volume = await shelf.take(about.document, scopes=scopes) if about.document else None
    return Page(await _told(found, {id: rows[:LIMIT]}, _Reader(by, volume), LIMIT), turning.ahead(KIND, rows, LIMIT))


_SEEN = "(c.state = {} OR (c.author = {} AND c.state IN ({}, {}, {})))"
_VISIBLE = f"({_SEEN} OR EXISTS (SELECT 1 FROM comment a WHERE a.parent = c.id AND {_SEEN.replace('c.', 'a.')}))"
"""A comment itself, or only its place because there are answers to be seen."""


def _seen(by: UUID) -> list[Any]:
    return [SHOWN, by, *UNSEEN]


async def _anchors(volume: Volume, path: str, by: UUID) -> list[str]:
    """Every anchor that goes on at this path of the text in force."""
    if not path:
        return [""]
    pieces = await volume.pieces(volume.ordinal_on(clock.today()))
    if path not in pieces.anchors:
        raise NotFoundError
    own = await database.fetch(
        "SELECT DISTINCT anchor FROM comment WHERE author = {} AND document = {}", by, volume.document.id
    )
    spoken = {*await counts.by_anchor(volume.document.id), *(row["anchor"] for row in own)} - {""}
    stands = await places.paths(volume, spoken, counts.written_on)
    return list({pieces.anchors[path], *(anchor for anchor, at in stands.items() if at == path)})


async def _page(where: Condition, reader: _Reader, cursor: str | None) -> Page[Said]:
    before = turning.place(KIND, cursor)
    condition, values = ("TRUE", []) if before is None else ("(c.created_at, c.id) < ({}, {})", list(before))
    rows = await _select(
        f"{where[0]} AND c.parent IS NULL AND {condition} "
        f"AND {_VISIBLE} ORDER BY c.created_at DESC, c.id DESC LIMIT {{}}",
        *where[1], *values, *_seen(reader.member) * 2, LIMIT + 1,
    )  # fmt: skip
    heads = rows[:LIMIT]
    return Page(await _told(heads, await _answers(heads, reader), reader, ANSWERS), turning.ahead(KIND, rows, LIMIT))


async def _answers(heads: Iterable[Comment], reader: _Reader) -> dict[UUID | None, list[Comment]]:
    """The first answers to each, and one more where there are more."""
    among, values = database.among("c.parent", [head.id for head in heads])
    rows = await database.fetch(
        f"SELECT * FROM (SELECT {COLUMNS}, row_number() OVER (PARTITION BY c.parent ORDER BY c.created_at, c.id) AS at "
        f"FROM {FROM} WHERE {among} AND {_SEEN}) numbered WHERE at <= {{}} ORDER BY created_at, id",
        values, *_seen(reader.member), ANSWERS + 1,
    )  # fmt: skip
    found: dict[UUID | None, list[Comment]] = {}
    for row in rows:
        row.pop("at")
        found.setdefault(row["parent"], []).append(Comment(**row))
    return found


async def _told(
    heads: Iterable[Comment], answered: dict[UUID | None, list[Comment]], reader: _Reader, most: int
) -> tuple[Said, ...]:
    spoken = await voices([*heads, *(answer for some in answered.values() for answer in some)])
    told = []
    for head in heads:
        some = answered.get(head.id, [])
        under = tuple(_said(answer, spoken, reader, None) for answer in some[:most])
        told.append(_said(head, spoken, reader, await _standing(head, reader), under, len(some) > most))
    return tuple(told)


async def _standing(comment: Comment, reader: _Reader) -> Place | None:
    if reader.volume is None or comment.edition is None:
        return None
    return await places.place(reader.volume, comment.anchor, edition=comment.edition)


def _said(
    comment: Comment,
    spoken: dict[object, Voice],
    reader: _Reader,
    place: Place | None,
    under: tuple[Said, ...] = (),
    more: bool = False,
) -> Said:
    mine = comment.author == reader.member
    is_open = comment.state == SHOWN or (mine and comment.state != WITHDRAWN)
    return Said(comment, spoken[comment.id], mine, is_open, place, under, more)


async def _select(where: str, *values: Any) -> list[Comment]:
    rows = await database.fetch(f"SELECT {COLUMNS} FROM {FROM} WHERE {where}", *values)
    return [Comment(**row) for row in rows]
