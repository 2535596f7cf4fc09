"""Lines as paragraphs: where one ends is told by its last line, the indent of the next and the space between."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from content.files import dress
from content.files.dress import Span
from content.files.pdf.lines import Piece

_LABEL = re.compile(
    r"[“\"]?(?:Điều\s+\d|Chương\s|Mục\s|Phần\s|[IVXLC]+\s?[.\-–]|\d{1,3}(?:\.\d{1,2})*\s?[.)]|[a-zđ]{1,2}\d?\)|[-–+•*]\s)"
)
_ENDS = (".", ";", ":", "!", "?", "./.", ".”", "”", "”.", "”;")
_WIDE_PITCH = 1.35
_SHARED = 4
_PART = 0.8
"""A margin is where so many lines of a page begin or end; margins closer than this part of the usual ones are none."""


class Margins(NamedTuple):
    """Where the lines of a page begin and end, and where paragraphs are indented."""

    left: float
    right: float
    pitch: float
    indents: frozenset[int]


@dataclass(slots=True)
class Paragraph:
    """The lines of one paragraph; ``centred`` ones are lines on their own, as on a title page."""

    pieces: list[Piece]
    centred: bool = False

    def text(self) -> str:
        """The paragraph as Markdown; lines on their own stay so."""
        spans: list[Span] = []
        for piece in self.pieces:
            if spans:
                spans.append(Span("\n" if self.centred else _between(spans[-1].text), piece.bold and spans[-1].bold))
            spans += piece.spans()
        return "\n".join(dress.lines(spans))


@dataclass(slots=True)
class Joiner:
    """Takes the lines of all pages one after another."""

    made: list[Paragraph] = field(default_factory=list)
    _open: bool = False

    def close(self) -> None:
        """What follows begins a new paragraph."""
        self._open = False

    def add(self, piece: Piece, margins: Margins, *, turned: bool) -> None:
        """Put a line to the paragraph that it carries on, or begin one; ``turned`` when the page was turned before."""
        centred = is_centred(piece, margins)
        if self._open and self.made and self._goes_on(piece, margins, centred=centred, turned=turned):
            self.made[-1].pieces.append(piece)
        else:
            self.made.append(Paragraph([piece], centred))
        self._open = True

    def _goes_on(self, piece: Piece, margins: Margins, *, centred: bool, turned: bool) -> bool:
        paragraph = self.made[-1]
        before = paragraph.pieces[-1]
        apart = before.base - piece.base > max(margins.pitch, piece.size) * _WIDE_PITCH and not turned
        if centred or paragraph.centred:
            alike = centred and paragraph.centred and before.bold == piece.bold and not _LABEL.match(piece.text)
            return alike and not apart and not turned and not _LABEL.match(before.text) and before.text != "_"
        if apart or not _is_full(before, piece, margins) or _differ(before, piece):
            return False
        if piece.left > margins.left + 0.7 * piece.size:
            return self._hangs(paragraph, piece)
        return not (_LABEL.match(piece.text) and before.text.endswith(_ENDS))

    def _hangs(self, paragraph: Paragraph, piece: Piece) -> bool:
        """Whether a line that begins further in carries on a paragraph that stands further in as a whole."""
        before = paragraph.pieces[-1]
        if _LABEL.match(piece.text) and before.text.endswith(_ENDS):
            return False
        if abs(piece.left - before.left) < 2:
            return len(paragraph.pieces) > 1 or not before.text.endswith(_ENDS)
        return len(paragraph.pieces) == 1 and bool(_LABEL.match(before.text)) and piece.left > before.left


def margins(pieces: Iterable[Piece], usual: Margins | None = None) -> Margins:
    """The margins that lines keep, those of ``usual`` where too few lines tell."""
    kept = list(pieces)
    lefts, rights = _shared(piece.left for piece in kept), _shared(piece.right for piece in kept)
    if usual is None:
        left = min(lefts or [piece.left for piece in kept] or [0.0])
        right = max(rights or [piece.right for piece in kept] or [0.0])
        return Margins(left, right, _pitch(kept), frozenset(map(int, lefts)))
    if not lefts or not rights or max(rights) - min(lefts) < _PART * (usual.right - usual.left):
        return usual
    return usual._replace(left=min(lefts), right=max(rights))


def _shared(places: Iterable[float]) -> list[float]:
    """The places that many lines share."""
    return [place for place, many in Counter(round(place / 2) * 2.0 for place in places).items() if many >= _SHARED]


def is_centred(piece: Piece, margins: Margins) -> bool:
    """Whether a line stands in the middle between the margins and fills neither."""
    before, after = piece.left - margins.left, margins.right - piece.right
    if min(before, after) < 4 or abs(before - after) > max(6.0, 0.03 * (margins.right - margins.left)):
        return False
    if not any(abs(piece.left - indent) <= 2 for indent in margins.indents):
        return True
    return piece.bold and abs(before - after) <= 2 and not _LABEL.match(piece.text)


def _pitch(pieces: list[Piece]) -> float:
    """The usual distance between the lines of a paragraph: the smallest of the frequent ones."""
    steps = Counter(round(a.base - b.base) for a, b in pairwise(pieces) if 0 < a.base - b.base < 4 * a.size)
    frequent = [step for step, many in steps.items() if many >= 0.15 * sum(steps.values())]
    return float(min(frequent, default=0))


def _is_full(before: Piece, piece: Piece, margins: Margins) -> bool:
    """Whether the first word of the next line would not have fitted at the end of the line before."""
    first = piece.words[0]
    return before.right + (first.right - first.left) + 0.2 * before.size > margins.right - 0.3 * before.size


def _differ(before: Piece, piece: Piece) -> bool:
    return abs(before.size - piece.size) > 1.1 or (before.bold and not piece.words[0].bold and _ended(before))


def _ended(piece: Piece) -> bool:
    return piece.text.endswith(_ENDS) or piece.text.isupper()


def _between(text: str) -> str:
    """What comes between two lines: nothing after a hyphen or stroke that holds a number or name together."""
    held = len(text) > 1 and text[-1] in "-/" and not text[-2].isspace() and text.strip("-/ ")
    return "" if held and not text.endswith("./") else " "
