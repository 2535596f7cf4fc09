"""What is printed on every page beside the text: its number, and words that repeat in the same place."""

import re
from collections import Counter
from typing import NamedTuple

from content.files.pdf.lines import Line
from content.files.pdf.pages import Page
from content.structure import lines as structure
from content.structure import markings

_NUMBER = re.compile(r"[-–—\s]*(?:Trang|Page)?\s*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—\s]*", re.I)
_MARGIN = 0.12
"""The part of a page's height at its top and bottom where such words stand."""

_SAME = 8.0
"""They stand within so many points of one height."""


class _Spot(NamedTuple):
    page: int
    line: int
    words: str
    height: float


def without(lines: list[list[Line]], pages: list[Page]) -> tuple[list[list[Line]], str]:
    """The lines of each page without those; and the marking of secrecy among them, which belongs to the text."""
    spots = [spot for at, page in enumerate(pages) for spot in _at_edges(at, lines[at], page)]
    gone = _numbers(spots) | _repeated(spots, len(pages))
    stray = [" ".join(word.text for word in page.stray) for page in pages]
    words = [spot.words for spot in spots if (spot.page, spot.line) in gone]
    left = [[line for at, line in enumerate(found) if (page, at) not in gone] for page, found in enumerate(lines)]
    return left, (markings.secrecy(structure.split("\n".join([*words, *stray]))) or "").upper()


def _at_edges(at: int, lines: list[Line], page: Page) -> list[_Spot]:
    """The lines at the top and bottom that are no footnotes."""
    high = _MARGIN * (page.top - page.bottom)
    return [
        _Spot(at, number, "  ".join(piece.text for piece in line), page.top - line[0].base)
        for number, line in enumerate(lines)
        if min(page.top - line[0].base, line[0].base - page.bottom) < high and line[0].words[0].size >= line[0].size
    ]


def _numbers(spots: list[_Spot]) -> set[tuple[int, int]]:
    """Numbers that count the pages."""
    found = [(spot, int(match[1]) - spot.page) for spot in spots if (match := _NUMBER.fullmatch(spot.words))]
    counted = Counter(ahead for _, ahead in found)
    return {(spot.page, spot.line) for spot, ahead in found if ahead == 1 or (counted[ahead] > 1 and ahead > 0)}


def _repeated(spots: list[_Spot], pages: int) -> set[tuple[int, int]]:
    """Words that stand at the same height of at least half of the pages, the page's own number in them left aside."""
    least = max(2, (pages + 1) // 2)
    places: dict[tuple[str, int], set[int]] = {}
    for spot in spots:
        for place in _places(spot):
            places.setdefault(place, set()).add(spot.page)
    return {(spot.page, spot.line) for spot in spots if any(len(places[place]) >= least for place in _places(spot))}


def _places(spot: _Spot) -> list[tuple[str, int]]:
    words = re.sub(rf"\b0*{spot.page + 1}\b", "#", spot.words)
    return [(words, int(spot.height // _SAME) + near) for near in (0, 1)]
