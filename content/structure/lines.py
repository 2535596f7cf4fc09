"""The lines of a text, each with its Markdown dress taken off and remembered."""

import re
from dataclasses import dataclass

_PREFIX = re.compile(r"[ \t]*((?:>[ \t]?)*)[ \t]*(?:[-_'‘.,]{1,3}[ \t]?(?=#{1,6}[ \t]))?((?:#{1,6}[ \t]+)*)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|&~<>\"'])")
_RULE = re.compile(r"[-–—_*=─━~ \t\\|]{3,}$")
_TABLE_RULE = re.compile(r"[ \t>]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*$")
_ENDS = (".", ";", ":", "!", "?", "…", "”", '"', "»", "; và", "; hoặc", ", và", ", hoặc")
_NOTE = re.compile(r"\[\^\w{1,12}\]:")
_OPENERS = "“\"«„'‘"


@dataclass(slots=True)
class Line:
    """A line: where it lies in the source, its text without markup, and what the markup said.

    ``role`` is "" for words, else blank, rule, table, html, comment or matter (of the file, not of the document).
    ``bold`` is 2 when all of the line is bold, 1 when it only begins so. ``inside`` marks quoted words.
    """

    at: int
    start: int
    end: int
    raw: str
    plain: str
    level: int = 0
    marks: int = 0
    bold: int = 0
    quoted: bool = False
    role: str = ""
    inside: bool = False

    @property
    def ends_sentence(self) -> bool:
        """Whether a new sentence, item or heading may follow this line."""
        return self.plain.endswith(_ENDS)

    @property
    def is_note(self) -> bool:
        """Whether a footnote or endnote begins here, under its mark: ``[^1]: …``."""
        return bool(_NOTE.match(self.plain))

    @property
    def opens_quotation(self) -> bool:
        """Whether the words begin with a quotation mark."""
        return self.plain[:1] in _OPENERS if self.plain else False

    @property
    def is_caps(self) -> bool:
        """Whether the line is printed in capitals, as headings are."""
        return self.plain.isupper()

    @property
    def stands_out(self) -> bool:
        """Whether markup or capitals set the line apart as a heading."""
        return self.level > 0 or self.bold == 2 or self.is_caps


def split(source: str) -> list[Line]:
    """Cut ``source`` (normalised) into lines that together cover every character of it."""
    lines = []
    start = 0
    pieces = source.split("\n")
    for at, raw in enumerate(pieces):
        end = start + len(raw) + (at < len(pieces) - 1)
        lines.append(_line(at, start, end, raw))
        start = end
    _find_tables(lines)
    _find_blocks(lines, "<!--", "-->", "comment")
    _find_blocks(lines, "<table", "</table>", "html")
    return lines


def undress(text: str) -> str:
    """Return inline Markdown as plain words."""
    if "*" in text:
        text = text.replace("**", "").strip(" \t")
        text = text[1:] if text.startswith("*") and not text.startswith("* ") else text
        text = text[:-1] if text.endswith("*") and not text.endswith(" *") else text
    if text.startswith("_") and text.endswith("_") and text.strip("_"):
        text = text.strip("_")
    return (_ESCAPE.sub(r"\1", text) if "\\" in text else text).strip(" \t")


def inline(line: Line) -> str:
    """Return the line's words with their inline Markdown, without quote and heading marks."""
    match = _PREFIX.match(line.raw)
    return line.raw[match.end() if match else 0 :].strip(" \t")


def cells(line: Line) -> list[str]:
    """Return the cells of a table's row, those broken by ``<br>`` as several; the words of any other line."""
    if line.role not in {"table", "html"}:
        return [inline(line)] if not line.role else []
    found = (cell.strip() for cell in re.split(r"\||<[^>]*>", line.raw.lstrip(" \t>")))
    return [cell for cell in found if cell.strip(" -:\\*")]


def _line(at: int, start: int, end: int, raw: str) -> Line:
    prefix = _PREFIX.match(raw)
    inner = raw[prefix.end() if prefix else 0 :].strip(" \t")
    hashes = prefix[2].split() if prefix else []
    line = Line(at, start, end, raw, undress(inner))
    line.quoted = bool(prefix and prefix[1])
    line.level = len(hashes[0]) if hashes else 0
    line.marks = len(hashes)
    line.bold = _boldness(inner)
    if not inner:
        line.role = "rule" if line.quoted or hashes else "blank"
        line.plain = ""
    elif _RULE.match(inner) and "|" not in inner:
        line.role = "rule"
    return line


def _boldness(inner: str) -> int:
    if not inner.startswith("**") or len(inner) < 5:
        return 0
    core = inner.rstrip(".:;, ")
    return 2 if core.endswith("**") and core.count("**") == 2 else 1


def _find_tables(lines: list[Line]) -> None:
    """A Markdown table is a run of lines that begin with a bar and hold a rule of dashes."""
    run: list[Line] = []
    for line in [*lines, Line(0, 0, 0, "", "")]:
        if line.raw.lstrip(" \t>").startswith("|"):
            run.append(line)
            continue
        if any(_TABLE_RULE.match(each.raw) for each in run[:3]):
            for each in run:
                each.role = "table"
        run = []


def _find_blocks(lines: list[Line], opening: str, closing: str, role: str) -> None:
    """Give ``role`` to the lines from an opening to its closing tag; one that never closes is left as words."""
    last = max((line.at for line in lines if closing in line.raw.lower()), default=-1)
    within = False
    for line in lines[: last + 1]:
        low = line.raw.lower()
        if not within and low.lstrip(" \t>").startswith(opening):
            within = True
        if within:
            line.role = role
            within = closing not in low
