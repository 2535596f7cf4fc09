"""Which other documents a text cites, and whether they are here."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

from content import citations, quotations

_SECTION = re.compile(r'<section id="([^"]+)"|<a class="citation" href="/cite/([^"?]+)')

NUMBER_CHARS = 120
"""The longest number that is kept of a document that is not here."""


class Cited(Struct, frozen=True):
    """A document as it is cited for the first time: the words, where, and the address of what they mean if it is here.

    ``number`` is what it is acknowledged by. Several that fit count as here: whoever follows the link chooses.
    """

    number: str
    words: str
    path: str
    slug: str = ""

    @property
    def here(self) -> bool:
        """Whether the reader would find it."""
        return bool(self.slug)


async def cited(fragment: str, *, scopes: frozenset[str]) -> tuple[Cited, ...]:
    """Each cited document once, in reading order, looked for among what these scopes may read."""
    found: dict[str, Cited] = {}
    for words, path in _links(fragment):
        number = quotations.read(words).paper.told
        if number and number not in found:
            resolution = await citations.resolve(number_with_type(words), scopes=scopes)
            hits = resolution.hits if resolution.outcome in ("one", "several") else ()
            found[number] = Cited(number, words, path, hits[0].document.slug if hits else "")
    return tuple(found.values())


def numbers(fragment: str) -> tuple[str, ...]:
    """The numbers of the documents that are cited, each once, as they are written."""
    papers = (quotations.read(words).paper for words, _ in _links(fragment))
    return tuple(dict.fromkeys(paper.told[:NUMBER_CHARS] for paper in papers if paper.running and paper.told))


def number_with_type(words: str) -> str:
    """The citation of the document alone, without the parts of it that are named."""
    paper = quotations.read(words).paper
    day = f" ngày {paper.issued:%d/%m/%Y}" if paper.issued else ""
    return f"{paper.type} {paper.told}{day}".strip()


def _links(fragment: str) -> Iterator[tuple[str, str]]:
    path = ""
    for match in _SECTION.finditer(fragment):
        if match[1]:
            path = html.unescape(match[1])
        else:
            yield unquote(html.unescape(match[2])), path
