"""Writing an edition's rows: its parts under their anchors, its fragment, and what it is compared by."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any
from uuid import UUID

from base import database
from content import fragments
from content.linking import Source
from content.rendering import render
from content.sameness import Wording
from content.structure import Part, carry_anchors

ROWS = 500
"""How many rows are inserted by one statement; PostgreSQL takes at most 32,767 values."""


async def keep_text(
    edition: UUID, parts: Sequence[Part], anchors: Mapping[str, str], *, source: Source, signer: str
) -> None:
    """Put these parts in the place of those that the edition had, and render them."""
    await database.execute("DELETE FROM part WHERE edition = {}", edition)
    await insert("part", [_part(edition, part, anchors[part.path]) for part in parts])
    made = await asyncio.to_thread(render, parts, anchors=anchors, source=source, signer=signer)
    await fragments.keep(edition, made)


async def anchors_after(parts: Sequence[Part], earlier: UUID | None) -> dict[str, str]:
    """An anchor for each path: that of the same passage in the edition before, or a new one."""
    carried: list[str | None] = [None] * len(parts)
    if earlier is not None:
        pieces = await fragments.pieces_of(earlier)
        old = [(part, pieces.anchors[part.path]) for part in pieces.parts]
        carried = await asyncio.to_thread(carry_anchors, old, parts)
    return {part.path: anchor or secrets.token_hex(8) for part, anchor in zip(parts, carried, strict=True)}


def compared_by(wording: Wording) -> dict[str, str | int | None]:
    """The columns of an edition by which it is found to be the same as another, or nearly."""
    first, second, third = wording.marks or (None, None, None)
    return {
        "text_digest": wording.text, "whole_digest": wording.whole, "words": wording.words,
        "first_mark": first, "second_mark": second, "third_mark": third,
    }  # fmt: skip


def digest_of(text: str) -> str:
    """What tells one text of a part from another."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


async def free_slug(wanted: str) -> str:
    """The address itself, or with the first number after it that makes it free; no document has it, nor ever had."""
    like = f"{wanted}-%"
    rows = await database.fetch(
        "SELECT slug FROM document WHERE slug = {} OR slug LIKE {} "
        "UNION ALL SELECT slug FROM former_slug WHERE slug = {} OR slug LIKE {}",
        wanted, like, wanted, like,
    )  # fmt: skip
    taken = {row["slug"] for row in rows}
    candidates = (wanted if at == 1 else f"{wanted}-{at}" for at in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


async def insert(table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns, many by one statement."""
    if not rows:
        return
    columns = ", ".join(rows[0])
    one = f"({', '.join('{}' for _ in rows[0])})"
    for at in range(0, len(rows), ROWS):
        some = rows[at : at + ROWS]
        await database.execute(
            f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * len(some))}",
            *[value for row in some for value in row.values()],
        )


def _part(edition: UUID, part: Part, anchor: str) -> dict[str, Any]:
    return {
        "edition": edition, "position": part.position, "anchor": anchor, "path": part.path, "parent": part.parent,
        "kind": part.kind, "label": part.label, "heading": part.heading, "text": part.text,
        "body": None if part.body == part.text else part.body, "digest": digest_of(part.text),
    }  # fmt: skip
