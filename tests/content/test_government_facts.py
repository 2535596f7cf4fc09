"""Real decrees, circulars and resolutions: what is known of each is read, with front matter and without.

``fixtures/government_2026_facts.json`` was made by reading each document: what its head, its end, its table of facts or
its front matter states. Null: nothing legible states it. ``articles`` counts those printed as the document's own.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from content.structure import Structure, parse

FACTS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "fixtures" / "government_2026_facts.json").read_text(encoding="utf-8")
)
OUT_OF_ORDER = {"237/2026/NĐ-CP"}
"""Scanned with two pages swapped: every article is there, printed in another order."""

ONLY_IN_FRONT = {"241/2026/NĐ-CP", "27/2026/QH16", "237/2026/NĐ-CP", "91/2026/TT-BTC"}
"""Whose signer is named in the front matter and legible nowhere else."""


@cache
def read(folder: Path, *, front: bool) -> dict[str, Structure]:
    """Each document by its true number, its front matter as it is or stripped."""
    found = {}
    for name, facts in FACTS.items():
        source = (folder / name).read_text(encoding="utf-8")
        found[facts["number"]] = parse(source if front else re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL))
    return found


@pytest.fixture
def government(shared: Path) -> Path:
    return shared / "data" / "government_2026"


def wrong(found: dict[str, Structure], field: str) -> dict[str, tuple[Any, Any]]:
    """What was read and what is true, of each document where they differ."""
    pairs = {facts["number"]: (getattr(found[facts["number"]].head, field), facts[field]) for facts in FACTS.values()}
    return {number: (got, true) for number, (got, true) in pairs.items() if (str(got) if got else None) != true}


def test_facts_are_known_of_every_document(government: Path):
    assert {path.name for path in government.glob("*.md")} == set(FACTS)
    assert len({facts["number"] for facts in FACTS.values()}) == 60


@pytest.mark.parametrize("front", [True, False], ids=["with front matter", "without"])
@pytest.mark.parametrize("field", ["number", "type", "issuer", "issued", "capacity", "place"])
def test_a_field_is_read_as_it_is_stated(government: Path, field: str, front: bool):
    assert wrong(read(government, front=front), field) == {}


def test_signers_are_those_stated(government: Path):
    assert wrong(read(government, front=True), "signer") == {}
    assert set(wrong(read(government, front=False), "signer")) == ONLY_IN_FRONT


def test_articles_are_those_printed(government: Path):
    found = read(government, front=True)
    differing = {}
    for facts in FACTS.values():
        labels = [part.label for part in found[facts["number"]].parts if part.kind == "dieu"]
        first = int(facts["first"].removeprefix("Điều "))
        printed = [f"Điều {number}" for number in range(first, first + facts["articles"])]
        labels = sorted(labels, key=lambda each: int(each[5:])) if facts["number"] in OUT_OF_ORDER else labels
        if labels != printed or printed[-1] != facts["last"]:
            differing[facts["number"]] = labels
    assert differing == {}


def test_what_stands_in_the_text_is_not_said_to_come_from_front_matter(government: Path):
    said = {source for each in read(government, front=False).values() for source in each.head.sources.values()}
    assert said == {"head", "text", "facts", "signature"}
    assert "front-matter" in {
        source for each in read(government, front=True).values() for source in each.head.sources.values()
    }


def test_paper_and_front_matter_agree_on_these_facts(government: Path):
    told = {number: each.warnings for number, each in read(government, front=True).items()}
    assert {number for number, warnings in told.items() if any("disagrees" in key for key, _ in warnings)} == set()
