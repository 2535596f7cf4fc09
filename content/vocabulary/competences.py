"""Which body may issue which type of document."""

import tomllib
from functools import cache
from pathlib import Path

from msgspec import Struct

from content.folding import fold

PARTY = (
    "chi bo",
    "chi uy",
    "dang uy",
    "dang bo",
    "tinh uy",
    "thanh uy",
    "ban thuong vu",
    "ban chap hanh",
    "bo chinh tri",
)
"""How names of the party's bodies begin, folded."""

_FILE = Path(__file__).parent / "competence.toml"


class Competence(Struct, frozen=True):
    """Types that bodies whose names begin with one of ``issuer`` do not issue, and the rule that says so."""

    issuer: tuple[str, ...]
    types: tuple[str, ...]
    source: str


@cache
def competences() -> tuple[Competence, ...]:
    """Every rule of ``competence.toml``, as it stands there."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["rule"]
    return tuple(Competence(tuple(row["issuer"]), tuple(row["types"]), row["source"]) for row in rows)


def forbidding(issuer: str, type: str) -> str:
    """The rule after which this body does not issue this type; "" where none forbids it."""
    name = " ".join(fold(issuer).split())
    for rule in competences():
        if type in rule.types and name.startswith(rule.issuer):
            return rule.source
    return ""


def is_party(issuer: str) -> bool:
    """Whether the name is that of a body of the party."""
    return " ".join(fold(issuer).split()).startswith(PARTY)
