"""What is known of each document without opening its text, kept in memory for one state of the index.

Sets of documents are whole numbers with one bit for each: counting and narrowing are a few machine operations.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property

from content.collation import title_key
from content.folding import folded, tokenise
from content.listing import state_on
from content.narrowing import NAMES, STATES
from content.rows import Count, Facets
from content.search.engine import Facts, Query
from content.search.numbers import Name

READERS = 500
"""For how many different sets of scopes it is remembered what they may read."""


class Card(Facts, frozen=True):
    """An entry without its text; ``words`` and ``title_words`` are lengths."""

    words: int
    title_words: int


class Cards:
    """The cards of one state of the index, by the numbers that the engine gives to documents."""

    def __init__(self, cards: dict[int, Card]) -> None:
        self.cards = cards
        self.by_id = {card.document: at for at, card in cards.items()}
        self._readable: dict[frozenset[str], tuple[datetime, datetime | None, int]] = {}
        self._states: tuple[date, dict[str, int]] = (date.min, {})

    @cached_property
    def keys(self) -> dict[int, str]:
        """Type, number, title and issuer of each document, folded, a blank before each word and after the last."""
        return {
            at: f" {' '.join(map(folded, tokenise(f'{card.type} {card.number} {card.title} {card.issuer}')))} "
            for at, card in self.cards.items()
        }

    @cached_property
    def names(self) -> dict[int, Name]:
        """What each document goes by."""
        return {
            at: Name(number=card.number, type=card.type, issuer=card.issuer, year=card.issued_key // 10_000)
            for at, card in self.cards.items()
        }

    @cached_property
    def numerals(self) -> dict[str, list[int]]:
        """The documents whose numbers begin with a numeral."""
        found: dict[str, list[int]] = {}
        for at, name in self.names.items():
            for word in dict.fromkeys(word for word in name.number if word.isdecimal()):
                found.setdefault(word, []).append(at)
        return found

    def seen(self, query: Query) -> int:
        """The documents that the reader may know of at all."""
        mask = self._may_read(query.scopes, query.at)
        for document in query.without:
            if (at := self.by_id.get(document)) is not None:
                mask &= ~(1 << at)
        return mask

    def narrowed(self, query: Query, *, but: str = "") -> int:
        """The documents that the filters leave, the one called ``but`` not counted; -1 is all of them."""
        mask = -1
        for name in NAMES:
            value = getattr(query, name)
            if value and name != but:
                mask &= self._valued(name, query.day).get(str(value), 0)
        return mask

    def counts(self, mask: int, query: Query) -> Facets:
        """Counts of the documents in ``mask``, each with all filters but its own."""
        found: dict[str, list[Count]] = {}
        for name in NAMES:
            rest = mask & self.narrowed(query, but=name)
            valued = self._valued(name, query.day)
            counted = ((value, (documents & rest).bit_count()) for value, documents in valued.items())
            found[name] = [Count(value, count) for value, count in counted if count]
        return Facets(
            total=(mask & self.narrowed(query)).bit_count(),
            types=tuple(sorted(found["type"], key=lambda count: title_key(count.value))),
            issuers=tuple(sorted(found["issuer"], key=lambda count: title_key(count.value))),
            years=tuple(sorted((c for c in found["year"] if c.value != "0"), key=lambda c: c.value, reverse=True)),
            topics=tuple(sorted((c for c in found["topic"] if c.value), key=lambda c: c.value)),
            states=tuple(sorted(found["state"], key=lambda count: STATES.index(count.value))),
        )

    def _may_read(self, scopes: frozenset[str], at: datetime) -> int:
        """The documents addressed to one of the scopes at a moment; remembered until the next window opens or ends."""
        known = self._readable.get(scopes)
        if known and known[0] <= at and (known[1] is None or at < known[1]):
            return known[2]
        mask = bits(
            number for number, card in self.cards.items()
            if any(window.scope in scopes and window.open_at(at) for window in card.audience)
        )  # fmt: skip
        if len(self._readable) >= READERS:
            self._readable.clear()
        self._readable[scopes] = (at, min((edge for edge in self._edges if edge > at), default=None), mask)
        return mask

    @cached_property
    def _edges(self) -> frozenset[datetime]:
        """The moments at which an audience begins or ends."""
        windows = [window for card in self.cards.values() for window in card.audience]
        return frozenset(edge for window in windows for edge in (window.from_at, window.to_at) if edge)

    def _valued(self, name: str, day: date) -> dict[str, int]:
        if name == "state":
            if self._states[0] != day:
                self._states = (day, _grouped((at, self._state(card, day)) for at, card in self.cards.items()))
            return self._states[1]
        return self._values[name]

    @staticmethod
    def _state(card: Card, day: date) -> str:
        return state_on(day, card.effective_from, card.effective_until)

    @cached_property
    def _values(self) -> dict[str, dict[str, int]]:
        cards = self.cards.items()
        made = {name: _grouped((at, getattr(card, name)) for at, card in cards) for name in ("type", "issuer", "topic")}
        return {**made, "year": _grouped((at, str(card.issued_key // 10_000)) for at, card in cards)}


def bits(numbers: Iterable[int]) -> int:
    """The set of these numbers."""
    row = bytearray()
    for number in numbers:
        at = number >> 3
        if at >= len(row):
            row.extend(bytes(at + 1 - len(row)))
        row[at] |= 1 << (number & 7)
    return int.from_bytes(row, "little")


def members(mask: int) -> Iterator[int]:
    """The numbers in a set, ascending."""
    for at, byte in enumerate(mask.to_bytes((mask.bit_length() + 7) // 8, "little")):
        if byte:
            yield from (at * 8 + bit for bit in range(8) if byte >> bit & 1)


def at_least(masks: list[int], need: int) -> int:
    """The documents that are in at least ``need`` of the sets: each column of bits counts in binary, all at once."""
    digits: list[int] = []
    for mask in masks:
        carry = mask
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
        if carry:
            digits.append(carry)
    everyone = 0
    for mask in masks:
        everyone |= mask
    above, equal = 0, everyone
    for place in range(max(len(digits), need.bit_length()) - 1, -1, -1):
        digit = digits[place] if place < len(digits) else 0
        if need >> place & 1:
            equal &= digit
        else:
            above |= equal & digit
            equal &= ~digit
    return above | equal


def _grouped(valued: Iterable[tuple[int, str]]) -> dict[str, int]:
    grouped: dict[str, list[int]] = {}
    for at, value in valued:
        grouped.setdefault(value, []).append(at)
    return {value: bits(numbers) for value, numbers in grouped.items()}
