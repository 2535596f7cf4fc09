"""Reading a quotation: first the parts, then the document, from what is left."""

from content.quotations import papers, steps
from content.quotations.model import Paper, Quotation
from content.quotations.spelling import Spelt

LENGTH = 400
"""How much of a text is read; no quotation is longer."""


def read(text: str) -> Quotation:
    """Read ``text`` as far as it can be understood; what cannot be is left out. Raises nothing."""
    spelt = Spelt(text[:LENGTH])
    words = " ".join(spelt.flat.split())
    named, around = steps.take(spelt)
    paper = papers.take(spelt)
    parts = ", ".join(" ".join(spelt.text[each.start : each.end].split()) for each in named)
    understood = ", ".join(filter(None, (parts, _told(paper))))
    rest = " ".join(spelt.flat.split())
    return Quotation(tuple(each.steps for each in named), around, paper, words, rest, parts, understood)


def _told(paper: Paper) -> str:
    if paper.is_this:
        return f"{paper.type} này".strip()
    day = f"ngày {paper.issued:%d/%m/%Y}" if paper.issued else f"năm {paper.year}" if paper.year else ""
    name = paper.told if paper.names else f"{paper.type} số {paper.told}" if paper.told else ""
    return f"{name} {day if str(paper.year) not in name else ''}".strip() if name else ""
