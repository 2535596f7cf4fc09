"""Joins what the paper prints, what the file states about it, and what its introduction tells into one head.

The printed head is the source; an introduction, the file's table of facts and its front matter fill the gaps, in
this order. Each field's source is kept, and where another source says otherwise a warning names both.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from content import vocabulary
from content.folding import fold
from content.structure import dates, issuing, markings, numbering, printed, signing, titling, told
from content.structure.blocks import Block
from content.structure.lines import Line
from content.structure.model import Head, Warned
from content.structure.stated import FACTS, FRONT, Stated

Value = TypeVar("Value")

HEAD, TEXT, TOLD, SIGNATURE, NUMBER = "head", "text", "introduction", "signature", "number"
"""Sources beside those of ``stated``; "number" is the code of a body at the end of the number."""

CONSOLIDATED = "VBHN"

_FORCE = re.compile(
    rf"này\s+có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ\s+(?P<from>{dates.WORDS}|ngày ký)",
    re.I,
)
_PASSED = re.compile(rf"thông qua\s+(?P<day>{dates.WORDS})")

_HEAD_LINES = 300
"""No head is longer; what looks like one is a text without structure."""

_DISPUTED = {"number": "number", "type": "type", "issuer": "issuer", "issued": "date", "signer": "signer"}
"""Fields of which the file may state another value than was taken, and what the warning calls them."""


def read(lines: list[Line], blocks: list[Block]) -> tuple[Head, list[Warned]]:
    """Return the head of the document and what was missing or contradictory in it."""
    reading = _Reading(lines, blocks)
    found = reading.head()
    return found, [*_missing(found), *reading.disagreements]


class _Reading:
    """All sources of one document, asked field by field."""

    def __init__(self, lines: list[Line], blocks: list[Block]) -> None:
        self.lines = lines
        self.words = _words(blocks, "head")[:_HEAD_LINES]
        self.paper = printed.read(self.words)
        self.enacted = printed.enacted(_words(blocks, "preamble"))
        self.told = told.read([*self.words, *_first_words(blocks)])
        self.stated = Stated(lines)
        self.tail = _tail(blocks)
        self.signed = signing.signatures(self.tail)
        self.text = "\n".join(line.plain for block in blocks if block.zone == "body" for line in block.words)
        self.sources: dict[str, str] = {}
        self.disagreements: list[Warned] = []

    def head(self) -> Head:
        number = self._take("number", self._numbers()) or ""
        issued = self._take("issued", self._days())
        signer, post = self._take("signer", self._signers()) or ("", "")
        return Head(
            number=number,
            type=self._take("type", self._types(number)) or "",
            code=numbering.type_code(number),
            issuer=self._take("issuer", self._issuers(number)) or "",
            issued=issued,
            place=self._take("place", [(HEAD, self.paper.place), *self.stated.places()]) or "",
            title=self._take("title", self._titles(number)) or "",
            signer=signer,
            capacity=self._take("capacity", [(SIGNATURE, self.signed.capacity), (TOLD, self.told.capacity)]) or "",
            signer_title=self.signed.post or post,
            effective=_effective(self.text, issued) or next((day for _, day in self.stated.days("effective")), None),
            urgency=markings.urgency(self.words),
            secrecy=self._secrecy(),
            recipients=self._take("recipients", [(SIGNATURE, signing.recipients(self.tail))]) or (),
            sources=self.sources,
        )

    def _take(self, field: str, candidates: Iterable[tuple[str, Value | None]]) -> Value | None:
        """The first value that is not empty; its source is kept, and whoever says otherwise is told of."""
        known = [(source, value) for source, value in candidates if value]
        if not known:
            return None
        self.sources[field], chosen = known[0]
        if field in _DISPUTED:
            self._compare(_DISPUTED[field], known)
        return chosen

    def _compare(self, name: str, known: list[tuple[str, Value]]) -> None:
        """Warn of each place of the file whose first word on a field is not what was taken."""
        firsts = {source: _shown(value) for source, value in reversed(known)}
        chosen = firsts.pop(known[0][0])
        stated = {fold(firsts[source]): firsts[source] for source in (FACTS, FRONT) if source in firsts}
        for other in stated:
            if other != fold(chosen):
                values = {"printed": chosen, "stated": stated[other]}
                self.disagreements.append((f"structure-{name}-disagrees", values))

    # ------------------------------------------------------------------------------------------------ candidates

    def _numbers(self) -> Iterator[tuple[str, str]]:
        yield HEAD, self.paper.number
        yield TOLD, self.told.number
        yield from self.stated.numbers()

    def _types(self, number: str) -> Iterator[tuple[str, str]]:
        """A consolidated text bears the name of what it consolidates; only its number says what it is."""
        if numbering.type_code(number) == CONSOLIDATED:
            yield NUMBER, "Văn bản hợp nhất"
            return
        yield HEAD, self.paper.type
        yield TEXT, self.enacted[1]
        yield TOLD, self.told.type
        stated = list(self.stated.types())
        yield from stated or [(TEXT, titling.self_named(self.text))]

    def _issuers(self, number: str) -> Iterator[tuple[str, str]]:
        stated = list(self.stated.issuers())
        yield from _in_full(self.paper.issuer, stated)
        yield HEAD, self._signing_body(self.paper.issuer)
        yield TEXT, self.enacted[0]
        yield TOLD, self.told.issuer
        yield from stated
        if not (self.paper.issuer or self.enacted[0] or self.told.issuer or stated):
            yield SIGNATURE, self._behalf()
            yield NUMBER, vocabulary.issuer_of_code(numbering.body_code(number))

    def _days(self) -> Iterator[tuple[str, date | None]]:
        yield HEAD, self.paper.issued
        yield TOLD, self.told.issued
        passed = list(_PASSED.finditer(self.text[-1500:]))
        yield TEXT, dates.in_words(passed[-1]["day"]) if passed else None
        yield from self.stated.days("issued")

    def _signers(self) -> Iterator[tuple[str, tuple[str, str] | None]]:
        yield SIGNATURE, (self.signed.signer, self.signed.post) if self.signed.signer else None
        yield TOLD, (self.told.signer, self.told.post) if self.told.signer else None
        yield from self.stated.signers()

    def _titles(self, number: str) -> Iterator[tuple[str, str]]:
        consolidates = numbering.type_code(number) == CONSOLIDATED
        yield HEAD, titling.full(self.paper.type, self.paper.title) if consolidates else self.paper.title
        yield TOLD, self.told.title
        yield HEAD, self.paper.subtitle
        yield from self.stated.titles()

    def _signing_body(self, issuer: str) -> str:
        """Bodies of the centre share one head: who is signed for says which of them issued."""
        shared = {each.name for each in vocabulary.issuers() if each.shared}
        body = self._behalf()
        return body if issuer in shared and body in shared else issuer

    def _behalf(self) -> str:
        behalf = re.match(r"T/?M\.?\s*([^,]+)", self.signed.capacity or self.told.capacity)
        return issuing.in_letters(behalf[1]) if behalf else ""

    def _secrecy(self) -> str | None:
        stated = self.stated.first("secrecy").strip(" *.").lower()
        if stated in {"mật", "tối mật", "tuyệt mật"}:
            return stated.capitalize()
        words = [line for line in self.lines if not line.role or line.role in {"table", "html"}]
        return markings.secrecy([*self.words, *words[:30]])


def _words(blocks: list[Block], kind: str) -> list[Line]:
    return [line for block in blocks if block.kind == kind for line in block.words]


def _first_words(blocks: list[Block]) -> list[Line]:
    """The first paragraphs of a text without articles, which may still tell of its issue."""
    return [block.words[0] for block in blocks if block.kind == "paragraph" and block.words][:3]


def _tail(blocks: list[Block]) -> list[Line]:
    """The closing lines of the document itself, not of what is attached to it."""
    found: list[Line] = []
    for block in blocks:
        if block.kind in {"attachment", "annex"} and found:
            break
        if block.zone == "tail":
            found.extend(block.lines)
    return found


def _in_full(name: str, stated: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Of a body nobody has listed, capitals hide the proper names and a committee's organs share one head."""
    if name and name not in {each.name for each in vocabulary.issuers()}:
        yield from ((source, body) for source, body in stated[:1] if issuing.is_fuller(body, name))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return str(value[0])
    return value.isoformat() if isinstance(value, date) else str(value)


def _effective(text: str, issued: date | None) -> date | None:
    match = _FORCE.search(text)
    if not match:
        return None
    return issued if "ký" in match["from"] else dates.in_words(match["from"])


def _missing(found: Head) -> Iterator[Warned]:
    for name, value in (
        ("number", found.number), ("type", found.type), ("issuer", found.issuer), ("date", found.issued),
        ("title", found.title),
    ):  # fmt: skip
        if not value:
            yield f"structure-{name}-missing", {}
