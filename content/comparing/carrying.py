"""Following a part into another edition, as remarks and comments do that hold its anchor."""

import asyncio
from uuid import UUID

from content import fragments
from content.comparing.comparison import partners
from content.structure import Part


async def carry(anchor: str, *, source: UUID, target: UUID) -> Part | None:
    """The part of the edition ``target`` that goes on what ``anchor`` names in the edition ``source``.

    None when it was removed. A part that was moved has another anchor there, and is found by its words.
    """
    found = await fragments.part_at(anchor, edition=target)
    if found is not None or await fragments.part_at(anchor, edition=source) is None:
        return found
    old, new = await fragments.pieces_of(source), await fragments.pieces_of(target)
    by_path = {part.path: part for part in new.parts}
    goals = await asyncio.to_thread(partners, old, new)
    return next((by_path[goals[path]] for path, each in old.anchors.items() if each == anchor and path in goals), None)
