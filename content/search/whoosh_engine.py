"""The engine on Whoosh: an entry is a document, and the closer look names its best part."""

import heapq
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from threading import Lock
from uuid import UUID

from content.rows import Facets
from content.search import mending, ranking, snippets, suggesting
from content.search.asking import Asked
from content.search.engine import Entry, Hit, Query, Results, Snippet, Suggestion
from content.search.matching import Matching, newest_first
from content.search.ranking import Candidate, Ranked
from content.search.whoosh_index import Opened, called, open_latest
from content.search.whoosh_writing import writing

CANDIDATES = 40
"""How many documents get the closer look."""

WITNESSES = 4
"""From how many of the best texts the spelling of a query is taken."""

BY_NUMBER = 100.0
"""What it counts to be asked for by number: more than all else together."""


class WhooshEngine:
    """The index in one folder; a process keeps one and asks it from any thread, one search at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: Opened | None = None
        self._turn = Lock()

    def replace(self, entries: Iterable[Entry], *, position: int) -> None:
        """Put entries in place of what there was of their documents."""
        with writing(self.folder, position) as writer:
            writer.put_all(entries)

    def remove(self, documents: Iterable[UUID], *, position: int) -> None:
        """Take documents out."""
        with writing(self.folder, position) as writer:
            for document in documents:
                writer.take_out(document)

    def position(self) -> int:
        """Up to which entry of the journal the index goes."""
        with self._turn:
            return self._latest().position

    def search(self, query: Query) -> Results:
        """The best documents first; no words find nothing."""
        with self._turn:
            matching = self._matching(query)
            cards = matching.opened.cards
            found, is_loose = matching.found()
            facets = cards.counts(found, query)
            shown = found & cards.narrowed(query)
            ranked, order = _ordered(matching, shown, query)
            page = order[query.offset : query.offset + query.limit]
            hits = tuple(_hit(matching, ranked, at) for at in page)
            return Results(hits, facets.total, facets, _meant(matching, ranked, order, query), is_loose)

    def facets(self, query: Query) -> Facets:
        """Counts of what the query finds."""
        with self._turn:
            matching = self._matching(query)
            return matching.opened.cards.counts(matching.found()[0], query)

    def suggest(self, query: Query) -> tuple[Suggestion, ...]:
        """What the reader may be about to type."""
        with self._turn:
            return suggesting.suggested(self._matching(query), query.limit)

    def close(self) -> None:
        """Let go of the files."""
        with self._turn:
            if self._opened:
                self._opened.close()
            self._opened = None

    def _matching(self, query: Query) -> Matching:
        opened = self._latest()
        return Matching(Asked(query.words), opened, opened.cards.seen(query))

    def _latest(self) -> Opened:
        latest = open_latest(self.folder, self._opened)
        if self._opened and latest is not self._opened:
            self._opened.close()
        self._opened = latest
        return latest


def _ordered(matching: Matching, shown: int, query: Query) -> tuple[dict[int, Ranked], list[int]]:
    """What the closer look said, and all documents of ``shown`` that a page may come to, best first."""
    scores = matching.scored(shown)
    named = {at: degree for at, degree in matching.named().items() if shown >> at & 1}
    looked_at = dict.fromkeys([*heapq.nlargest(CANDIDATES, scores, key=lambda at: scores[at]), *_surest(named)])
    ranked = {each.key: each for each in _ranked(matching, looked_at, scores)}
    cards = matching.opened.cards.cards

    def worth(at: int) -> tuple[float, int, str]:
        return round(ranked[at].score + BY_NUMBER * named.get(at, 0), 6), cards[at].issued_key, cards[at].slug

    order = sorted(ranked, key=worth, reverse=True)
    if query.offset + query.limit > len(order):
        rest = [at for at in sorted(scores, key=lambda at: -scores[at]) if at not in ranked]
        order += rest
        order += [at for at in newest_first(shown, matching.opened) if at not in ranked and at not in scores]
    return ranked, order


def _surest(named: dict[int, int]) -> list[int]:
    return heapq.nlargest(CANDIDATES, named, key=lambda at: named[at])


def _ranked(matching: Matching, documents: Iterable[int], scores: dict[int, float]) -> list[Ranked]:
    opened = matching.opened
    keys = opened.cards.keys
    candidates = [Candidate(at, scores.get(at, 0.0), keys[at].split(), opened.words(at)) for at in documents]
    return ranking.rank(matching.asked, matching.idf, candidates)


def _hit(matching: Matching, ranked: dict[int, Ranked], at: int) -> Hit:
    """A document with its best part; found by its name alone, it is told by how it begins."""
    look = ranked.get(at) or _ranked(matching, [at], {})[0]
    body = matching.opened.body(at)
    document = matching.opened.cards.cards[at].document
    by_name = look.word < 0 or at in matching.named()
    word = 0 if by_name else _told_best(matching, look.word, body.firsts, matching.opened.words(at))
    part, snippet = snippets.cut(body.text, matching.asked, word=word, starts=body.starts, firsts=body.firsts)
    if by_name:
        return Hit(document, "", "", "", Snippet(snippet.text, ()), look.score)
    path, label, heading = body.parts[part]
    return Hit(document, path, label, heading, snippet, look.score)


def _told_best(matching: Matching, begin: int, firsts: list[int], words: list[str]) -> int:
    """Where in the best passage, which may reach over several parts, the part begins that tells most of the query."""
    end = min(begin + ranking.WINDOW, len(words))
    edges = [begin, *(first for first in firsts if begin < first < end), end]
    terms = set(matching.asked.terms)

    def worth(edge: tuple[int, int]) -> float:
        return sum(matching.idf(term) for term in terms.intersection(words[slice(*edge)]))

    from_, to = max(pairwise(edges), key=worth)
    return next((at for at in range(from_, to) if words[at] in terms), from_)


def _meant(matching: Matching, ranked: dict[int, Ranked], order: list[int], query: Query) -> str:
    """The query as the best texts spell it, slips mended first; a number is meant as it was typed."""
    if query.offset or not matching.asked.words or matching.named():
        return ""
    better = mending.mended(matching)
    if better:
        matching = Matching(better, matching.opened, matching.seen)
        ranked, order = _ordered(matching, matching.found()[0], query)
    opened = matching.opened
    texts = (f"{called(opened.cards.cards[at])}\n{opened.body(at).text}" for at in order[:WITNESSES])
    passages = (_hit(matching, ranked, at).snippet.text for at in order[:1])
    spelt = mending.restored(matching.asked, matching, passages, texts)
    return spelt if spelt != Asked(query.words).text else ""
