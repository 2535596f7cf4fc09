"""What was put in and taken out between two rows of words: the most words kept, told so that it can be read.

The longest common subsequence is found with whole rows of the table as bits of one number (Crochemore et al. 2001,
Hyyrö 2004): exact, and 22,000 wholly other words take a fraction of a second. Longer rows are first compared by
sentences.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise

Block = tuple[int, int, int, int]
"""Where words differ: from, to in the old row; from, to in the new one. Between blocks they are the same."""

CELLS = 1_500_000_000
"""How large a table of words by words may be."""

STEP = 256
"""Of so many rows one is kept; those between are worked out again on the way back, so that memory stays small."""

_ENDS = frozenset({".", ";", ":", "?", "!"})


def difference(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """The places where two rows of words differ, in order."""
    return _readable(_changed(old, new), old, new)


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    begin, after = _common(old, new)
    a, b = old[begin : len(old) - after], new[begin : len(new) - after]
    pairs = _kept(a, b) if len(a) * len(b) <= CELLS else _kept_by_sentences(a, b)
    here = there = 0
    for i, j in chain(pairs, [(len(a), len(b))]):
        if i > here or j > there:
            yield begin + here, begin + i, begin + there, begin + j
        here, there = i + 1, j + 1


def _common(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many words at the beginning, and how many of the rest at the end, are the same."""
    shorter = min(len(old), len(new))
    begin = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - begin
    return begin, next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)


def _kept(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of places whose words are kept, as many as can be, the earliest of several that are alike.

    Works on both rows from the end, so that the way back through the table leads from the beginning.
    """
    rows = _Rows(old[::-1], new[::-1])
    column, row = len(old), len(new)
    pairs = []
    while column and row:
        if rows.bit(row, column):
            column -= 1  # this old word is not needed
            continue
        row -= 1
        if not row or rows.bit(row, column):
            pairs.append((len(old) - column, len(new) - row - 1))
            column -= 1
    return pairs


class _Rows:
    """Bit ``c`` of row ``r`` is 0 where old word ``c`` lets one more word be kept of the first ``r`` new ones."""

    def __init__(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
        self._full = (1 << len(old)) - 1
        where = _places(old, new)
        self._marks = [where.get(word, 0) for word in new]
        self._every = [self._full]
        row = self._full
        for at, mark in enumerate(self._marks, 1):
            row = self._next(row, mark)
            if at % STEP == 0:
                self._every.append(row)
        self._block, self._rows = -1, list[int]()

    def bit(self, row: int, column: int) -> bool:
        """Whether the word of this column adds nothing to the rows so far; both are counted from 1."""
        block, within = divmod(row, STEP)
        if block != self._block:
            self._block, self._rows = block, self._worked_out(block)
        return bool(self._rows[within] >> (column - 1) & 1)

    def _worked_out(self, block: int) -> list[int]:
        rows = [self._every[block]]
        for mark in self._marks[block * STEP : (block + 1) * STEP - 1]:
            rows.append(self._next(rows[-1], mark))
        return rows

    def _next(self, row: int, mark: int) -> int:
        met = row & mark
        return ((row + met) | (row - met)) & self._full if met else row


def _places(words: Sequence[Hashable], asked: Sequence[Hashable]) -> dict[Hashable, int]:
    """For each word that is asked for the number whose bits say where it stands."""
    found: dict[Hashable, list[int]] = {word: [] for word in asked}
    for at, word in enumerate(words):
        if word in found:
            found[word].append(at)
    return {word: _bits(places) for word, places in found.items() if places}


def _bits(places: list[int]) -> int:
    made = bytearray(places[-1] // 8 + 1)
    for at in places:
        made[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(made, "little")


# Texts that are too long for one table


def _kept_by_sentences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places in sentences that are kept whole, and in what stands between them, where that is short enough."""
    before, after = _starts(old), _starts(new)
    if len(before) * len(after) > CELLS:
        return
    whole = _kept(_cut(old, before), _cut(new, after))
    here = there = 0
    for i, j in chain(whole, [(len(before) - 1, len(after) - 1)]):
        a, b = before[here], after[there]
        between = old[a : before[i]], new[b : after[j]]
        if len(between[0]) * len(between[1]) <= CELLS:
            yield from ((a + one, b + other) for one, other in _kept(*between))
        here, there = i + 1, j + 1
        if here < len(before):
            yield from zip(range(before[i], before[here]), range(after[j], after[there]), strict=True)


def _starts(words: Sequence[str]) -> list[int]:
    """Where sentences begin, and where the last one is over."""
    return [0, *(at for at in range(1, len(words)) if words[at - 1] in _ENDS), len(words)]


def _cut(words: Sequence[str], starts: list[int]) -> list[tuple[str, ...]]:
    return [tuple(words[begin:end]) for begin, end in pairwise(starts)]


# What can be read


def _readable(blocks: Iterable[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Two blocks become one when fewer words are kept between them than either changes: strewn words tell nothing."""
    olds, news = _counted(old), _counted(new)

    def changed(block: Block) -> int:
        return max(olds[block[1]] - olds[block[0]], news[block[3]] - news[block[2]])

    made: list[Block] = []
    for block in blocks:
        while made and news[block[2]] - news[made[-1][3]] < min(changed(made[-1]), changed(block)):
            last = made.pop()
            block = last[0], block[1], last[2], block[3]  # noqa: PLW2901 - it grows
        made.append(block)
    return made


def _counted(words: Sequence[str]) -> list[int]:
    """How many words, signs left out, stand before each place."""
    return list(accumulate((word[0].isalnum() for word in words), initial=0))
