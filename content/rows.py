"""What readers are given: rows of lists, a document as it is read, what the phone keeps; encoded to JSON as is."""

from datetime import date, datetime
from typing import Generic, Literal, TypeVar
from uuid import UUID

from msgspec import Struct

from content.digest_rows import DigestRow

State = Literal["in-force", "not-yet", "ended"]
"""Whether a text is in force on a day: published is not the same as in force."""

Row = TypeVar("Row")


class DocumentRow(Struct, frozen=True):
    """A document in a list; ``state`` and dates are those of today."""

    id: UUID
    slug: str
    number: str
    type: str
    issuer: str
    issued: date | None
    title: str
    topic: str
    state: State
    effective_from: date | None
    effective_until: date | None
    offline: bool
    published_at: datetime | None


class EditionRow(Struct, frozen=True):
    """One text of a document; ``state`` is published, or superseded once a later text was published."""

    ordinal: int
    state: str
    standing: State
    effective_from: date | None
    effective_until: date | None
    published_at: datetime | None


class HeadRow(Struct, frozen=True):
    """What the paper says about itself; empty where it says nothing."""

    number: str = ""
    type: str = ""
    code: str = ""
    issuer: str = ""
    issued: date | None = None
    place: str = ""
    title: str = ""
    signer: str = ""
    capacity: str = ""
    signer_title: str = ""
    effective: date | None = None
    urgency: str = ""
    recipients: tuple[str, ...] = ()


class ContentsLine(Struct, frozen=True):
    """A line of the table of contents; ``level`` counts from 1."""

    path: str
    label: str
    heading: str
    level: int


class Banner(Struct, frozen=True):
    """Something a reader must know before reading; ``slug`` and the names are empty when it is about this document.

    ``kind``: next-edition (a text that comes into force ``on``), not-in-force (this one, from ``on``), ended
    (``on`` is the first day without it), older-edition (``ordinal`` is in force), later-edition (this one is not
    yet in force, ``ordinal`` is), replaced, abolished, amended, supplemented (by the named document, from ``on``).
    """

    kind: str
    on: date | None = None
    ordinal: int | None = None
    slug: str = ""
    number: str = ""
    type: str = ""
    title: str = ""


class RelationRow(Struct, frozen=True):
    """What this document does to another, or another to it; ``slug`` is empty when that is not for this reader.

    ``effective_from`` is the first day of the other where that does something to this one.
    """

    kind: str
    number: str
    slug: str = ""
    type: str = ""
    title: str = ""
    effective_from: date | None = None


class Original(Struct, frozen=True):
    """A file kept as it was uploaded: the ``source`` of the text, or the ``signed`` paper.

    ``digest`` is the SHA-256 of its bytes in hexadecimal, ``size`` their number.
    """

    role: str
    name: str
    media_type: str
    digest: str
    size: int


class Reading(Struct, frozen=True):
    """A document laid open at one of its editions.

    ``incoming`` is what others do to it; ``more_cite``: more cite it than those.
    """

    document: DocumentRow
    edition: EditionRow
    editions: tuple[EditionRow, ...]
    head: HeadRow
    contents: tuple[ContentsLine, ...]
    html: str
    banners: tuple[Banner, ...]
    relations: tuple[RelationRow, ...]
    etag: str
    originals: tuple[Original, ...] = ()
    incoming: tuple[RelationRow, ...] = ()
    more_cite: bool = False
    digest: DigestRow | None = None


class Crumb(Struct, frozen=True):
    """A part that another is nested in."""

    path: str
    label: str
    heading: str


class PartReading(Struct, frozen=True):
    """One part of an edition, as it is quoted; ``previous`` and ``next`` are paths."""

    document: DocumentRow
    ordinal: int
    path: str
    anchor: str
    kind: str
    label: str
    heading: str
    text: str
    quotation: str
    link: str
    previous: str | None
    next: str | None
    crumbs: tuple[Crumb, ...]


class Page(Struct, Generic[Row], frozen=True):
    """Rows of a list and the cursor of those that follow, None at the end."""

    rows: tuple[Row, ...]
    next: str | None


class Count(Struct, frozen=True):
    """How many documents have a value."""

    value: str
    count: int


class Facets(Struct, frozen=True):
    """Counts for narrowing a list; each is taken with all filters but its own."""

    total: int
    types: tuple[Count, ...]
    issuers: tuple[Count, ...]
    years: tuple[Count, ...]
    topics: tuple[Count, ...]
    states: tuple[Count, ...]


class Filters(Struct, frozen=True):
    """Narrow a list; ``words`` are beginnings of words of type, number and title, with or without marks."""

    type: str = ""
    issuer: str = ""
    year: int | None = None
    topic: str = ""
    state: str = ""
    words: str = ""


class Cover(Struct, frozen=True):
    """A picture in the widths it was made in."""

    id: str
    alt: str
    width: int
    height: int
    widths: tuple[int, ...]

    def url(self, width: int, kind: str) -> str:
        """Where the picture is served; ``kind`` is avif or webp."""
        return f"/pictures/{self.id}/{width}.{kind}"


class NewsRow(Struct, frozen=True):
    """A news item in a list; ``unit`` is the unit that published it, ``updated_at`` when its text was last changed."""

    id: UUID
    slug: str
    title: str
    standfirst: str
    cover: Cover | None
    published_at: datetime
    unit: int | None
    topic: str
    updated_at: datetime | None = None
    pinned: bool = False


class Article(Struct, frozen=True):
    """A news item to read; ``html`` is sanitised."""

    news: NewsRow
    html: str
    etag: str


class TopicRow(Struct, frozen=True):
    """What documents and news can be about."""

    code: str
    vi: str
    en: str
