"""The rules that are drawn on a page, and how much of it pictures cover."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]

_MOST = 20_000
"""So many lines of drawings are looked at on a page; a page of more of them is a drawing."""

_DEEPEST = 4
"""So deep drawings are placed within one another before they are left alone."""

_STRAIGHT = 1.0
_SHORTEST = 4.0
"""In points: how far a line may stray from level or upright, and how long a rule is at least."""


class Rule(NamedTuple):
    """A straight line, level or upright, from ``start`` to ``end`` at the height or distance ``at``."""

    level: bool
    at: float
    start: float
    end: float


def drawn(page: pypdfium2.PdfPage, turn: int) -> tuple[list[Rule], float]:
    """The rules on a page turned upright, and the area of its pictures."""
    rules: list[Rule] = []
    area = 0.0
    for held in page.get_objects(max_depth=_DEEPEST):
        if held.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = held.get_bounds()
            area += abs(right - left) * abs(top - bottom)
        elif held.type == pdfium.FPDF_PAGEOBJ_PATH and len(rules) < _MOST:
            rules += (rule for edge in _edges(held) if (rule := _rule(turned(edge, turn, sort=False))))
    return rules, area


def turned(box: Box, turn: int, *, sort: bool = True) -> Box:
    """A box seen from where words that run at the angle ``turn`` stand upright."""
    x0, y0, x1, y1 = box
    match turn % 360:
        case 90:
            x0, y0, x1, y1 = y0, -x0, y1, -x1
        case 180:
            x0, y0, x1, y1 = -x0, -y0, -x1, -y1
        case 270:
            x0, y0, x1, y1 = -y0, x0, -y1, x1
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)) if sort else (x0, y0, x1, y1)


def _edges(held: pypdfium2.PdfObject) -> Iterator[Box]:
    """The straight edges of a drawing, from point to point."""
    place = _placing(held)
    begun = at = None
    for number in range(min(pdfium.FPDFPath_CountSegments(held), _MOST)):
        segment = pdfium.FPDFPath_GetPathSegment(held, number)
        point = place(_point(segment))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and at:
            yield (*at, *point)
        at = point
        if pdfium.FPDFPathSegment_GetClose(segment) and begun:
            yield (*at, *begun)


def _placing(held: pypdfium2.PdfObject) -> Any:
    """What moves a point of a drawing to where it stands on the page."""
    matrices = []
    while held is not None:
        matrices.append(held.get_matrix())
        held = held.container

    def place(point: tuple[float, float]) -> tuple[float, float]:
        for matrix in matrices:
            point = matrix.on_point(*point)
        return point

    return place


def _point(segment: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _rule(edge: Box) -> Rule | None:
    x0, y0, x1, y1 = edge
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if high <= _STRAIGHT and wide >= _SHORTEST:
        return Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    if wide <= _STRAIGHT and high >= _SHORTEST:
        return Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
    return None
