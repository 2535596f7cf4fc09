"""Which documents a query finds, and a first look at how well: BM25 over words and neighbours, with and without marks.

Words that most documents have say little and cost most: they decide whether a document is found, not how well.
"""

import math
from collections.abc import Iterator
from itertools import chain

from content.search.asking import Asked
from content.search.cards import at_least, bits, members
from content.search.numbers import has_number, meant_by
from content.search.whoosh_index import MARKED, PAIRS, PLAIN, TITLE, TITLE_PAIRS, Opened

K1, B = 1.2, 0.75
FREQUENT = 0.1
"""Words that more than this share of the documents have are left out of the first look."""

FEWEST = 3
"""So many words are looked at however frequent they are."""

TITLE_WORDS, TITLE_NEIGHBOURS = 0.25, 0.4
"""How much a word in a title counts beside one in the text."""

ALL = 3
"""Up to so many words, a document must have them all; of more it must have most, of a question fewer."""


class Matching:
    """A query held against one state of the index, for a reader who may know of the documents in ``seen``."""

    def __init__(self, asked: Asked, opened: Opened, seen: int) -> None:
        self.asked, self.opened, self.seen = asked, opened, seen
        self.size = max(1, len(opened.cards.cards))

    def named(self) -> dict[int, int]:
        """The documents that the query asks for by number, and how surely."""
        if not has_number(self.asked):
            return {}
        cards = self.opened.cards
        numbered = chain.from_iterable(cards.numerals.get(word, ()) for word in self.asked.terms)
        meant = {at: meant_by(self.asked, cards.names[at]) for at in set(numbered) if self.seen >> at & 1}
        return {at: degree for at, degree in meant.items() if degree}

    def found(self) -> tuple[int, bool]:
        """The documents that have enough of the words, or are asked for by number; when there are none, those with
        fewer words, and True.
        """
        masks = [self._has(place) for place in self._places()]
        named = bits(self.named())
        numbered = self._numbered()
        enough = _need(len(masks))
        for need in range(enough, 0, -1):
            if mask := at_least(masks, need) & numbered:
                return mask | named, need < enough and not named
        return named, False

    def _numbered(self) -> int:
        """The documents with every numeral of the query, which unlike a word has no near one; -1 for a question."""
        mask = -1
        if len(self.asked.terms) <= 2 * ALL:
            for word in self.asked.terms:
                mask &= self.opened.mask(PLAIN, word) if word.isdecimal() else -1
        return mask

    def scored(self, within: int) -> dict[int, float]:
        """The first look: a score for each document in ``within`` that has a word that tells something."""
        scores: dict[int, float] = {}
        allowed = bytearray(within.to_bytes(self._bytes, "little"))
        for field, word, idf, weight in self._telling():
            lengths, mean = self._lengths(field)
            for at, count in self.opened.postings(field, word):
                if allowed[at >> 3] >> (at & 7) & 1:
                    norm = K1 * (1 - B + B * lengths[at] / mean)
                    scores[at] = scores.get(at, 0.0) + weight * idf * count * (K1 + 1) / (count + norm)
        return scores

    def idf(self, piece: str) -> float:
        """How much it tells that a word, or two neighbours, occurs."""
        mask = self.opened.mask(PAIRS if " " in piece else PLAIN, piece)
        return self._idf(mask.bit_count())

    @property
    def _bytes(self) -> int:
        return (max(self.opened.cards.cards, default=0) >> 3) + 1

    def _idf(self, count: int) -> float:
        return math.log(1 + (self.size - count + 0.5) / (count + 0.5))

    def _places(self) -> list[int]:
        """Where each different word of the query stands first."""
        return [self.asked.folded.index(term) for term in self.asked.terms]

    def _has(self, place: int) -> int:
        """The readable documents with one word of the query, marked as it was typed where any has it so."""
        word, plain = self.asked.words[place], self.asked.folded[place]
        marked = self.opened.mask(MARKED, word) & self.seen if word != plain else 0
        return marked or self.opened.mask(PLAIN, plain) & self.seen

    def _telling(self) -> Iterator[tuple[str, str, float, float]]:
        """The words to look at, each with its field, what it tells and what it weighs."""
        asked = self.asked
        words = (MARKED, tuple(dict.fromkeys(asked.words))) if asked.marked else (PLAIN, asked.terms)
        counted = [
            (self.opened.mask(field, word).bit_count(), field, word)
            for field, some in (words, (PAIRS, asked.pairs)) for word in some
        ]  # fmt: skip
        counted = sorted(each for each in counted if each[0])
        telling = [each for each in counted if each[0] <= FREQUENT * self.size]
        for count, field, word in telling if len(telling) >= FEWEST else counted[:FEWEST]:
            yield field, word, self._idf(count), 1.0
        for field, some, weight in ((TITLE, asked.terms, TITLE_WORDS), (TITLE_PAIRS, asked.pairs, TITLE_NEIGHBOURS)):
            for word in some:
                count = self.opened.mask(field, word).bit_count()
                if 0 < count <= FREQUENT * self.size or (count and len(asked.terms) <= ALL):
                    yield field, word, self._idf(count), weight

    def _lengths(self, field: str) -> tuple[dict[int, int], float]:
        return self.opened.title_lengths if field in (TITLE, TITLE_PAIRS) else self.opened.lengths


def _need(words: int) -> int:
    """Of how many words a document must have how many."""
    if words <= ALL:
        return words
    return max(ALL, math.ceil(words * (0.7 if words <= 2 * ALL else 0.4)))


def newest_first(mask: int, opened: Opened) -> list[int]:
    """Documents of which nothing more is known than that they were found."""
    return sorted(members(mask), key=lambda at: -opened.cards.cards[at].issued_key)
