"""Comparing two editions of 100,000 characters: as they mostly differ, and as would be slow if work grew squarely."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

from content.comparing import Comparison, compare
from content.fragments import Pieces
from content.structure import Part, carry_anchors, parse
from tests.content.builders import WORDS, regulation, sentence

CHARACTERS = 100_000
ROUNDS = 5

_dice = random.Random(20)


def run() -> Iterator[tuple[str, float, Comparison]]:
    """Each case with the median of its times in milliseconds, and what was found."""
    for name, make in CASES.items():
        old, new = make()
        times = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            found = compare(old, new)
            times.append((time.perf_counter() - begin) * 1000)
        yield name, statistics.median(times), found


def _amended() -> tuple[Pieces, Pieces]:
    """A number changes, an article comes in, another goes out; anchors are carried as when it is imported."""
    text = regulation(characters=CHARACTERS)
    new = text.replace("**Điều 20.**", "**Điều 19a.** Việc thêm\n\n1. Giao cho chi bộ.\n\n**Điều 20.**", 1)
    return _carried(text, new.replace("1. ", "1. Từ nay, ", 1))


def _reworded() -> tuple[Pieces, Pieces]:
    old = _clauses(3000, 7)
    return _laid_out(old), _laid_out([_with_other_words(each) for each in old])


def _reworded_and_lost() -> tuple[Pieces, Pieces]:
    old = _clauses(800, 28)
    return _laid_out(old), _laid_out([_with_other_words(each) for each in old], anchor="b")


def _rewritten() -> tuple[Pieces, Pieces]:
    return _laid_out(_clauses(3000, 7)), _laid_out(_clauses(3000, 7), anchor="b")


def _moved() -> tuple[Pieces, Pieces]:
    old = _clauses(3000, 7)
    return _laid_out(old), _laid_out(_dice.sample(old, len(old)), anchor="b")


def _moved_and_reworded() -> tuple[Pieces, Pieces]:
    old = _clauses(800, 28)
    return _laid_out(old), _laid_out([_with_other_words(each) for each in _dice.sample(old, len(old))], anchor="b")


def _alike() -> tuple[Pieces, Pieces]:
    same = ["Như trên, theo quy định của chi bộ."] * 3000
    return _laid_out(same), _laid_out(same[1:], anchor="b")


def _one_of_one_part() -> tuple[Pieces, Pieces]:
    return _laid_out(_clauses(1, 22_000)), _laid_out(_clauses(1, 22_000))


def _one_reworded() -> tuple[Pieces, Pieces]:
    [old] = _clauses(1, 22_000)
    return _laid_out([old]), _laid_out([_with_other_words(old)])


def _of_tables() -> tuple[Pieces, Pieces]:
    rows = [f"| **{sentence(_dice, 4)}** | {sentence(_dice, 4)} |" for _ in range(2400)]
    old, new = (["\n".join(["| A | B |", "|---|---|", *each])] for each in (rows, _dice.sample(rows, len(rows))))
    return _laid_out(old), _laid_out(new)


CASES: dict[str, Callable[[], tuple[Pieces, Pieces]]] = {
    "a few clauses amended": _amended,
    "3,000 clauses, each reworded": _reworded,
    "800 clauses, each reworded, no anchor left": _reworded_and_lost,
    "3,000 clauses, each replaced": _rewritten,
    "3,000 clauses, each moved": _moved,
    "800 clauses, each moved and reworded": _moved_and_reworded,
    "3,000 equal paragraphs, one less": _alike,
    "one part, rewritten": _one_of_one_part,
    "one part, reworded": _one_reworded,
    "one table, its rows shuffled": _of_tables,
}


def _carried(old: str, new: str) -> tuple[Pieces, Pieces]:
    before, after = parse(old).parts, parse(new).parts
    anchors = [f"a{part.position}" for part in before]
    carried = carry_anchors(list(zip(before, anchors, strict=True)), after)
    return _pieces(before, anchors), _pieces(after, [anchor or f"b{at}" for at, anchor in enumerate(carried)])


def _laid_out(bodies: Sequence[str], *, anchor: str = "a") -> Pieces:
    parts = [
        Part(at, f"khoan-{at}", None, "khoan", str(at), "", f"{at}. {body}", body) for at, body in enumerate(bodies, 1)
    ]
    return _pieces(parts, [f"{anchor}{part.position}" for part in parts])


def _pieces(parts: Sequence[Part], anchors: Sequence[str]) -> Pieces:
    return Pieces(tuple(parts), {part.path: anchor for part, anchor in zip(parts, anchors, strict=True)})


def _clauses(count: int, words: int) -> list[str]:
    return [sentence(_dice, words) for _ in range(count)]


def _with_other_words(text: str) -> str:
    """The text with every fourth word or so another one."""
    return " ".join(_dice.choice(WORDS) if _dice.random() < 0.25 else word for word in text.split())
