"""The words of the trade, kept as data: types of documents, their codes, bodies that issue them, terms."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from content.folding import fold

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Type:
    """A type of document; ``side`` is "party", "state" or "both"."""

    name: str
    codes: tuple[str, ...]
    side: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issues documents; ``shared`` says that its code is used by other bodies too."""

    name: str
    codes: tuple[str, ...]
    also: tuple[str, ...]
    shared: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A term (nhiệm kỳ) of the party's congress, from the day it begins."""

    name: str
    begins: date


@cache
def types() -> tuple[Type, ...]:
    """Return every type of document."""
    rows = _load("types")["type"]
    return tuple(Type(row["name"], tuple(row.get("codes", ())), row["side"]) for row in rows)


@cache
def issuers() -> tuple[Issuer, ...]:
    """Return every known body that issues documents."""
    return tuple(
        Issuer(
            row["name"],
            tuple(row.get("codes", ())) or ((row["code"],) if "code" in row else ()),
            tuple(row.get("also", ())),
            row.get("shared", False),
        )
        for row in _load("issuers")["issuer"]
    )


@cache
def terms() -> tuple[Term, ...]:
    """Return the terms of the party's congresses, earliest first."""
    return tuple(Term(row["name"], row["begins"]) for row in _load("terms")["term"])


def term_on(day: date) -> Term | None:
    """Return the term that a document of ``day`` is numbered in."""
    return next((term for term in reversed(terms()) if term.begins <= day), None)


@cache
def words(name: str) -> frozenset[str]:
    """Return the list ``name`` of ``words.toml``."""
    return frozenset(ordered(name))


@cache
def ordered(name: str) -> tuple[str, ...]:
    """Return the list ``name`` of ``words.toml`` in the order it is written: the most trusted word first."""
    return tuple(_load("words")[name])


def type_named(text: str) -> str:
    """Return the type that ``text`` names or begins with, in any case of letters; "" when none."""
    words = text[:80].strip(" *:.").lower().split(" ", 4)
    starts = (" ".join(words[:count]).rstrip(",") for count in (4, 3, 2, 1))
    return next((found for start in starts if (found := _type_names().get(start))), "")


def issuer_named(text: str) -> str:
    """Return the customary name of the body that ``text`` names, or ``text`` itself when it is not known."""
    name = text.strip(" *:.")
    return _issuer_names().get(name.lower(), name)


def issuer_spelt(text: str) -> str:
    """The customary name of a known body whose name ``text`` is, also when scanning spoilt its marks; "" when none."""
    return _spelt_issuers().get(_plain(text), "")


def type_spelt(text: str) -> str:
    """The type that ``text`` is, also without its marks ("nghi-dinh", "NGHI ĐỊNH"); "" when none."""
    return _spelt_types().get(_plain(text), "")


def issuer_ending(text: str) -> str:
    """Return the body whose name ends ``text`` ("Theo đề nghị của …, Bộ trưởng Bộ Tài chính"), or ""."""
    low = text[-120:].strip().lower()
    ending = [(len(name), known) for name, known in _issuer_names().items() if low == name or low.endswith(f" {name}")]
    return max(ending)[1] if ending else ""


def issuer_of_code(code: str) -> str:
    """Return the only body whose numbers end in ``code``, or "" when several bodies share it or none is known."""
    found = [each.name for each in issuers() if code in each.codes and not each.shared]
    return found[0] if len(found) == 1 else ""


@cache
def _type_names() -> dict[str, str]:
    return {each.name.lower(): each.name for each in types()}


@cache
def _issuer_names() -> dict[str, str]:
    """Return each customary or other name in small letters with the customary name."""
    return {name.lower(): each.name for each in issuers() for name in (each.name, *each.also)}


@cache
def _spelt_issuers() -> dict[str, str]:
    return {_plain(name): customary for name, customary in _issuer_names().items()}


@cache
def _spelt_types() -> dict[str, str]:
    return {_plain(name): customary for name, customary in _type_names().items()}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


@cache
def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))
