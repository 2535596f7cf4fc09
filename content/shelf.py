"""Documents as they lie in memory: editions, audience, relations, and each text once somebody opened it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from base import clock, database
from base.errors import MovedError, NotFoundError
from content import audiences, fragments, listing, slugs
from content.audiences import Window
from content.fragments import Pieces, Text
from content.memory import Memory
from content.rows import DocumentRow, EditionRow

VOLUMES = 20_000
"""How many documents a process remembers without their texts."""

TEXT_CHARS = 60_000_000
"""How much text a process keeps in memory, as HTML and as parts."""

CITING = 500
"""Of the documents that cite one, so many of the latest are looked at for those that a reader may know of."""

_INCOMING = "JOIN document o ON o.id = r.document AND o.shown WHERE r.other = {}"
_OUTGOING = "LEFT JOIN document o ON o.id = r.other AND o.shown WHERE r.document = {}"


@dataclass(frozen=True, slots=True)
class Linked:
    """A document in a relation with another, and who may know of it; without slug when it is not here."""

    kind: str
    number: str
    slug: str
    type: str
    title: str
    effective_from: date | None
    addressed: tuple[Window, ...]

    def visible(self, scopes: frozenset[str], at: datetime) -> bool:
        """Whether the reader may know of it."""
        return bool(self.slug) and audiences.may_read(scopes, self.addressed, at)


@dataclass(frozen=True, slots=True)
class Volume:
    """A document with everything about it that does not depend on who reads; editions newest first.

    ``notes`` are what the editors said of their editions, "" where they said nothing.
    """

    document: DocumentRow
    editions: tuple[EditionRow, ...]
    edition_ids: dict[int, UUID]
    notes: dict[int, str]
    addressed: tuple[Window, ...]
    incoming: tuple[Linked, ...]
    outgoing: tuple[Linked, ...]

    def ordinal_on(self, day: date) -> int:
        """The edition to read on a day: the last one in force by then, else the first that will be."""
        return edition_on(self.editions, day).ordinal

    def edition(self, ordinal: int) -> EditionRow:
        """One of its editions; raises NotFoundError when readers may not open such a one."""
        found = next((edition for edition in self.editions if edition.ordinal == ordinal), None)
        if found is None:
            raise NotFoundError
        return found

    async def text(self, ordinal: int) -> Text:
        """The fragment of an edition and what stands around it."""
        return await text_of(self.edition_ids[ordinal])

    async def pieces(self, ordinal: int) -> Pieces:
        """The parts of an edition."""
        edition = self.edition_ids[ordinal]
        return await _pieces.ask(edition, lambda: fragments.pieces_of(edition))


_volumes: Memory[Volume] = Memory(VOLUMES)
_texts: Memory[Text] = Memory(TEXT_CHARS, lambda text: len(text.html) + 1_000)
_pieces: Memory[Pieces] = Memory(TEXT_CHARS, lambda pieces: 2 * sum(len(part.text) + 500 for part in pieces.parts))


async def take(slug: str, *, scopes: frozenset[str]) -> Volume:
    """The document at this address, for a reader who may read it; raises NotFoundError for any other.

    Whoever may read it and comes by an address that it had before is told by MovedError.
    """
    if "\0" in slug:  # no address holds one, and PostgreSQL fails on it
        raise NotFoundError
    try:
        volume = await _volume(slug)
    except NotFoundError:
        now = await slugs.current(slug)
        if now is None or not audiences.may_read(scopes, await addressed(now)):
            raise NotFoundError from None
        raise MovedError(was=slug, now=now) from None
    if not audiences.may_read(scopes, volume.addressed):
        raise NotFoundError
    return volume


async def addressed(slug: str) -> tuple[Window, ...]:
    """Who may read the document at this address; nobody when there is none."""
    try:
        return (await _volume(slug)).addressed
    except NotFoundError:
        return ()


async def text_of(edition: UUID) -> Text:
    """An edition's fragment and what stands around it, from memory when somebody opened it before."""
    return _texts.recall(edition) or await _texts.ask(edition, lambda: fragments.text_of(edition))


def edition_on(editions: tuple[EditionRow, ...], day: date) -> EditionRow:
    """The edition to read on a day: the last one in force by then, else the first that will be."""
    begun = [edition for edition in editions if _begins(edition) <= day]
    if begun:
        return max(begun, key=lambda each: each.ordinal)
    return min(editions, key=lambda each: (_begins(each), -each.ordinal))


def edition_rows(rows: list[dict[str, Any]], document: DocumentRow) -> tuple[EditionRow, ...]:
    """Editions, newest first, each ended by the eve of the day on which a later one comes into force.

    None outlasts its document, which another may have replaced.
    """
    made: list[EditionRow] = []
    today, following = clock.today(), date.max
    for row in rows:
        begins, ends = row["effective_from"], _earlier(row["effective_until"], document.effective_until)
        if following < date.max:
            ends = min(ends or date.max, date.fromordinal(following.toordinal() - 1))
        standing = listing.state_on(today, begins, ends)
        never = begins is not None and ends is not None and ends < begins  # corrected before it came into force
        made.append(
            EditionRow(row["ordinal"], row["state"], "ended" if never else standing, begins, None if never else ends,
                       row["published_at"])
        )  # fmt: skip
        following = min(begins or date.min, following)
    return tuple(made)


async def _volume(slug: str) -> Volume:
    return _volumes.recall(slug) or await _volumes.ask(slug, lambda: _load(slug))


async def _load(slug: str) -> Volume:
    rows = await database.fetch(f"SELECT {listing.COLUMNS} FROM document d WHERE d.slug = {{}} AND d.shown", slug)
    if not rows:
        raise NotFoundError
    document = listing.row_of(rows[0])
    editions = await database.fetch(
        "SELECT id, ordinal, state, effective_from, effective_until, published_at, note FROM edition "
        "WHERE document = {} AND state IN ('published', 'superseded') ORDER BY ordinal DESC",
        document.id,
    )
    if not editions:  # withdrawn between the two questions
        raise NotFoundError
    return Volume(
        document=document,
        editions=edition_rows(editions, document),
        edition_ids={row["ordinal"]: row["id"] for row in editions},
        notes={row["ordinal"]: row["note"] for row in editions},
        addressed=await audiences.windows(document.id),
        incoming=(
            *await _linked(f"{_INCOMING} AND r.kind <> 'cites' ORDER BY r.id", document.id),
            *await _linked(
                f"{_INCOMING} AND r.kind = 'cites' ORDER BY o.issued_key DESC, r.id LIMIT {CITING}", document.id
            ),
        ),
        outgoing=await _linked(f"{_OUTGOING} ORDER BY r.id", document.id),
    )


async def _linked(others: str, document: UUID) -> tuple[Linked, ...]:
    rows = await database.fetch(
        "SELECT r.kind, r.other_number, o.id AS other, o.slug, o.number, o.type, o.title, o.effective_from "
        f"FROM relation r {others}",
        document,
    )
    addressed = await audiences.windows_of({row["other"] for row in rows if row["other"]})
    return tuple(_link(row, addressed.get(row["other"], ())) for row in rows)


def _link(row: dict[str, Any], addressed: tuple[Window, ...]) -> Linked:
    if row["other"] is None:
        return Linked(row["kind"], row["other_number"], "", "", "", None, ())
    return Linked(row["kind"], row["number"], row["slug"], row["type"], row["title"], row["effective_from"], addressed)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def _begins(edition: EditionRow) -> date:
    return edition.effective_from or date.min
