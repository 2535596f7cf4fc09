"""Lists of members as people keep them: CSV from any spreadsheet program, or an Excel file."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from backend.accounts.naming import fold
from base.errors import InvalidError

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED_BYTES = 48 * 1024 * 1024
MOST_ENTRIES = 500
"""Parts an Excel file may consist of; an ordinary one has about a dozen."""

MOST_ROWS = 100_000
MOST_CELL_CHARS = 300

XML = (".xml", ".rels", ".vml")
DOCTYPE = re.compile(rb"\0?".join(re.escape(bytes([letter])) for letter in b"<!DOCTYPE"))
"""However the part is encoded."""

HEADINGS = {
    "name": ("ho va ten", "ho ten", "ten", "name", "full name"),
    "login": ("ten dang nhap", "dang nhap", "tai khoan", "login", "user name", "username"),
    "unit": ("ma don vi", "don vi", "ma chi bo", "unit", "unit code"),
    "card": ("so the", "so the dang vien", "the dang vien", "ma the", "card", "card number"),
}
"""What a column may be headed, without accents; the order of columns does not matter and others are left alone."""

NEEDED = ("name", "login", "unit")


@dataclass(frozen=True, slots=True)
class Row:
    """One person as the file has them; ``line`` counts as the spreadsheet does."""

    line: int
    name: str
    login: str
    unit: str
    card: str


def read(content: bytes) -> list[Row]:
    """The people of a CSV (UTF-8, separated by comma, semicolon or tab) or XLSX file, known by its first bytes.

    Raises InvalidError when the file as a whole cannot be read. For a confined process: long lists are slow, and an
    Excel file may be made to be heavy.
    """
    if len(content) > MOST_BYTES:
        raise InvalidError("roster-file-too-big", most_mib=MOST_BYTES // 2**20)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InvalidError("roster-file-old-excel")
    lines = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    return _rows([(number, [cell.strip()[:MOST_CELL_CHARS] for cell in cells]) for number, cells in lines])


def _rows(lines: Sequence[tuple[int, list[str]]]) -> list[Row]:
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        raise InvalidError("roster-file-empty")
    if len(filled) > MOST_ROWS:
        raise InvalidError("roster-file-too-long", most=MOST_ROWS)
    columns = _columns(filled[0][1])

    def cell(cells: list[str], column: str) -> str:
        at = columns.get(column)
        return cells[at] if at is not None and at < len(cells) else ""

    return [
        Row(number, cell(cells, "name"), cell(cells, "login"), cell(cells, "unit"), cell(cells, "card"))
        for number, cells in filled[1:]
    ]


def _columns(heads: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        words = " ".join(fold(head).replace("*", " ").replace("_", " ").split())
        column = next((column for column, names in HEADINGS.items() if words in names), None)
        if column in found:
            raise InvalidError("roster-column-twice", column=head)
        if column:
            found[column] = at
    for column in NEEDED:
        if column not in found:
            raise InvalidError(f"roster-column-missing-{column}")
    return found


def _csv(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidError("roster-file-not-utf8") from None
    first = text.lstrip().partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines = []
    try:
        for cells in reader:
            lines.append((reader.line_num, cells))
    except csv.Error:
        raise InvalidError("roster-file-broken", line=reader.line_num) from None
    return lines


def _xlsx(content: bytes) -> list[tuple[int, list[str]]]:
    import openpyxl  # noqa: PLC0415 - 25 MB that only the confined process needs

    _check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        rows: Iterable[Any] = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=50, values_only=True)
        lines = [(number, [_text(cell) for cell in cells]) for number, cells in enumerate(rows, 1)]
        book.close()
    except MemoryError:
        raise
    except Exception as error:  # whatever the library makes of a file that only looks like one
        raise InvalidError("roster-file-not-excel") from error
    return lines


def _check_archive(content: bytes) -> None:
    """Refuse what unpacks to too much, or brings a document type of its own (whose entities could grow for ever)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
                raise InvalidError("roster-file-too-big", most_mib=MOST_UNPACKED_BYTES // 2**20)
            if any(DOCTYPE.search(archive.read(part)) for part in parts if part.filename.endswith(XML)):
                raise InvalidError("roster-file-not-excel")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise InvalidError("roster-file-not-excel") from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
