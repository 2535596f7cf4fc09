"""Reads a document: its lines, its quotations, its outline, its paragraphs, and the tree they make."""

from content.structure import head, headings, lines, matter, opening, quoting, tree
from content.structure.blocks import Gatherer
from content.structure.model import Structure
from content.structure.normal import normalise
from content.structure.outline import Outline


def parse(source: str, *, name: str = "") -> Structure:
    """Read ``source`` (Markdown or plain text) into parts and a head.

    ``name`` is the name of the file, used in nothing but warnings. Raises nothing: a text without any structure
    becomes a list of paragraphs. Time grows linearly with the length of the text.
    """
    text = normalise(source)
    all_lines = lines.split(text)
    matter.mark(all_lines)
    warnings = quoting.mark(all_lines)
    outline = Outline(all_lines)
    blocks = opening.fold(headings.absorb(Gatherer(all_lines, outline).gather())) if text else []
    builder = tree.Builder(blocks, text)
    parts = builder.build()
    found, lacking = head.read(all_lines, blocks)
    warnings += [*outline.warnings, *tree.gaps(parts), *lacking]
    return Structure(parts, found, text, tuple(warnings), tree.counts(parts))
