"""A second, closer look at the few dozen documents that share most words with a query: which holds it best, and where.

The weights were learned on questions that people typed, without anything from a network; see docs/benchmarks.md.
"""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from content.search.asking import Asked, pairs

WINDOW = 30
"""How many syllables the best passage may span."""

Idf = Callable[[str], float]
"""How much it tells that a word, or two neighbours, occurs."""


class Candidate(Struct, frozen=True):
    """A document that was found; ``score`` is the engine's own, the words of title and text are without marks."""

    key: int
    score: float
    title: list[str]
    text: list[str]


class Ranked(Struct, frozen=True):
    """A candidate weighed; ``word`` is where in its text, counted in words, the best passage begins (-1: nowhere)."""

    key: int
    score: float
    word: int


WEIGHTS = (5.0, 4.0, 9.0, 5.0, 3.0, 3.0, 4.0)
"""Of the engine's score, words found, neighbours found, the best passage, the title asked for, how much of the title
that covers, and the words standing together as they were typed.
"""

NAME, QUESTION = 4, 10
"""So few words mostly name a thing, so many ask a question: between them titles and word order count for less."""


def rank(asked: Asked, idf: Idf, candidates: Sequence[Candidate]) -> list[Ranked]:
    """The candidates, best first."""
    best = max((candidate.score for candidate in candidates), default=0.0) or 1.0
    look = _Look(asked, idf)
    weighed = []
    for candidate in candidates:
        signals, word = look.at(candidate, best)
        score = sum(weight * signal for weight, signal in zip(WEIGHTS, signals, strict=True))
        weighed.append(Ranked(candidate.key, score, word))
    return sorted(weighed, key=lambda each: -each.score)


class _Look:
    """What a query looks for and how much each piece of it tells."""

    def __init__(self, asked: Asked, idf: Idf) -> None:
        self.terms = {term: idf(term) for term in asked.terms}
        self.pairs = {pair: idf(pair) for pair in asked.pairs}
        self.all_terms = sum(self.terms.values()) or 1.0
        self.all_pairs = sum(self.pairs.values()) or 1.0
        self.length = len(asked.folded) or 1
        self.naming = min(1.0, max(0.0, (QUESTION - len(asked.folded)) / (QUESTION - NAME)))

    def at(self, candidate: Candidate, best: float) -> tuple[tuple[float, ...], int]:
        """The signals of one candidate, and the word at which its best passage begins."""
        events = self._events(candidate.text)
        title_events = self._events(candidate.title)
        in_title = {key for _, key in title_events}
        found = in_title | {key for _, key in events}
        window, word = self._window(events)
        everything = self.all_terms + self.all_pairs
        return (
            candidate.score / best,
            _share(self.terms, found) / self.all_terms,
            _share(self.pairs, found) / self.all_pairs,
            window / everything,
            self.naming * (_share(self.terms, in_title) + _share(self.pairs, in_title)) / everything,
            _cover(candidate.title, in_title),
            self.naming * max(_run(events), _run(title_events)) / self.length,
        ), word

    def _events(self, words: list[str]) -> list[tuple[int, str]]:
        """Where a word of the query stands, and where two neighbours of it do, in order."""
        terms, known = self.terms, self.pairs
        events: list[tuple[int, str]] = []
        last, before = -2, ""
        for at in [at for at, word in enumerate(words) if word in terms]:
            word = words[at]
            if at == last + 1 and (pair := f"{before} {word}") in known:
                events.append((at - 1, pair))
            events.append((at, word))
            last, before = at, word
        return events

    def _window(self, events: list[tuple[int, str]]) -> tuple[float, int]:
        """How much the best passage tells, the tightest of equals, and the word at which it begins."""
        worth = {**self.terms, **self.pairs}
        inside: dict[str, int] = {}
        total, best, tail = 0.0, (0.0, 0, -1), 0
        for at, key in events:
            inside[key] = inside.get(key, 0) + 1
            if inside[key] == 1:
                total += worth[key]
            while events[tail][0] <= at - WINDOW or inside[events[tail][1]] > 1:
                gone = events[tail][1]
                inside[gone] -= 1
                if not inside[gone]:
                    total -= worth[gone]
                tail += 1
            begins = events[tail][0]
            if total > best[0] - 1e-9 and (round(total, 6), begins - at) > (round(best[0], 6), best[1]):
                best = (total, begins - at, begins)
        return best[0], best[2]


def _share(worth: dict[str, float], found: Iterable[str]) -> float:
    return sum(worth.get(key, 0.0) for key in found)


def _cover(title: list[str], found: set[str]) -> float:
    """How much of the title the query covers."""
    own = {*title, *pairs(title)}
    return len(own & found) / len(own) if own else 0.0


def _run(events: list[tuple[int, str]]) -> int:
    """The most words of the query that stand together."""
    longest = run = 0
    last = -2
    for at, key in events:
        if " " in key:
            run = run + 1 if at == last + 1 else 2
            longest, last = max(longest, run), at
    return longest or bool(events)
