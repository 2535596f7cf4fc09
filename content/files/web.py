"""Web pages: their words with headings, lists and tables; what moves, decorates or leads elsewhere is left out."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from content.files import dress, legacy, tables
from content.files.dress import Span
from content.files.listing import Marks
from content.files.tables import Block, Cell, Table
from content.outcomes import Refusal, Told

_UNSEEN = frozenset({
    "head", "script", "style", "noscript", "template", "nav", "svg", "math", "iframe", "object", "embed", "canvas",
    "audio", "video", "picture", "img", "button", "select", "input", "textarea", "dialog", "datalist",
})  # fmt: skip
_AROUND = frozenset({"header", "footer", "aside"})
"""What stands around the text of a page that says where its text is."""

_BLOCKS = frozenset({
    "html", "body", "main", "article", "section", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
    "dl", "dt", "dd", "table", "caption", "blockquote", "pre", "center", "hr", "figure", "figcaption", "header",
    "footer", "aside", "address", "form", "fieldset", "legend", "details", "summary",
})  # fmt: skip
_HEADING = re.compile(r"h[1-6]")
_BOLD = frozenset({"b", "strong", "th"})
_BLANK = re.compile(r"[ \t\n\r\f]+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_ENCODINGS = frozenset({"utf-8", "utf8", "windows-1252", "windows-1258", "iso-8859-1"})
_MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
_DEEPEST = 200
"""So deep elements may lie in one another; browsers stop at about 500."""

_UNCLOSED = 1_000
"""So many elements may be open at once; finding where one more belongs takes as many steps."""

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
_CLOSE_THEMSELVES = frozenset({
    "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption",
    "option", "optgroup", "rp", "rt", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
    "source", "track", "wbr",
})  # fmt: skip
_WIDEST = 100


def read(data: bytes) -> str:
    """The words of a page as Markdown; raises Refusal for an unknown encoding or a page nested without end."""
    page = _decoded(data)
    _measure(page)
    body = LexborHTMLParser(page).body
    return "" if body is None else legacy.mended("\n\n".join([*tables.rendered(_Reader(body).blocks()), ""]))


def _decoded(data: bytes) -> str:
    """The text of a page in the encoding that its first bytes or the page itself name, UTF-8 if none does."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    named = _CHARSET.search(data[:2048])
    stated = named[1].decode().lower() if named else "utf-8"
    for encoding in (marked,) if marked else ("utf-8", stated):
        try:
            if encoding in _ENCODINGS or marked:
                return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(Told("content-import-not-utf8"))


def _measure(page: str) -> None:
    """Refuse a page with too many open elements before anything is built of it."""
    opened: Counter[str] = Counter()
    depth = 0
    for tag in _TAG.finditer(page):
        name = tag[2].lower()
        if name in _CLOSE_THEMSELVES or (tag[1] and not opened[name]):
            continue
        step = -1 if tag[1] else 1
        opened[name] += step
        depth += step
        if depth > _UNCLOSED:
            raise Refusal(Told("content-file-too-deep"))


class _Reader:
    """Walks a page once; words gather in ``spans`` until a block ends them."""

    def __init__(self, body: LexborNode) -> None:
        self._body = body
        self._main = body.css_first("main, article, [role=main]") is not None
        self._spans: list[Span] = []
        self._made: list[Block] = []
        self._lead = ""
        self._depth = 0

    def blocks(self) -> list[Block]:
        """All that is visible on the page."""
        self._within(self._body, Span(""))
        self._end()
        return self._made

    def _within(self, node: LexborNode, look: Span) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refusal(Told("content-file-too-deep"))
        child = node.child
        while child is not None:
            self._node(child, look)
            child = child.next
        self._depth -= 1

    def _node(self, node: LexborNode, look: Span) -> None:
        tag = node.tag
        if node.is_text_node:
            self._words(node, look)
        elif tag == "br":
            self._spans.append(look._replace(text="\n"))
        elif tag and self._is_hidden(node, tag):
            return
        elif tag == "table":
            self._end()
            self._made += [*self._caption(node), self._table(node)]
        elif tag in ("ul", "ol"):
            self._list(node, look)
        elif tag:
            self._element(node, tag, look)

    def _words(self, node: LexborNode, look: Span) -> None:
        text = node.text_content or ""
        self._spans.append(look._replace(text=text if self._is_kept(node) else _BLANK.sub(" ", text)))

    def _is_kept(self, node: LexborNode) -> bool:
        parent = node.parent
        return parent is not None and parent.tag == "pre"

    def _is_hidden(self, node: LexborNode, tag: str) -> bool:
        if tag in _UNSEEN or not tag[0].isalpha():
            return True
        said = node.attributes
        around = tag in _AROUND and self._main and node.parent is not None and node.parent.tag == "body"
        unseen = "hidden" in said or said.get("role") == "navigation" or bool(_HIDING.search(said.get("style") or ""))
        return around or unseen

    def _element(self, node: LexborNode, tag: str, look: Span) -> None:
        heading = _HEADING.fullmatch(tag)
        if tag in _BLOCKS:
            self._end()
        if tag in _BOLD:
            look = look._replace(bold=True)
        elif tag in ("sup", "sub"):
            look = look._replace(rise=tag)
        self._within(node, look)
        if heading:
            self._end(f"{'#' * int(tag[1])} ")
        elif tag in _BLOCKS:
            self._end()

    def _end(self, sign: str = "") -> None:
        """Close the paragraph that is being gathered; a heading is one line under its ``sign``."""
        spans, self._spans = self._spans, []
        if not any(span.text.strip() for span in spans):
            return
        if self._lead:
            spans.insert(0, Span(self._lead, spans[0].bold))
            self._lead = ""
        if sign:
            spans = [span._replace(text=span.text.replace("\n", " "), bold=False) for span in spans]
        made = dress.lines(spans)
        if made:
            self._made.append(sign + "\n".join(_BLANK.sub(" ", line) for line in made))

    def _list(self, node: LexborNode, look: Span) -> None:
        self._end()
        marks = Marks(node)
        child = node.child
        while child is not None:
            if child.tag == "li":
                self._lead = marks.mark(child.attributes.get("value"))
            self._node(child, look)
            self._lead = ""
            child = child.next

    # ----------------------------------------------------------------------------------------------------------- tables

    def _caption(self, node: LexborNode) -> Cell:
        return [block for each in _children(node) if each.tag == "caption" for block in self._cell(each)]

    def _table(self, node: LexborNode) -> Table:
        made = Table(bordered=(node.attributes.get("border") or "0") != "0")
        below: dict[int, int] = {}
        for row in _rows(node):
            made.rows.append(self._row(row, below))
            heads = [cell.tag == "th" for cell in _children(row)]
            if heads and all(heads) and made.heads == len(made.rows) - 1:
                made.heads += 1
        return made

    def _row(self, row: LexborNode, below: dict[int, int]) -> list[Cell]:
        """The cells of a row; ``below`` counts for each column in how many rows a cell from above goes on."""
        cells: list[Cell] = []
        for cell in _children(row):
            _go_on(cells, below)
            wide, high = (_span(cell.attributes.get(name)) for name in ("colspan", "rowspan"))
            for column in range(len(cells), len(cells) + wide):
                below[column] = high - 1
            cells += [self._cell(cell), *([] for _ in range(wide - 1))]
        _go_on(cells, below)
        return cells

    def _cell(self, cell: LexborNode) -> Cell:
        held, self._made = self._made, []
        self._element(cell, cell.tag or "", Span(""))
        self._end()
        made, self._made = self._made, held
        return made


def _go_on(cells: list[Cell], below: dict[int, int]) -> None:
    """Leave room for the cells from above."""
    while below.get(len(cells), 0) > 0:
        below[len(cells)] -= 1
        cells.append([])


def _rows(table: LexborNode) -> list[LexborNode]:
    groups = [table, *(each for each in _children(table) if each.tag in ("thead", "tbody", "tfoot"))]
    return [row for group in groups for row in _children(group) if row.tag == "tr"]


def _children(node: LexborNode) -> list[LexborNode]:
    found = []
    child = node.child
    while child is not None:
        if child.is_element_node:
            found.append(child)
        child = child.next
    return found


def _span(said: str | None) -> int:
    return min(max(int(said), 1), _WIDEST) if said and said.isdecimal() and len(said) < 6 else 1
