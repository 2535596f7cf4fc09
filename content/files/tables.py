"""Tables as Markdown; those that only lay out a head or signatures as the lines that people read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_HEAD = re.compile(r"C[ỘÔ]NG\s+H[OÒ][AÀ]\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
_NUMBER = re.compile(r"\W*Số\s*:?\s*(?:\d|[./…]|-)", re.I)
_DAY = re.compile(r",?\s*ngày\s.{0,12}tháng\s.{0,12}năm\s", re.I)
_RECIPIENTS = re.compile(r"\W*(?:Nơi|Kính)\s+(?:nhận|gửi)\s*:", re.I)
_CAPACITY = re.compile(r"\W*(?:T/?M|K/?T|T/?L|T/?U/?Q)\b\.?\s+[A-ZĐ]")
_BAR = re.compile(r"(?<!\\)\|")
_LAID_COLUMNS = 3
_LAID_ROWS = 12


@dataclass(slots=True)
class Table:
    """Rows of cells, each as many as there are columns. The first ``heads`` rows name the columns."""

    rows: list[list["Cell"]] = field(default_factory=list)
    heads: int = 0
    bordered: bool = False

    def tidy(self) -> "Table":
        """The table with rows of one length, without rows and columns that hold nothing."""
        width = max((len(row) for row in self.rows), default=0)
        rows = [row + [[] for _ in range(width - len(row))] for row in self.rows if any(row)]
        used = [at for at in range(width) if any(row[at] for row in rows)]
        return Table([[row[at] for at in used] for row in rows], self.heads, self.bordered)


Block = str | Table
"""A paragraph of Markdown, its printed lines on lines of their own, or a table."""

Cell = list[Block]
"""What a cell holds."""


def rendered(blocks: Iterable[Block]) -> list[str]:
    """Paragraphs of Markdown: one for a table, several for what a table only lays out."""
    made: list[str] = []
    for block in blocks:
        made += [block] if isinstance(block, str) else _table(block.tidy())
    return made


def _table(table: Table) -> list[str]:
    rows = table.rows
    if not rows:
        return []
    if len(rows[0]) == 1 or _lays_out(table):
        return rendered(block for column in zip(*rows, strict=True) for cell in column for block in cell)
    return [_markdown(rows, table.heads)]


def _flat(cell: Cell) -> list[str]:
    """The printed lines of a cell; each row of a table in it becomes one."""
    made: list[str] = []
    for block in cell:
        if isinstance(block, str):
            made += block.split("\n")
        else:
            made += ["; ".join(" ".join(_flat(inner)) for inner in row if inner) for row in block.tidy().rows]
    return made


def _lays_out(table: Table) -> bool:
    """Whether a table prints the two halves of a head, or of the end, beside each other."""
    if len(table.rows[0]) > _LAID_COLUMNS or len(table.rows) > _LAID_ROWS:
        return False
    lines = [line.strip("*_ ") for row in table.rows for cell in row for line in _flat(cell)]
    if any(map(_HEAD.match, lines)):
        return True
    if table.bordered:
        return False
    dated = any(map(_NUMBER.match, lines)) and any(map(_DAY.search, lines))
    return dated or any(_RECIPIENTS.match(line) or _CAPACITY.match(line) for line in lines)


def _markdown(rows: list[list[Cell]], heads: int) -> str:
    """The first row names the columns if the table says so or if all of it stands out; else the names stay empty."""
    texts = [[_cell(cell) for cell in row] for row in rows]
    named = heads > 0 or all(_stands_out(cell) for cell in texts[0] if cell)
    top, rest = (texts[0], texts[1:]) if named else ([""] * len(texts[0]), texts)
    return "\n".join([_row(top), f"|{' --- |' * len(top)}", *map(_row, rest)])


def _cell(cell: Cell) -> str:
    return _BAR.sub(r"\\|", "<br>".join(_flat(cell)).replace("\t", " "))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _stands_out(cell: str) -> bool:
    return cell.startswith("**") or cell.isupper()
