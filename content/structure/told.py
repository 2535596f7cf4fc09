"""What an introduction tells of a document that it puts before the text: "… đã ký ban hành Nghị quyết số …"."""

import re
from dataclasses import dataclass
from datetime import date

from content import vocabulary
from content.structure import dates, numbering, people
from content.structure.alphabet import LOWER, UPPER
from content.structure.lines import Line

_INTRODUCTION = re.compile(
    r"ban hành\s+(\S+(?:\s\S+)?)\s+số\s+(\S+?)[,]?\s*\(?(?:ngày\s+(\d{1,2}/\d{1,2}/\d{4})\)?)?\s*(?:của\s+(.{3,60}?))?"
    r"\s+(về\s.{5,400}?)[.*]*$"
)
_PASSED = re.compile(rf"Được\s+([^,;]{{5,90}}?)\s+thông qua\s+({dates.WORDS})")
_SIGNED_BY = re.compile(rf"((?:[{UPPER}][{LOWER}]+ ){{1,4}}[{UPPER}][{LOWER}]+)\s+(?:đã\s+)?ký\b")
_POST_BEFORE = re.compile(rf"([{UPPER}][{UPPER}{LOWER} ]{{3,60}})$")
_ON_BEHALF = re.compile(r"Thay mặt\s+([^,]{3,60}),")


@dataclass(slots=True)
class Told:
    """The fields that an introduction tells, empty where it does not."""

    number: str = ""
    type: str = ""
    issuer: str = ""
    title: str = ""
    issued: date | None = None
    signer: str = ""
    post: str = ""
    capacity: str = ""


def read(head: list[Line]) -> Told:
    """Read the sentences of a head that tell of the document's issue."""
    found = Told()
    texts = [line.plain for line in head]
    if issue := next(filter(None, map(_issue, texts)), None):
        found.type = vocabulary.type_named(issue[1])
        found.number = numbering.tidy(issue[2])
        found.issued = dates.first(issue[3] or issue.string)
        found.issuer = vocabulary.issuer_named(issue[4]) if issue[4] else ""
        found.title = issue[5].strip(" .*")
    elif passed := next(filter(None, map(_PASSED.match, texts)), None):
        found.issuer, found.issued = vocabulary.issuer_named(passed[1]), dates.in_words(passed[2])
    found.signer, found.post = _signer(head)
    if behalf := next(filter(None, map(_ON_BEHALF.search, texts)), None):
        found.capacity = f"T/M {behalf[1].upper()}"
    return found


def _issue(text: str) -> re.Match[str] | None:
    match = _INTRODUCTION.search(text[:1200])
    return match if match and vocabulary.type_named(match[1]) else None


def _signer(head: list[Line]) -> tuple[str, str]:
    for line in head:
        if match := _SIGNED_BY.search(line.plain):
            before = _POST_BEFORE.search(line.plain[: match.end(1)])
            name, post = people.person(before[1] if before else match[1])
            return (name, post) if name else ("", "")
    return "", ""
