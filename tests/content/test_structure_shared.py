"""Real documents: their printed numbers, their heads, and not a character lost."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from content.files import word
from content.structure import Structure, normalise, parse, quotation

LAWS = {
    "luat-binh-dang-gioi": ("73/2006/QH11", "2006-06-29", "Bình đẳng giới", 44),
    "luat-di-san-van-hoa": ("28/2001/QH10", "2001-06-29", "Về di sản văn hoá", 74),
    "luat-doanh-nghiep-nha-nuoc": ("14/2003/QH11", "2003-11-26", "Về doanh nghiệp Nhà nước", 95),
    "luat-giao-duc": ("43/2019/QH14", "2019-06-14", "Giáo dục", 115),
    "luat-hien-ghep-lay-mo-bo-phan-co-the-nguoi-va-hien-lay-xac": (
        "75/2006/QH11", "2006-11-29", "Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác", 40),
    "luat-nguoi-lao-dong-viet-nam-di-lam-o-nuoc-ngoai-theo-hop-dong": (
        "69/2020/QH14", "2020-11-13", "Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng", 74),
    "luat-thong-ke": ("89/2015/QH13", "2015-11-23", "Thống kê", 72),
    "luat-thuc-hanh-tiet-kiem-chong-lang-phi": (
        "44/2013/QH13", "2013-11-26", "Thực hành tiết kiệm, chống lãng phí", 80),
    "luat-thue-tieu-thu-dac-biet": ("27/2008/QH12", "2008-11-14", "Thuế tiêu thụ đặc biệt", 11),
    "luat-thue-xuat-khau-thue-nhap-khau": ("107/2016/QH13", "2016-04-06", "Thuế xuất khẩu, thuế nhập khẩu", 22),
}  # fmt: skip
"""Number, date, title and last article of each law, read by eye; all begin with Điều 1."""


@cache
def government(shared: Path) -> dict[str, str]:
    folder = shared / "data" / "government_2026"
    rows = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return {row["number"]: (folder / row["file"]).read_text(encoding="utf-8") for row in rows}


def numbers(found: Structure) -> list[int]:
    return [int(re.sub(r"\D", "", part.label)) for part in found.parts if part.kind == "dieu"]


def test_nothing_is_lost_of_any_real_text(shared: Path):
    files = [*(shared / "data").glob("*/*.md"), *(shared / "data" / "laws").glob("*.txt")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    texts |= {path.name: word.read(path.read_bytes()) for path in (shared / "data" / "official_files").glob("*.docx")}
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


def test_no_article_of_a_law_is_missed_and_none_invented(shared: Path):
    assert {path.stem for path in (shared / "data" / "laws").glob("*.txt")} == set(LAWS)
    for name, (number, issued, title, last) in LAWS.items():
        found = parse((shared / "data" / "laws" / f"{name}.txt").read_text(encoding="utf-8"))
        assert numbers(found) == list(range(1, last + 1)), name
        head = found.head
        assert (head.number, head.type, head.issuer, str(head.issued), head.place, head.title) == (
            number, "Luật", "Quốc hội", issued, "Hà Nội", title,
        )  # fmt: skip
        assert (head.signer != "", found.warnings) == (True, ()), name


def test_no_public_document_is_taken_for_a_secret(shared: Path):
    assert [number for number, source in government(shared).items() if parse(source).head.secrecy] == []


@pytest.mark.parametrize("number", ["291/2026/NĐ-CP", "241/2026/NĐ-CP", "49/2026/NĐ-CP", "156/2026/NĐ-CP"])
def test_amending_decrees_keep_quoted_articles_in_their_clauses(shared: Path, number: str):
    found = parse(government(shared)[number])
    assert not any(re.search(r"\d[a-z]$", part.label) for part in found.parts if part.kind == "dieu")
    assert any(re.match(r"\W*Điều \d+[a-z]?\.", part.body) for part in found.parts if part.kind == "paragraph")
