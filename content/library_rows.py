"""What the phone keeps: a document as it is put in, and one step of bringing the phone up to date."""

from datetime import date
from uuid import UUID

from msgspec import Struct

from content.digest_rows import DigestRow
from content.rows import Banner, ContentsLine, HeadRow, State


class Item(Struct, frozen=True):
    """A document as the phone keeps it: the text in force when it was sent, or else the one to come.

    ``former`` are slugs that it had before: old links lead to it on the phone, too.
    """

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
    edition: int
    head: HeadRow
    contents: tuple[ContentsLine, ...]
    html: str
    banners: tuple[Banner, ...]
    digest: DigestRow | None = None
    former: tuple[str, ...] = ()


class Batch(Struct, frozen=True):
    """What a phone must put in and take out, and the cursor to ask with next time.

    ``more``: ask again at once. ``reset``: the cursor meant nothing, so forget everything before putting in.
    """

    items: tuple[Item, ...]
    gone: tuple[UUID, ...]
    cursor: str
    reset: bool
    more: bool
