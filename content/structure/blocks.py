"""The paragraphs of a text: lines gathered into labelled and unlabelled blocks."""

import re
from dataclasses import dataclass, field

from content.structure import labels
from content.structure.labels import Label
from content.structure.lines import Line
from content.structure.outline import Outline

_REASON = re.compile(r"(?:[-–] )?Căn c[ứú] ")
_LARGE = ("phan", "chuong", "muc", "tieu-muc")


@dataclass(slots=True)
class Block:
    """One paragraph, heading or table: the lines ``first``..``last`` (blank lines after them included)."""

    kind: str
    label: Label | None
    zone: str
    lines: list[Line] = field(default_factory=list)

    @property
    def words(self) -> list[Line]:
        """The lines that hold words of the document."""
        return [line for line in self.lines if line.role in {"", "table", "html"}]

    @property
    def ends(self) -> str:
        """The last words of the block."""
        return next((line.plain for line in reversed(self.lines) if line.plain and not line.role), "")


class Gatherer:
    """Walks the lines once and decides where each block begins."""

    def __init__(self, lines: list[Line], outline: Outline) -> None:
        self.lines = lines
        self.outline = outline
        self.blocks: list[Block] = []
        self.width = _wrap_width(lines)
        self.in_article = False
        self.sections = 0
        self.capitals = 0
        self.expect = _Expectations()
        self.before: Line | None = None

    def gather(self) -> list[Block]:
        """Return the blocks; together they hold every line."""
        for line in self.lines:
            zone = self.outline.zones[line.at]
            if line.role in {"blank", "rule", "comment"}:
                self._append(line, zone)
                continue
            if line.role == "matter" or (line.role in {"table", "html"} and zone != "tail"):
                self._whole(line, zone)
            else:
                self._words(line, zone)
            self.before = line
        return self.blocks

    def _append(self, line: Line, zone: str) -> None:
        if not self.blocks:
            self._start("paragraph", None, line, zone)
        else:
            self.blocks[-1].lines.append(line)

    def _start(self, kind: str, label: Label | None, line: Line, zone: str) -> None:
        self.blocks.append(Block(kind, label, zone, [line]))

    def _whole(self, line: Line, zone: str) -> None:
        """Tables and the file's own matter stay in one piece each."""
        kind = "matter" if line.role == "matter" else "table"
        goes_on = bool(self.blocks) and self.blocks[-1].kind == kind and self.before and self.before.role == line.role
        if goes_on and (kind == "matter" or self.blocks[-1].lines[-1].role == line.role):
            self.blocks[-1].lines.append(line)
        else:
            self._start(kind, None, line, zone)

    def _words(self, line: Line, zone: str) -> None:
        mark = self.outline.marks.get(line.at)
        if mark:
            self._open_large(mark, line, zone)
        elif zone in {"tail", "notes"} and not line.is_note:
            self._append(line, zone)
        elif label := self._label(line):
            self._start(label.kind, label, line, zone)
        elif self._goes_on(line):
            self.blocks[-1].lines.append(line)
        else:
            self._start("paragraph", None, line, zone)

    def _open_large(self, mark: Label, line: Line, zone: str) -> None:
        self._start(mark.kind, mark, line, zone)
        self.in_article = mark.kind == "dieu"
        self.expect.reset()
        if mark.kind in {"annex", "attachment", "form"}:
            self.sections = self.capitals = 0

    # -------------------------------------------------------------------------------------------------- labels

    def _label(self, line: Line) -> Label | None:
        if line.inside or not self._may_begin(line):
            return None
        if large := labels.large(line):
            self.in_article = False
            self.expect.reset()
            self.sections = 0 if large.kind in {"phan", "chuong"} else self.sections
            return large
        return self._section(line) or self._small(line)

    def _section(self, line: Line) -> Label | None:
        label = labels.section(line)
        if label and self._believes_section(label, line):
            self.sections = label.value
            self.in_article = False
            self.expect.reset()
            return label
        label = labels.capital(line)
        if label and label.value == self.capitals + 1 and not self.in_article:
            self.capitals = label.value
            self.sections = 0
            self.expect.reset()
            return label
        return None

    def _believes_section(self, label: Label, line: Line) -> bool:
        upper = label.rest.isupper() or line.level > 0 or line.bold > 0
        if self.in_article and not (upper and label.value == 1 and label.rest.isupper()):
            return False
        if label.value == self.sections + 1:
            return upper or label.rest[:1].isupper()
        return upper and (label.value == 1 or label.value > self.sections)

    def _small(self, line: Line) -> Label | None:
        label = labels.small(line)
        if not label:
            return None
        finished = self._apart() if label.rest[:1].islower() else self._finished(line)
        if not self.expect.fits(label, line, finished=finished):
            return None
        self.expect.take(label)
        return label

    def _finished(self, line: Line) -> bool:
        """Whether what came before is a finished sentence, a heading, or a block of its own."""
        before = self.before
        if before is None or before.role in {"table", "html", "matter"} or before.ends_sentence:
            return True
        if self.blocks[-1].lines[-1] is not before:
            return True
        return before.stands_out or (self.blocks[-1].label is not None and self.width == 0)

    def _apart(self) -> bool:
        """Whether what came before is a finished sentence or stands apart: small letters may be its continuation."""
        before = self.before
        return before is None or bool(before.role) or before.ends_sentence or self.blocks[-1].lines[-1] is not before

    def _may_begin(self, line: Line) -> bool:
        return self._finished(line) or labels.small(line) is not None or line.stands_out

    # ---------------------------------------------------------------------------------------------- paragraphs

    def _goes_on(self, line: Line) -> bool:
        """Whether the line carries on the paragraph before it."""
        if not self.blocks or self.before is None or self.before.role:
            return False
        block, before = self.blocks[-1], self.before
        if block.kind == "table" or before.inside != line.inside or _REASON.match(line.plain):
            return False
        if line.inside and self._quoted_label(before, line):
            return False
        if block.lines[-1] is not before:
            plain = not before.stands_out and line.level == 0
            return plain and not before.ends_sentence and line.plain[:1].islower()
        return self._alike(block, before, line) and not self._ends_paragraph(before, line)

    def _alike(self, block: Block, before: Line, line: Line) -> bool:
        """Whether two neighbouring lines are dressed alike, as the lines of one paragraph are."""
        if before.level or line.level or (before.bold == 2) != (line.bold == 2):
            return bool(before.level and line.plain[:1].islower() and not line.level)
        large = block.kind in {*_LARGE, "section"} or len(line.plain) > 40
        return before.is_caps == line.is_caps or not large

    def _quoted_label(self, before: Line, line: Line) -> bool:
        """Numbered lines of quoted words stand on their own, as they do where they were taken from."""
        label = labels.small(line)
        if label is None:
            return bool(before.ends_sentence and labels.article(line))
        begins = label.label in {"1", "a"} and label.rest[:1].isupper()
        return before.ends_sentence or begins

    def _ends_paragraph(self, before: Line, line: Line) -> bool:
        if not before.ends_sentence or line.plain[:1].islower():
            return False
        return not self.width or len(before.plain) < 0.85 * self.width or before.plain.endswith((":", ";"))


class _Expectations:
    """Which number or letter may come next in the lists that are open."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.item, self.letter, self.bracketed = 0, 0, 0

    def fits(self, label: Label, line: Line, *, finished: bool) -> bool:
        """Whether a printed label is believed: in sequence, or plainly at the start of a paragraph."""
        capital = not label.rest[:1].islower()
        match label.kind:
            case "item":
                follows = label.value // 1000 == self.item // 1000 + 1 or label.value == self.item + 1
                return (finished and (label.value > self.item or capital)) or (follows and capital)
            case "subitem":
                first = int(label.label.split(".")[0])
                return finished and (first == self.item // 1000 or not self.item)
            case "bracketed":
                return finished and label.value in {1000, self.bracketed + 1000}
            case "letter":
                return self._letter(label, finished=finished)
        return finished or capital

    def _letter(self, label: Label, *, finished: bool) -> bool:
        if label.value == 1 or label.value == self.letter + 1:
            return finished or label.value == self.letter + 1
        gap = label.value - self.letter
        return finished and (0 <= gap <= 4 or not self.letter or gap < 0)

    def take(self, label: Label) -> None:
        match label.kind:
            case "item":
                self.item, self.letter, self.bracketed = label.value, 0, 0
            case "subitem":
                self.letter, self.bracketed = 0, 0
            case "letter":
                self.letter, self.bracketed = label.value, 0
            case "bracketed":
                self.bracketed = label.value


def _wrap_width(lines: list[Line]) -> int:
    """Return the width that a scanned page was broken at, 0 when paragraphs are not broken into lines."""
    sizes = sorted(len(line.plain) for line in lines if not line.role and len(line.plain) > 20)
    if len(sizes) < 20:
        return 0
    width = sizes[int(len(sizes) * 0.9)]
    return width if width < 130 else 0
