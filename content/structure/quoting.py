"""Words that a text quotes: what an amending clause puts in another document's place is not its own structure."""

import re
from bisect import bisect_right

from content.structure import labels
from content.structure.lines import Line
from content.structure.model import Warned

_AMENDS = re.compile(r"sửa đổi|bổ sung|thay thế|bãi bỏ|như sau|thay cụm từ|được thay bằng", re.I)
_QUOTED_LABEL = re.compile(
    r"[“\"«„'‘][\s“\"]*(?:Đi[ềêểe]u|Chương|Mục|Phần|Khoản|Điểm|Phụ lục|"
    r"\d{1,3}[a-zđ]?[.\s)-]|[a-zđ]{1,2}\d?[).]|[-–+] )",
    re.I,
)
_CLOSES = re.compile(r"[”\"»]['’]?\s*[.;,:]?(?:/\.)?$")
_OUTER_ITEM = re.compile(r"\d{1,3}(?:\.\d{1,2})*[a-z]?[.)]\s.{0,40}?(?:sửa đổi|bổ sung|thay thế|bãi bỏ)", re.I)
_REACH = 4000
"""How many lines a quotation may go on for; further than that its closing mark was lost."""


def mark(lines: list[Line]) -> list[Warned]:
    """Set ``inside`` on every line that lies in a quotation of several lines, or quotes a numbered part."""
    warnings: list[Warned] = []
    spans = _Spans(lines)
    recent: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.role or not line.plain:
            at += 1
            continue
        if _opens(line, recent):
            end, balanced = spans.close(at)
            if not balanced:
                warnings.append(("structure-quotation-unbalanced", {"line": at + 1}))
            for each in lines[at : end + 1]:
                each.inside = True
            at = end + 1
            continue
        recent = [*recent[-2:], line.plain]
        at += 1
    return warnings


def amends(text: str) -> bool:
    """Whether ``text`` announces words that change another document."""
    return bool(_AMENDS.search(text))


def outer_item(line: Line) -> bool:
    """Whether the line is a numbered item of the amending document itself ("2. Sửa đổi, bổ sung …")."""
    return bool(_OUTER_ITEM.match(line.plain))


def _opens(line: Line, recent: list[str]) -> bool:
    if line.quoted and any(amends(text) for text in recent):
        return True
    if not line.opens_quotation:
        return False
    announced = any(amends(text) for text in recent)
    return announced and bool(_QUOTED_LABEL.match(line.plain) or recent[-1].endswith(":"))


class _Spans:
    """Where each quotation that begins a line ends; found once for all lines, in linear time."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.curly = _pairs(lines)
        self.straight = [line.at for line in lines if line.raw.count('"') % 2 and _CLOSES.search(line.plain)]
        self.openers = [line.at for line in lines if line.opens_quotation and _QUOTED_LABEL.match(line.plain)]
        self.articles = [line.at for line in lines if line.level and not line.opens_quotation and labels.article(line)]

    def close(self, at: int) -> tuple[int, bool]:
        """Return the last line of the quotation that opens at line ``at`` and whether it was closed."""
        line = self.lines[at]
        end = self._blockquote(at) if line.quoted else self._matched(at)
        if end is not None and end - at < _REACH and not self._crosses(at, end):
            return end, True
        return self._fallback(at), False

    def _matched(self, at: int) -> int | None:
        line = self.lines[at]
        if line.plain[0] in "“„«":
            return self.curly.get(at) or self._next_straight(at)
        if line.raw.count('"') % 2 == 0:
            return at
        return self._next_straight(at)

    def _next_straight(self, at: int) -> int | None:
        where = bisect_right(self.straight, at)
        return self.straight[where] if where < len(self.straight) else None

    def _blockquote(self, at: int) -> int:
        end = at
        for line in self.lines[at + 1 : at + _REACH]:
            if line.quoted:
                end = line.at
            elif line.role != "blank":
                break
        return end

    def _crosses(self, at: int, end: int) -> bool:
        """A heading of an article that stands outside a quotation cannot lie in one."""
        before = bisect_right(self.articles, at)
        if before >= len(self.articles) or self.articles[before] > end:
            return False
        last = labels.article(self.lines[self.articles[before - 1]]) if before else None
        following = labels.article(self.lines[self.articles[before]])
        return bool(last and following and following.value // 1000 == last.value // 1000 + 1)

    def _fallback(self, at: int) -> int:
        """End an unclosed quotation before the next quotation, article or amending item."""
        where = bisect_right(self.articles, at)
        limit = self.articles[where] if where < len(self.articles) else len(self.lines)
        where = bisect_right(self.openers, at)
        limit = min(limit, self.openers[where] if where < len(self.openers) else limit, at + 400)
        for line in self.lines[at + 1 : limit]:
            if outer_item(line):
                return line.at - 1
        return max(at, limit - 1) if limit < len(self.lines) else at


def _pairs(lines: list[Line]) -> dict[int, int]:
    """Match curly marks across lines: line of a line-opening mark -> line of its closing mark."""
    pairs: dict[int, int] = {}
    stack: list[tuple[int, bool]] = []
    for line in lines:
        first = True
        for mark_ in re.findall("[“„«”»]", line.raw):
            if mark_ in "“„«":
                stack.append((line.at, first and line.opens_quotation))
            elif stack:
                opened, leads = stack.pop()
                if leads:
                    pairs[opened] = line.at
                    _close_repeated(stack, pairs, line.at)
            first = False
    return pairs


def _close_repeated(stack: list[tuple[int, bool]], pairs: dict[int, int], at: int) -> None:
    """Old printing repeats the opening mark at each paragraph and closes once: one closing ends them all."""
    while stack and stack[-1][1] and at - stack[-1][0] < 60 and not pairs.get(stack[-1][0]):
        opened, _ = stack.pop()
        pairs[opened] = at
