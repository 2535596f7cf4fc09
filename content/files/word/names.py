"""The names that Word gives to elements and attributes."""

from functools import cache
from typing import Any

Element = Any
"""An element of lxml, which ships no types."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/{}"

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": _WORD.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": _MATH.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": _RELATIONS.encode(),
    **{
        f"http://purl.oclc.org/ooxml/drawingml/{kind}".encode(): _DRAWING.format(kind).encode()
        for kind in ("main", "diagram", "chart")
    },
}
"""The stricter of Word's two dialects says the same under other addresses."""

OFF = frozenset({"0", "false", "off", "none"})


@cache
def w(name: str) -> str:
    """A name of Word's own vocabulary."""
    return f"{{{_WORD}}}{name}"


def m(name: str) -> str:
    """A name of the vocabulary of formulas."""
    return f"{{{_MATH}}}{name}"


def mc(name: str) -> str:
    """A name of the vocabulary for alternatives that older programs understand."""
    return f"{{{_ALTERNATIVES}}}{name}"


def a(name: str) -> str:
    """A name of the vocabulary of drawings."""
    return f"{{{_DRAWING.format('main')}}}{name}"


def dgm(name: str) -> str:
    """A name of the vocabulary of diagrams."""
    return f"{{{_DRAWING.format('diagram')}}}{name}"


def c(name: str) -> str:
    """A name of the vocabulary of charts."""
    return f"{{{_DRAWING.format('chart')}}}{name}"


def rel(name: str) -> str:
    """An attribute that names another part."""
    return f"{{{_RELATIONS}}}{name}"


TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"
VAL = w("val")


def value(parent: Element | None, name: str) -> str | None:
    """The value of the child ``name``: "" when it is there without one, None when it is not there."""
    child = parent.find(w(name)) if parent is not None else None
    return None if child is None else str(child.get(VAL, ""))


def number(text: str | None, otherwise: int = 0) -> int:
    """A whole number as written in an attribute, at most nine digits long."""
    if text is None or not text.lstrip("-").isdecimal() or len(text) > 9:
        return otherwise
    return int(text)
