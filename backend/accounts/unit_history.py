"""How a unit came to be what it is, and what became of it: every change with its day."""

from dataclasses import dataclass
from datetime import date

from backend.accounts.forest import Forest, Succession, Unit


@dataclass(frozen=True, slots=True)
class Change:
    """On a day ``olds`` became ``news``; kind: begin (no olds), merge, split, rename, move or end (no news)."""

    on: date
    kind: str
    olds: tuple[Unit, ...]
    news: tuple[Unit, ...]


def of(tree: Forest, unit: int) -> list[Change]:
    """All changes of a unit, of what it continues and of what continues it, oldest first."""
    line = _line(tree, unit)
    steps = [step for step in tree.successions if step.old in line and step.new in line]
    changes = {_event(step): _change(tree, step) for step in steps}
    started = {step.new for step in tree.successions}
    followed = {step.old for step in tree.successions}
    begun = [Change(tree[one].valid_from, "begin", (), (tree[one],)) for one in line if one not in started]
    over = [
        Change(end, "end", (tree[one],), ())
        for one in line
        if (end := tree[one].valid_to) is not None and one not in followed
    ]
    return sorted([*begun, *changes.values(), *over], key=lambda change: (change.on, change.kind != "begin"))


def _line(tree: Forest, unit: int) -> set[int]:
    """The unit, all that came before it, and all that follows it."""
    found = {unit} | tree.predecessors(unit, date.max)
    waiting = [unit]
    while waiting:
        place = waiting.pop()
        after = {step.new for step in tree.successions if step.old == place} - found
        found |= after
        waiting.extend(after)
    return found


def _event(step: Succession) -> tuple[date, str, int]:
    """What makes several steps one change: a merger has one new unit, a split one old."""
    return step.on, step.kind, step.old if step.kind == "split" else step.new


def _change(tree: Forest, step: Succession) -> Change:
    event = _event(step)
    together = [other for other in tree.successions if _event(other) == event]
    olds = tuple(tree[one] for one in dict.fromkeys(other.old for other in together))
    news = tuple(tree[one] for one in dict.fromkeys(other.new for other in together))
    return Change(step.on, step.kind, olds, news)
