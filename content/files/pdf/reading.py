"""A PDF from its first page to its last: columns, tables, paragraphs and notes in the order of reading."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pypdfium2

from content.files import dress, legacy, tables
from content.files.pdf import columns, grids, lines, pages, running, safety
from content.files.pdf.grids import Grid
from content.files.pdf.lines import Line, Piece
from content.files.pdf.notes import Notes
from content.files.pdf.pages import Page, Word
from content.files.pdf.paragraphs import Joiner, Margins, Paragraph, margins
from content.files.tables import Block, Cell, Table
from content.outcomes import Refusal, Told


def read(data: bytes) -> str:
    """The words of a PDF as Markdown; raises Refusal for one that is broken, dangerous, locked or only a picture."""
    safety.check(data)
    try:
        source = pypdfium2.PdfDocument(data)
        if len(source) > safety.PAGES:
            raise safety.too_many_pages()
        found = [pages.read(page) for page in source]
    except pypdfium2.PdfiumError:
        raise Refusal(Told("content-file-broken")) from None
    pages.mend(found)
    safety.check_pages(found)
    return legacy.mended("\n\n".join([*_Reader(found).blocks(), ""])).replace("\xad", "-")


_DASH = re.compile(r"[-–+*]")
_LAID_ROWS = 2
"""So many rows a table with drawn rules has at most that lays out a head or an end."""


class _Reader:
    def __init__(self, found: list[Page]) -> None:
        self._pages = found
        self._grids = [grids.found(page.rules) for page in found]
        gathered = [lines.gathered(_outside(page, held)) for page, held in zip(found, self._grids, strict=True)]
        self._lines, self._stamp = running.without(gathered, found)
        singles = [piece for page in self._lines for line in page if len(line) == 1 for piece in line]
        sizes = Counter[float]()
        for piece in singles:
            sizes[piece.size] += len(piece.text)
        self._size = sizes.most_common(1)[0][0] if sizes else 0.0
        self._usual = margins([piece for piece in singles if abs(piece.size - self._size) < 1])
        self._notes = Notes(self._size)
        self._made: list[Block] = []
        self._joiner = Joiner()

    def blocks(self) -> list[str]:
        """All that is printed, notes last."""
        for at in range(len(self._pages)):
            self._page(at)
        self._flush()
        made = [self._stamp] if self._stamp else []
        made += tables.rendered(_joined(self._made))
        for note in self._notes.found:
            made.append(f"[^{note.mark}]: {' '.join(Paragraph(note.pieces).text().split())}")
        return [block for block in made if block]

    def _page(self, at: int) -> None:
        page, held = self._pages[at], self._grids[at]
        body = self._notes.take(self._lines[at], page)
        single = [line[0] for line in body if len(line) == 1 and abs(line[0].size - self._size) < 1]
        kept = margins(single, self._usual)
        turned = True
        for zone in _zones(body, held):
            if isinstance(zone, Grid):
                self._table(_ruled(zone, page))
                continue
            for band in columns.bands(zone, page.right - page.left):
                if len(band) > 1:
                    self._columns(band)
                else:
                    self._joiner.add(_stacked(band)[0], kept, turned=turned)
                turned = False
        self._across(at)

    def _across(self, at: int) -> None:
        """Words that run across the page, outside of tables: what is on several pages is a mark in the paper."""
        words = [word for word in self._pages[at].stray if not any(grid.place(word) for grid in self._grids[at])]
        text = " ".join(word.text for word in words)
        if text and sum(text == " ".join(word.text for word in other.stray) for other in self._pages) == 1:
            self._flush()
            self._made.append(dress.plain(text))

    def _columns(self, band: list[Line]) -> None:
        """Columns of running text and two halves of a head one after the other, an aligned table row by row."""
        texts = columns.running(band)
        if texts:
            self._flush()
            self._made += _run_on(texts)
            return
        sides = columns.halves(band)
        if sides:
            table = Table([[_laid(side) for side in sides]])
            if len(tables.rendered([table])) > 1:
                self._table(table)
                return
        rows = columns.columns(band)
        self._flush()
        if rows:
            self._made.append(Table([[_cell(cell) for cell in row] for row in rows]))
        else:
            self._made += [_text(piece) for side in sides or band for piece in side]

    def _table(self, table: Table) -> None:
        self._flush()
        self._made.append(table)

    def _flush(self) -> None:
        self._made += [paragraph.text() for paragraph in self._joiner.made]
        self._joiner = Joiner()


def _outside(page: Page, held: list[Grid]) -> Iterator[Word]:
    return (word for word in page.words if not any(grid.place(word) for grid in held))


def _zones(body: list[Line], held: list[Grid]) -> Iterator[Grid | list[Line]]:
    """Tables and the lines between them, from top to bottom."""
    left = list(body)
    for grid in held:
        above = [line for line in left if line[0].base > grid.down[0]]
        left = left[len(above) :]
        if above:
            yield above
        yield grid
    if left:
        yield left


def _ruled(grid: Grid, page: Page) -> Table:
    """A table drawn with rules; a head or an end that is laid out by one keeps its lines apart."""
    words: dict[tuple[int, int], list[Word]] = {}
    for word in page.words:
        place = grid.place(word)
        if place:
            words.setdefault(place, []).append(word)
    held = {place: _stacked(lines.gathered(each)) for place, each in words.items()}
    for word in page.stray:
        place = grid.place(word)
        if place:
            held.setdefault(place, []).append(Piece([word]))
    rows, across = range(len(grid.down) - 1), range(len(grid.across) - 1)
    laid = Table([[_laid(held.get((row, column), [])) for column in across] for row in rows])
    if len(rows) <= _LAID_ROWS and len(tables.rendered([laid])) > 1:
        return laid
    return Table([[_cell(held.get((row, column), [])) for column in across] for row in rows], bordered=True)


def _laid(pieces: list[Piece]) -> Cell:
    """The lines of half a head or end, each on its own; a recipient may need several."""
    made: list[Paragraph] = []
    listed = bool(pieces) and columns.are_recipients(pieces[0])
    for piece in pieces:
        if listed and len(made) > 1 and _DASH.match(made[-1].pieces[0].text) and not _DASH.match(piece.text):
            made[-1].pieces.append(piece)
        else:
            made.append(Paragraph([piece]))
    return [text for paragraph in made if (text := paragraph.text())]


def _stacked(found: list[Line]) -> list[Piece]:
    """Each line in one piece."""
    return [Piece([word for piece in line for word in piece.words]) for line in found]


def _cell(pieces: list[Piece]) -> Cell:
    """The lines of a cell as paragraphs: within its own margins."""
    if not pieces:
        return []
    joiner = Joiner()
    own = Margins(min(p.left for p in pieces), max(p.right for p in pieces), 0.0, frozenset())
    for piece in pieces:
        joiner.add(piece, own, turned=True)
    return [text for paragraph in joiner.made if (text := paragraph.text())]


def _run_on(texts: list[list[Piece]]) -> list[str]:
    """Columns as one text, each moved to where the first stands: a paragraph may go over from one to the next."""
    joiner, first = Joiner(), texts[0]
    own = margins(first)
    for column in texts:
        away = margins(column).left - own.left
        for at, piece in enumerate(column):
            joiner.add(piece.moved(away), own, turned=at == 0)
    return [text for paragraph in joiner.made if (text := paragraph.text())]


def _text(piece: Piece) -> str:
    return Paragraph([piece]).text()


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """A table that goes on after the page is turned is one; its head is not repeated."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if isinstance(block, Table) and isinstance(last, Table) and _goes_on(block, last):
            last.rows += block.rows[1:] if block.rows[0] == last.rows[0] else block.rows
            continue
        made.append(block)
    return made


def _goes_on(table: Table, before: Table) -> bool:
    return table.bordered and before.bordered and len(table.rows[0]) == len(before.rows[0])
