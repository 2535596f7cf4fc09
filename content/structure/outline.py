"""Which lines open an article, an annex, an attached document or the closing block of signatures."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from content.structure import annexes, labels, quoting, signing
from content.structure.alphabet import UPPER
from content.structure.labels import Label
from content.structure.lines import Line, cells, undress
from content.structure.model import Warned
from content.structure.people import is_name

_RECIPIENTS = re.compile(r"(?:nơi nhận)\b\s*:?", re.I)
_RECIPIENTS_LIST = re.compile(r"Nơi nhận\s*:")
_SIGNED_TABLE = re.compile(r"[\s>|*_]*nơi nhận\b", re.I)
_CAPACITY = re.compile(rf"(?:T/?M|K/?T|T/?L|TUQ|T/?UQ|Q)\.?\s+[{UPPER}]")


@dataclass(slots=True)
class _State:
    """Where the reading has come to: the zone, the last article accepted, whether signatures were seen."""

    zone: str = "body"
    last: int = 0
    signed: bool = False
    attached: bool = False
    nested: bool = False
    seen_any: bool = False
    closing: str = ""


class Outline:
    """The lines that open large pieces, found in one pass: ``marks`` maps a line to what it opens.

    Lines of a quoted article that carries no quotation marks are marked ``inside``. ``zones`` maps each line to
    "body", "annex" or "tail", and the notes at the end of the file to "notes".
    """

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.marks: dict[int, Label] = {}
        self.zones: list[str] = []
        self.warnings: list[Warned] = []
        self.notes = _first_note(lines)
        self.found = {line.at: label for line in lines[: self.notes] if (label := _candidate(line))}
        self.style = self._prevailing()
        self.order = sorted(self.found)
        self.strong = [at for at in self.order if _style(lines[at]) == self.style and lines[at].marks < 2]
        self.state = _State()
        self.previous: Line | None = None
        self._read()

    def _read(self) -> None:
        recent: list[str] = []
        for line in self.lines[: self.notes]:
            if not line.role and not line.inside:
                self._consider(line, recent)
                recent = [*recent[-3:], line.plain]
            elif line.role == "table" and self.state.zone == "body" and self._is_signed(line):
                self._close(line, Label("recipients", "", "", 0, ""))
            if not line.role:
                self.previous = line
                if self.state.nested and line.at not in self.marks:
                    line.inside = line.inside or not self._outer(line)
            self.zones.append(self.state.zone)
        self.zones += ["notes"] * (len(self.lines) - self.notes)

    def _is_signed(self, line: Line) -> bool:
        """Whether a row lays out recipients and signatures beside each other."""
        if _SIGNED_TABLE.match(line.raw):
            return True
        ends = self.state.seen_any and _CAPACITY.search(line.raw)
        return bool(ends) and any(_CAPACITY.match(undress(cell)) for cell in cells(line))

    def _outer(self, line: Line) -> bool:
        """An amending item of this document ends a quoted article that was printed without marks."""
        if quoting.outer_item(line):
            self.state.nested = False
        return not self.state.nested

    def _consider(self, line: Line, recent: list[str]) -> None:
        label = self.found.get(line.at)
        if label and self._is_article(line, label, recent):
            self._open(line, label, "body")
            self.state.last = label.value
            return
        if self._quotes_large(line, recent):
            return
        if self._free(line) or _RECIPIENTS_LIST.match(line.plain):
            if opened := self._annex(line):
                self._open(line, opened, "body" if opened.kind == "attachment" else "annex")
                return
            if tail := self._tail(line):
                self._close(line, tail)
                return
        if self.state.zone == "tail" and line.level and labels.large(line):
            self.state.zone = "body"

    def _close(self, line: Line, tail: Label) -> None:
        """Lines of one signature stay together."""
        if self.state.zone != "tail" or self.state.closing != tail.kind:
            self._open(line, tail, "tail")
        self.state.closing, self.state.signed = tail.kind, True

    def _open(self, line: Line, label: Label, zone: str) -> None:
        self.marks[line.at] = label
        self.state.zone = zone
        self.state.nested = False
        self.state.seen_any = True
        if label.kind == "attachment":
            self.state.last, self.state.signed, self.state.attached = 0, False, True

    # ------------------------------------------------------------------------------------------------- articles

    def _is_article(self, line: Line, label: Label, recent: list[str]) -> bool:
        state = self.state
        expected = label.value // 1000 == state.last // 1000 + 1 or label.value == state.last + 1
        strong = _style(line) == self.style
        if state.zone == "annex":
            return strong and expected and not state.signed and label.value > 2999
        if self._belongs_to_clause(label, recent, strong=strong, expected=expected):
            state.nested = True
            return False
        if line.marks > 1:
            return False
        if strong:
            if _style(line) == "plain":
                return self._plain_article(line, label, expected=expected)
            if not expected and state.last and label.value <= state.last:
                self.warnings.append(("structure-article-order", {"label": label.label}))
            return True
        return expected and self._comes_before_next(line, label)

    def _belongs_to_clause(self, label: Label, recent: list[str], *, strong: bool, expected: bool) -> bool:
        """A clause "bổ sung Điều 19a như sau" is followed by that very article, which is another document's."""
        name = label.label.lower()
        announced = any(quoting.amends(text) and re.search(rf"{name}(?![0-9a-zđ])", text.lower()) for text in recent)
        if not announced:
            return False
        return not (strong and expected) or self._comes_again(label)

    def _quotes_large(self, line: Line, recent: list[str]) -> bool:
        """A clause "bổ sung Mục 3 như sau" is followed by that very heading, which is another document's."""
        label = labels.large(line) if self.state.zone == "body" and self.state.last else None
        name = label.label.lower() if label else ""
        if not name or not any(quoting.amends(text) and name in text.lower() for text in recent[-2:]):
            return False
        self.state.nested = True
        return True

    def _comes_again(self, label: Label) -> bool:
        start = bisect_right(self.order, self.previous.at if self.previous else -1) + 1
        return any(self.found[at].value == label.value for at in self.order[start : start + 60])

    def _comes_before_next(self, line: Line, label: Label) -> bool:
        """A weakly marked article is believed when the next strongly marked one has a higher number."""
        if label.rest[:1].islower() or not (label.rest or line.plain.endswith((".", ":"))):
            return False
        where = bisect_right(self.strong, line.at)
        return where >= len(self.strong) or self.found[self.strong[where]].value > label.value

    def _plain_article(self, line: Line, label: Label, *, expected: bool) -> bool:
        apart = self.previous is None or self.previous.at < line.at - 1 or self.previous.ends_sentence
        apart = apart or self.previous is None or self.previous.is_caps or self.previous.level > 0
        if not apart or label.rest[:1].islower() or re.match(r"Điều \d|[,;]", label.rest):
            return False
        if expected or not self.state.last:
            return True
        if label.value <= self.state.last:
            self.warnings.append(("structure-article-order", {"label": label.label}))
        return self.previous is None or self.previous.ends_sentence or self.previous.is_caps

    def _prevailing(self) -> str:
        styles = [_style(self.lines[at]) for at in self.found if not self.lines[at].inside]
        return max(("heading", "bold", "plain"), key=styles.count) if styles else "plain"

    # -------------------------------------------------------------------------------------- annexes and signatures

    def _free(self, line: Line) -> bool:
        """A heading may begin here: the line before is finished, or the line stands out."""
        before = self.previous
        return before is None or before.ends_sentence or line.stands_out or before.at < line.at - 1 or before.stands_out

    def _annex(self, line: Line) -> Label | None:
        """An annex follows the text; forms follow one another within an annex."""
        if not self.state.seen_any:
            return None
        if found := annexes.annex(line):
            return found
        if self.state.zone == "annex":
            return annexes.form(line, self._next_words(line, 1))
        return annexes.attachment(line, self._next_words(line, 6)) if self.state.last or self.state.signed else None

    def _next_words(self, line: Line, count: int) -> list[Line]:
        return [each for each in self.lines[line.at + 1 : line.at + 4 * count] if not each.role][:count]

    def _tail(self, line: Line) -> Label | None:
        if not (self.state.seen_any or line.at > len(self.lines) // 2):
            return None
        if self.state.zone == "annex" and (self.state.signed or not line.level):  # a form has an end of its own
            return None
        if _RECIPIENTS.match(line.plain) and len(line.plain) < 120:
            return Label("recipients", "", "", 0, line.plain)
        if _CAPACITY.match(line.plain) and (line.is_caps or line.plain.split(".")[-1].strip().isupper()):
            return Label("signature", "", "", 0, line.plain)
        if len(line.plain) < 60 and self._signs(line):
            return Label("signature", "", "", 0, line.plain)
        return None

    def _signs(self, line: Line) -> bool:
        """A post in capitals signs when a person's name follows it; a name when "(đã ký)" follows it."""
        if self.state.zone == "tail":
            return False
        after = [each.plain for each in self.lines[line.at + 1 : line.at + 12] if not each.role]
        if line.is_caps or signing.is_post(line.plain):
            following = after[1:2] if after and "đã ký" in after[0].lower() else after[:1]
            return any(is_name(each) or (signing.is_shouted_name(each) and not line.is_caps) for each in following)
        return is_name(line.plain) and bool(after) and "đã ký" in after[0].lower()


def _candidate(line: Line) -> Label | None:
    return labels.article(line) if line.role == "" and not line.inside and not line.opens_quotation else None


def _first_note(lines: list[Line]) -> int:
    """Where the notes begin that end the file, each a paragraph; after the last line when there are none."""
    first = len(lines)
    for line in reversed(lines):
        begins = line.at == 0 or lines[line.at - 1].role == "blank"
        if begins and line.role != "blank":
            if not line.is_note:
                break
            first = line.at
    return first


def _style(line: Line) -> str:
    return "heading" if line.level else "bold" if line.bold else "plain"
