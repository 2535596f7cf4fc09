"""The words of one part, cut out of its edition so that they can stand on another page, as they are in force today."""

import re
from html import escape
from uuid import UUID

from msgspec import Struct

from base import clock
from content import shelf
from content.comparing.carrying import carry
from content.rows import DocumentRow
from content.shelf import Volume
from content.structure import quotation

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>')
_HEADING = re.compile(r"h[1-6]")
_LEFT_OUT = re.compile(r'\s(?:id|data-anchor|data-quote|data-size)="[^"]*"')
_NAMED_BY = re.compile(r'\saria-labelledby="[^"]*"')
_WITHIN = re.compile(r'\shref="#([^"]*)"')


class Excerpt(Struct, frozen=True):
    """A part of a document as it stands today; without ``path`` the document as a whole, and then without ``html``.

    ``amended``: another text is in force than the one it was chosen from. ``lost``: that text has no such part.
    """

    document: DocumentRow
    ordinal: int
    path: str
    quotation: str
    html: str
    amended: bool
    lost: bool

    @property
    def href(self) -> str:
        """Where it is read within its document."""
        return f"/documents/{self.document.slug}" + (f"#{self.path}" if self.path else "")


async def excerpt(slug: str, *, edition: UUID, anchor: str, scopes: frozenset[str]) -> Excerpt:
    """What ``anchor`` named in an edition ("" the whole), in the text in force; NotFoundError for who may not read."""
    volume = await shelf.take(slug, scopes=scopes)
    ordinal = volume.ordinal_on(clock.today())
    amended = volume.edition_ids[ordinal] != edition
    path = await _carried(volume, ordinal, edition, anchor) if anchor else None
    if path is None:
        words = f"{volume.document.type} {volume.document.number}".strip() or volume.document.title
        return Excerpt(volume.document, ordinal, "", words, "", amended, lost=bool(anchor))
    words = await _quoted(volume, ordinal, path)
    html = cut((await volume.text(ordinal)).html, path, document=slug, words=words)
    return Excerpt(volume.document, ordinal, path, words, html, amended, lost=False)


def cut(html: str, path: str, *, document: str, words: str) -> str:
    """The section of a fragment at ``path``, fit for a page that holds others: no ids, and no headings of its own.

    Links to other parts of the text lead into the ``document``; a table is called by the part's quotation, ``words``.
    """
    start = html.find(f'<section id="{escape(path)}"')
    depth = 0
    for tag in _TAG.finditer(html, start) if start >= 0 else ():
        if tag[2] != "section":
            continue
        depth += -1 if tag[1] else 1
        if depth == 0:
            return _TAG.sub(lambda found: _fit(found, document, words), html[start : tag.end()])
    return ""


def _fit(tag: re.Match[str], document: str, words: str) -> str:
    closing, name, attributes = tag[1], tag[2], _LEFT_OUT.sub("", tag[3])
    attributes = _NAMED_BY.sub(lambda _: f' aria-label="{escape(words)}"', attributes)
    attributes = _WITHIN.sub(lambda inside: f' href="/documents/{document}#{inside[1]}"', attributes)
    return f"<{closing}{'p' if _HEADING.fullmatch(name) else name}{attributes}>"


async def _carried(volume: Volume, ordinal: int, edition: UUID, anchor: str) -> str | None:
    """Where the part is in the text in force; mostly known from memory, for anchors follow the text."""
    anchors = (await volume.pieces(ordinal)).anchors
    here = next((path for path, each in anchors.items() if each == anchor), None)
    if here is not None or volume.edition_ids[ordinal] == edition:
        return here
    part = await carry(anchor, source=edition, target=volume.edition_ids[ordinal])
    return part.path if part else None


async def _quoted(volume: Volume, ordinal: int, path: str) -> str:
    pieces, document = await volume.pieces(ordinal), volume.document
    return quotation(pieces.parts, path, number=document.number, type=document.type)
