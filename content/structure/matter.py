"""What belongs to the file and not to the document: front matter, fact tables, an editor's summary."""

import re
from collections.abc import Iterator

from content.structure import labels
from content.structure.lines import Line
from content.vocabulary import words

_PAIR = re.compile(r"[-*•]?\s*([^:|]{2,40}?)\s*:\s*(\S.*)$")
_FOLDS = (">", ">-", "|", "|-")
_OPENING = 120
"""Lines within which facts about the document are looked for."""

_FACT_LINE = re.compile(r"\s*(?:[-*]\s+)?\*\*[^*]{2,60}\*\*|\s*[-*]\s|\s*\||\s{2,}\S")


def mark(lines: list[Line]) -> None:
    """Give the role "matter" to front matter, fact tables and sections that editors of the file added."""
    _front_matter(lines)
    for at, line in enumerate(lines):
        if line.role or not line.level:
            continue
        title = line.plain.strip(" :.").lower()
        if title in words("fact_headings"):
            _take(lines, at, facts_only=True)
        elif title in words("scaffold"):
            line.role = "matter"
        elif title in words("editor_headings"):
            _take(lines, at, facts_only=False)
    _loose_facts(lines[:_OPENING])


def facts(lines: list[Line]) -> Iterator[tuple[str, str, bool]]:
    """Yield (name, value, whether it comes from front matter) of every fact that the file states about the text.

    Names are lower case without punctuation, front matter keys with spaces for their dashes.
    """
    front = False
    for line in lines:
        if line.role not in {"matter", "rule"} or not (line.role == "matter" or line.at == 0):
            continue
        if line.raw.strip() == "---":
            front = line.at == 0
            continue
        if line.raw.lstrip().startswith("|"):
            cells = [cell.replace("*", "").strip() for cell in line.raw.strip().strip("|").split("|")]
            if len(cells) >= 2 and cells[1]:
                yield _name(cells[0]), cells[1], False
        elif match := _PAIR.match(line.plain):
            value = _folded(lines, line.at) if match[2] in _FOLDS else match[2]
            yield _name(match[1]), value.strip(" \"'"), front


def _folded(lines: list[Line], at: int) -> str:
    """Join the indented lines of a folded value of the front matter."""
    words = []
    for line in lines[at + 1 : at + 40]:
        if not line.raw.startswith(" "):
            break
        words.append(line.raw.strip())
    return " ".join(words)


def _name(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip(" *").lower()


def _front_matter(lines: list[Line]) -> None:
    if not lines or lines[0].raw.rstrip() != "---":
        return
    for line in lines[1:400]:
        if line.raw.rstrip() == "---":
            for each in lines[: line.at + 1]:
                each.role = "matter"
            return


def _loose_facts(lines: list[Line]) -> None:
    """Facts that stand under no heading of their own: a table, or neighbouring lines, of which two are known."""
    run: list[Line] = []
    for line in [*lines, Line(0, 0, 0, "", "")]:
        pair = None if line.role not in {"", "table"} else _fact(line)
        if pair or (run and line.role == "table"):
            run.append(line)
        elif line.plain or line.role == "rule":
            if sum(bool(_fact(each)) for each in run) > 1:
                for each in run:
                    each.role = "matter"
            run = []
        if line.role == "" and labels.article(line):
            return


def _fact(line: Line) -> bool:
    """Whether a line or the row of a table states a fact by a name that only files use."""
    cells = [cell.replace("*", "").strip() for cell in line.raw.strip().strip("|").split("|")]
    pair = _PAIR.match(line.plain)
    name = cells[0] if line.role == "table" and len(cells) == 2 else pair[1] if pair else ""
    return _name(name) in words("fact_names")


def _take(lines: list[Line], at: int, *, facts_only: bool) -> None:
    level = lines[at].level
    lines[at].role = "matter"
    for line in lines[at + 1 :]:
        if line.level and (line.level <= level or facts_only or labels.article(line)):
            return
        if facts_only and line.role not in {"blank", "rule", "table"} and not _FACT_LINE.match(line.raw):
            return
        if facts_only and labels.article(line):
            return
        if line.role != "rule" or line.raw.strip():
            line.role = "matter"
