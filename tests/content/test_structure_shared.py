"""Real documents: their printed numbers, their heads, and not a character lost."""

import json
import re
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from content.structure import Structure, normalise, parse, quotation

ARTICLES = {
    "233/2026/NĐ-CP": 21, "234/2026/NĐ-CP": 26, "291/2026/NĐ-CP": 5, "278/2026/NĐ-CP": 3, "66.22/2026/NQ-CP": 10,
    "275/2026/NĐ-CP": 76, "66.19/2026/NQ-CP": 6, "49/2026/NĐ-CP": 22, "274/2026/NĐ-CP": 77, "30/2026/TT-BCT": 16,
    "93/2026/NĐ-CP": 26, "95/2026/NĐ-CP": 20, "54/2026/TT-BGDĐT": 26, "48/2026/TT-BGDĐT": 18, "52/2026/TT-BGDĐT": 18,
    "241/2026/NĐ-CP": 28, "850/QĐ-CĐBVN": 3, "37/2026/TT-BCA": 8, "224/2026/NĐ-CP": 92, "26/2026/NĐ-CP": 31,
    "142/2026/NĐ-CP": 27, "32/2026/TT-BKHCN": 6, "235/2026/NĐ-CP": 17, "185/2026/NĐ-CP": 10, "283/2026/NĐ-CP": 68,
    "12/2026/TT-BNV": 4, "14/2026/TT-BNV": 5, "28/2026/NQ-CP": 7, "29/2026/TT-BCT": 142, "04/2026/TT-NHNN": 15,
    "19/2026/TT-NHNN": 6, "25/2026/TT-NHNN": 6, "03/2026/TT-BNG": 11, "204/2026/NĐ-CP": 52, "31/2026/TT-BNNMT": 14,
    "32/2026/TT-BQP": 45, "06/2026/NĐ-CP": 50, "27/2026/QH16": 6, "265/2026/NĐ-CP": 18, "55/2026/NĐ-CP": 4,
    "26/2026/TT-BTC": 38, "99/2026/TT-BTC": 7, "237/2026/NĐ-CP": 30, "201/2026/NĐ-CP": 3, "245/2026/NĐ-CP": 5,
    "253/2026/NĐ-CP": 71, "91/2026/TT-BTC": 25, "31/2026/TT-BCT": 19, "200/2026/NĐ-CP": 51, "96/2026/NĐ-CP": 112,
    "248/2026/NĐ-CP": 15, "137/2026/NĐ-CP": 60, "231/2026/NĐ-CP": 23, "151/2026/NĐ-CP": 59, "203/2026/NĐ-CP": 24,
    "156/2026/NĐ-CP": 11, "54/2026/NĐ-CP": 43, "192/2026/NĐ-CP": 10, "25/2026/TT-BYT": 6, "34/2026/QĐ-TTg": 4,
}  # fmt: skip
"""The last article of each document, counted by eye; all begin with Điều 1 but the excerpt 192, which begins at 3."""

OUT_OF_ORDER = {"237/2026/NĐ-CP"}
"""Scanned with two pages swapped: every article is there, printed in another order."""


@cache
def government(shared: Path) -> dict[str, str]:
    folder = shared / "data" / "government_2026"
    rows = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return {row["number"]: (folder / row["file"]).read_text(encoding="utf-8") for row in rows}


def numbers(found: Structure) -> list[int]:
    return [int(re.sub(r"\D", "", part.label)) for part in found.parts if part.kind == "dieu"]


def word_text(path: Path) -> str:
    """The paragraphs and tables of a .docx file as plain Markdown."""
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    body = ElementTree.fromstring(zipfile.ZipFile(path).read("word/document.xml")).find(f"{space}body")

    def words(element: ElementTree.Element) -> str:
        return "".join(each.text or "" for each in element.iter(f"{space}t"))

    blocks = []
    for element in body if body is not None else []:
        if element.tag != f"{space}tbl":
            blocks.append(words(element))
            continue
        rows = [[words(cell) for cell in row.iter(f"{space}tc")] for row in element.iter(f"{space}tr")]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        blocks.append("\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]))
    return "\n\n".join(blocks)


def test_nothing_is_lost_of_any_real_text(shared: Path):
    files = [*(shared / "data").glob("*/*.md"), *(shared / "data" / "laws").glob("*.txt")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    texts |= {path.name: word_text(path) for path in (shared / "data" / "official_files").glob("*.docx")}
    assert len(texts) > 70
    for name, source in texts.items():
        found = parse(source)
        assert "".join(part.text for part in found.parts) == normalise(source), name
        assert len({part.path for part in found.parts}) == len(found.parts), name


def test_57_nq_tw_has_four_sections_of_5_2_7_and_6_items(shared: Path):
    found = parse((shared / "data/party_documents/57-NQ-TW_2024.md").read_text(encoding="utf-8"))
    sections = [part.path for part in found.parts if part.kind == "section"]
    items = [sum(part.kind == "item" and part.parent == path for part in found.parts) for path in sections]
    assert (sections, items) == (["i", "ii", "iii", "iv"], [5, 2, 7, 6])
    dashes = [part.parent for part in found.parts if part.kind == "dash"]
    assert len(dashes) == 27
    assert set(dashes) <= {part.path for part in found.parts if part.kind == "item"}


def test_57_nq_tw_states_its_facts_in_its_introduction(shared: Path):
    found = parse((shared / "data/party_documents/57-NQ-TW_2024.md").read_text(encoding="utf-8"))
    head = found.head
    assert (head.number, head.type, head.issuer) == ("57-NQ/TW", "Nghị quyết", "Bộ Chính trị")
    assert (str(head.issued), head.signer, head.capacity) == ("2024-12-22", "Tô Lâm", "T/M BỘ CHÍNH TRỊ")
    assert head.title.startswith("về đột phá phát triển khoa học")
    assert quotation(found.parts, "iii.2", number=head.number, type=head.type) == "mục III.2 Nghị quyết 57-NQ/TW"


def test_a_programme_issued_with_a_resolution_is_attached_to_it(shared: Path):
    path = shared / "data/party_documents/03-NQ-CP_2025_chuong-trinh-hanh-dong-57.md"
    found = parse(path.read_text(encoding="utf-8"))
    assert numbers(found) == [1, 2, 3]
    assert [part.path for part in found.parts if part.kind == "section"] == [
        f"kem-theo.{n}" for n in ("i", "ii", "iii")
    ]
    assert found.head.signer == "Nguyễn Hòa Bình"


def test_articles_of_government_documents_are_those_printed(shared: Path):
    wrong = {}
    for number, source in government(shared).items():
        first = 3 if number.startswith("192/") else 1
        read = numbers(parse(source))
        expected = list(range(first, ARTICLES[number] + 1))
        if (sorted(read) if number in OUT_OF_ORDER else read) != expected:
            wrong[number] = read
    assert len(wrong) <= 3, wrong


def test_heads_are_read_without_front_matter(shared: Path):
    lacking = {}
    for number, source in government(shared).items():
        head = parse(re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.DOTALL)).head
        missing = [name for name in ("type", "issuer", "issued") if not getattr(head, name)]
        if missing or head.number != number:
            lacking[number] = [*missing, head.number]
    assert len(lacking) <= 6, lacking


def test_no_article_of_a_law_is_missed_and_none_invented(shared: Path):
    for path in sorted((shared / "data" / "laws").glob("*.txt")):
        source = path.read_text(encoding="utf-8")
        printed = [int(n) for n in re.findall(r"^ ?Điều (\d+)(?=\.|$)", source, re.MULTILINE)]
        assert numbers(parse(source)) == printed == list(range(1, len(printed) + 1)), path.name


def test_official_word_files_hold_the_articles_they_should(shared: Path):
    folder = shared / "data" / "official_files"
    facts = json.loads((folder / "expected_facts.json").read_text(encoding="utf-8"))
    for fact in (each for each in facts if each["kind"] == "docx"):
        found = parse(word_text(folder / fact["file"]))
        articles = [part for part in found.parts if part.kind == "dieu"]
        assert len(articles) == fact["dieu_count"], fact["file"]
        assert f"{articles[-1].label}. {articles[-1].heading}" == fact["last_dieu"]
        assert (found.head.number, str(found.head.issued)) == (fact["number"], fact["date"])


def test_no_public_document_is_taken_for_a_secret(shared: Path):
    assert [number for number, source in government(shared).items() if parse(source).head.secrecy] == []


@pytest.mark.parametrize("number", ["291/2026/NĐ-CP", "241/2026/NĐ-CP", "49/2026/NĐ-CP", "156/2026/NĐ-CP"])
def test_amending_decrees_keep_quoted_articles_in_their_clauses(shared: Path, number: str):
    found = parse(government(shared)[number])
    assert not any(re.search(r"\d[a-z]$", part.label) for part in found.parts if part.kind == "dieu")
    assert any(re.match(r"\W*Điều \d+[a-z]?\.", part.body) for part in found.parts if part.kind == "paragraph")
