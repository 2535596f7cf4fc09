"""The sample handbook agrees with itself: units, people, documents, news and pictures name only what is there."""

import json
import re
import unicodedata
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from content import matter
from content.digests import checking
from content.digests.model import Line
from content.digests.placing import Names
from content.fragments import Pieces
from content.structure import normalise, parse
from content.structure.model import Structure
from content.vocabulary import type_named

SAMPLE = Path(__file__).parents[2] / "content" / "sample"
DOCUMENTS = sorted((SAMPLE / "documents").glob("*.md"))
NEWS = sorted((SAMPLE / "news").glob("*.md"))
DRAFTS = [file for file in NEWS if "state: draft" in file.read_text()]
SCHEDULED = [file for file in NEWS if "published: 2027-" in file.read_text()]
DIGESTS = sorted((SAMPLE / "digests").glob("*.json"))
PICTURES = sorted((SAMPLE / "pictures").glob("*.webp"))
SAID_SO = "Dữ liệu mẫu"
TODAY = date(2026, 11, 24)
"""The day the sample was written for: what is announced for later had not come yet."""

ARTICLES = {
    "01-qc-tu-2026": 102, "02-qc-tu-2021": 8, "12-qd-tu-2026": 15, "12-qd-tu-2026-v2": 16, "31-qd-tu-2026": 3,
    "40-qd-tu-2026": 10, "88-qd-tu-2026": 4, "127-qd-bcd-2026": 4,
}  # fmt: skip
SECTIONS = {
    "03-nq-du-na-lanh-2024": 3, "04-hd-btctu-2026": 4, "05-nq-tu-2021": 4, "05-nq-tu-2026": 4, "06-ctr-tu-2026": 4,
    "07-hd-btgdvtu-2026": 4, "09-ct-tu-2026": 0, "11-nq-cb-ban-xanh-2026": 3, "120-bc-tu-2026": 5,
    "15-kh-du-dong-may-2026": 3, "18-kl-tu-2026": 4, "212-cv-du-ben-tram-2026": 0, "26-tb-ubkttu-2026": 3,
    "45-kh-tu-2026": 4,
}  # fmt: skip


def units() -> list[dict[str, Any]]:
    return list(json.loads((SAMPLE / "units.json").read_text())["units"])


def successions() -> list[dict[str, str]]:
    return list(json.loads((SAMPLE / "units.json").read_text())["successions"])


def people() -> list[dict[str, Any]]:
    return list(json.loads((SAMPLE / "people.json").read_text()))


def topics() -> set[str]:
    return {topic["code"] for topic in json.loads((SAMPLE / "topics.json").read_text())}


def front(file: Path) -> dict[str, tuple[str, ...]]:
    return dict(matter.fields(file.read_text()))


def one(file: Path, name: str) -> str:
    return front(file)[name][0]


def structure(file: Path) -> Structure:
    return parse(file.read_text(), name=file.name)


def by_name(files: list[Path]) -> Any:
    return pytest.mark.parametrize("file", files, ids=lambda file: file.stem)


def known_scope(scope: str) -> bool:
    kind, _, unit = scope.partition(":")
    return scope in {"public", "members"} or (kind in {"org", "at"} and unit in {each["code"] for each in units()})


# ---------------------------------------------------------------------------------------------- units and people


def test_a_unit_lives_within_the_life_of_its_parent():
    lives = {unit["code"]: (unit["valid_from"], unit["valid_to"] or "9999") for unit in units()}
    assert len(lives) == len(units())
    for unit in units():
        begin, end = lives[unit["code"]]
        above = lives[unit["parent"]] if unit["parent"] else ("", "9999")
        assert above[0] <= begin < end <= above[1], unit["code"]


def test_a_succession_joins_an_ended_unit_to_a_living_one_on_its_last_day():
    lives = {unit["code"]: unit for unit in units()}
    for each in successions():
        assert lives[each["old"]]["valid_to"] == each["on"]
        assert lives[each["new"]]["valid_from"] <= each["on"]
    kinds = Counter(each["kind"] for each in successions())
    assert kinds["merge"] == 2
    assert kinds["rename"] == 1


def test_the_tree_reaches_down_to_cells_and_deeper():
    parents = {unit["code"]: unit["parent"] for unit in units()}

    def depth(code: str | None) -> int:
        return 1 + depth(parents[code]) if code else 0

    assert max(map(depth, parents)) >= 5


def test_everybody_belongs_to_a_unit_that_exists_and_signs_in_with_plain_letters():
    living = {unit["code"] for unit in units() if not unit["valid_to"]}
    ended = {unit["code"] for unit in units() if unit["valid_to"]}
    assert len({person["login"] for person in people()}) == len(people())
    for person in people():
        assert re.fullmatch(r"[a-z]+", person["login"])
        assert person["unit"] in living
        assert {role["unit"] for role in person["roles"]} <= living
        assert {earlier["unit"] for earlier in person.get("before", [])} <= ended


def test_the_sample_has_people_of_every_role():
    held = {role["role"] for person in people() for role in person["roles"]}
    assert held == {"editor", "approver", "moderator", "feedback_handler", "unit_admin", "secretary", "auditor"}
    assert {"mai", "lan", "minh", "tam", "hoa", "quang", "thu"} <= {person["login"] for person in people()}


# ------------------------------------------------------------------------------------------------------ documents


@by_name(DOCUMENTS)
def test_a_sample_document_says_that_it_is_a_sample_and_names_only_what_is_there(file: Path):
    source = file.read_text()
    facts = matter.read(source)
    assert one(file, "source") == "sample"
    assert SAID_SO in source
    assert unicodedata.is_normalized("NFC", source)
    assert facts.topic in topics()
    assert facts.owner in {unit["code"] for unit in units()}
    assert facts.audience
    assert all(map(known_scope, facts.audience))
    assert facts.offline is not None


@by_name(DOCUMENTS)
def test_a_sample_document_prints_what_its_front_matter_states(file: Path):
    head = structure(file).head
    assert (head.number, head.type) == (one(file, "number"), type_named(one(file, "type")))
    assert head.issued == date.fromisoformat(one(file, "issued"))
    assert (head.issuer, head.title) == (one(file, "issuer"), one(file, "title"))
    assert head.signer == one(file, "signer")
    assert head.signer_title
    assert head.recipients


@by_name(DOCUMENTS)
def test_a_sample_document_parses_without_loss_or_warning(file: Path):
    found = structure(file)
    assert "".join(part.text for part in found.parts) == normalise(file.read_text())
    assert found.warnings == ()


@by_name(DIGESTS)
def test_a_sample_digest_is_short_and_rests_on_parts_of_its_text(file: Path):
    [text] = SAMPLE.glob(f"d*/{file.stem}.md")
    parts, points = structure(text).parts, json.loads(file.read_text())["points"]
    lines = [Line(point["words"], point["part"]) for point in points]
    pieces = Pieces(parts, {part.path: part.path for part in parts})
    kept = checking.points_of(lines, pieces)
    assert 3 <= len(kept) <= 7
    assert [line.part for line in lines] == [Names(pieces).name(point.anchor) for point in kept]


@by_name(DOCUMENTS)
def test_a_sample_document_has_the_articles_and_sections_that_were_written(file: Path):
    found = structure(file)
    assert found.counts["dieu"] == ARTICLES.get(file.stem, 0)
    sections = [part for part in found.parts if part.kind == "section"]
    assert len(sections) == SECTIONS.get(file.stem, 0)


def test_a_quoted_article_belongs_to_the_clause_that_inserts_it():
    amending = structure(SAMPLE / "documents" / "31-qd-tu-2026.md")
    quoted = next(part for part in amending.parts if "Điều 8a. Sinh hoạt" in part.text)
    assert quoted.path.startswith("dieu-1.khoan-2")


def test_the_second_edition_inserts_an_article_and_renumbers_a_clause():
    first, second = (structure(SAMPLE / "documents" / f"12-qd-tu-2026{part}.md") for part in ("", "-v2"))
    before, after = ({part.path: part for part in found.parts} for found in (first, second))
    assert {path for path in after if path.startswith("dieu-") and "." not in path} - set(before) == {"dieu-8a"}
    assert before["dieu-9.khoan-3"].body == after["dieu-9.khoan-4"].body


def test_the_sample_is_wide_enough_to_judge_the_design_by():
    types = {one(file, "type") for file in DOCUMENTS}
    lengths = {file.stem: len(normalise(file.read_text())) for file in DOCUMENTS}
    assert len(DOCUMENTS) >= 16
    assert len(types) >= 8
    assert max(lengths.values()) >= 60_000
    assert max(len(one(file, "title")) for file in DOCUMENTS) >= 290
    assert max(len(one(file, "number")) for file in DOCUMENTS) >= 28
    assert any(matter.read(file.read_text()).effective_from > TODAY for file in DOCUMENTS)  # type: ignore[operator]


def test_relations_name_documents_of_the_sample():
    numbers = {one(file, "number") for file in DOCUMENTS}
    named = [
        number for file in DOCUMENTS for kind in matter.read(file.read_text()).relations.values() for number in kind
    ]
    assert sorted(named) == ["02-QC/TU", "12-QĐ/TU"]
    assert set(named) <= numbers


def test_one_number_names_documents_of_two_terms():
    issued = {one(file, "issued") for file in DOCUMENTS if one(file, "number") == "05-NQ/TU"}
    assert len(issued) == 2


def test_the_sample_has_audiences_of_every_reach():
    audiences = {scope for file in DOCUMENTS for scope in matter.read(file.read_text()).audience}
    assert {"public", "members", "org:VL-NL", "at:VL-UBKT", "org:VL-DM-BX"} <= audiences


# ---------------------------------------------------------------------------------------------- news and pictures


@by_name([file for file in NEWS if file not in DRAFTS])
def test_a_news_item_is_whole(file: Path):
    published = datetime.fromisoformat(one(file, "published"))
    if file not in SCHEDULED:
        assert (
            datetime.fromisoformat("2026-10-01T00:00+07:00")
            <= published
            < datetime.fromisoformat("2026-11-25T00:00+07:00")
        )
    assert one(file, "cover_alt")
    assert 200 <= len(matter.body(file.read_text()).split()) <= 600


@by_name(NEWS)
def test_a_news_item_names_only_what_is_there(file: Path):
    assert one(file, "topic") in topics()
    assert one(file, "unit") in {unit["code"] for unit in units()}
    assert all(map(known_scope, front(file)["audience"]))
    assert one(file, "standfirst")
    assert SAID_SO in matter.body(file.read_text())


def test_the_sample_has_news_in_every_state_that_an_editor_meets():
    assert [len(DRAFTS), len(SCHEDULED)] == [1, 1]
    assert [file.stem for file in NEWS if "pinned_until" in front(file)] == ["tai-san-tai-lieu-truoc-buoi-hop"]


def test_each_news_item_has_a_picture_of_its_own():
    covers = [one(file, "cover") for file in NEWS if file not in DRAFTS]
    assert len(NEWS) == 14
    assert sorted(covers) == [picture.name for picture in PICTURES]
    assert max(len(one(file, "title")) for file in NEWS) >= 250


@by_name(PICTURES)
def test_a_picture_is_light_and_keeps_its_drawing(file: Path):
    assert file.with_suffix(".svg").is_file()
    assert file.stat().st_size <= 150_000
    with Image.open(file) as image:
        assert image.size == (1600, 1000)
