"""What an engine is given and what it answers; whichever engine it is, the same tests hold it to the same rules."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct

from content.audiences import Window
from content.rows import Facets


class Passage(Struct, frozen=True):
    """A part of a text as it is searched: ``text`` is plain, with its label and heading."""

    path: str
    label: str
    heading: str
    text: str


class Facts(Struct, frozen=True):
    """What is known of a document beside its text; dates None are open, ``issued_key`` is yyyymmdd, 0 when unknown."""

    document: UUID
    slug: str
    number: str
    type: str
    issuer: str
    issued_key: int
    topic: str
    effective_from: date | None
    effective_until: date | None
    title: str
    audience: tuple[Window, ...]


class Entry(Facts, frozen=True):
    """A document as it is searched."""

    parts: tuple[Passage, ...]


class Query(Struct, frozen=True):
    """What a reader looks for, and which of it they may see: only what ``scopes`` may read at the moment ``at``.

    Filters are as in content.rows.Filters; ``without`` names documents of which the index is known to be behind.
    """

    words: str
    scopes: frozenset[str]
    at: datetime
    day: date
    type: str = ""
    issuer: str = ""
    year: int | None = None
    topic: str = ""
    state: str = ""
    without: frozenset[UUID] = frozenset()
    offset: int = 0
    limit: int = 20


class Snippet(Struct, frozen=True):
    """The words around what was found; ``marks`` are [start, end) in characters of ``text``."""

    text: str
    marks: tuple[tuple[int, int], ...]


class Hit(Struct, frozen=True):
    """A document that was found and its best part (path "" when it is found by its name alone)."""

    document: UUID
    path: str
    label: str
    heading: str
    snippet: Snippet
    score: float


class Results(Struct, frozen=True):
    """One page of what was found, and how many documents there are in all.

    ``meant`` is the query with marks restored or slips mended, "" when there is nothing better to offer. ``is_loose``:
    no document has enough of the words, and these have some of them.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Facets
    meant: str
    is_loose: bool = False


class Suggestion(Struct, frozen=True):
    """What a reader may be about to type: a document to go to, or words (``slug`` empty) to look for."""

    text: str
    kind: Literal["document", "words"]
    slug: str = ""
    number: str = ""


class Engine(Protocol):
    """An index of documents, written by one process and read by many."""

    def replace(self, entries: Iterable[Entry], *, position: int) -> None:
        """Put entries in place of what there was of their documents; the index is then at ``position``."""

    def remove(self, documents: Iterable[UUID], *, position: int) -> None:
        """Take documents out; the index is then at ``position``."""

    def position(self) -> int:
        """Up to which entry of the journal the index goes that ``search`` now answers from."""

    def search(self, query: Query) -> Results:
        """The best documents first."""

    def facets(self, query: Query) -> Facets:
        """Counts of what the query finds, each with all filters but its own."""

    def suggest(self, query: Query) -> tuple[Suggestion, ...]:
        """What the reader may be about to type, ``query.limit`` at most."""

    def close(self) -> None:
        """Let go of what it holds open."""


class BrokenIndexError(Exception):
    """There is no index, or none that can be read: it has to be built anew."""
