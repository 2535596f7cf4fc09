"""The words that screening begins with, as the first migration puts them into the table."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from backend.discussion.screening.entries import Entry
from backend.discussion.screening.model import HOLD

FILE = Path(__file__).parent / "start.toml"


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """The entries of each rule that goes by words."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    rules = {each["rule"] for each in told["list"]}
    return {rule: tuple(_of(rule, told)) for rule in sorted(rules)}


def _of(rule: str, told: dict[str, Any]) -> Iterator[Entry]:
    fine = told["exceptions"]
    for group in told["list"]:
        if group["rule"] == rule:
            for words in group["words"]:
                yield Entry(
                    words,
                    group.get("outcome", HOLD),
                    group["reason"],
                    bool(group.get("bare")),
                    tuple(fine.get(words, ())),
                )
