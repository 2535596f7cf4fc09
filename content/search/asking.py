"""A query laid out: its words, however they were typed. Nobody has to know a query language, and nobody can use one."""

from functools import cached_property
from itertools import pairwise

from content.folding import folded, tokenise

CHARS = 300
"""How much of a query is looked at, in characters."""

WORDS = 64
"""How many words of a query are looked at."""


class Asked:
    """The words of a query in the agreed spelling, and the same without marks."""

    def __init__(self, typed: str) -> None:
        self.text = " ".join(typed[:CHARS].split())
        self.words = tuple(tokenise(self.text)[:WORDS])
        self.folded = tuple(folded(word) for word in self.words)

    @cached_property
    def marked(self) -> bool:
        """Whether it was typed with marks, which then part ``bản`` from ``bán``."""
        return self.words != self.folded

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Each word once, without marks."""
        return tuple(dict.fromkeys(self.folded))

    @cached_property
    def pairs(self) -> tuple[str, ...]:
        """Each two neighbours once, without marks."""
        return tuple(dict.fromkeys(pairs(self.folded)))


def pairs(words: list[str] | tuple[str, ...]) -> list[str]:
    """Every two neighbours: what carries Vietnamese, whose words mostly have two syllables."""
    return [f"{one} {other}" for one, other in pairwise(words)]
