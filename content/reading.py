"""Opening a document: the text in force, an edition, one part; from memory while nothing changed."""

from datetime import date, datetime
from hashlib import blake2b

from base import clock
from base.errors import NotFoundError
from content import banners, originals, shelf
from content.counting import facets
from content.digests import showing
from content.listing import SORTS, documents, named
from content.memory import Memory
from content.narrowing import STATES
from content.rendering import UNSHOWN, printed_label
from content.rows import Crumb, PartReading, Reading, RelationRow
from content.shelf import Linked, Volume
from content.structure import Part, quotation

__all__ = ["SORTS", "STATES", "audience_of", "documents", "edition", "edition_in_force", "facets", "named", "part"]

MOST_CITING = 50
"""How many of the documents that cite one are shown with it."""

_readings: Memory[Reading] = Memory(shelf.TEXT_CHARS, lambda reading: len(reading.html) + 3_000)


async def edition_in_force(slug: str, *, scopes: frozenset[str], on: date | None = None) -> Reading:
    """The document as it is to be read ``on`` a day (today): the text in force, else the one to come."""
    volume = await shelf.take(slug, scopes=scopes)
    return await _open(volume, volume.ordinal_on(on or clock.today()), scopes)


async def edition(slug: str, ordinal: int, *, scopes: frozenset[str]) -> Reading:
    """One edition of a document, also one that is over or not yet in force."""
    volume = await shelf.take(slug, scopes=scopes)
    return await _open(volume, volume.edition(ordinal).ordinal, scopes)


async def part(slug: str, path: str, *, scopes: frozenset[str], edition: int | None = None) -> PartReading:
    """One part, by its path in an edition (the one in force); raises NotFoundError for a path that it lacks."""
    volume = await shelf.take(slug, scopes=scopes)
    ordinal = volume.ordinal_on(clock.today()) if edition is None else volume.edition(edition).ordinal
    pieces = await volume.pieces(ordinal)
    by_path = {each.path: each for each in pieces.parts if each.kind not in UNSHOWN}
    if path not in by_path:
        raise NotFoundError
    found, document = by_path[path], volume.document
    before, after = _neighbours(by_path, found)
    return PartReading(
        document=document, ordinal=ordinal, path=path, anchor=pieces.anchors[path], kind=found.kind,
        label=printed_label(found), heading=found.heading, text=found.text,
        quotation=quotation(pieces.parts, path, number=document.number, type=document.type),
        link=f"/documents/{slug}/editions/{ordinal}#{path}", previous=before, next=after,
        crumbs=tuple(Crumb(each.path, printed_label(each), each.heading) for each in _around(by_path, found)),
    )  # fmt: skip


async def audience_of(slug: str) -> frozenset[str]:
    """The scopes that may read the document now; empty when there is no such document."""
    now = clock.now()
    return frozenset(window.scope for window in await shelf.addressed(slug) if window.open_at(now))


async def _open(volume: Volume, ordinal: int, scopes: frozenset[str]) -> Reading:
    now = clock.now()
    # Whoever knows of the same other documents reads the same.
    known = frozenset(linked.slug for linked in (*volume.incoming, *volume.outgoing) if linked.visible(scopes, now))
    key = (volume.document.slug, ordinal, known)
    return _readings.recall(key) or await _readings.ask(key, lambda: _lay_open(volume, ordinal, scopes, now))


async def _lay_open(volume: Volume, ordinal: int, scopes: frozenset[str], now: datetime) -> Reading:
    text = await volume.text(ordinal)
    digest = (await showing.shown([text.edition])).get(text.edition)
    seen = [linked for linked in volume.incoming if linked.visible(scopes, now)]
    citing = [linked for linked in seen if linked.kind == "cites"]
    others = [*(linked for linked in seen if linked.kind != "cites"), *citing[:MOST_CITING]]
    told = (
        *banners.own(volume.document, volume.editions, ordinal),
        *banners.of_others(seen),
    )
    reading = Reading(
        document=volume.document, edition=volume.edition(ordinal), editions=volume.editions, head=text.head,
        contents=text.contents, html=text.html, banners=told,
        relations=tuple(_relation(linked, scopes, now) for linked in volume.outgoing), etag="",
        originals=await originals.originals(text.edition), incoming=tuple(map(_incoming, others)),
        more_cite=len(citing) > MOST_CITING, digest=digest,
    )  # fmt: skip
    facts = repr(
        (reading.document, reading.edition, reading.editions, text.edition, told, reading.relations, reading.incoming,
         reading.originals, digest)
    )  # fmt: skip
    return _with_etag(reading, blake2b(f"{facts}{hash_of(text.html)}".encode(), digest_size=12).hexdigest())


def hash_of(text: str) -> str:
    """A short digest of a text."""
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _with_etag(reading: Reading, etag: str) -> Reading:
    fields = {name: getattr(reading, name) for name in Reading.__struct_fields__}
    return Reading(**{**fields, "etag": etag})


def _relation(linked: Linked, scopes: frozenset[str], now: datetime) -> RelationRow:
    if not linked.visible(scopes, now):
        return RelationRow(linked.kind, linked.number)
    return RelationRow(linked.kind, linked.number, linked.slug, linked.type, linked.title)


def _incoming(linked: Linked) -> RelationRow:
    return RelationRow(linked.kind, linked.number, linked.slug, linked.type, linked.title, linked.effective_from)


def _around(by_path: dict[str, Part], found: Part) -> list[Part]:
    around: list[Part] = []
    while found.parent is not None and found.parent in by_path:
        found = by_path[found.parent]
        around.insert(0, found)
    return around


def _neighbours(by_path: dict[str, Part], found: Part) -> tuple[str | None, str | None]:
    """The part before (a sibling, else what it is nested in) and after (a sibling, else one of those around it)."""
    siblings = [each.path for each in by_path.values() if each.parent == found.parent]
    at = siblings.index(found.path)
    before = siblings[at - 1] if at else found.parent
    if at + 1 < len(siblings):
        return before, siblings[at + 1]
    parent = by_path.get(found.parent) if found.parent is not None else None
    return before, _neighbours(by_path, parent)[1] if parent else None
