"""Lets an anchor follow its text into the next edition, even when an insertion renumbers it."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from content.structure.model import Part

_SAME_PATH = 0.4
"""How alike two texts of one path must be to be one part that was reworded (0 to 1)."""
_MOVED = 0.6
"""How alike two texts must be when their paths differ."""
_REACH = 60
"""How many unmatched parts on each side are compared with each other; more would take quadratic time."""
_COMPARED = 3000
"""How many characters of a text are compared."""
_SHORT = 24
"""A part with fewer characters than this is known by what follows it: "Điều 5", "Nơi nhận"."""

_Pair = tuple[int, int]


def carry_anchors(old: Sequence[tuple[Part, str]], new: Sequence[Part]) -> list[str | None]:
    """Return for each part of ``new`` the anchor of the part of ``old`` that it continues, or None.

    ``old`` pairs the parts of the earlier edition with their anchors. Parts are matched by equal words first, then
    by path and likeness, then by likeness alone. Matches never cross, so reading order is kept, and each anchor is
    given once.
    """
    before = _Side([part for part, _ in old])
    after = _Side(new)
    pairs = increasing(_equal(before, after))
    for refine in (_same_path, _alike):
        gaps = list(_gaps(pairs, len(before.parts), len(after.parts)))
        pairs = sorted([*pairs, *(pair for gap in gaps for pair in refine(before, after, *gap))])
    carried: list[str | None] = [None] * len(new)
    for here, there in pairs:
        carried[there] = old[here][1]
    return carried


class _Side:
    """The parts of one edition and their words."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.plain = [" ".join(f"{part.heading} {part.body}".split()) for part in parts]
        self._counts: dict[int, Counter[str]] = {}

    def identity(self, at: int) -> str:
        """Return what makes a part itself: its kind and words; of a short one, the words after it too."""
        words = self.plain[at]
        if len(words) < _SHORT and at + 1 < len(self.parts):
            words += f"\n{self.plain[at + 1]}"
        return f"{self.parts[at].kind}\n{words}"

    def counts(self, at: int) -> Counter[str]:
        """Return how often each word and each pair of neighbouring words occurs."""
        if at not in self._counts:
            words = re.findall(r"\w+", self.plain[at][:_COMPARED].lower())
            pairs = (f"{one} {other}" for one, other in pairwise(words))
            self._counts[at] = Counter([*words, *pairs])
        return self._counts[at]


def _equal(before: _Side, after: _Side) -> list[_Pair]:
    """Pair parts with equal words; of several, one with an equal path first, else in order."""
    where: dict[str, list[int]] = {}
    for at in range(len(before.parts)):
        where.setdefault(before.identity(at), []).append(at)
    pairs = []
    for at, part in enumerate(after.parts):
        same = where.get(after.identity(at))
        if same:
            chosen = next((each for each in same[:20] if before.parts[each].path == part.path), same[0])
            same.remove(chosen)
            pairs.append((chosen, at))
    return pairs


def increasing(pairs: list[_Pair]) -> list[_Pair]:
    """Keep the longest run of pairs that does not cross (patience sorting); they come in the order of the second."""
    tails: list[int] = []
    ends: list[int] = []
    previous = [-1] * len(pairs)
    for at, (here, _) in enumerate(pairs):
        where = bisect_left(tails, here)
        previous[at] = ends[where - 1] if where else -1
        tails[where : where + 1] = [here]
        ends[where : where + 1] = [at]
    kept = []
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.append(pairs[at])
        at = previous[at]
    return kept[::-1]


def _gaps(pairs: list[_Pair], olds: int, news: int) -> Iterator[tuple[range, range]]:
    """Yield the stretches between matches that are still unmatched on both sides."""
    here = there = 0
    for old, new in [*pairs, (olds, news)]:
        if old > here and new > there:
            yield range(here, old), range(there, new)
        here, there = old + 1, new + 1


def _same_path(before: _Side, after: _Side, olds: range, news: range) -> list[_Pair]:
    paths = {before.parts[at].path: at for at in olds}
    pairs = []
    last = -1
    for at in news:
        here = paths.get(after.parts[at].path, -1)
        if here > last and _likeness(before, after, here, at) >= _SAME_PATH:
            pairs.append((here, at))
            last = here
    return pairs


def _alike(before: _Side, after: _Side, olds: range, news: range) -> list[_Pair]:
    """Pair the most alike first, then what lies on either side of that pair."""
    olds, news = olds[:_REACH], news[:_REACH]
    scores = ((_likeness(before, after, here, there), -here, -there) for here in olds for there in news)
    score, here, there = max(scores, default=(0.0, 0, 0))
    if score < _MOVED:
        return []
    here, there = -here, -there
    left = _alike(before, after, range(olds.start, here), range(news.start, there))
    right = _alike(before, after, range(here + 1, olds.stop), range(there + 1, news.stop))
    return [*left, (here, there), *right]


def _likeness(before: _Side, after: _Side, here: int, there: int) -> float:
    """Return the share of words and pairs of words that two parts of one kind have in common."""
    if before.parts[here].kind != after.parts[there].kind:
        return 0.0
    one, other = before.counts(here), after.counts(there)
    total = one.total() + other.total()
    if not total:
        return 1.0
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return 2 * sum(min(count, large[word]) for word, count in small.items() if word in large) / total
