"""What stands on a page: its words with their places, the rules drawn on it, and how much of it is pictures."""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from content.files import legacy
from content.files.pdf.drawing import Box, Rule, drawn, turned

_BOLD = re.compile(r"bold|black|heavy|(?<=[,-])bd", re.I)
_SUBSET = re.compile(r"[A-Z]{6}\+")
_UNSEEN = frozenset({3, 7})
_OUTLINED = 2
"""Ways of drawing letters: not at all, or with an outline that makes them look bold."""

_SPACES = frozenset(" \t\r\n\u00a0\u2002\u2003\u2009\u200a\u200b\u202f\u3000\ufeff\x00")
_AS = str.maketrans({
    "\x02": "-", "\ufffe": "-", "\u2011": "-",
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
})  # fmt: skip
"""Hyphens, as drawn, at the end of a line or not to be broken at; and letters grown together."""


class Word(NamedTuple):
    """Letters without a space between them, from ``left`` to ``right`` on the line ``base``.

    ``spaced`` follows a space; ``note`` is the mark of a footnote that is printed here.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    font: str
    spaced: bool = True
    note: str = ""


@dataclass(slots=True)
class Page:
    """The words that run as most of the page runs, turned upright; ``stray`` ones run another way.

    ``pictured`` is the share of the page that pictures cover.
    """

    left: float
    right: float
    bottom: float
    top: float
    words: list[Word] = field(default_factory=list)
    stray: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0.0


class _Look(NamedTuple):
    size: float
    bold: bool
    font: str
    seen: bool
    angle: int


class _Found(NamedTuple):
    text: str
    box: Box
    origin: tuple[float, float]
    look: _Look
    spaced: bool


def read(source: pypdfium2.PdfPage) -> Page:
    """Read one page; what lies outside of it is not seen."""
    around = source.get_bbox()
    found = [each for each in _Reader(source).words() if _is_on(each, around)]
    turns = Counter(each.look.angle for each in found if each.look.angle % 90 == 0)
    turn = turns.most_common(1)[0][0] if turns else 0
    left, bottom, right, top = turned(around, turn)
    page = Page(left, right, bottom, top)
    for each in found:
        (page.words if each.look.angle == turn else page.stray).append(_word(each, turn))
    page.rules, pictured = drawn(source, turn)
    page.pictured = pictured / max((right - left) * (top - bottom), 1.0)
    return page


def _is_on(found: _Found, around: Box) -> bool:
    (x, y), (left, bottom, right, top) = found.origin, around
    return found.look.seen and left <= x <= right and bottom <= y <= top


def _word(found: _Found, turn: int) -> Word:
    left, _, right, _ = turned(found.box, turn)
    _, base, _, _ = turned((*found.origin, *found.origin), turn)
    text = found.text if legacy.is_old(found.look.font) else _composed(found.text)
    return Word(text, left, right, base, found.look.size, found.look.bold, found.look.font, found.spaced)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_AS))


def mend(pages: list[Page]) -> None:
    """Bring words in old fonts to Unicode."""
    old = legacy.of_fonts((word.text, word.font) for page in pages for word in [*page.words, *page.stray])
    for page in pages:
        page.words = [_mended(word, old) for word in page.words]
        page.stray = [_mended(word, old) for word in page.stray]


def _mended(word: Word, old: frozenset[str]) -> Word:
    if not legacy.is_old(word.font):
        return word
    return word._replace(text=legacy.of_font(word.text, word.font) if word.font in old else _composed(word.text))


class _Reader:
    """Asks the library about words only: each question costs as much as all else that is done with a letter."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._text = page.get_textpage()
        self._raw = self._text.raw
        self._looks: dict[int, _Look] = {}
        self._fonts: dict[int, tuple[str, bool]] = {}
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def words(self) -> Iterator[_Found]:
        letters = [chr(pdfium.FPDFText_GetUnicode(self._raw, at)) for at in range(self._text.count_chars())]
        start = 0
        for at, letter in enumerate([*letters, " "]):
            if letter in _SPACES:
                if at > start:
                    yield from self._pieces(letters, start, at)
                start = at + 1

    def _pieces(self, letters: list[str], start: int, end: int) -> Iterator[_Found]:
        """A word in one look, or its pieces in several."""
        if end - start == 1 or self._holder(start) == self._holder(end - 1):
            yield self._piece(letters, start, end, spaced=True)
            return
        begun = start
        for at in range(start + 1, end + 1):
            if at == end or (self._look(at) != self._look(begun) and not unicodedata.combining(letters[at])):
                yield self._piece(letters, begun, at, spaced=begun == start)
                begun = at

    def _piece(self, letters: list[str], start: int, end: int, *, spaced: bool) -> _Found:
        first, last = self._bounds(start), self._bounds(end - 1)
        pdfium.FPDFText_GetCharOrigin(self._raw, start, self._x, self._y)
        box = (min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))
        text = "".join(letters[start:end]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return _Found(text, box, (self._x.value, self._y.value), self._look(start), spaced)

    def _bounds(self, at: int) -> Box:
        pdfium.FPDFText_GetLooseCharBox(self._raw, at, self._box)
        return self._box.left, self._box.bottom, self._box.right, self._box.top

    # ------------------------------------------------------------------------------------------------------------ looks

    def _holder(self, at: int) -> int:
        held = pdfium.FPDFText_GetTextObject(self._raw, at)
        return ctypes.addressof(held.contents) if held else 0

    def _look(self, at: int) -> _Look:
        key = self._holder(at)
        if key not in self._looks:
            self._looks[key] = self._seen_look(at)
        return self._looks[key]

    def _seen_look(self, at: int) -> _Look:
        held = pdfium.FPDFText_GetTextObject(self._raw, at)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._raw, at, matrix)
        size = pdfium.FPDFText_GetFontSize(self._raw, at) * math.hypot(matrix.c, matrix.d)
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
        if not held:
            return _Look(round(size, 1), False, "", True, angle)
        font, bold = self._font(held)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(held)
        return _Look(round(size, 1), bold or mode == _OUTLINED, font, mode not in _UNSEEN, angle)

    def _font(self, held: Any) -> tuple[str, bool]:
        font = pdfium.FPDFTextObj_GetFont(held)
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self._fonts:
            self._fonts[key] = _named(font) if font else ("", False)
        return self._fonts[key]


def _named(font: Any) -> tuple[str, bool]:
    """A font's name and whether it says that its letters are bold; the library only guesses their weight."""
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    kept = ctypes.create_string_buffer(max(length, 1))
    pdfium.FPDFFont_GetBaseFontName(font, kept, length)
    name = _SUBSET.sub("", kept.value.decode("utf-8", "replace"))
    return name, bool(_BOLD.search(name))
