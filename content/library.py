"""What a phone keeps for reading without a network, and how it catches up: what to put in, what to take out.

A cursor holds a place in the journal, the scopes it was made for, and while a listing goes on where that has come to.
A listing is everything for a first visit, and what was gained when the scopes changed; afterwards the journal tells.
As all scopes are in the cursor, signed, the server knows what a member lost without keeping who had what.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from base import clock, database, journal
from content import audiences, banners, cursors, shelf, slugs
from content.audiences import Condition
from content.digest_rows import DigestRow
from content.digests import showing
from content.library_rows import Batch, Item
from content.listing import COLUMNS, row_of
from content.memory import Memory
from content.rows import Banner

FORMAT = 2
"""Version of the cursor; one of another version starts the phone's library anew."""

LIMIT = 200
DOCUMENT = "document:"
_last: Memory[int | None] = Memory(room=1)


class _Place(Struct, frozen=True):
    """Where a phone is: ``number`` in the journal; ``scopes`` it was asked with.

    While a listing goes on, ``before`` are the scopes of what the phone had, and ``after`` the place of the last
    document sent (issued_key, id), None at the beginning.
    """

    number: int
    scopes: frozenset[str]
    listing: bool = False
    before: frozenset[str] = frozenset()
    after: tuple[int, UUID] | None = None


async def changes_since(cursor: str | None, scopes: frozenset[str], limit: int = 50) -> Batch:
    """What changed in a member's library since ``cursor`` (None: never asked), at most about ``limit`` documents.

    Ask again at once while ``more``. ``gone`` names only documents that the phone might have held. After the last
    batch the phone holds the documents that may be kept offline and that ``scopes`` may read, and no other.
    """
    limit = max(1, min(limit, LIMIT))
    place = _opened(cursor)
    if place is None or (place.listing and place.scopes != scopes):
        number, _ = await journal.head()
        fresh = _Place(number, scopes, listing=True)
        return await _listed(fresh, limit, reset=bool(cursor))
    if place.listing:
        return await _listed(place, limit)
    if place.scopes != scopes:
        return await _rescoped(place, scopes, limit)
    return await _followed(place, limit)


# Places


def _opened(cursor: str | None) -> _Place | None:
    if not cursor:
        return None
    try:
        facts = cursors.unseal("library", cursor)
    except cursors.ForeignCursorError:
        return None
    if facts[0] != FORMAT:
        return None
    _, number, scopes, listing, before, after = facts
    resume = (after[0], UUID(after[1])) if after else None
    return _Place(number, frozenset(scopes), listing, frozenset(before), resume)


def _sealed(place: _Place) -> str:
    after = [place.after[0], str(place.after[1])] if place.after else None
    facts = [FORMAT, place.number, sorted(place.scopes), place.listing, sorted(place.before), after]
    return cursors.seal("library", facts)


# Listings


async def _rescoped(place: _Place, scopes: frozenset[str], limit: int) -> Batch:
    """The scopes changed: name what was lost at once, then list what was gained."""
    gone = await _lost(place.scopes, scopes)
    return await _listed(_Place(place.number, scopes, listing=True, before=place.scopes), limit, gone=gone)


async def _listed(place: _Place, limit: int, *, gone: Iterable[UUID] = (), reset: bool = False) -> Batch:
    """The next documents of a listing, newest first; those that the phone has as they are are left out."""
    conditions: list[Condition] = [("d.shown AND d.offline", [])]
    if place.before:
        conditions.append(_gained(place.before, place.scopes))
    else:
        conditions.append(audiences.readable(place.scopes))
    if place.after:
        conditions.append(("(d.issued_key, d.id) < ({}, {})", list(place.after)))
    rows = await _documents(conditions, "ORDER BY d.issued_key DESC, d.id DESC LIMIT {}", limit + 1)
    sent, more = rows[:limit], len(rows) > limit
    after = (sent[-1]["issued_key"], sent[-1]["id"]) if more else None
    following = _Place(place.number, place.scopes, more, place.before if more else frozenset(), after)
    items = await _items(sent, place.scopes)
    # What changed while the listing went on, or before the scopes did, stands in the journal: it is asked at the end.
    more = more or place.after is not None or bool(place.before)
    return Batch(items, tuple(gone), _sealed(following), reset=reset, more=more)


def _gained(before: frozenset[str], scopes: frozenset[str]) -> Condition:
    """That a document may be read only by the present scopes, or tells them of other documents than before."""
    gained, values = audiences.all_readable(scopes - before)
    had, more = audiences.readable(before)
    readable, some = audiences.readable(scopes)
    otherwise, last = banners.told_otherwise(before, scopes)
    return f"(({gained} AND NOT {had}) OR ({otherwise} AND {readable}))", [*values, *more, *last, *some]


async def _lost(before: frozenset[str], scopes: frozenset[str]) -> list[UUID]:
    """Documents that the earlier scopes may have brought to the phone and the present ones may not read."""
    addressed, values = audiences.all_ever_addressed(before - scopes)
    readable, more = audiences.readable(scopes)
    rows = await database.fetch(
        f"SELECT d.id FROM document d WHERE d.published_at IS NOT NULL AND {addressed} AND NOT {readable} "
        "ORDER BY d.id",
        *values,
        *more,
    )
    return [row["id"] for row in rows]


# The journal


async def _followed(place: _Place, limit: int) -> Batch:
    """What the journal says happened after the place, one page of it; mostly nothing, which costs no query."""
    last = await _last.ask(DOCUMENT, _last_entry)
    if last is not None and last <= place.number:
        return Batch((), (), _sealed(place), reset=False, more=False)
    rows = await database.fetch(
        "SELECT number, subject FROM journal WHERE number > {} AND substr(subject, 1, 9) = 'document:' "
        "ORDER BY number LIMIT {}",
        place.number,
        limit,
    )
    changed = list(dict.fromkeys(_document(row) for row in rows))
    unsealed = await database.fetch(
        "SELECT DISTINCT subject FROM journal WHERE number IS NULL AND substr(subject, 1, 9) = 'document:'"
    )
    kept = await _kept(changed, place.scopes) if changed else []
    held = {row["id"] for row in kept}
    # What may no longer be held is told at once; what is new waits for its place in the order.
    suspects = [each for each in changed if each not in held] + [_document(row) for row in unsealed]
    gone = await _gone(suspects, place.scopes) if suspects else []
    following = _Place(rows[-1]["number"] if rows else place.number, place.scopes)
    items = await _items(kept, place.scopes)
    return Batch(items, tuple(gone), _sealed(following), reset=False, more=len(rows) == limit)


async def _last_entry() -> int | None:
    """The number of the last entry about a document; None while one waits for its number."""
    rows = await database.fetch(
        "SELECT (SELECT max(number) FROM journal WHERE substr(subject, 1, 9) = 'document:') AS last, "
        "EXISTS (SELECT 1 FROM journal WHERE number IS NULL AND substr(subject, 1, 9) = 'document:') AS waiting"
    )
    return None if rows[0]["waiting"] else rows[0]["last"] or 0


def _document(row: dict[str, Any]) -> UUID:
    return UUID(row["subject"].removeprefix(DOCUMENT))


async def _kept(documents: list[UUID], scopes: frozenset[str]) -> list[dict[str, Any]]:
    """Those of the documents that belong in the library of someone with these scopes."""
    among, values = database.among("d.id", documents)
    conditions = [(among, [values]), ("d.shown AND d.offline", []), audiences.readable(scopes)]
    return await _documents(conditions, "ORDER BY d.issued_key DESC, d.id DESC LIMIT {}", len(documents))


async def _gone(documents: list[UUID], scopes: frozenset[str]) -> list[UUID]:
    """Those of the documents that a phone with these scopes may have held and must no longer hold."""
    among, values = database.among("d.id", documents)
    addressed, more = audiences.ever_addressed(scopes)
    readable, last = audiences.readable(scopes)
    rows = await database.fetch(
        f"SELECT d.id FROM document d WHERE {among} AND d.published_at IS NOT NULL AND {addressed} "
        f"AND NOT (d.shown AND d.offline AND {readable}) ORDER BY d.id",
        values,
        *more,
        *last,
    )
    return [row["id"] for row in rows]


# Items


async def _documents(conditions: list[Condition], tail: str, limit: int) -> list[dict[str, Any]]:
    where = " AND ".join(sql for sql, _ in conditions)
    values = [value for _, some in conditions for value in some]
    return await database.fetch(f"SELECT {COLUMNS} FROM document d WHERE {where} {tail}", *values, limit)


async def _items(rows: list[dict[str, Any]], scopes: frozenset[str]) -> tuple[Item, ...]:
    if not rows:
        return ()
    documents = [row["id"] for row in rows]
    among, values = database.among("document", documents)
    editions: dict[UUID, list[dict[str, Any]]] = {}
    for edition in await database.fetch(
        "SELECT id, document, ordinal, state, effective_from, effective_until, published_at FROM edition "
        f"WHERE {among} AND state IN ('published', 'superseded') ORDER BY ordinal DESC",
        values,
    ):
        editions.setdefault(edition["document"], []).append(edition)
    others = await banners.of_others_about(documents, scopes)
    digests = await showing.shown([each["id"] for some in editions.values() for each in some])
    former = await slugs.former_of(documents)
    # One withdrawn between the two questions is left out; the journal will say that it is gone.
    items = [
        await _item(row, editions[row["id"]], others.get(row["id"], []), digests)
        for row in rows
        if row["id"] in editions
    ]
    return tuple(structs.replace(item, former=former.get(item.id, ())) for item in items)


async def _item(
    row: dict[str, Any], stored: list[dict[str, Any]], others: list[Banner], digests: Mapping[UUID, DigestRow]
) -> Item:
    document = row_of(row)
    editions = shelf.edition_rows(stored, document)
    edition = shelf.edition_on(editions, clock.today())
    text = await shelf.text_of(next(each["id"] for each in stored if each["ordinal"] == edition.ordinal))
    return Item(
        id=document.id, slug=document.slug, number=document.number, type=document.type, issuer=document.issuer,
        issued=document.issued, title=document.title, topic=document.topic, state=document.state,
        effective_from=edition.effective_from, effective_until=edition.effective_until or document.effective_until,
        edition=edition.ordinal, head=text.head, contents=text.contents, html=text.html,
        banners=(*banners.own(document, editions, edition.ordinal), *others), digest=digests.get(text.edition),
    )  # fmt: skip
