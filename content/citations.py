"""Finding what a quotation names: one document or one part of it, among those that the reader may read."""

from typing import Literal
from urllib.parse import quote
from uuid import UUID

from msgspec import Struct

from base import clock
from base.errors import MovedError, NotFoundError
from content import identifying, quotations, shelf, vocabulary
from content.memory import Memory
from content.quotations import Places, Quotation
from content.quotations.places import HEADING_CHARS
from content.rows import DocumentRow
from content.shelf import Volume
from content.structure import quotation

MOST = 20
"""Most hits that are told; more than that help nobody to choose."""

LOOKED_INTO = 6
"""In so many documents of one number a part is looked for; where there are more, only in the one that is chosen."""

IN_FORCE = 0
"""Stands for the edition in force where a place is written down without one."""

PLACES = 200
"""Of how many editions a process remembers what each part is called."""

_places: Memory[Places] = Memory(PLACES)


class Near(Struct, frozen=True):
    """Where a quotation stands: "Quy định này" is the document, "Điều này" the article around ``path``."""

    slug: str
    edition: int
    path: str = ""

    @classmethod
    def of(cls, text: str) -> "Near | None":
        """Read ``slug@edition.path``, the path left out perhaps; None for anything else."""
        slug, _, place = text.partition("@")
        edition, _, path = place.partition(".")
        known = slug and edition.isascii() and edition.isdecimal() and len(edition) < 6
        return cls(slug, int(edition), path) if known else None


class Hit(Struct, frozen=True):
    """What a quotation may mean: a part of an edition, or without ``ordinal`` and ``path`` a document as it stands.

    ``term`` is the term of the party's congress in which the document was issued.
    """

    document: DocumentRow
    ordinal: int | None
    path: str | None
    quotation: str
    link: str
    term: str


class Resolution(Struct, frozen=True):
    """What a quotation came to.

    ``one``: a single hit. ``several``: one of the hits is meant. ``part-missing``: the hits are documents that have no
    such part. ``nothing``: no document; the hits are then those of that number that differ in date, year or issuer.
    ``understood``: what of the text was understood.
    """

    outcome: Literal["one", "several", "part-missing", "nothing"]
    hits: tuple[Hit, ...]
    understood: str


async def resolve(text: str, *, scopes: frozenset[str], near: Near | None = None) -> Resolution:
    """Find what ``text`` names, of what the reader may read; everything else is as if it were not here. Raises nothing.

    Of a document with several editions the one in force answers, or the newest other one that has such a part.
    """
    read = quotations.read(text)
    beside = await _volume(near.slug, scopes) if near else None
    exact, others = await identifying.documents(read.paper, scopes=scopes, beside=beside.document if beside else None)
    here = read.paper.is_this or not read.paper.is_named
    if here:
        exact, others = [beside.document] if beside and (read.names_parts or read.paper.is_this) else [], []
    if len(exact) > LOOKED_INTO or not (read.names_parts or len(read.rest) >= HEADING_CHARS):
        return _told(read, [_whole(row, read.parts) for row in exact], [], others)
    hits, missing = list[Hit](), list[Hit]()
    for row in exact:
        volume = await _volume(row.slug, scopes)
        found = await _searched(volume, read, near if here else None) if volume else []
        (missing if read.names_parts and any(hit.path is None for hit in found) else hits).extend(found)
    return _told(read, hits, missing, others)


def _told(read: Quotation, hits: list[Hit], missing: list[Hit], others: list[DocumentRow]) -> Resolution:
    if hits:
        return Resolution("one" if len(hits) == 1 else "several", tuple(hits[:MOST]), read.understood)
    if missing:
        return Resolution("part-missing", tuple(missing[:MOST]), read.understood)
    return Resolution("nothing", tuple(_whole(row) for row in others[:MOST]), read.understood)


async def _volume(slug: str, scopes: frozenset[str]) -> Volume | None:
    try:
        return await shelf.take(slug, scopes=scopes)
    except MovedError as moved:  # the address stands in a text that was saved before
        return await _volume(moved.now, scopes)
    except NotFoundError:
        return None


async def _searched(volume: Volume, read: Quotation, near: Near | None) -> list[Hit]:
    """The parts of a document that are meant, from the first edition that has any; else the document itself."""
    standing = volume.ordinal_on(clock.today())
    if near and near.edition in volume.edition_ids:
        standing = near.edition
    others = [edition.ordinal for edition in volume.editions if edition.ordinal != standing]
    for ordinal in (standing, *others):
        places = await _places_of(volume, ordinal)
        beside = near.path if near and ordinal == near.edition else ""
        paths = places.find(read.groups, words=read.words, near=beside, around=read.around)
        if paths:
            return [await _part(volume, ordinal, path) for path in paths]
    return [_whole(volume.document)]


async def _places_of(volume: Volume, ordinal: int) -> Places:
    edition: UUID = volume.edition_ids[ordinal]

    async def find() -> Places:
        return Places((await volume.pieces(ordinal)).parts)

    return await _places.ask(edition, find)


async def _part(volume: Volume, ordinal: int, path: str) -> Hit:
    pieces, document = await volume.pieces(ordinal), volume.document
    words = quotation(pieces.parts, path, number=document.number, type=document.type)
    link = f"/documents/{document.slug}/editions/{ordinal}#{path}"
    return Hit(document, ordinal, path, words, link, _term(document))


def _whole(document: DocumentRow, parts: str = "") -> Hit:
    """A document, or where ``parts`` of it are looked for by whoever follows the link."""
    words = " ".join(word for word in (document.type, document.number) if word)
    link = f"/cite/{quote(parts)}?from={document.slug}@{IN_FORCE}" if parts else f"/documents/{document.slug}"
    return Hit(document, None, None, words or document.title, link, _term(document))


def _term(document: DocumentRow) -> str:
    term = vocabulary.term_on(document.issued) if document.issued else None
    return term.name if term else ""
