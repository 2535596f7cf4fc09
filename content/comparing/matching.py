"""Which part of the older edition each part of the newer one continues: by its anchor, its words, or what it holds."""

from collections import Counter, deque
from itertools import pairwise
from operator import itemgetter

from content.comparing.sides import Side

FEWEST_WORDS = 4
"""Shorter parts are not looked for elsewhere: "Như trên" says nothing about where it came from."""

MOVED = 0.6
"""How alike two texts must be to be one that was moved and reworded (0 to 1), as when anchors are carried."""

SHARED = 8
"""A word or a pair of words that more parts than this have tells nothing about any of them."""

CANDIDATES = 3
"""How many parts are compared with one: those that share most with it."""

_NESTED = frozenset({"khoan", "diem", "item", "subitem", "letter", "dash", "paragraph"})
"""Kinds that may become one another when a text is moved."""


def origins(old: Side, new: Side) -> dict[int, int]:
    """For each part of ``new`` that continues one, that part of ``old``; each is continued once."""
    found = _by_anchor(old, new)
    for look in (_with_equal_words, _with_like_words):
        taken = set(found.values())
        olds = [at for at in range(len(old.parts)) if at not in taken and old.words[at].count() >= FEWEST_WORDS]
        news = [at for at in range(len(new.parts)) if at not in found and new.words[at].count() >= FEWEST_WORDS]
        if olds and news:
            found |= look(old, new, olds, news)
    return found | _with_equal_contents(old, new, found)


def _by_anchor(old: Side, new: Side) -> dict[int, int]:
    where = {anchor: at for at, anchor in enumerate(old.anchors)}
    return {at: where.pop(anchor) for at, anchor in enumerate(new.anchors) if anchor in where}


def _with_equal_words(old: Side, new: Side, olds: list[int], news: list[int]) -> dict[int, int]:
    """Of several with the same words the first goes with the first."""
    waiting: dict[tuple[str, ...], deque[int]] = {}
    for at in olds:
        waiting.setdefault((_sort(old, at), *old.words[at].said()), deque()).append(at)
    found = {}
    for at in news:
        same = waiting.get((_sort(new, at), *new.words[at].said()))
        if same:
            found[at] = same.popleft()
    return found


def _with_equal_contents(old: Side, new: Side, found: dict[int, int]) -> dict[int, int]:
    """A part of few words is the one from which most of what is nested in it comes."""
    more: dict[int, int] = {}
    taken = set(found.values())
    nested = Counter(new.parents)
    votes: dict[int, Counter[int]] = {}
    for there in reversed(range(len(new.parts))):
        outer, count = max(votes.get(there, {}).items(), key=itemgetter(1), default=(-1, 0))
        is_free = there not in found and outer not in taken
        if is_free and 2 * count > nested[there] and old.parts[outer].kind == new.parts[there].kind:
            more[there] = outer
            taken.add(outer)
        here, parent = found.get(there, more.get(there)), new.parents[there]
        origin = None if here is None else old.parents[here]
        if origin is not None and parent is not None:
            votes.setdefault(parent, Counter())[origin] += 1
    return more


def _with_like_words(old: Side, new: Side, olds: list[int], news: list[int]) -> dict[int, int]:
    """The most alike first."""
    before, after = {at: _counts(old, at) for at in olds}, {at: _counts(new, at) for at in news}
    having = _having(before)
    scored = []
    for there in news:
        votes = Counter(here for each in after[there] for here in having.get(each, ()))
        for here, _ in votes.most_common(CANDIDATES):
            score = _likeness(before[here], after[there]) if _sort(old, here) == _sort(new, there) else 0.0
            scored.append((-score, there, here))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for score, there, here in sorted(scored):
        if -score >= MOVED and there not in found and here not in taken:
            found[there] = here
            taken.add(here)
    return found


def _having(counts: dict[int, Counter[str]]) -> dict[str, list[int]]:
    """The parts that have a word or a pair of words, for those that few have."""
    having: dict[str, list[int]] = {}
    for at, each in counts.items():
        for word in each:
            having.setdefault(word, []).append(at)
    return {word: parts for word, parts in having.items() if len(parts) <= SHARED}


def _counts(side: Side, at: int) -> Counter[str]:
    """How often each word and each pair of neighbouring words occurs."""
    words = [key.lower() for key in side.words[at].keys if key[0].isalnum()]
    return Counter([*words, *map(" ".join, pairwise(words))])


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words and pairs of words that two parts have in common; 0 if lengths alone tell them apart."""
    total, shorter = one.total() + other.total(), min(one.total(), other.total())
    if 2 * shorter < MOVED * total:
        return 0.0
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return 2 * sum(min(count, large[word]) for word, count in small.items() if word in large) / total


def _sort(side: Side, at: int) -> str:
    kind = side.parts[at].kind
    return "nested" if kind in _NESTED else kind
