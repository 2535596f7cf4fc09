"""The agenda: one line an item, and each keeps its id while its words are mended or its place changes."""

import json
from collections.abc import Iterable
from difflib import SequenceMatcher
from uuid import uuid4

from backend.meetings.model import Item

ALIKE = 0.6
"""From how large a share of common letters on a line counts as another, mended."""


def renewed(before: tuple[Item, ...], words: Iterable[str]) -> tuple[Item, ...]:
    """The items for these words: what was chosen for an item stays with it wherever its line went.

    A line that is there again keeps its id; one that is like another, or stands in its place, counts as it.
    """
    lines = tuple(words)
    kept = _same(before, lines)
    kept |= _mended([item for item in before if item not in kept.values()], lines, kept)
    kept |= {
        index: item
        for index, item in enumerate(before[: len(lines)])
        if index not in kept and item not in kept.values()
    }
    return tuple(Item(kept[index].id if index in kept else uuid4().hex[:12], line) for index, line in enumerate(lines))


def packed(items: tuple[Item, ...]) -> str:
    """An agenda as it is stored."""
    return json.dumps([[item.id, item.words] for item in items], ensure_ascii=False)


def unpacked(stored: str) -> tuple[Item, ...]:
    """An agenda as it was stored."""
    return tuple(Item(id, words) for id, words in json.loads(stored))


def _same(before: tuple[Item, ...], lines: tuple[str, ...]) -> dict[int, Item]:
    """Lines whose words are there already; of two alike, the first takes the first."""
    waiting, found = list(before), dict[int, Item]()
    for index, line in enumerate(lines):
        item = next((item for item in waiting if item.words == line), None)
        if item is not None:
            waiting.remove(item)
            found[index] = item
    return found


def _mended(free: list[Item], lines: tuple[str, ...], kept: dict[int, Item]) -> dict[int, Item]:
    """Lines most of whose letters are those of an item that is not there any more."""
    found = dict[int, Item]()
    for index, line in enumerate(lines):
        if index in kept or not free:
            continue
        likest = max(free, key=lambda item: _likeness(item.words, line))
        if _likeness(likest.words, line) >= ALIKE:
            free.remove(likest)
            found[index] = likest
    return found


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
