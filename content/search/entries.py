"""Documents as they are searched: the text to read today, part by part, with who may read it."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from base import clock, database
from content import fragments, shelf
from content.audiences import Window
from content.listing import COLUMNS, row_of
from content.rendering import UNSHOWN
from content.search.engine import Entry, Passage
from content.structure import Part
from content.structure.citing import quotations

_MARKUP = re.compile(r"\\(?=[^\w\s])|[*`|#]+|(?<!\w)_+|_+(?!\w)|:?-{3,}:?")
"""Signs of Markdown that are not part of what is read."""

FRAME = frozenset({"preamble", "signature", "recipients"})
"""Kinds of parts that say what a text stands on, who signed it and who gets it: looked at last for its best part."""


async def shown() -> list[UUID]:
    """The documents that anybody may ever read."""
    rows = await database.fetch("SELECT id FROM document WHERE shown ORDER BY issued_key DESC, id")
    return [row["id"] for row in rows]


async def entries(documents: Iterable[UUID]) -> list[Entry]:
    """An entry for each of ``documents`` that readers may see at all."""
    wanted = list(documents)
    among, values = database.among("d.id", wanted)
    rows = await database.fetch(f"SELECT {COLUMNS} FROM document d WHERE d.shown AND {among}", values)
    audience = await _grouped("audience", "document, scope, from_at, to_at", wanted)
    editions = await _grouped(
        "edition", "document, id, ordinal, state, effective_from, effective_until, published_at", wanted,
        "AND state IN ('published', 'superseded') ORDER BY ordinal DESC",
    )  # fmt: skip
    # One withdrawn between the questions is left out; the journal will say that it is gone.
    return [
        await _entry(row, audience.get(row["id"], []), editions[row["id"]]) for row in rows if row["id"] in editions
    ]


async def _grouped(table: str, columns: str, documents: list[UUID], tail: str = "") -> dict[UUID, list[dict[str, Any]]]:
    among, values = database.among("document", documents)
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in await database.fetch(f"SELECT {columns} FROM {table} WHERE {among} {tail}", values):
        found.setdefault(row["document"], []).append(row)
    return found


async def _entry(row: dict[str, Any], audience: list[dict[str, Any]], editions: list[dict[str, Any]]) -> Entry:
    document = row_of(row)
    today = shelf.edition_on(shelf.edition_rows(editions, document), clock.today()).ordinal
    pieces = await fragments.pieces_of(next(edition["id"] for edition in editions if edition["ordinal"] == today))
    return Entry(
        document=document.id, slug=document.slug, number=document.number, type=document.type, issuer=document.issuer,
        issued_key=row["issued_key"], topic=document.topic, effective_from=document.effective_from,
        effective_until=document.effective_until, title=plain(document.title),
        audience=tuple(Window(each["scope"], each["from_at"], each["to_at"]) for each in audience),
        parts=tuple(passages(pieces.parts)),
    )  # fmt: skip


def passages(parts: tuple[Part, ...]) -> list[Passage]:
    """The parts that a page shows, named as they are quoted, each under the heading it stands below; what frames the
    text comes last, since of parts that say the same the first is the best.
    """
    names = quotations(parts)
    headings: dict[str, str] = {}
    body, frame = list[Passage](), list[Passage]()
    for part in parts:
        headings[part.path] = part.heading or headings.get(part.parent or "", "")
        text = plain(part.text)
        if part.kind not in UNSHOWN and text:
            made = Passage(part.path, names[part.path], plain(headings[part.path]), text)
            (frame if part.kind in FRAME else body).append(made)
    return body + frame


def plain(text: str) -> str:
    """The text without Markdown, in composed letters, one blank between words; made small, it keeps its length."""
    composed = unicodedata.normalize("NFC", _MARKUP.sub("", text)).replace("İ", "I")
    return " ".join(composed.split())
