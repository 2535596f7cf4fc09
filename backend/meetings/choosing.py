"""Which parts of documents are read before a meeting: chosen by the secretary, of what every member may read."""

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct

from backend.accounts.acts import act
from backend.accounts.scopes import shared_in
from backend.meetings import keeping
from backend.meetings.model import MOST_PARTS, NOTE_CHARS, Meeting, NotForAllError, PartChangedSinceError
from base import clock, database
from base.errors import InvalidError, NotFoundError
from content import audiences, shelf
from content.shelf import Volume
from content.structure import quotation

WHOLE = ""
"""The path of a document as a whole."""


class Chosen(Struct, frozen=True):
    """A part as it was chosen; ``slug`` and ``label`` are those of that day."""

    id: UUID
    position: int
    item: str
    slug: str
    edition: UUID
    anchor: str
    path: str
    label: str
    note: str
    version: int


async def chosen(meeting: UUID) -> tuple[Chosen, ...]:
    """The parts of a meeting in their order, whoever may read them."""
    rows = await database.fetch(
        "SELECT p.id, p.position, p.item, d.slug, p.edition, p.anchor, p.path, p.label, p.note, p.version "
        "FROM meeting_part p JOIN document d ON d.id = p.document WHERE p.meeting = {} ORDER BY p.position, p.id",
        meeting,
    )
    return tuple(Chosen(**row) for row in rows)


async def choose(
    id: UUID, meeting: UUID, slug: str, paths: Collection[str], *, item: str, scopes: frozenset[str], by: str
) -> None:
    """Put parts of a document (WHOLE: all of it) at the end of the list, for an item of the agenda.

    Ids are made from the form's ``id``; what is on the list already stays as it is. Raises NotFoundError for a
    document outside the secretary's ``scopes``, NotForAllError for one that some member may not read.
    """
    async with act(meeting):
        was = await keeping.opened(meeting)
        _check_item(was, item)
        volume = await shelf.take(slug, scopes=scopes)
        if not audiences.may_read(await shared_in(was.unit), volume.addressed):
            raise NotForAllError
        there = await chosen(meeting)
        wanted = [row for row in await _rows(id, volume, paths) if not _is_there(row, slug, there)]
        if len(there) + len(wanted) > MOST_PARTS:
            raise InvalidError("meeting-too-many-parts", most=MOST_PARTS)
        after = max((part.position for part in there), default=0)
        for index, row in enumerate(wanted, after + 1):
            await _insert({**row, "meeting": meeting, "position": index, "item": item, "chosen_by": by})
        if wanted:
            await keeping.note("choose", was, by, parts=[str(row["id"]) for row in wanted], document=volume.document.id)


async def amend(id: UUID, meeting: UUID, *, item: str, note: str, version: int, by: str) -> None:
    """Say for which item a part is read, and what to mind in it. Raises PartChangedSinceError, InvalidError."""
    note = keeping.tidy(note)
    if len(note) > NOTE_CHARS:
        raise InvalidError.of("note", "meeting-too-long", most=NOTE_CHARS)
    async with act(meeting):
        was = await keeping.opened(meeting)
        part = await _part(id, meeting)
        if (part.item, part.note) == (item, note):
            return
        _check_item(was, item)
        if part.version != version:
            raise PartChangedSinceError
        await database.execute(
            "UPDATE meeting_part SET item = {}, note = {}, version = {} WHERE id = {}", item, note, version + 1, id
        )
        await keeping.note("amend", was, by, part=id)


async def place(id: UUID, meeting: UUID, *, before: UUID | None, by: str) -> None:
    """Let a part stand before another one of the list, or at its end."""
    async with act(meeting):
        was = await keeping.opened(meeting)
        moved = await _part(id, meeting)
        others = [part.id for part in await chosen(meeting) if part.id != id]
        at = others.index(before) if before in others else len(others)
        order = [*others[:at], moved.id, *others[at:]]
        if order == [part.id for part in await chosen(meeting)]:
            return
        for position, one in enumerate(order, 1):
            await database.execute("UPDATE meeting_part SET position = {} WHERE id = {}", position, one)
        await keeping.note("order", was, by, part=id)


async def drop(id: UUID, meeting: UUID, *, by: str) -> None:
    """Take a part from the list; one that is not there changes nothing."""
    async with act(meeting):
        was = await keeping.opened(meeting)
        rows = await database.fetch(
            "DELETE FROM meeting_part WHERE id = {} AND meeting = {} RETURNING document", id, meeting
        )
        if rows:
            await keeping.note("drop", was, by, part=id, document=rows[0]["document"])


async def copy(source: UUID, meeting: UUID, *, by: str) -> None:
    """Begin an empty list with the parts of another meeting, for the items whose words are the same."""
    async with act(meeting):
        was, other = await keeping.opened(meeting), await keeping.meeting(source)
        if await chosen(meeting):
            return
        words = {item.words: item.id for item in was.agenda}
        items = {item.id: words.get(item.words, "") for item in other.agenda}
        rows = await database.fetch("SELECT * FROM meeting_part WHERE meeting = {} ORDER BY position", source)
        for row in rows:
            named = {"id": uuid5(meeting, str(row["id"])), "meeting": meeting, "item": items.get(row["item"], "")}
            await _insert({**row, **named, "chosen_by": by})
        if rows:
            await keeping.note("copy", was, by, source=source)


async def _rows(id: UUID, volume: Volume, paths: Collection[str]) -> list[dict[str, Any]]:
    """What is stored of each part, in the order of the text; raises NotFoundError for a path that it lacks."""
    ordinal, document = volume.ordinal_on(clock.today()), volume.document
    pieces = await volume.pieces(ordinal)
    if not set(paths) <= {WHOLE, *pieces.anchors}:
        raise NotFoundError
    whole = f"{document.type} {document.number}".strip() or document.title
    labels = {
        path: quotation(pieces.parts, path, number=document.number, type=document.type) if path else whole
        for path in (WHOLE, *pieces.anchors)
        if path in paths
    }
    return [
        {"id": uuid5(id, f"{document.slug}#{path}"), "document": document.id, "edition": volume.edition_ids[ordinal],
         "ordinal": ordinal, "anchor": pieces.anchors.get(path, ""), "path": path, "label": label, "note": ""}
        for path, label in labels.items()
    ]  # fmt: skip


def _is_there(row: dict[str, Any], slug: str, there: tuple[Chosen, ...]) -> bool:
    return any((part.slug, part.anchor) == (slug, row["anchor"]) for part in there)


async def _insert(row: dict[str, Any]) -> None:
    columns = {**row, "version": 1, "chosen_at": clock.now()}
    names, places = ", ".join(columns), ", ".join("{}" for _ in columns)
    await database.execute(f"INSERT INTO meeting_part ({names}) VALUES ({places})", *columns.values())


async def _part(id: UUID, meeting: UUID) -> Chosen:
    found = next((part for part in await chosen(meeting) if part.id == id), None)
    if found is None:
        raise NotFoundError
    return found


def _check_item(meeting: Meeting, item: str) -> None:
    if item and item not in {one.id for one in meeting.agenda}:
        raise InvalidError.of("item", "meeting-item-unknown")
