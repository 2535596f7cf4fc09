"""The index as Whoosh keeps it: one state of it, opened for reading.

Whoosh lends its files, segments and postings. Its query language, scoring and highlighter are not used: they cost four
times as much as adding up the few postings that matter, and know nothing of Vietnamese.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from whoosh import index
from whoosh.reading import TermNotFound

from content.search.cards import Card, Cards, bits
from content.search.engine import BrokenIndexError, Entry

MARKED, PLAIN, PAIRS, TITLE, TITLE_PAIRS = "a1", "f1", "f2", "t1", "t2"
"""Words as agreed, words without marks, their neighbours; and the words and neighbours of titles."""

POSITION = "position"
"""The document that holds where the index is in the journal; all others are called by their ids."""


TRIES = 10
"""How often an index is opened whose files are gone: a writer clears a state away after it lists, before it opens."""


class Body(Struct, frozen=True):
    """The text of an entry; each part has a path, label and heading, and begins at a character and a word of it."""

    text: str
    starts: list[int]
    firsts: list[int]
    parts: list[tuple[str, str, str]]


class Opened:
    """One state of the index; the searches of a process take turns with it."""

    def __init__(self, reader: Any, generation: int) -> None:
        self.generation = generation
        self._leaves = list(reader.leaf_readers())
        self._texts = {name: [_column(leaf, name) for leaf, _ in self._leaves] for name in ("body", "words")}
        self._masks: dict[tuple[str, str], int] = {}
        cards: dict[int, Card] = {}
        self.position = 0
        for at, data in self._stored_cards():
            card = msgspec.msgpack.decode(data, type=int | Card)
            if isinstance(card, int):
                self.position = card
            else:
                cards[at] = card
        self.cards = Cards(cards)
        self.lengths = _lengths({at: card.words for at, card in cards.items()})
        self.title_lengths = _lengths({at: card.title_words for at, card in cards.items()})

    def mask(self, field: str, word: str) -> int:
        """The documents that have a word in a field."""
        known = self._masks.get((field, word))
        if known is None:
            known = bits(at for at, _ in self.postings(field, word))
            if len(self._masks) > 50_000:
                self._masks.clear()
            self._masks[field, word] = known
        return known

    def postings(self, field: str, word: str) -> Iterator[tuple[int, float]]:
        """The documents that have a word in a field, and how often."""
        with told():
            for leaf, base in self._leaves:
                try:
                    matcher = leaf.postings(field, word)
                except TermNotFound:
                    continue
                while matcher.is_active():
                    yield base + matcher.id(), matcher.weight()
                    matcher.next()

    def beginning(self, field: str, prefix: str, most: int) -> set[str]:
        """Up to ``most`` words of each segment that begin with ``prefix``."""
        found: set[str] = set()
        for leaf, _ in self._leaves:
            for word, _ in zip(leaf.expand_prefix(field, prefix.encode()), range(most), strict=False):
                found.add(word.decode())
        return found

    def body(self, at: int) -> Body:
        """The text of a document."""
        with told():
            return msgspec.msgpack.decode(self._text("body", at), type=Body)

    def words(self, at: int) -> list[str]:
        """The words of a document's text, without marks."""
        with told():
            return self._text("words", at).decode().split(" ")

    def _text(self, name: str, at: int) -> bytes:
        place = max(place for place, (_, base) in enumerate(self._leaves) if base <= at)
        return zlib.decompress(self._texts[name][place][at - self._leaves[place][1]])

    def close(self) -> None:
        """Let go of the files."""
        for leaf, _ in self._leaves:
            leaf.close()

    def _stored_cards(self) -> Iterator[tuple[int, bytes]]:
        for leaf, base in self._leaves:
            column = _column(leaf, "card")
            for at in range(leaf.doc_count_all()):
                if column is not None and not leaf.is_deleted(at):
                    yield base + at, column[at]


def open_latest(folder: Path, known: Opened | None) -> Opened:
    """The newest state of the index in a folder; ``known`` when that is it. Raises BrokenIndexError."""
    with told():
        for _ in range(TRIES - 1):
            with suppress(FileNotFoundError, index.EmptyIndexError):
                return _opened(folder, known)
        return _opened(folder, known)


def _opened(folder: Path, known: Opened | None) -> Opened:
    found = index.open_dir(folder)
    generation = found.latest_generation()  # asked first: a state called older than it is, is only opened once more
    if known is not None and known.generation == generation:
        return known
    return Opened(found.reader(), generation)


def position_of(folder: Path) -> int:
    """Up to which entry of the journal the index in a folder goes; raises BrokenIndexError."""
    opened = open_latest(folder, None)
    try:
        return opened.position
    finally:
        opened.close()


@contextmanager
def told() -> Iterator[None]:
    """Whatever a damaged or missing index makes Whoosh raise, it is one error."""
    try:
        yield
    except (OSError, MemoryError):
        raise
    except Exception as error:  # pickles, structs, columns and toc each fail in ways of their own
        raise BrokenIndexError(type(error).__name__) from error


def _column(leaf: Any, name: str) -> Any:
    return leaf.column_reader(name) if leaf.has_column(name) else None


def called(named: Entry | Card) -> str:
    """All that a document is called by: type, number and title."""
    return " ".join(filter(None, (named.type, named.number, named.title)))


def _lengths(lengths: dict[int, int]) -> tuple[dict[int, int], float]:
    """Lengths by document, and their mean."""
    return lengths, (sum(lengths.values()) / len(lengths) if lengths else 0.0) or 1.0
