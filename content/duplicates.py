"""Finding what is in the handbook already: the same print, the same text under another number, an earlier print.

Of documents that whoever imports may not read, nothing is said but that the text or the number is not free.
"""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from base import database
from content import audiences, sameness
from content.extracting import Extract
from content.outcomes import ImportRow, Refusal, StoredHead, Told, row_of
from content.sameness import Wording

ALIKE = 0.8
"""From which share of runs of words in common two texts are said to be nearly the same."""

HARDLY = 0.95
"""From which share on a later text of a document is said to differ hardly from the one before."""

CANDIDATES = 3
"""How many documents a text is compared with word by word: those that share marks with it, the nearest in length."""

Scopes = frozenset[str] | None
"""The scopes of whoever imports; None sees everything, as the command line does."""


class Asker(Struct, frozen=True):
    """Who imports: the scopes they read by, and whether a text is wanted that is here under another number."""

    scopes: Scopes = None
    even_if_same: bool = False


_OPEN = "e.state <> 'withdrawn'"
"""A text that was withdrawn stands in no other's way; but its own file, imported again, does not bring it back."""


class Here(Struct, frozen=True):
    """An edition that is in the handbook already."""

    document: UUID
    edition: UUID
    slug: str
    type: str
    number: str
    issuer: str
    issued: date | None
    ordinal: int
    state: str
    latest: int | None
    head: StoredHead

    def row(self, file: Path, outcome: str, **more: Any) -> ImportRow:
        """The row of a file that holds this edition."""
        return row_of(file, outcome, self.head, slug=self.slug, edition=self.ordinal, **more)


async def same_file(file: Path, digest: str, scopes: Scopes) -> ImportRow | None:
    """What became of this very file when it was taken before; None when it was not."""
    here = await _first("e.source_digest = {} ORDER BY e.ordinal DESC", digest)
    if here is None:
        return None
    await _shown(here, scopes)
    return _older(file, here) if here.state == "superseded" else here.row(file, "unchanged")


async def same_document(file: Path, document: UUID, extract: Extract, scopes: Scopes) -> ImportRow | None:
    """The row of a file that adds nothing to the document it is a print of; None when it is a later text."""
    newest = await _first("e.document = {} ORDER BY e.ordinal DESC", document)
    if newest is None:
        return None
    await _shown(newest, scopes)
    wording = extract.wording.whole
    same = await _first("e.document = {} AND e.whole_digest = {} ORDER BY e.ordinal DESC", document, wording)
    if same is not None and same.state == "superseded":
        return _older(file, same)
    if same is not None:
        return same.row(file, "unchanged", warnings=(Told("content-import-same-print", {"edition": same.ordinal}),))
    revised, known = extract.matter.revised, newest.head.revised
    if revised and known and revised < known:
        days: dict[str, str | int] = {
            "revised": f"{revised:%d/%m/%Y}",
            "known": f"{known:%d/%m/%Y}",
            "edition": newest.ordinal,
        }
        return newest.row(file, "older", error=Told("content-import-older-file", days))
    return None


async def same_text(wording: Wording, scopes: Scopes) -> Told | None:
    """Says which document of another number has the same body; None when none has."""
    if not wording.text:
        return None
    here = await _first(f"{_OPEN} AND e.text_digest = {{}} ORDER BY e.ordinal DESC", wording.text)
    if here is None:
        return None
    return Told("content-import-same-text", _named(here)) if await _may_see(here, scopes) else Told(
        "content-import-same-text-hidden"
    )  # fmt: skip


async def nearly_the_newest(document: UUID, extract: Extract) -> Told | None:
    """Says that a later text hardly differs from the one before it: a correction, or the same paper scanned again."""
    here = await _first("e.document = {} ORDER BY e.ordinal DESC", document)
    share = await _likeness(extract, here) if here and extract.wording.text else 0.0
    if share < HARDLY:
        return None
    return Told("content-import-hardly-differs", {"edition": here.ordinal if here else 0, "percent": int(share * 100)})


async def nearly_same(extract: Extract, scopes: Scopes) -> Told | None:
    """Says which document has nearly the same body, as when one paper was scanned twice; None when none has."""
    for here in await _candidates(extract.wording):
        share = await _likeness(extract, here) if await _may_see(here, scopes) else 0.0
        if share >= ALIKE:
            return Told("content-import-nearly-same", {**_named(here), "percent": int(share * 100)})
    return None


async def _likeness(extract: Extract, here: Here) -> float:
    mine = [(part.kind, part.text) for part in extract.structure.parts]
    theirs = await database.fetch("SELECT kind, text FROM part WHERE edition = {} ORDER BY position", here.edition)
    return await asyncio.to_thread(sameness.likeness, mine, [(part["kind"], part["text"]) for part in theirs])


def _older(file: Path, here: Here) -> ImportRow:
    values = {**_named(here), "edition": here.ordinal, "latest": here.latest or here.ordinal}
    return here.row(file, "older", error=Told("content-import-older-print", values))


def _named(here: Here) -> dict[str, str | int]:
    return {"type": here.type, "number": here.number, "issued": f"{here.issued:%d/%m/%Y}" if here.issued else "none"}


async def _shown(here: Here, scopes: Scopes) -> None:
    """Raise Refusal for a document that whoever imports may not read: it is not theirs to change."""
    if not await _may_see(here, scopes):
        raise Refusal(Told("content-import-elsewhere"))


async def _may_see(here: Here, scopes: Scopes) -> bool:
    return scopes is None or audiences.may_read(scopes, await audiences.windows(here.document))


async def _candidates(wording: Wording) -> list[Here]:
    """Editions that share a mark, the nearest in length first: at most CANDIDATES of them."""
    if not wording.marks:
        return []
    return await _editions(
        f"{_OPEN} AND "
        "(e.first_mark = {} OR e.second_mark = {} OR e.third_mark = {}) AND e.words BETWEEN {} AND {} "
        "ORDER BY abs(e.words - {})",
        CANDIDATES, *wording.marks, int(wording.words * ALIKE), int(wording.words / ALIKE) + 1, wording.words,
    )  # fmt: skip


async def _first(condition: str, *values: Any) -> Here | None:
    found = await _editions(condition, 1, *values)
    return found[0] if found else None


async def _editions(condition: str, limit: int, *values: Any) -> list[Here]:
    """Editions that were issued; drafts, which have no ordinal of their own yet, are nobody's business."""
    rows = await database.fetch(
        "SELECT e.id AS edition, e.document, e.ordinal, e.state, e.head, d.slug, d.type, d.number, d.issuer, d.issued, "
        "(SELECT max(ordinal) FROM edition l WHERE l.document = e.document AND l.state <> 'withdrawn') AS latest "
        f"FROM edition e JOIN document d ON d.id = e.document WHERE e.ordinal > 0 AND {condition} LIMIT {{}}",
        *values,
        limit,
    )
    return [Here(**{**row, "head": msgspec.json.decode(row["head"], type=StoredHead)}) for row in rows]
