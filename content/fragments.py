"""The stored HTML of editions: made once per edition and version of the renderer, and made again when that changes."""

import asyncio
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from base import database
from content.linking import Source
from content.rendering import RENDERER, Rendered, render
from content.rows import ContentsLine, HeadRow
from content.structure import Part


class Text(Struct, frozen=True):
    """One edition laid open: its head, its HTML, its table of contents."""

    edition: UUID
    head: HeadRow
    html: str
    contents: tuple[ContentsLine, ...]


class Pieces(Struct, frozen=True):
    """The parts of an edition in reading order, and their anchors by path."""

    parts: tuple[Part, ...]
    anchors: dict[str, str]


async def text_of(edition: UUID) -> Text:
    """An edition as it is read; rendered on the spot when the worker has not come to it yet."""
    rows = await database.fetch(
        "SELECT e.head, f.html, f.contents FROM edition e LEFT JOIN fragment f ON f.edition = e.id AND f.renderer = {} "
        "WHERE e.id = {}",
        RENDERER,
        edition,
    )
    head = msgspec.json.decode(rows[0]["head"], type=HeadRow)
    if rows[0]["html"] is None:
        made = await _render(edition, head)
        return Text(edition, head, made.html, made.contents)
    contents = msgspec.json.decode(rows[0]["contents"], type=tuple[ContentsLine, ...])
    return Text(edition, head, rows[0]["html"], contents)


async def pieces_of(edition: UUID) -> Pieces:
    """The parts of an edition."""
    rows = await database.fetch(
        "SELECT position, path, parent, kind, label, heading, text, body, anchor FROM part "
        "WHERE edition = {} ORDER BY position",
        edition,
    )
    anchors = {row["path"]: row.pop("anchor") for row in rows}
    return Pieces(tuple(map(_part, rows)), anchors)


async def part_at(anchor: str, *, edition: UUID) -> Part | None:
    """The part of an edition that bears an anchor, if it has it."""
    rows = await database.fetch(
        "SELECT position, path, parent, kind, label, heading, text, body FROM part WHERE edition = {} AND anchor = {}",
        edition,
        anchor,
    )
    return _part(rows[0]) if rows else None


async def render_stale(limit: int = 20) -> int:
    """Render up to ``limit`` published editions that this version has not rendered yet; how many it did."""
    rows = await database.fetch(
        "SELECT e.id, e.head FROM edition e WHERE e.published_at IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM fragment f WHERE f.edition = e.id AND f.renderer = {}) ORDER BY e.published_at DESC LIMIT {}",
        RENDERER,
        limit,
    )
    for row in rows:
        made = await _render(row["id"], msgspec.json.decode(row["head"], type=HeadRow))
        await keep(row["id"], made)
    return len(rows)


async def render_anew(document: UUID) -> None:
    """Render every issued edition of a document again: its address, which links in it name, is another one."""
    rows = await database.fetch(
        "SELECT id, head FROM edition WHERE document = {} AND published_at IS NOT NULL ORDER BY ordinal", document
    )
    for row in rows:
        await keep(row["id"], await _render(row["id"], msgspec.json.decode(row["head"], type=HeadRow)))


async def keep(edition: UUID, made: Rendered) -> None:
    """Store a fragment in place of those of earlier versions."""
    async with database.transaction():
        await database.execute("DELETE FROM fragment WHERE edition = {} AND renderer <= {}", edition, RENDERER)
        await database.execute(
            "INSERT INTO fragment (edition, renderer, html, contents) VALUES ({}, {}, {}, {})",
            edition, RENDERER, made.html, msgspec.json.encode(made.contents).decode(),
        )  # fmt: skip


def _part(row: dict[str, Any]) -> Part:
    return Part(**{**row, "body": row["text"] if row["body"] is None else row["body"]})


async def _render(edition: UUID, head: HeadRow) -> Rendered:
    pieces = await pieces_of(edition)
    [row] = await database.fetch(
        "SELECT d.slug, e.ordinal FROM edition e JOIN document d ON d.id = e.document WHERE e.id = {}", edition
    )
    source = Source(head.number, head.type, head.issued, f"{row['slug']}@{row['ordinal']}")
    return await asyncio.to_thread(render, pieces.parts, anchors=pieces.anchors, source=source, signer=head.signer)
