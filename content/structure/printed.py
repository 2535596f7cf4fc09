"""What the head of the paper states: issuing body, number, place and date, type and title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from content import vocabulary
from content.structure import dates, issuing, numbering, titling
from content.structure.alphabet import LOWER, UPPER
from content.structure.lines import Line, cells, undress

_WORD = f"[{UPPER}][{LOWER}'’]+"
_NAME = rf"(?<![{UPPER}{LOWER}])((?:(?:Thành phố|TP\.?|Tp\.?|T\.P\.?)\s?)?{_WORD}(?:(?:\s|\s?[-–]\s?){_WORD}){{0,5}})"
_PLACE = re.compile(rf"{_NAME}\s*[,.;]\s*(?i:{dates.WORDS})")
_PLACE_DIGITS = re.compile(rf"([{UPPER}][{UPPER}{LOWER}. ]{{1,40}}),\s*(ngày\s+\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}})")
_UNDATED = re.compile(rf"{_NAME}\s*,\s*ngày[\s\d.…_]*tháng[\s\d.…_]*năm")
_ENACTED = re.compile(rf"([{UPPER}][^.;:]{{2,80}}?)\s+ban hành\s+([{UPPER}][{LOWER}]+(?:\s[{LOWER}]+)?)(?![{LOWER}])")
_EXCERPT = re.compile(r"(?:Trích|Toàn văn)\s+(?=[A-ZĐ])")


@dataclass(slots=True)
class Printed:
    """The fields read from the head, empty where it does not state them.

    ``subtitle`` stands under the name that a file gives to a document: a title where no other is found.
    """

    number: str = ""
    type: str = ""
    issuer: str = ""
    title: str = ""
    subtitle: str = ""
    place: str = ""
    issued: date | None = None


def read(head: list[Line]) -> Printed:
    """Read the head's lines."""
    found = Printed()
    head = [piece for line in head for piece in pieces(line) if piece.plain]
    found.number = numbering.of_head(head)
    found.place, found.issued = _place_and_date(head)
    types = titling.type_lines(head)
    letter, about = ("", "") if types else titling.letter(head)
    found.type = types[0][1] if types else letter or titling.titled_type(head)
    found.issuer = issuing.of_head(head, found.number, found.type) or issuing.of_title(head)
    found.title = about or titling.title(head, types)
    found.subtitle = titling.named(head)
    return found


def enacted(preamble: list[Line]) -> tuple[str, str]:
    """The body that enacts and the type, of "Bộ trưởng Bộ Công an ban hành Thông tư …"; reasons enact nothing."""
    for sentence in reversed(list(_sentences(preamble))):
        for match in _ENACTED.finditer(sentence):
            kind = vocabulary.type_named(match[2]) or vocabulary.type_named(match[2].split()[0])
            body = vocabulary.issuer_ending(match[1])
            if kind and body:
                return body, kind
    return "", ""


def pieces(line: Line) -> list[Line]:
    """A line of words as it is, a row of a table as its cells; "Trích Quy định …" without its first word."""
    words = [_EXCERPT.sub("", undress(cell)) for cell in cells(line)]
    return [replace(line, plain=plain, role="") for plain in words]


def _sentences(preamble: list[Line]) -> Iterator[str]:
    """The sentences of a preamble that are no reasons; lines that scanning broke are joined."""
    text = ""
    for line in preamble:
        ends = text.endswith((";", ".", ",", ":")) and line.plain[:1].isupper()
        text += f"{';' if ends else ''} {line.plain}"
    for sentence in re.split(r";\s+", text):
        if sentence.strip() and not re.match(r"\W*(?:Căn c[ứú]|Xét|Trên cơ sở)\b", sentence, re.I):
            yield sentence.strip(" *_-–")


def _place_and_date(head: list[Line]) -> tuple[str, date | None]:
    for text in (*(line.plain for line in head), *_neighbours(head)):
        if match := _PLACE.search(text):
            return match[1].strip(), dates.in_words(match[0])
    for line in head:
        if match := _PLACE_DIGITS.match(line.plain):
            return match[1], dates.first(match[2])
        begins = re.match(r"ngày\s", line.plain, re.I)
        titled = vocabulary.type_named(line.plain) and numbering.NAMED.search(line.plain[:60])
        dated = re.search(rf"{numbering.NUMBER.pattern}\W{{0,3}}ngày\s+\d", line.plain[:90]) if titled else None
        if (begins or dated) and (day := dates.first(line.plain)):
            return "", day
    return next((match[1] for line in head if (match := _UNDATED.search(line.plain))), ""), None


def _neighbours(head: list[Line]) -> Iterator[str]:
    """Two lines as one: a narrow column breaks a date."""
    for at in range(len(head) - 1):
        yield f"{head[at].plain} {head[at + 1].plain}"
