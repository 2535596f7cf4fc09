"""What is shown of a block: its heading and its body, as inline Markdown without the label."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

from content.structure.alphabet import UPPER
from content.structure.blocks import Block
from content.structure.lines import Line, cells, inline, undress

_HEADED = frozenset({"phan", "chuong", "muc", "tieu-muc", "annex", "attachment", "form", "section"})
_LINEWISE = frozenset({"head", "signature", "recipients", "matter"})
_INLINE_ITEM = re.compile(rf"(?<=\S)[\s:.]+1\.\s+(?=[{UPPER}])")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def show(block: Block, *, leads: bool) -> tuple[str, str]:
    """Return (heading, body) of ``block``; ``leads`` says that deeper parts follow it."""
    words = [line for line in block.words if line.role == ""]
    label = block.label
    if block.kind in _LINEWISE:
        return "", "\n".join(cell.rstrip("\\").rstrip() for line in block.words for cell in cells(line))
    if label is None:
        return "", _unlabelled(block, words)
    whole = " ".join([label.rest, *(line.plain for line in words[1:])]).strip()
    heading = _heading(block, whole, leads=leads)
    if not heading:
        return "", _after(words, _length(words, label.rest))
    if heading == whole:
        return whole.strip(" :–—-") if label.kind in _HEADED else whole, ""
    return heading.rstrip(" :"), _after(words, _length(words, label.rest) + len(heading))


def _unlabelled(block: Block, words: list[Line]) -> str:
    if block.kind == "matter":
        return ""
    if block.kind == "preamble":
        return _sentences(words)
    return _join(words, inline) if words else _table(block)


def _heading(block: Block, whole: str, *, leads: bool) -> str:
    first = block.lines[0]
    kind = block.kind
    if kind in _HEADED:
        return whole if len(whole) < 400 else ""
    if kind == "dieu":
        return _article_heading(first, whole)
    if kind in {"item", "subitem", "bracketed"}:
        if first.level or first.bold == 2:
            return whole if len(whole) < 400 else ""
        if first.bold == 1:
            return _bold_lead(first, block)
        return whole if leads and len(whole) <= 160 and not whole.endswith((".", ";", ":", ",")) else ""
    return ""


def _article_heading(first: Line, whole: str) -> str:
    cut = _INLINE_ITEM.search(whole)
    if cut and cut.start() < 250:
        return whole[: cut.start()]
    if first.level or first.bold == 2:
        return whole if len(whole) < 400 else ""
    return whole if len(whole) <= 300 and not whole.endswith((".", ";", ",")) else ""


def _bold_lead(first: Line, block: Block) -> str:
    """A paragraph that begins in bold beyond its number is headed by the bold words."""
    match = _BOLD.match(inline(first))
    rest = block.label.rest if block.label else ""
    lead = undress(match[1]) if match else ""
    before = len(first.plain) - len(rest)
    return lead[before:] if len(lead) > before + 2 and first.plain.startswith(lead) else ""


def _length(words: list[Line], rest: str) -> int:
    """How many plain characters of the first line come before ``rest``."""
    return len(words[0].plain) - len(rest) if words else 0


def _after(words: list[Line], consumed: int) -> str:
    """Return the words after the first ``consumed`` plain characters, markup kept and balanced."""
    first = True
    left = consumed

    def tail(line: Line) -> str:
        nonlocal first, left
        if not first:
            return inline(line)
        if left >= len(line.plain) and len(line.plain) < consumed:
            left -= len(line.plain) + 1
            return ""
        first = False
        return _cut(inline(line), line.plain, left)

    return _join(words, tail)


def _cut(raw: str, plain: str, count: int) -> str:
    at = 0
    for wanted in plain[:count]:
        found = raw.find(wanted, at)
        at = found + 1 if found >= 0 else at
    rest = raw[at:].strip(" \t")
    if rest.count("**") % 2:
        rest = rest[2:].lstrip() if rest.startswith("**") else f"**{rest}"
    elif rest.replace("**", "").count("*") % 2 and rest.endswith("*"):
        rest = f"*{rest}"
    return rest


def _join(words: list[Line], show_line: Callable[[Line], str]) -> str:
    """Join broken lines; a hard break stays."""
    text = ""
    for line in words:
        shown = show_line(line).rstrip("\\").rstrip()
        if not shown:
            continue
        text += shown if not text or text.endswith("\n") else f" {shown}"
        if line.raw.endswith(("  ", "\\")):
            text += "\n"
    return text.strip()


def _sentences(words: list[Line]) -> str:
    """Join broken lines, one reason of the preamble to a line."""
    text = ""
    for before, line in zip([None, *words], words, strict=False):
        ended = before is not None and (before.ends_sentence or line.plain.startswith(("Căn c", "Theo đ")))
        text += ("\n" if ended else " ") + inline(line).rstrip("\\").rstrip()
    return text.strip()


def _table(block: Block) -> str:
    words = block.words
    if words and words[0].role == "html":
        return _Html.markdown("\n".join(line.raw for line in words))
    return "\n".join(line.raw.lstrip(" \t>").rstrip() for line in words)


class _Html(HTMLParser):
    """Reads an HTML table into rows of cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.outside = ""

    @classmethod
    def markdown(cls, html: str) -> str:
        """Return the table in ``html`` as a Markdown table; words outside its cells come first."""
        reader = cls()
        reader.feed(html)
        reader.close()
        rows = [[" ".join(cell.split()).replace("|", "\\|") for cell in row] for row in reader.rows if row]
        width = max(map(len, rows), default=0)
        if not width:
            return " ".join(reader.outside.split())
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * width)
        outside = " ".join(reader.outside.split())
        return (f"{outside}\n\n" if outside else "") + "\n".join(lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append("")
        elif tag == "br":
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
        else:
            self.outside += data
