"""Where a comment stands today: its part followed into the text in force, or the edition in which it was taken out."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import date
from uuid import UUID

from msgspec import Struct

from base import clock
from content.comparing.carrying import carry
from content.fragments import part_at
from content.memory import Memory
from content.shelf import Volume
from content.structure.citing import quotations

OLD_CHARS = 400
"""So much of the words of a part that is gone is shown beside what was said of it."""


Written = Callable[[UUID, Collection[str]], Awaitable[Mapping[str, UUID]]]
"""Tells for anchors of a document on which edition somebody wrote of each."""


class Place(Struct, frozen=True):
    """A part of the text in force; ``path`` is "" for the whole, and where the part is gone.

    ``removed``: it was taken out, in the edition of the day ``on`` (None when that is not known); ``old`` are its
    words as they were.
    """

    path: str = ""
    label: str = ""
    removed: bool = False
    on: date | None = None
    old: str = ""


WHOLE = Place()

_places: Memory[Place] = Memory(room=50_000)
_labels: Memory[dict[str, str]] = Memory(room=2_000)


async def place(volume: Volume, anchor: str, *, edition: UUID) -> Place:
    """Where what ``anchor`` named in an edition stands in the text in force; remembered while no content changes."""
    if not anchor:
        return WHOLE
    key = (volume.document.id, anchor, edition)
    return _places.recall(key) or await _places.ask(key, lambda: _find(volume, anchor, edition))


async def paths(volume: Volume, anchors: Collection[str], written_on: Written) -> dict[str, str]:
    """At which path of the text in force each of these anchors goes on; those of parts that are gone are missing.

    ``written_on`` tells of anchors that this text lacks an edition that has them.
    """
    pieces = await volume.pieces(volume.ordinal_on(clock.today()))
    there = {anchor: path for path, anchor in pieces.anchors.items() if anchor in anchors}
    if lacking := set(anchors) - there.keys():
        for anchor, edition in (await written_on(volume.document.id, lacking)).items():
            if path := (await place(volume, anchor, edition=edition)).path:
                there[anchor] = path
    return there


async def _find(volume: Volume, anchor: str, edition: UUID) -> Place:
    ordinal = volume.ordinal_on(clock.today())
    part = await carry(anchor, source=edition, target=volume.edition_ids[ordinal])
    if part is None:
        return await _removed(volume, anchor, edition)
    return Place(part.path, (await labels(volume)).get(part.path, ""))


async def labels(volume: Volume) -> dict[str, str]:
    """How the parts of the text in force are quoted within it, by path."""

    async def make() -> dict[str, str]:
        return quotations((await volume.pieces(volume.ordinal_on(clock.today()))).parts)

    return await _labels.ask(volume.document.id, make)


async def _removed(volume: Volume, anchor: str, edition: UUID) -> Place:
    was = await part_at(anchor, edition=edition)
    old = " ".join((was.heading + " " + was.body).split()) if was else ""
    return Place(removed=True, on=await _removed_on(volume, anchor, edition), old=_shortened(old))


async def _removed_on(volume: Volume, anchor: str, edition: UUID) -> date | None:
    """The day of the first later edition that lacks it."""
    written = next((ordinal for ordinal, id in volume.edition_ids.items() if id == edition), 0)
    for ordinal in sorted(ordinal for ordinal in volume.edition_ids if ordinal > written):
        if await carry(anchor, source=edition, target=volume.edition_ids[ordinal]) is None:
            row = volume.edition(ordinal)
            return row.effective_from or (clock.local(row.published_at).date() if row.published_at else None)
    return None


def _shortened(words: str) -> str:
    return words if len(words) <= OLD_CHARS else words[:OLD_CHARS].rsplit(" ", 1)[0] + " …"
