"""A document as those see it who choose parts of it: its contents, and below each line what it is divided into."""

from msgspec import Struct

from base import clock
from content import shelf
from content.rendering import UNSHOWN, line_words, printed_label
from content.rows import ContentsLine, DocumentRow
from content.structure import Part

NAMED = frozenset({"khoan", "diem", "item", "subitem", "letter"})
"""Kinds of parts that people call by their number though no contents name them."""


class Line(Struct, frozen=True):
    """A line of the contents; ``below`` are the numbered parts that stand in it, by their opening words."""

    line: ContentsLine
    below: tuple[ContentsLine, ...]


class Outline(Struct, frozen=True):
    """A document with its lines, those of the edition in force."""

    document: DocumentRow
    lines: tuple[Line, ...]


async def outline(slug: str, *, scopes: frozenset[str]) -> Outline:
    """The outline of a document; raises NotFoundError for whoever may not read it."""
    volume = await shelf.take(slug, scopes=scopes)
    ordinal = volume.ordinal_on(clock.today())
    contents = (await volume.text(ordinal)).contents
    shown = [part for part in (await volume.pieces(ordinal)).parts if part.kind not in UNSHOWN]
    named = {line.path for line in contents}
    if not contents:  # too short to have any
        return Outline(volume.document, tuple(Line(_line(part), ()) for part in shown if _is_called(part)))
    below = {line.path: [part for part in shown if part.parent == line.path] for line in contents}
    return Outline(
        volume.document,
        tuple(
            Line(line, tuple(_line(part) for part in below[line.path] if _is_called(part) and part.path not in named))
            for line in contents
        ),
    )


def _is_called(part: Part) -> bool:
    return bool(part.label) and (part.kind in NAMED or bool(part.heading))


def _line(part: Part) -> ContentsLine:
    return ContentsLine(part.path, printed_label(part), line_words(part), 1)
