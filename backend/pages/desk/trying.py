"""What screening says of words that are only tried, with every finding marked where it stands."""

from itertools import pairwise
from typing import Any

from msgspec import Struct

from backend.discussion.screening.model import Finding, Verdict
from backend.discussion.screening.rules import BY_NAME


class Piece(Struct, frozen=True):
    """A stretch of the words, with the numbers of the findings that it belongs to."""

    words: str
    numbers: tuple[int, ...]


def told(words: str, verdict: Verdict) -> dict[str, Any]:
    """The verdict as the page shows it: findings are numbered from one, in the order of the rules."""
    numbered = list(enumerate(verdict.findings, 1))
    findings = [
        {"number": number, "finding": finding, "code": BY_NAME[finding.rule].code} for number, finding in numbered
    ]
    return {"outcome": verdict.outcome, "pieces": _pieces(words, numbered), "findings": findings}


def _pieces(words: str, numbered: list[tuple[int, Finding]]) -> list[Piece]:
    cuts = sorted({0, len(words), *(place for _, finding in numbered for span in finding.spans for place in span)})
    return [
        Piece(words[start:end], tuple(number for number, finding in numbered if _covers(finding, start, end)))
        for start, end in pairwise(cuts)
    ]


def _covers(finding: Finding, start: int, end: int) -> bool:
    return any(begin <= start and end <= until for begin, until in finding.spans)
