"""What the reader may have meant: marks restored and slips mended, out of texts that this reader may read alone."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from content.folding import WORD, agreed, folded
from content.search.asking import Asked
from content.search.matching import Matching
from content.search.numbers import has_number
from content.search.whoosh_index import MARKED, PAIRS, PLAIN

LETTERS = "abcdeghiklmnopqrstuvxy"
"""Letters that Vietnamese is typed with, without marks."""

SHORTEST, LONGEST = 3, 20
"""Words of fewer or more letters are not mended."""

FEW = 2
"""A word that so few documents have, and none beside its neighbours, may be a slip that they made, too."""

MENDED = 8
"""Queries of more words than this are questions: they are answered as they are."""


def mended(matching: Matching) -> Asked | None:
    """The query with words put right that no readable document has, or hardly any, without marks; None when there is
    none.
    """
    asked = matching.asked
    words = list(asked.folded)
    if len(words) > MENDED or has_number(asked):
        return None
    changed = False
    for at, word in enumerate(words):
        before = words[at - 1].rpartition(" ")[2] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        beside, count = _fits(word, before, after, matching)
        if not SHORTEST <= len(word) <= LONGEST or beside or count > FEW:
            continue
        fitting = {near: _fits(near, before, after, matching) for near in _near(word, matching)}
        best = max(fitting, key=fitting.__getitem__, default="")
        if best and (not count or fitting[best][0] > FEW):
            words[at], changed = best, True
    return Asked(" ".join(words)) if changed else None


def restored(asked: Asked, matching: Matching, passages: Iterable[str], texts: Iterable[str]) -> str:
    """The query as one of ``passages`` says it word for word, else as ``texts`` spell it, "" when they lack a word;
    what was typed with marks and is known so stays.
    """
    marked = (word for word in asked.words if word != folded(word))
    fixed = {word for word in marked if matching.opened.mask(MARKED, word) & matching.seen}
    if all(word in fixed or word.isdecimal() for word in asked.words):
        return asked.text
    for passage in passages:
        if words := _said(asked, fixed, passage):
            return _rewritten(asked.text, words)
    single, double = _counted(asked, texts)
    options: list[list[str]] = []
    for word, typed in zip(asked.words, WORD.findall(asked.text.lower()), strict=False):
        spellings = [each for each in single if folded(agreed(each)) == folded(word)]
        options.append([typed] if word in fixed or word.isdecimal() else spellings)
    return _rewritten(asked.text, _likeliest(options, single, double)) if all(options) else ""


def _said(asked: Asked, fixed: set[str], passage: str) -> list[str]:
    """The words of the query side by side as a passage has them, none when it does not."""
    words, size = WORD.findall(passage.lower()), len(asked.words)
    spelt = [agreed(word) for word in words]
    for at in range(len(words) - size + 1):
        pairs = zip(asked.words, asked.folded, spelt[at : at + size], strict=True)
        if all(word == typed if typed in fixed else folded(word) == plain for typed, plain, word in pairs):
            return words[at : at + size]
    return []


def _counted(asked: Asked, texts: Iterable[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often the texts have the query's words, and its neighbours side by side, in each spelling."""
    terms, wanted = set(asked.terms), set(asked.pairs)
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for text in texts:
        words = WORD.findall(text.lower())
        plain = [folded(agreed(word)) for word in words]
        single.update(word for word, bare in zip(words, plain, strict=True) if bare in terms)
        double.update(
            both for both, bare in zip(pairwise(words), pairwise(plain), strict=True) if " ".join(bare) in wanted
        )
    return single, double


def _likeliest(options: list[list[str]], single: Counter[str], double: Counter[tuple[str, str]]) -> list[str]:
    """The spellings that go together best, word by word."""
    paths: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for choice in options:
        following: dict[str, tuple[float, list[str]]] = {}
        for word in choice:
            following[word] = max(
                (score + math.log(1 + single[word]) / 4 + math.log(1 + 4 * double[last, word]), [*path, word])
                for last, (score, path) in paths.items()
            )
        paths = following
    return max(paths.values())[1]


def _rewritten(text: str, words: list[str]) -> str:
    """The text with each word in its new spelling; what only differs in the size of letters stays as typed."""
    new = iter(words)

    def replace(found: str) -> str:
        spelling = next(new, found)
        return found if agreed(spelling) == agreed(found.lower()) else spelling

    return WORD.sub(lambda match: replace(match[0]), text)


def _near(word: str, matching: Matching) -> Iterator[str]:
    """Known words one slip away, and the word parted in two where both halves are known neighbours."""
    for near in dict.fromkeys(_slips(word)):
        field = PAIRS if " " in near else PLAIN
        if matching.opened.mask(field, near) & matching.seen:
            yield near


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield from (f"{head}{letter}{tail[1:]}" for letter in LETTERS)
        if len(tail) > 1:
            yield f"{head}{tail[1]}{tail[0]}{tail[2:]}"
        if head and tail:
            yield f"{head} {tail}"
        yield from (f"{head}{letter}{tail}" for letter in LETTERS)


def _fits(near: str, before: str, after: str, matching: Matching) -> tuple[int, int]:
    """How many readable documents have the word beside its neighbours, and at all."""

    def count(field: str, piece: str) -> int:
        return (matching.opened.mask(field, piece) & matching.seen).bit_count()

    first, last = near.split(" ")[0], near.rpartition(" ")[2]
    beside = (count(PAIRS, f"{before} {first}") if before else 0) + (count(PAIRS, f"{last} {after}") if after else 0)
    return beside, count(PAIRS if " " in near else PLAIN, near)
