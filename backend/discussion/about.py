"""What a comment is about: a document, a part of it, quoted words in a part, or a news item."""

import re
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.discussion.wording import QUOTE_CHARS, letters, tidy
from base import clock
from base.errors import InvalidError, NotFoundError
from content import news, shelf
from content.fragments import Pieces
from content.rendering import UNSHOWN
from content.structure import Part

_LINK = re.compile(r"\]\([^)\s]*\)")
"""Where a link in a text leads, which nobody sees and nobody quotes."""


class About(Struct, frozen=True):
    """As whoever writes names it: a document by its slug, with a part's path in an edition, or a news item."""

    document: str = ""
    part: str = ""
    edition: int | None = None
    quote: str = ""
    news: str = ""


class Target(Struct, frozen=True):
    """As it is kept; ``anchor`` is "" for the whole text."""

    document: UUID | None = None
    news: UUID | None = None
    edition: UUID | None = None
    ordinal: int = 0
    anchor: str = ""
    quote: str = ""

    @property
    def place(self) -> tuple[Any, ...]:
        """By which two comments are about the same; on another edition's text it still is."""
        return self.document, self.news, self.anchor, self.quote


async def resolve(about: About, *, scopes: frozenset[str]) -> Target:
    """What is meant, of what these scopes may read; raises NotFoundError, or InvalidError for the quotation."""
    if bool(about.document) == bool(about.news):
        raise InvalidError.of("about", "comment-about-wrong")
    if about.news:
        return Target(news=(await news.article(about.news, scopes=scopes)).news.id)
    volume = await shelf.take(about.document, scopes=scopes)
    ordinal = volume.ordinal_on(clock.today()) if about.edition is None else volume.edition(about.edition).ordinal
    quote = tidy(about.quote)
    anchor = ""
    if about.part:
        pieces = await volume.pieces(ordinal)
        anchor = _anchor(pieces, about.part)
        _check_quote(pieces, about.part, quote)
    elif quote:
        raise InvalidError.of("quote", "comment-quote-nowhere")
    return Target(volume.document.id, None, volume.edition_ids[ordinal], ordinal, anchor, quote)


def _anchor(pieces: Pieces, path: str) -> str:
    shown = {part.path for part in pieces.parts if part.kind not in UNSHOWN}
    if path not in shown:
        raise NotFoundError
    return pieces.anchors[path]


def _check_quote(pieces: Pieces, path: str, quote: str) -> None:
    """Nobody may lay words into a document's mouth that it does not say."""
    if not quote:
        return
    if len(quote) > QUOTE_CHARS:
        raise InvalidError.of("quote", "comment-quote-long", most=QUOTE_CHARS)
    sought = letters(quote)
    if not sought or sought not in letters(_LINK.sub("]", " ".join(part.text for part in _within(pieces, path)))):
        raise InvalidError.of("quote", "comment-quote-nowhere")


def _within(pieces: Pieces, path: str) -> list[Part]:
    """The part and everything nested in it, in the order of the text."""
    inside = {path}
    found = []
    for part in pieces.parts:
        if part.path in inside or part.parent in inside:
            inside.add(part.path)
            found.append(part)
    return found
