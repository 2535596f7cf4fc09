"""Real files of Word: every fact that is known of them is read, and not a character of their text is lost."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from content import importing, reading
from content.extracting import source_of
from content.files import word
from content.structure import Part, parse
from tests.content.packing import WORD
from tests.content.seeing import letters, seen
from tests.content.test_rendering import inspect

FILES = ("nghi_dinh_19_2019_ND_CP.docx", "nghi_dinh_21_2021_ND_CP.docx", "nghi_quyet_01_2019_NQ_HDTP.docx")
ISSUERS = ("Chính phủ", "Chính phủ", "Hội đồng Thẩm phán Tòa án nhân dân tối cao")
SIGNERS = ("Nguyễn Xuân Phúc", "Nguyễn Xuân Phúc", "Nguyễn Hòa Bình")


def facts(shared: Path, name: str) -> dict[str, Any]:
    rows = json.loads((shared / "data/official_files/expected_facts.json").read_text(encoding="utf-8"))
    return next(row for row in rows if row["file"] == name)


def test_every_file_of_word_is_looked_at(shared: Path):
    there = sorted(path.name for path in (shared / "data" / "official_files").glob("*.docx"))
    assert there == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_number_date_and_articles_are_those_printed(shared: Path, name: str):
    known = facts(shared, name)
    found = parse(source_of((shared / "data" / "official_files" / name).read_bytes(), name))
    articles = [part for part in found.parts if part.kind == "dieu"]
    assert len(articles) == known["dieu_count"]
    assert [part.path for part in articles] == [f"dieu-{n}" for n in range(1, known["dieu_count"] + 1)]
    assert (_titled(articles[0]), _titled(articles[-1])) == (known["first_dieu"], known["last_dieu"])
    assert (found.head.number, str(found.head.issued)) == (known["number"], known["date"])
    assert (found.head.issuer, found.head.signer) == dict(zip(FILES, zip(ISSUERS, SIGNERS, strict=True), strict=True))[
        name
    ]
    assert found.head.title
    assert len(found.head.recipients) > 10


def _titled(part: Part) -> str:
    return f"{part.label}. {part.heading}"


@pytest.mark.parametrize("name", FILES)
def test_not_a_character_is_lost(shared: Path, name: str):
    file = shared / "data" / "official_files" / name
    with zipfile.ZipFile(file) as packed:
        xml = packed.read("word/document.xml")
    assert WORD.encode() in xml
    assert letters(word.read(file.read_bytes())) == seen(xml)


@pytest.mark.usefixtures("handbook")
async def test_they_are_taken_published_and_rendered(shared: Path):
    rows = await importing.import_files([shared / "data" / "official_files" / name for name in FILES], by="cli")
    assert [row.outcome for row in rows] == ["new"] * 3
    for row, name in zip(rows, FILES, strict=True):
        assert (row.number, row.counts["dieu"]) == (facts(shared, name)["number"], facts(shared, name)["dieu_count"])
        inspect((await reading.edition_in_force(row.slug, scopes=frozenset({"public"}))).html)
