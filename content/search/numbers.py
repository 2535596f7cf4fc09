"""Documents are asked for by number in many ways: 57-NQ/TW, NQ57, nghị quyết 57, nghi quyet so 57 nam 2024."""

from functools import cached_property

from content.folding import folded, tokenise
from content.search.asking import Asked

FILLERS = frozenset({"so", "nam", "ngay", "cua", "ve"})
"""Words that may stand between the pieces of a document's name."""


class Name:
    """What one document goes by."""

    def __init__(self, *, number: str, type: str, issuer: str, year: int) -> None:
        self.number = _words(number)
        self.type = _words(type)
        self._issuer, self._year = issuer, year

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that may be part of its name."""
        letters = [word for word in self.number if not word.isdecimal()]
        joined = {"".join(letters[at:]) for at in range(len(letters))}
        return frozenset({*self.number, *self.type, *_words(self._issuer), *joined, str(self._year), *FILLERS})


def meant_by(asked: Asked, name: Name) -> int:
    """How surely the query names the document: 0 not at all, 1 by its number, more the more of its name is there."""
    first = next((word for word in name.number if word.isdecimal()), "")
    if not first or first not in asked.folded:
        return 0
    whole = _runs_in(name.number, asked.folded)
    if not whole and not name.known.issuperset(asked.folded):
        return 0
    if not whole and asked.folded == (first,):
        return 1
    return 1 + 4 * whole + 2 * _runs_in(name.type, asked.folded) + name.known.issuperset(asked.folded)


def has_number(asked: Asked) -> bool:
    """Whether there is a numeral in the query at all."""
    return any(word.isdecimal() for word in asked.folded)


def _runs_in(piece: tuple[str, ...], words: tuple[str, ...]) -> bool:
    size = len(piece)
    return size > 1 and any(words[at : at + size] == piece for at in range(len(words) - size + 1))


def _words(text: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in tokenise(text))
