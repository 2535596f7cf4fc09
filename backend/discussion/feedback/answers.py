"""Published answers: a question and its answer, without a name, for those who may read what it is about."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.discussion import about as naming
from backend.discussion.about import About
from backend.discussion.feedback import steps
from base import database
from base.errors import InvalidError, NotFoundError
from content import audiences, cursors
from content.audiences import Condition
from content.naming import search_words
from content.rows import Page

LIMIT = 20
FEW = 3
"""So many are shown beside something else."""

COLUMNS = (
    "a.id, a.code, a.title, a.question, a.answer, a.document, a.edition, a.ordinal, a.anchor, a.unit, a.scope, "
    "a.published_at, d.slug, d.type, d.number, d.title AS document_title, d.topic"
)
FROM = "published_answer a LEFT JOIN document d ON d.id = a.document"


class Published(Struct, frozen=True):
    """A question with its answer; from ``slug`` on facts of the document, None without one."""

    id: UUID
    code: str
    title: str
    question: str
    answer: str
    document: UUID | None
    edition: UUID | None
    ordinal: int
    anchor: str
    unit: int
    scope: str
    published_at: datetime
    slug: str | None
    type: str | None
    number: str | None
    document_title: str | None
    topic: str | None

    @property
    def href(self) -> str:
        """Where it is read."""
        return f"/answers/{self.code}"

    @property
    def document_name(self) -> str:
        """How its document is called; "" without one."""
        return f"{self.type or ''} {self.number or ''}".strip() or self.document_title or ""


class Found(Struct, frozen=True):
    """The newest of what was found, and how many there are in all."""

    rows: tuple[Published, ...]
    total: int


async def of_case(case: UUID) -> Published | None:
    """What is published of a case now."""
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM {FROM} WHERE a.feedback = {{}} AND a.withdrawn_at IS NULL", case
    )
    return Published(**rows[0]) if rows else None


async def one(code: str, *, scopes: frozenset[str]) -> Published:
    """A published answer that these scopes may read; raises NotFoundError."""
    where, values = _readable(scopes)
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM {FROM} WHERE a.code = {{}} AND {where}", steps.known(code), *values
    )
    if not rows:
        raise NotFoundError
    return Published(**rows[0])


async def listed(
    *, scopes: frozenset[str], topic: str = "", document: str = "", cursor: str | None = None
) -> Page[Published]:
    """One page of what these scopes may read, the newest first; raises InvalidError on a cursor not made here."""
    where, values = _readable(scopes)
    for column, wanted in (("d.topic", topic), ("d.slug", document)):
        if wanted:
            where, values = f"{where} AND {column} = {{}}", [*values, wanted]
    if cursor:
        where, values = f"{where} AND (a.published_at, a.id) < ({{}}, {{}})", [*values, *_place(cursor)]
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM {FROM} WHERE {where} ORDER BY a.published_at DESC, a.id DESC LIMIT {{}}",
        *values, LIMIT + 1,
    )  # fmt: skip
    found = tuple(Published(**row) for row in rows)
    return Page(found[:LIMIT], _cursor(found))


async def about(what: About, *, scopes: frozenset[str]) -> Found:
    """The newest about a part, in whatever edition, or about a document and all its parts; none about anything else."""
    if not what.document:
        return Found((), 0)
    target = await naming.resolve(About(what.document, what.part, what.edition), scopes=scopes)
    where, values = _readable(scopes)
    where, values = f"{where} AND a.document = {{}}", [*values, target.document]
    if target.anchor:
        where, values = f"{where} AND a.anchor = {{}}", [*values, target.anchor]
    return await _found(where, values, FEW)


async def topics(scopes: frozenset[str]) -> tuple[str, ...]:
    """Topics of the documents of which these scopes may read answers."""
    where, values = _readable(scopes)
    rows = await database.fetch(
        f"SELECT DISTINCT d.topic FROM {FROM} WHERE {where} AND d.topic <> '' ORDER BY d.topic", *values
    )
    return tuple(row["topic"] for row in rows)


async def find(words: str, *, scopes: frozenset[str]) -> Found:
    """Answers that say all these words, with or without marks, the newest first; none for no words."""
    wanted = search_words(words)
    if not wanted:
        return Found((), 0)
    where, values = _readable(scopes)
    where += " AND a.search_key LIKE {}" * len(wanted)
    values = [*values, *(f"% {word}%" for word in wanted)]
    return await _found(where, values, LIMIT)


async def _found(where: str, values: list[Any], most: int) -> Found:
    rows = await database.fetch(
        f"SELECT {COLUMNS} FROM {FROM} WHERE {where} ORDER BY a.published_at DESC, a.id DESC LIMIT {{}}",
        *values, most,
    )  # fmt: skip
    total = len(rows)
    if total == most:
        total = (await database.fetch(f"SELECT count(*) AS n FROM {FROM} WHERE {where}", *values))[0]["n"]
    return Found(tuple(Published(**row) for row in rows), total)


def _readable(scopes: frozenset[str]) -> Condition:
    """That these scopes may read an answer ``a`` of a document ``d``."""
    of_document, first = audiences.readable(scopes)
    among, named = database.among("a.scope", sorted(scopes))
    return (
        f"a.withdrawn_at IS NULL AND ((a.document IS NOT NULL AND d.shown AND {of_document}) "
        f"OR (a.document IS NULL AND {among}))",
        [*first, named],
    )


def _cursor(rows: tuple[Published, ...]) -> str | None:
    if len(rows) <= LIMIT:
        return None
    last = rows[LIMIT - 1]
    return cursors.seal("answers", [last.published_at.isoformat(), str(last.id)])


def _place(cursor: str) -> list[Any]:
    try:
        at, id = cursors.unseal("answers", cursor)
        return [datetime.fromisoformat(at), UUID(id)]
    except cursors.ForeignCursorError:
        raise InvalidError.of("cursor", "content-cursor-unknown") from None
