"""Joins what the paper prints, what the file states about it, and what its introduction tells into one head.

The printed head is the source; an introduction, the file's table of facts and its front matter fill the gaps, in
this order. Where they disagree with the paper on number, type or date, a warning says so.
"""

import re
from collections.abc import Callable
from datetime import date

from content import vocabulary
from content.structure import dates, markings, matter, people, printed, signing
from content.structure.alphabet import LOWER, UPPER
from content.structure.blocks import Block
from content.structure.lines import Line
from content.structure.model import Head, Warned
from content.structure.printed import Printed

_INTRODUCTION = re.compile(
    r"ban hành\s+(\S+(?:\s\S+)?)\s+số\s+(\S+?)[,]?\s*\(?(?:ngày\s+(\d{1,2}/\d{1,2}/\d{4})\)?)?\s*(?:của\s+(.{3,60}?))?"
    r"\s+(về\s.{5,400}?)[.*]*$"
)
_SIGNED_BY = re.compile(rf"((?:[{UPPER}][{LOWER}]+ ){{1,4}}[{UPPER}][{LOWER}]+)\s+(?:đã\s+)?ký\b")
_POST_BEFORE = re.compile(rf"([{UPPER}][{UPPER}{LOWER} ]{{3,60}})$")
_ON_BEHALF = re.compile(r"Thay mặt\s+([^,]{3,60}),")
_FORCE = re.compile(
    r"này\s+có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ\s+"
    r"(ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|ngày ký)",
    re.I,
)
_PASSED = re.compile(r"thông qua\s+(ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})")

_HEAD_LINES = 300
"""No head is longer; what looks like one is a text without structure."""

_Facts = dict[str, str]


def read(lines: list[Line], blocks: list[Block]) -> tuple[Head, list[Warned]]:
    """Return the head of the document and what was missing or contradictory in it."""
    head = _words(blocks, "head")[:_HEAD_LINES]
    paper, told = printed.read(head, _words(blocks, "preamble")), _introduction(head)
    signer, capacity, post = signing.signatures(_tail(blocks))
    table, front = _facts(lines)
    text = _body(blocks)
    number = paper.number or told.number or printed.tidy(_fact("number", table, front))
    issued = paper.issued or told.issued or _passed(text) or _day("issued", table, front)
    stated_signer = told_signer(head) or people.person(_fact("signer", table, front))
    found = Head(
        number=number,
        type=paper.type or told.type or vocabulary.type_named(_fact("type", table, front)),
        code=printed.code(number),
        issuer=_printed_body(paper, capacity, front) or told.issuer or _issuer(number, capacity, table, front),
        issued=issued,
        place=paper.place,
        title=paper.title or told.title or _fact("title", table, front),
        signer=signer or stated_signer[0],
        capacity=capacity or _behalf(head),
        signer_title=post or stated_signer[1],
        effective=_effective(text, issued) or _day("effective", table, front),
        urgency=markings.urgency(head),
        secrecy=_secrecy(lines, head, table, front),
        recipients=signing.recipients(_tail(blocks)),
    )
    return found, [*_missing(found), *_disagreements(paper, table, front)]


def _words(blocks: list[Block], kind: str) -> list[Line]:
    return [line for block in blocks if block.kind == kind for line in block.words]


def _body(blocks: list[Block]) -> str:
    return "\n".join(line.plain for block in blocks if block.zone == "body" for line in block.words)


def _printed_body(paper: Printed, capacity: str, front: _Facts) -> str:
    return _signing_body(_printed_issuer(paper.issuer, front), capacity)


def told_signer(head: list[Line]) -> tuple[str, str] | None:
    """Read the signer from an introduction: "Tổng Bí thư … đã ký ban hành"."""
    for line in head:
        if match := _SIGNED_BY.search(line.plain):
            before = _POST_BEFORE.search(line.plain[: match.end(1)])
            name, post = people.person(before[1] if before else match[1])
            return (name, post) if name else None
    return None


def _tail(blocks: list[Block]) -> list[Line]:
    """Return the closing lines of the document itself, not of what is attached to it."""
    found: list[Line] = []
    for block in blocks:
        if block.kind in {"attachment", "annex"} and found:
            break
        if block.zone == "tail":
            found.extend(block.lines)
    return found


def _introduction(head: list[Line]) -> Printed:
    found = Printed()
    for line in head:
        match = _INTRODUCTION.search(line.plain[:1200])
        if match and vocabulary.type_named(match[1]):
            found.type = vocabulary.type_named(match[1])
            found.number = printed.tidy(match[2])
            found.issued = dates.first(match[3] or line.plain)
            found.issuer = vocabulary.issuer_named(match[4]) if match[4] else ""
            found.title = match[5].strip(" .*")
            break
    return found


def _behalf(head: list[Line]) -> str:
    found = next((match[1] for line in head if (match := _ON_BEHALF.search(line.plain))), "")
    return f"T/M {found.upper()}" if found else ""


def _facts(lines: list[Line]) -> tuple[_Facts, _Facts]:
    table: _Facts = {}
    front: _Facts = {}
    for name, value, from_front in matter.facts(lines):
        (front if from_front else table).setdefault(name, value)
    return table, front


def _fact(field: str, *sources: _Facts) -> str:
    names = vocabulary.ordered(field)
    return next((source[name] for source in sources for name in names if source.get(name)), "")


def _day(field: str, *sources: _Facts) -> date | None:
    names = vocabulary.ordered(field)
    days = (dates.first(source[name]) for source in sources for name in names if source.get(name))
    return next((day for day in days if day), None)


def _passed(text: str) -> date | None:
    found = _PASSED.findall(text[-1500:])
    return dates.in_words(found[-1]) if found else None


def _printed_issuer(name: str, front: _Facts) -> str:
    """Of a body nobody has listed, capitals on paper hide the proper names; what the file states shows them."""
    known = name in {each.name for each in vocabulary.issuers()}
    stated = _fact("issuer", front)
    return vocabulary.issuer_named(stated) if name and stated and not known else name


def _signing_body(issuer: str, capacity: str) -> str:
    """Bodies of the centre share one head: who is signed for says which of them issued."""
    shared = {each.name for each in vocabulary.issuers() if each.shared}
    behalf = re.match(r"T/?M\.?\s+([^,]+)", capacity)
    body = vocabulary.issuer_named(behalf[1]) if behalf else ""
    return body if issuer in shared and body in shared else issuer


def _issuer(number: str, capacity: str, table: _Facts, front: _Facts) -> str:
    if stated := _fact("issuer", table, front):
        return vocabulary.issuer_named(stated)
    behalf = re.match(r"T/?M\.?\s+([^,]+)", capacity)
    if behalf:
        return vocabulary.issuer_named(printed.body_case(behalf[1]))
    return vocabulary.issuer_of_code(printed.body_code(number))


def _effective(text: str, issued: date | None) -> date | None:
    match = _FORCE.search(text)
    if not match:
        return None
    return issued if "ký" in match[1] else dates.in_words(match[1])


def _secrecy(lines: list[Line], head: list[Line], *facts: _Facts) -> str | None:
    stated = _fact("secrecy", *facts).strip(" *.").lower()
    if stated in {"mật", "tối mật", "tuyệt mật"}:
        return stated.capitalize()
    words = [line for line in lines if not line.role or line.role in {"table", "html"}]
    return markings.secrecy([*head, *words[:30]])


def _missing(found: Head) -> list[Warned]:
    checks: list[tuple[str, Callable[[], bool]]] = [
        ("structure-number-missing", lambda: not found.number),
        ("structure-type-missing", lambda: not found.type),
        ("structure-issuer-missing", lambda: not found.issuer),
        ("structure-date-missing", lambda: found.issued is None),
        ("structure-title-missing", lambda: not found.title),
    ]
    return [(key, {}) for key, lacks in checks if lacks()]


def _disagreements(paper: Printed, table: _Facts, front: _Facts) -> list[Warned]:
    found: list[Warned] = []
    stated = printed.tidy(_fact("number", table, front))
    if paper.number and stated and stated != paper.number:
        found.append(("structure-number-disagrees", {"printed": paper.number, "stated": stated}))
    kind = vocabulary.type_named(_fact("type", table, front))
    if paper.type and kind and kind != paper.type:
        found.append(("structure-type-disagrees", {"printed": paper.type, "stated": kind}))
    day = _day("issued", table, front)
    if paper.issued and day and day != paper.issued:
        values = {"printed": paper.issued.isoformat(), "stated": day.isoformat()}
        found.append(("structure-date-disagrees", values))
    return found
