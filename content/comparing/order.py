"""Which parts left their place, and where those that were taken out stood."""

from collections.abc import Iterator

from content.comparing.sides import Side
from content.structure.anchors import increasing

Pair = tuple[int | None, int | None]
"""A part's place in the older and in the newer edition, None where it has none."""


def moved(old: Side, new: Side, origins: dict[int, int]) -> set[int]:
    """The parts of ``new`` that stand elsewhere than they stood: in another part, or in another order within it.

    The most that can are said to have stayed. What goes along with the part it is nested in has not moved.
    """
    away = {there for there, here in origins.items() if not _is_at_home(old, new, origins, here, there)}
    homes: dict[int | None, list[tuple[int, int]]] = {}
    for there in sorted(origins.keys() - away):
        homes.setdefault(new.parents[there], []).append((origins[there], there))
    stayed = {there for pairs in homes.values() for _, there in increasing(pairs)}
    return origins.keys() - stayed


def reading_order(old: Side, new: Side, origins: dict[int, int], gone: set[int]) -> Iterator[Pair]:
    """Each part of both editions once, as old and new place: as the newer reads, the removed where they stood.

    ``gone`` are parts of ``new`` that have moved: nothing that was removed stands behind them for that reason.
    """
    behind = _removed(old, new, origins, gone)
    yield from ((here, None) for here in behind.get(-1, ()))
    for there in range(len(new.parts)):
        yield origins.get(there), there
        yield from ((here, None) for here in behind.get(there, ()))


def _removed(old: Side, new: Side, origins: dict[int, int], gone: set[int]) -> dict[int, list[int]]:
    """The removed parts by the part of ``new`` that they stood behind, -1 for the beginning.

    That is what stands before them in the part that holds them, with all that is nested in it; else that part itself.
    """
    goals = {here: there for there, here in origins.items()}
    last: dict[int | None, int] = {None: -1}
    behind: dict[int, list[int]] = {}
    for here, parent in enumerate(old.parents):
        there = goals.get(here)
        if there is None:
            last[here] = last[parent]
            behind.setdefault(last[parent], []).append(here)
            continue
        last[here] = there
        if there not in gone:
            last[parent] = max(last[parent], new.ends[there])
    return behind


def _is_at_home(old: Side, new: Side, origins: dict[int, int], here: int, there: int) -> bool:
    """Whether the part around it is still the same, or its address is."""
    if old.parts[here].path == new.parts[there].path:
        return True
    outer, inner = old.parents[here], new.parents[there]
    return outer is None if inner is None else origins.get(inner, -1) == outer
