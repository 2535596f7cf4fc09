"""What a point must be: short, plain, one paragraph, unlike the others, and resting on a part of this very edition."""

import re
from collections.abc import Iterator, Sequence

from base.errors import FieldError, InvalidError
from content import markup
from content.digests.model import MOST_CHARS, MOST_POINTS, Flaw, Line, Point
from content.digests.placing import Names
from content.folding import fold
from content.fragments import Pieces
from content.structure import normalise
from content.structure.lines import split
from content.structure.markings import secrecy

_MARKUP = re.compile(r"</?[a-z!][^>]*>|\*\*|__|\]\(|`|^\s*(?:#{1,6}|>|[-*+•])\s", re.I)
_NAMED_AT_MOST = 4
"""So many parts are named to somebody who has to say which they mean."""


def points_of(lines: Sequence[Line], pieces: Pieces) -> tuple[Point, ...]:
    """The points that are typed, each on its part; lines left blank are none.

    Raises InvalidError with all that is wrong, in the fields ``words1``, ``part1`` … by the place of the line.
    """
    names = Names(pieces)
    written = [(at, Line(_composed(words), part.strip())) for at, (words, part) in enumerate(lines, 1)]
    written = [(at, line) for at, line in written if line.words or line.part]
    if len(written) > MOST_POINTS:
        raise InvalidError("digest-too-many", most=MOST_POINTS)
    wrong = [*_wrong_words(written), *(error for at, line in written if (error := _wrong_part(at, line.part, names)))]
    if wrong:
        order = {f"{field}{at}": (at, field == "part") for at, _ in written for field in ("words", "part")}
        raise InvalidError(fields=tuple(sorted(wrong, key=lambda error: order[error.field])))
    return tuple(_point(line, names, pieces) for _, line in written)


def flaws(points: Sequence[Point], pieces: Pieces) -> Iterator[Flaw]:
    """What is to be looked at again in points whose text may have been changed since they were written."""
    names = Names(pieces)
    for number, point in enumerate(points, 1):
        part = names.part(point.anchor)
        if part is None:
            yield Flaw("require-digest-part", True, {"number": number})
            continue
        values: dict[str, str | int] = {"number": number, "part": names.name(part.path)}
        if names.seen(part.path) != point.seen:
            yield Flaw("require-digest-changed", False, values)
        if fold(point.words) == fold(markup.plain(part.heading)):
            yield Flaw("require-digest-heading", False, values)


def _composed(words: str) -> str:
    """Words as they are kept: letters composed, blanks single; a line that begins anew stays one to be told of."""
    paragraphs = (" ".join(line.split()) for line in normalise(words).split("\n"))
    return "\n".join(filter(None, paragraphs))


def _wrong_words(written: Sequence[tuple[int, Line]]) -> Iterator[FieldError]:
    said: dict[str, int] = {}
    for at, (words, _) in written:
        first = said.setdefault(fold(words), at)
        if not words:
            yield FieldError(f"words{at}", "digest-words-missing", {"number": at})
        elif len(words) > MOST_CHARS:
            yield FieldError(f"words{at}", "digest-words-long", {"number": at, "most": MOST_CHARS, "count": len(words)})
        elif "\n" in words:
            yield FieldError(f"words{at}", "digest-words-lines", {"number": at})
        elif _MARKUP.search(words):
            yield FieldError(f"words{at}", "digest-words-markup", {"number": at})
        elif marking := secrecy(split(words)):
            yield FieldError(f"words{at}", "digest-words-secret", {"number": at, "marking": marking})
        elif first != at:
            yield FieldError(f"words{at}", "digest-words-same", {"number": at, "other": first})


def _wrong_part(at: int, typed: str, names: Names) -> FieldError | None:
    if not typed:
        return FieldError(f"part{at}", "digest-part-missing", {"number": at})
    found = names.find(typed)
    if not found:
        return FieldError(f"part{at}", "digest-part-unknown", {"number": at, "part": typed})
    if len(found) > 1:
        told = "; ".join(names.name(path) for path in found[:_NAMED_AT_MOST])
        return FieldError(f"part{at}", "digest-part-several", {"number": at, "part": typed, "names": told})
    return None


def _point(line: Line, names: Names, pieces: Pieces) -> Point:
    [path] = names.find(line.part)
    return Point(line.words, pieces.anchors[path], names.seen(path))
