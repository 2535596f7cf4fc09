"""Words that are drawn and not written: in diagrams, charts, and letters bent along a line."""

from collections.abc import Iterable, Iterator

from lxml import etree

from content.files.word.names import Element, a, c, dgm, number, w

MOST = 2_000
"""Lines of one drawing that are read; what has more is no drawing."""


def lettered(lines: Iterable[str]) -> Element:
    """The words as Word would hold them in a text box, a paragraph for each line."""
    box = etree.Element(w("txbxContent"))
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        run = etree.SubElement(etree.SubElement(box, w("p")), w("r"))
        etree.SubElement(run, w("t")).text = line
    return box


def words(part: Element) -> list[str]:
    """The lines of a diagram from its top downwards, or of a chart: its titles, then each of its rows of labels."""
    found = _diagram(part) if part.tag == dgm("dataModel") else _chart(part)
    return [line for _, line in zip(range(MOST), found, strict=False)]


def paragraph(element: Element) -> str:
    """The words of a paragraph of a drawing."""
    return "".join(each.text or "" for each in element.iter(a("t")))


def _diagram(part: Element) -> Iterator[str]:
    points = {point.get("modelId"): point for point in part.iter(dgm("pt"))}
    links = [link for link in part.iter(dgm("cxn")) if link.get("type", "parOf") == "parOf"]
    below: dict[str | None, list[str]] = {}
    for link in sorted(links, key=lambda link: number(link.get("srcOrd"))):
        below.setdefault(link.get("srcId"), []).append(link.get("destId"))
    waiting = [name for name, point in points.items() if point.get("type") == "doc"]
    seen = set[str | None]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in points:
            continue
        seen.add(name)
        yield from map(paragraph, points[name].iter(a("p")))
        waiting += reversed(below.get(name, []))
    for name, point in points.items():
        if name not in seen:  # what hangs on nothing
            yield from map(paragraph, point.iter(a("p")))


def _chart(part: Element) -> Iterator[str]:
    yield from map(paragraph, part.iter(a("p")))
    for kept in part.iter(c("strCache"), c("numCache")):
        yield "; ".join(point.text or "" for point in kept.iter(c("v")))
