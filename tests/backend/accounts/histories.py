"""Random histories of organisations, for properties that must hold in every one of them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import strategies as st

from backend.accounts.forest import Forest, Succession, Unit

START = date(2020, 1, 1)


@dataclass
class History:
    """A forest and every state it was in, by the day on which that state began."""

    forest: Forest
    states: list[tuple[date, Forest]] = field(default_factory=list)
    moved: list[tuple[int, int, date]] = field(default_factory=list)

    def add(self, on: date, forest: Forest) -> None:
        self.forest = forest
        self.states.append((on, forest))


def unit(id: int, parent: int | None, on: date) -> Unit:
    return Unit(id, parent, "cell", f"u{id}", f"Unit {id}", "", on, None)


@st.composite
def histories(draw, kinds=("rename", "move", "merge", "split"), acts=6):
    """A tree of up to a dozen units, then acts on growing days, each carried out unless it makes a circle."""
    size = draw(st.integers(2, 12))
    units = [unit(1, None, START)]
    units += [unit(n, draw(st.integers(1, n - 1)), START) for n in range(2, size + 1)]
    history = History(Forest([], []))
    history.add(START, Forest(units, []))
    on = START
    for _ in range(draw(st.integers(0, acts))):
        on += timedelta(days=draw(st.integers(1, 400)))
        _act(draw, history, draw(st.sampled_from(kinds)), on)
    return history


def _act(draw, history: History, kind: str, on: date) -> None:
    tree = history.forest
    living = [unit.id for unit in tree.units.values() if unit.valid_to is None]
    fresh = max(tree.units) + 1
    old = draw(st.sampled_from(living))
    parent = tree.parent(old, on)
    if kind == "move":
        parent = draw(st.sampled_from(living))
    olds = [old]
    if kind.endswith("merge"):
        partners = living if kind == "merge" else [other for other in living if tree.parent(other, on) == parent]
        if len(partners) < 2:
            return
        olds = draw(st.lists(st.sampled_from(partners), min_size=2, max_size=3, unique=True))
        parent = tree.parent(olds[0], on)
    news = [unit(fresh + n, parent, on) for n in range(2 if kind == "split" else 1)]
    steps = [Succession(o, n.id, on, kind) for o in olds for n in news]
    after = tree.changed(ended=olds, on=on, begun=news, steps=steps)
    if any(after.circular(n.id, on) for n in news):
        return
    if kind == "split":
        for child in after.children(old, on):
            fresh = max(after.units) + 1
            into = draw(st.sampled_from(news)).id
            after = after.changed(
                ended=[child], on=on, begun=[unit(fresh, into, on)], steps=[Succession(child, fresh, on, "move")]
            )
    if kind == "move":
        history.moved.append((old, news[0].id, on))
    history.add(on, after)
