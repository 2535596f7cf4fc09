"""A document of Word as text: paragraphs with their numbers, tables, text boxes, and the notes at the end."""

from collections.abc import Iterator

from content.files import dress, legacy, tables
from content.files.dress import Span
from content.files.tables import Block, Cell, Table
from content.files.word.inline import UNSEEN, Inline, Notes
from content.files.word.names import OFF, VAL, Element, mc, number, value, w
from content.files.word.numbering import Numbering
from content.files.word.package import Package
from content.files.word.styles import Look, Styles, over
from content.outcomes import Refusal, Told
from content.structure import lines, markings

_DEEPEST = 12
"""So many tables and text boxes may lie in one another."""

_ABSENT = frozenset({"nil", "none"})
_ELSEWHERE = frozenset({w("altChunk"), w("subDoc")})
_APPARATUS = "Table of Contents"
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(data: bytes) -> str:
    """The visible text of a .docx file as Markdown, without what is printed on each page; raises Refusal."""
    package = Package(data)
    reader = _Reader(package)
    text = reader.text()
    old = legacy.of_fonts(reader.heard)
    return legacy.mended(_Reader(package, old).text() if old else text)


class _Reader:
    def __init__(self, package: Package, old: frozenset[str] = frozenset()) -> None:
        root = package.document
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), self._styles)
        begun, ended = (len(root.findall(f".//{w('fldChar')}[@{w('fldCharType')}='{at}']")) for at in ("begin", "end"))
        self._inline = Inline(self._styles, fields=begun == ended, old=old, related=package.related)
        self._held: list[Span] = []
        self._depth = 0

    @property
    def heard(self) -> list[tuple[str, str]]:
        """What was said in fonts from before Unicode, with the fonts' names."""
        return self._inline.heard

    def text(self) -> str:
        body = self._package.document.find(w("body"))
        made = [*self._stamps(), *tables.rendered([] if body is None else self._within(body))]
        for name, notes in (("footnotes", self._inline.footnotes), ("endnotes", self._inline.endnotes)):
            made += self._notes(self._package.part(name), notes)
        return "\n\n".join([*made, ""])

    def _stamps(self) -> list[str]:
        """A marking of secrecy that is printed at the top of each page belongs to the text, to be refused with it."""
        made = [block for header in self._package.headers() for block in self._within(header)]
        found = markings.secrecy(lines.split("\n".join(tables.rendered(made))))
        return [found.upper()] if found else []

    # ----------------------------------------------------------------------------------------------------------- blocks

    def _blocks(self, holder: Element) -> list[Block]:
        """The paragraphs and tables in ``holder``, whatever wraps them."""
        made: list[Block] = []
        for element in holder:
            if element.tag == w("p"):
                made += self._paragraph(element)
            elif element.tag == w("tbl"):
                made += [*self._let_go(), self._table(element)]
            elif element.tag in _ELSEWHERE:
                raise Refusal(Told("content-file-parts-elsewhere"))
            elif element.tag == mc("AlternateContent"):
                made += self._blocks(next(iter(element), ()))
            elif element.tag not in UNSEEN and not _is_list_of_contents(element):
                made += self._blocks(element)
        return made

    def _paragraph(self, paragraph: Element) -> list[Block]:
        properties = paragraph.find(w("pPr"))
        look = self._styles.paragraph(properties)
        mark = properties.find(w("rPr")) if properties is not None else None
        spans = [*self._held, *self._inline.spans(paragraph, look)]
        self._held = []
        boxes, self._inline.boxes = self._inline.boxes, []
        made = [block for box in boxes for block in self._within(box)]
        if mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None):
            self._held = spans
            return made
        label = self._label(properties, self._styles.run(mark, look), words=any(span.text.strip() for span in spans))
        return [*_lines([*label, *spans]), *made]

    def _label(self, properties: Element | None, look: Look, *, words: bool) -> list[Span]:
        """The number of a paragraph whose mark looks so; one that is hidden is not counted."""
        label = self._numbering.label(properties) if words or not look.hidden else None
        if label is None or not (words or label.counted):
            return []
        shown = over(look, label.look)
        text = self._inline.in_unicode(label.text, shown)
        return [Span(text.upper() if shown.capitals else text, shown.bold)]

    def _let_go(self) -> list[Block]:
        """The words of a paragraph whose end was deleted, where no paragraph follows that could take them."""
        spans, self._held = self._held, []
        return _lines(spans)

    def _within(self, holder: Element) -> list[Block]:
        """The blocks in a cell, a text box or a note."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refusal(Told("content-file-too-deep"))
        held, self._held = self._held, []
        made = [*self._blocks(holder), *self._let_go()]
        self._held = held
        self._depth -= 1
        return made

    # ----------------------------------------------------------------------------------------------------------- tables

    def _table(self, table: Element) -> Table:
        made = Table(bordered=self._bordered(table))
        for row in _inside(table, w("tr")):
            properties = row.find(w("trPr"))
            if properties is not None and properties.find(w("del")) is not None:
                continue
            if value(properties, "tblHeader") not in (None, *OFF) and made.heads == len(made.rows):
                made.heads += 1
            made.rows.append(self._row(row, number(value(properties, "gridBefore"))))
        return made

    def _row(self, row: Element, skipped: int) -> list[Cell]:
        """The cells of a row, one for each column of the table; merged ones leave the others empty."""
        cells: list[Cell] = [[] for _ in range(min(skipped, 100))]
        for cell in _inside(row, w("tc")):
            cells.append(self._within(cell))
            span = number(value(cell.find(w("tcPr")), "gridSpan"), 1)
            cells += [[] for _ in range(min(span, 100) - 1)]
        return cells

    def _bordered(self, table: Element) -> bool:
        properties = table.find(w("tblPr"))
        styles = self._styles.chain(value(properties, "tblStyle") or "")
        holders = [properties, *(style.find(w("tblPr")) for style in styles)]
        said = [h.find(w("tblBorders")) for h in holders if h is not None and h.find(w("tblBorders")) is not None]
        return any(side.get(VAL) not in _ABSENT for side in (said[0] if said else ()))

    # ------------------------------------------------------------------------------------------------------------ notes

    def _notes(self, part: Element | None, notes: Notes) -> Iterator[str]:
        found = (
            {} if part is None else {note.get(w("id")): note for note in part if note.get(w("type")) not in _NO_NOTES}
        )
        for name in notes.ids:
            note = found.get(name)
            if note is not None:
                yield f"{notes.mark(name)}: " + "\n".join(tables.rendered(self._within(note)))


def _lines(spans: list[Span]) -> list[Block]:
    made = dress.lines(spans)
    return ["\n".join(made)] if made else []


def _inside(holder: Element, tag: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, also those in wrappers."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag not in UNSEEN:
            yield from _inside(child, tag)


def _is_list_of_contents(element: Element) -> bool:
    gallery = element.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return gallery is not None and gallery.get(VAL) == _APPARATUS
