"""What a file states about its document beside the text: in a table or list of facts, and in its front matter."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import TypeVar

from content import vocabulary
from content.folding import fold
from content.structure import dates, issuing, matter, numbering, people, titling
from content.structure.alphabet import LOWER, UPPER
from content.structure.lines import Line

Value = TypeVar("Value")

FACTS, FRONT = "facts", "front-matter"
"""Where a fact stands, in the order they are trusted."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_PLACE = re.compile(rf"(?:[{UPPER}][{LOWER}.]*\s?[-–]?\s?){{1,6}}$")


class Stated:
    """The facts of one file; each is asked for as pairs of (where it stands, value), the most trusted first."""

    def __init__(self, lines: list[Line]) -> None:
        self._values: dict[tuple[str, str], list[str]] = {}
        for name, value, from_front in matter.facts(lines):
            if fold(value.strip(" *_.")) not in _unknown():
                self._values.setdefault((FRONT if from_front else FACTS, squeezed(name)), []).append(value)

    def numbers(self) -> Iterator[tuple[str, str]]:
        """The numbers that are stated; a title that begins with one states it too."""
        yield from self._read("number", numbering.of_words)
        yield from self._titles(lambda text: numbering.of_words(text[:60]) if vocabulary.type_named(text) else "")

    def types(self) -> Iterator[tuple[str, str]]:
        """The types, also written as in an address ("nghi-dinh") or with more words ("Nghị định sửa đổi")."""
        yield from self._read("type", lambda text: vocabulary.type_named(text) or vocabulary.type_spelt(text))
        yield from self._titles(lambda text: vocabulary.type_named(text) if numbering.of_words(text[:60]) else "")

    def issuers(self) -> Iterator[tuple[str, str]]:
        """The bodies; a place, as "nơi ban hành" may be, is none."""
        yield from self._read("issuer", _body)
        yield from self._titles(issuing.of_words)

    def days(self, field: str) -> Iterator[tuple[str, date]]:
        """The dates stated as ``field``."""
        yield from self._read(field, dates.first)

    def signers(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """The signers as (name, post); a post alone names nobody."""
        posts = dict(self._read("post", str.strip))
        for where, (name, post) in self._read("signer", people.person):
            if name:
                yield where, (name, post or posts.get(where, ""))

    def places(self) -> Iterator[tuple[str, str]]:
        """The places of issue."""
        yield from self._read("place", _place)

    def titles(self) -> Iterator[tuple[str, str]]:
        """What the document is about."""
        yield from self._read("title", titling.bare)

    def first(self, field: str) -> str:
        """The most trusted value of a field as it stands; "" when nothing is stated."""
        return next((value for _, value in self._read(field, str.strip)), "")

    def _read(self, field: str, read: Callable[[str], Value | None]) -> Iterator[tuple[str, Value]]:
        for where in (FACTS, FRONT):
            for name in _names(field):
                for value in self._values.get((where, name), ()):
                    if found := read(_LINK.sub(r"\1", value)):
                        yield where, found

    def _titles(self, read: Callable[[str], str]) -> Iterator[tuple[str, str]]:
        for value in self._values.get((FRONT, "title"), ()):
            if found := read(value):
                yield FRONT, found


@cache
def squeezed(name: str) -> str:
    """The name of a fact however it is spelt: ``Số ký hiệu``, ``so_ky_hieu`` and ``SoKyHieu`` are one."""
    return re.sub(r"[^a-z0-9]+", "", fold(name))


@cache
def _names(field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(squeezed, vocabulary.ordered(field))))


@cache
def _unknown() -> frozenset[str]:
    return frozenset({fold(each) for each in vocabulary.ordered("unknown")} | {"", "-", "–", "—"})


def _body(text: str) -> str:
    plain = re.split(r"[(;]", text)[0].strip(" *:.–—-")
    return vocabulary.issuer_spelt(plain) or (plain if issuing.is_body(plain) else "")


def _place(text: str) -> str:
    plain = text.strip(" *.")
    return plain if _PLACE.match(plain) and not _body(plain) else ""
