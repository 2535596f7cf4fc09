"""What a reader may be about to type: documents by number and title, and words that often follow."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from content.folding import WORD, agreed, folded
from content.search.asking import pairs
from content.search.cards import members
from content.search.engine import Suggestion
from content.search.matching import Matching
from content.search.numbers import has_number
from content.search.whoosh_index import PAIRS, called

DOCUMENTS = 5
"""Most documents among the suggestions."""

LOOKED_AT = 400
"""Most continuations that are counted."""

WITNESSES = 3
"""In how many of the documents that have all pairs of some words they are looked for side by side."""

OFTEN = 2
"""In how many readable documents words must stand to be suggested."""


def suggested(matching: Matching, limit: int) -> tuple[Suggestion, ...]:
    """Documents first, then words; nothing that no readable document has."""
    asked = matching.asked
    if not asked.folded or len(asked.folded[-1]) > 40:
        return ()
    documents = _documents(matching)[: min(DOCUMENTS, limit)]
    words = [] if has_number(asked) else _words(matching, limit - len(documents))
    return (*documents, *words)


def _documents(matching: Matching) -> list[Suggestion]:
    """Those whose type, number and title have all words, the last perhaps only begun."""
    asked, cards = matching.asked, matching.opened.cards
    whole, begun = [f" {word} " for word in asked.folded[:-1]], f" {asked.folded[-1]}"
    named = matching.named()
    together = f" {' '.join(asked.folded)}"
    found: list[tuple[int, bool, int, int]] = []
    for at in members(matching.seen):
        key = cards.keys[at]
        if begun in key and all(word in key for word in whole):
            found.append((-named.get(at, 0), together not in key, -cards.cards[at].issued_key, at))
    chosen = [cards.cards[at] for *_, at in sorted(found)[:DOCUMENTS]]
    return [Suggestion(called(card), "document", card.slug, card.number) for card in chosen]


def _words(matching: Matching, limit: int) -> list[Suggestion]:
    """The query with its last word completed, then followed by another, as often as readable documents have it."""
    asked, opened = matching.asked, matching.opened
    chosen: list[tuple[str, ...]] = []
    for before, beginning in _beginnings(asked.folded):
        counted: Counter[str] = Counter()
        for pair in opened.beginning(PAIRS, beginning, LOOKED_AT):
            counted[pair] = (opened.mask(PAIRS, pair) & matching.seen).bit_count()
        chosen += [(*before, *pair.split(" ")) for pair, count in counted.most_common(limit) if count >= OFTEN]
    texts = (_spelt(words, matching) for words in chosen[: 2 * limit])
    return [Suggestion(text, "words") for text in dict.fromkeys(texts) if text][:limit]


def _beginnings(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """What stands before, and the beginning of the neighbours that come next."""
    if len(words) > 1:
        yield words[:-2], " ".join(words[-2:])
        yield words[:-1], f"{words[-1]} "
    else:
        yield (), words[0]


def _spelt(words: tuple[str, ...], matching: Matching) -> str:
    """The words as a readable document spells them side by side; "" when none of those looked at does."""
    opened, mask = matching.opened, matching.seen
    for pair in pairs(words):
        mask &= opened.mask(PAIRS, pair)
    for at in islice(members(mask), WITNESSES):
        found = WORD.findall(f"{called(opened.cards.cards[at])}\n{opened.body(at).text}".lower())
        plain = [folded(agreed(word)) for word in found]
        for place in (place for place, word in enumerate(plain) if word == words[0]):
            if tuple(plain[place : place + len(words)]) == words:
                return " ".join(found[place : place + len(words)])
    return ""
