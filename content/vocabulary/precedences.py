"""Which body stands above which."""

import tomllib
from functools import cache
from pathlib import Path

from msgspec import Struct

from content.folding import fold

_FILE = Path(__file__).parent / "precedence.toml"


class Chain(Struct, frozen=True):
    """Bodies by the beginnings of their names, the highest level first, and the rule that says so."""

    levels: tuple[tuple[str, ...], ...]
    source: str

    def level(self, issuer: str) -> int | None:
        """How far down a body stands; None when it is not in this chain."""
        name = " ".join(fold(issuer).split())
        return next((at for at, level in enumerate(self.levels) if name.startswith(level)), None)


@cache
def chains() -> tuple[Chain, ...]:
    """Every chain of ``precedence.toml``, as it stands there."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["chain"]
    return tuple(Chain(tuple(tuple(level) for level in row["levels"]), row["source"]) for row in rows)


def above(issuer: str, other: str) -> str:
    """The rule after which ``other`` clearly stands above ``issuer``; "" where that is not known."""
    for chain in chains():
        mine, theirs = chain.level(issuer), chain.level(other)
        if mine is not None and theirs is not None and theirs < mine:
            return chain.source
    return ""
