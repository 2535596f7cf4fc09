"""Finding a unit among the many that one administers, by words of its name or by its code."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from backend.accounts.forest import Forest, Unit
from backend.accounts.naming import fold

MOST = 20
"""Units that are told of; whoever looks for more is asked for more words."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best matches, and how many there are of all."""

    units: tuple[Unit, ...]
    total: int


@lru_cache(maxsize=8)
def below(tree: Forest, tops: tuple[int, ...], on: date) -> tuple[Unit, ...]:
    """The units that live on that day from each of ``tops`` downwards, each after the one above it."""
    reached = dict.fromkeys(unit for top in tops for unit in tree.subtree(top, on))
    return tuple(tree[unit] for unit in reached if tree[unit].alive(on))


def find(units: Collection[Unit], words: str) -> Found:
    """Units whose name or code holds all the words, no accents needed: codes first, then what begins so, then short."""
    wanted = fold(words).split()
    return _ranked([unit for unit in units if wanted and all(word in _text(unit) for word in wanted)], wanted)


def find_in(tree: Forest, units: Collection[Unit], words: str, on: date) -> Found:
    """The same; where nothing is found, units whose name holds some of the words and the names above them the others:
    the commune of a province, among all communes of one name.
    """
    found, wanted = find(units, words), fold(words).split()
    if found.total or len(wanted) < 2:
        return found
    some = [unit for unit in units if any(word in _text(unit) for word in wanted)]
    return _ranked([unit for unit in some if all(word in _line(tree, unit, on) for word in wanted)], wanted)


def _line(tree: Forest, unit: Unit, on: date) -> str:
    return " ".join(_text(tree[place]) for place in tree.path(unit.id, on))


def _ranked(matching: list[Unit], wanted: list[str]) -> Found:
    whole = " ".join(wanted)

    def rank(unit: Unit) -> tuple[int, bool, bool, bool, int]:
        names = _names(unit)
        return (
            sum(word not in _text(unit) for word in wanted),
            whole not in names,
            not any(name.startswith(whole) for name in names),
            whole not in names[0],
            len(unit.name),
        )

    return Found(tuple(sorted(matching, key=rank)[:MOST]), len(matching))


def named(units: Collection[Unit], words: str) -> list[Unit]:
    """Units that are called just so, or have just that code."""
    whole = " ".join(fold(words).split())
    return [unit for unit in units if whole in _names(unit)]


def closed(tree: Forest, reached: Collection[int], words: str, on: date) -> Unit | None:
    """The unit called just so among those ``reached`` that is over on that day; the last one of several."""
    over = [tree[unit] for unit in reached if tree[unit].ended(on)]
    return max(named(over, words), key=lambda unit: unit.valid_to or on, default=None)


@lru_cache(maxsize=50_000)
def _names(unit: Unit) -> tuple[str, ...]:
    return tuple(" ".join(fold(text).split()) for text in (unit.code, unit.name, unit.name_en) if text)


def _text(unit: Unit) -> str:
    return " ".join(_names(unit))
