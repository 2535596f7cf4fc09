"""Which unit a paper means by a name, seen from the unit that issues it: below it first, then around and above it."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from backend.accounts.forest import Forest
from content.folding import folded, tokenise

MANY = 10_000
"""Units below one from which on the smallest are not looked at by name: papers for a country name no cell."""

SMALLEST = frozenset({"division", "cell", "group"})

Name = tuple[str, str]
"""What kind of body a name is of ("dang", "chi", "to" or "") and the rest of the name, without marks."""

_PARENTHESES = re.compile(r"\([^)]*\)?")


@cache
def rules() -> dict[str, Any]:
    """What lines mean, as recipients.toml has it."""
    return tomllib.loads((Path(__file__).parent / "recipients.toml").read_text("utf-8"))


def plain(text: str) -> str:
    """A text's words without marks, abbreviations written out, what stands in parentheses left out."""
    text = _PARENTHESES.sub(" ", unicodedata.normalize("NFC", text))
    text = _short().sub(lambda found: str(rules()["short"][found[0]]), text)
    return " ".join(folded(word) for word in tokenise(text))


@dataclass(frozen=True, slots=True)
class View:
    """The tree on a day, seen from the unit that issues a paper."""

    tree: Forest
    owner: int
    on: date

    def named(self, words: str) -> list[int]:
        """The units that ``words`` (plain) name: none, one, or several among which nobody can tell."""
        name = name_of(words)
        if (place := self._place(name)) is not None:
            return [place]
        for ring in self._rings():
            if found := ring.get(name):
                return found
        return []

    def nearest(self, kinds: Iterable[str]) -> int | None:
        """The first of the issuer and those above it that is of one of the kinds."""
        path = self.tree.path(self.owner, self.on)
        return next((unit for unit in path if self.tree[unit].kind in kinds), None)

    def base(self, words: str) -> int | None:
        """The unit that ``words`` name, or the nearest one of that kind; the issuer for no words."""
        if not words:
            return self.owner
        kinds = _folded("places").get(words)
        if kinds:
            return self.nearest(kinds)
        found = self.named(words)
        return found[0] if len(found) == 1 else None

    def is_below(self, unit: int) -> bool:
        """Whether the unit stands below the issuer."""
        return unit != self.tree.current(self.owner, self.on) and self.tree.reaches(self.owner, unit, self.on)

    def _place(self, name: Name) -> int | None:
        """What a name without a proper name means."""
        body, rest = name
        if body and not rest:
            return self.nearest(_folded("kinds")[{"dang": "dang bo", "chi": "chi bo", "to": "to dang"}[body]])
        return self.nearest(_folded("places").get(rest, ())) if body else None

    def _rings(self) -> Iterator[dict[Name, list[int]]]:
        yield _names_below(self.tree, self.owner, self.on)
        above = self.tree.ancestors(self.owner, self.on)
        for place in above:
            yield _names([place, *self.tree.children(place, self.on)], self.tree, self.on)
        if above:
            yield _names_below(self.tree, above[-1], self.on)


@cache
def _folded(table: str) -> dict[str, tuple[str, ...]]:
    return {plain(words): tuple(kinds) for words, kinds in rules()[table].items()}


@lru_cache(maxsize=50_000)
def name_of(words: str) -> Name:
    """A name (plain), the committee and the organisation that it leads alike: "tinh uy x" is ("dang", "tinh x")."""
    for committee, place in _committees():
        if words == committee or words.startswith(committee + " "):
            return "dang", f"{place}{words.removeprefix(committee)}"
    for title, body in _titles():
        if words == title or words.startswith(title + " "):
            return body, words.removeprefix(title).strip()
    return "", re.sub(r"\bthanh uy\b", "tinh uy", words)


@cache
def _committees() -> list[tuple[str, str]]:
    return [(plain(committee), plain(place)) for committee, place in rules()["committees"].items()]


@cache
def _titles() -> list[tuple[str, str]]:
    titles = [(plain(title), body) for body, each in rules()["titles"].items() for title in each]
    return sorted(titles, key=lambda title: -len(title[0]))


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(rules()['short'], key=len, reverse=True))})(?!\w)")


@lru_cache(maxsize=64)
def _names_below(tree: Forest, unit: int, on: date) -> dict[Name, list[int]]:
    below = tree.subtree(unit, on)
    return _names([each for each in below if len(below) <= MANY or tree[each].kind not in SMALLEST], tree, on)


def _names(units: Iterable[int], tree: Forest, on: date) -> dict[Name, list[int]]:
    """Units by name, and by name without the kind of their place when that is told by one only."""
    full: dict[Name, list[int]] = {}
    short: dict[Name, list[int]] = {}
    for unit in units:
        if tree[unit].alive(on):
            name = name_of(plain(tree[unit].name))
            full.setdefault(name, []).append(unit)
            short.setdefault(_short_of(name), []).append(unit)
    return {**short, **full}


def _short_of(name: Name) -> Name:
    """A name without the kind of its place: ("dang", "xa dong may") is ("dang", "dong may")."""
    body, rest = name
    place = next((place for place in _folded("places") if rest.startswith(place + " ")), "")
    return body, rest.removeprefix(place).strip()
