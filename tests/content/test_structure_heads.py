"""Number, type, issuer, date, place, signer and capacity are read from every kind of head that offices print."""

from datetime import date
from pathlib import Path

import pytest

from content.structure import Structure, parse

PAPERS = Path(__file__).parent / "fixtures" / "heads"
FIELDS = ("number", "type", "issuer", "issued", "place", "title", "signer", "capacity", "signer_title")
HEADS = {
    "nghi-dinh": ("512/2026/NĐ-CP", "Nghị định", "Chính phủ", date(2026, 1, 5), "Hà Nội",
        "Quy định chi tiết về chợ phiên", "Lò Văn Mẫu", "TM. CHÍNH PHỦ, KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"),
    "ban-quet-mo": ("513/2026/NĐ-CP", "Nghị định", "Chính phủ", date(2026, 1, 5), "Hà Nội",
        "Về chợ đêm", "", "TM. CHÍNH PHỦ", ""),
    "hoi-dong-nhan-dan": ("15/2026/NQ-HĐND", "Nghị quyết", "Hội đồng nhân dân tỉnh Minh Sơn", date(2026, 7, 10),
        "Minh Sơn", "Về chính sách hỗ trợ chợ phiên", "Hoàng Thị Vẽ", "", "CHỦ TỊCH"),
    "so": ("88/QĐ-SGDĐT", "Quyết định", "Sở Giáo dục và Đào tạo", date(2026, 3, 2), "Minh Sơn",
        "Về việc công nhận trường đạt chuẩn", "Bế Văn Bản", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    "lien-tich": ("03/2026/TTLT-BCA-BQP-TANDTC", "Thông tư liên tịch",
        "Bộ Công an, Bộ Quốc phòng, Tòa án nhân dân tối cao", date(2026, 6, 1), "Hà Nội",
        "Quy định phối hợp giữ trật tự chợ phiên", "Lò Văn Mẫu",
        "KT. BỘ TRƯỞNG BỘ CÔNG AN, KT. BỘ TRƯỞNG BỘ QUỐC PHÒNG", "THỨ TRƯỞNG"),
    "quoc-hoi": ("12/2026/QH16", "Nghị quyết", "Quốc hội", date(2026, 4, 24), "Hà Nội",
        "Về phát triển chợ phiên", "Hoàng Văn Phiên", "", "CHỦ TỊCH QUỐC HỘI"),
    "uy-ban-thuong-vu": ("07/2026/UBTVQH16", "Nghị quyết", "Ủy ban Thường vụ Quốc hội", date(2026, 6, 26), "",
        "", "Trần Văn Mẫu", "TM. ỦY BAN THƯỜNG VỤ QUỐC HỘI", "CHỦ TỊCH"),
    "hop-nhat": ("51/VBHN-VPQH", "Văn bản hợp nhất", "Văn phòng Quốc hội", date(2026, 3, 18), "Hà Nội",
        "Luật Chợ phiên", "Bế Văn Bản", "", "CHỦ NHIỆM"),
    "bo-chinh-tri": ("157-NQ/TW", "Nghị quyết", "Bộ Chính trị", date(2026, 12, 22), "Hà Nội",
        "về phát triển chợ phiên", "Lò Văn Mẫu", "T/M BỘ CHÍNH TRỊ", "TỔNG BÍ THƯ"),
    "dang-uy-bang": ("05-CTr/ĐU", "Chương trình", "Đảng ủy xã Hòa An", date(2026, 2, 2), "Hòa An",
        "kiểm tra, giám sát năm 2026", "Lý A Mẫu", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"),
    "cong-van": ("77-CV/TU", "Công văn", "Tỉnh ủy Minh Sơn", date(2026, 9, 9), "Minh Sơn",
        "về việc sinh hoạt chuyên đề", "Bế Thị Vẽ", "T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"),
    "cuc-kem-quy-che": ("20/QĐ-CĐTM", "Quyết định", "Cục Đường Thủy Mẫu", date(2026, 7, 7), "Hà Nội",
        "Ban hành Quy chế bến thuyền", "Lò Văn Mẫu", "KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"),
    "hai-cot-chu": ("33/KH-UBND", "Kế hoạch", "Ủy ban nhân dân xã Hòa An", date(2026, 5, 3), "Hòa An",
        "Phát triển chợ phiên năm 2026", "Lò Văn Mẫu", "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    "so-de-trong": ("45/2026/TT-BTC", "Thông tư", "Bộ Tài chính", None, "Hà Nội",
        "Hướng dẫn thi hành Nghị định số 73/2026/NĐ-CP của Chính phủ về chợ", "", "", ""),
    "lenh-chu-tich-nuoc": ("12/2026/L-CTN", "Lệnh", "Chủ tịch nước", date(2026, 7, 5), "Hà Nội",
        "Về việc công bố luật", "Tô Văn Mẫu", "", "CHỦ TỊCH NƯỚC"),
    "chi-thi-thu-tuong": ("08/CT-TTg", "Chỉ thị", "Thủ tướng Chính phủ", date(2026, 2, 12), "Hà Nội",
        "Về tăng cường quản lý chợ", "Phạm Văn Mẫu", "", "THỦ TƯỚNG"),
    "luat-cu": ("98/2001/QH10", "Luật", "Quốc hội", date(2001, 6, 29), "Hà Nội",
        "Về chợ phiên", "Nguyễn Văn Phiên", "", ""),
    "luat-ky-hop": ("97/2006/QH11", "Luật", "Quốc hội", date(2006, 6, 29), "Hà Nội",
        "Bến thuyền", "Nguyễn Văn Phiên", "", "CHỦ TỊCH QUỐC HỘI"),
    "an-le": ("99/2030/AL", "Án lệ", "Hội đồng Thẩm phán Tòa án nhân dân tối cao", date(2030, 2, 24), "",
        "Về hiệu lực của lời hứa mua bán ở chợ phiên", "", "", ""),
    "tep-liet-ke": ("64/2026/TT-BXD", "Thông tư", "Bộ Xây dựng", date(2026, 8, 11), "Hà Nội",
        "quy định về quản lý chợ", "", "", ""),
    "tep-ten-lien": ("1074/QĐ-BXD", "Quyết định", "Bộ Xây dựng", date(2026, 6, 29), "",
        "", "Lò Văn Mẫu", "", "Thượng tướng"),
    "tep-nhan-de": ("27/2026/TT-BXD", "Thông tư", "Bộ Xây dựng", date(2026, 7, 15), "",
        "", "", "", ""),
    "tep-bang-khong-de": ("25/2026/TT-BYT", "Thông tư", "Bộ Y tế", date(2026, 4, 3), "Hà Nội",
        "", "", "", ""),
}  # fmt: skip


def read(name: str) -> Structure:
    return parse((PAPERS / f"{name}.md").read_text(encoding="utf-8"))


def test_every_paper_is_known_by_its_facts():
    assert {path.stem for path in PAPERS.iterdir()} == set(HEADS)


@pytest.mark.parametrize("name", HEADS)
def test_a_head_is_read(name):
    found = read(name).head
    assert {field: getattr(found, field) for field in FIELDS} == dict(zip(FIELDS, HEADS[name], strict=True))


def test_recipients_are_read_without_what_is_printed_beside_them():
    assert read("nghi-dinh").head.recipients == (
        "Ban Bí thư Trung ương Đảng", "Các bộ, cơ quan ngang bộ",
        "HĐND, UBND các tỉnh, thành phố trực thuộc trung ương", "Văn phòng Quốc hội", "Lưu: VT, CN (2b). 4q",
    )  # fmt: skip
    assert read("bo-chinh-tri").head.recipients == ("Các tỉnh ủy, thành ủy", "Lưu Văn phòng Trung ương")


def test_a_list_of_recipients_ends_with_the_file_copy():
    text = (PAPERS / "chi-thi-thu-tuong.md").read_text(encoding="utf-8")
    assert parse(f"{text}\nGhi chú\n\n- Đây là bản đánh máy;\n").head.recipients == ("Các Bộ", "Lưu: VT")


@pytest.mark.parametrize(
    ("name", "sources"),
    [
        ("nghi-dinh", {"number": "head", "type": "head", "signer": "signature", "capacity": "signature"}),
        ("uy-ban-thuong-vu", {"issuer": "facts", "issued": "text", "signer": "signature"}),
        ("hop-nhat", {"type": "number"}),
        ("so-de-trong", {"number": "front-matter", "type": "head"}),
        ("tep-ten-lien", {"number": "front-matter", "type": "front-matter", "signer": "front-matter"}),
        ("tep-bang-khong-de", {"number": "head", "issuer": "number", "issued": "facts", "place": "facts"}),
    ],
)
def test_of_each_fact_it_is_known_where_it_was_read(name, sources):
    found = read(name).head.sources
    assert {field: found.get(field) for field in sources} == sources
    assert "title" in found or not read(name).head.title


@pytest.mark.parametrize(
    ("field", "was", "now", "key"),
    [
        ("sohieu", "8-CT/TU", "9-CT/TU", "structure-number-disagrees"),
        ("loaivanban", "Chỉ thị", "Kế hoạch", "structure-type-disagrees"),
        ("coquanbanhanh", "Tỉnh ủy Minh Sơn", "Tỉnh ủy Lũng Mây", "structure-issuer-disagrees"),
        ("ngaybanhanh", "2026-03-05", "2026-03-06", "structure-date-disagrees"),
        ("nguoiky", "Bế Thị Vẽ", "Lò Văn Mẫu", "structure-signer-disagrees"),
    ],
)
def test_where_paper_and_front_matter_disagree_both_are_told(field, was, now, key):
    paper = (
        "TỈNH ỦY MINH SƠN\n\nSố 8-CT/TU\n\nMinh Sơn, ngày 5 tháng 3 năm 2026\n\nCHỈ THỊ\n\nvề chợ phiên\n\n"
        "1. Họp chợ.\n\nT/M BAN THƯỜNG VỤ\n\nBÍ THƯ\n\nBế Thị Vẽ\n"
    )
    assert [told for told, _ in parse(f"---\n{field}: {was}\n---\n\n{paper}").warnings if "disagrees" in told] == []
    [(told, values)] = [
        each for each in parse(f"---\n{field}: {now}\n---\n\n{paper}").warnings if "disagrees" in each[0]
    ]
    assert (told, values) == (key, {"printed": was, "stated": now})


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Số: 12 /2026/NĐ-CP", "12/2026/NĐ-CP"),
        ("Số: 12/2026/NĐ - CP", "12/2026/NĐ-CP"),
        ("Số 05 - NQ/ĐU", "05-NQ/ĐU"),
        ("Số: 73/2006/QH 11", "73/2006/QH11"),
        ("Số: 12⁄2026/QĐ-TTg", "12/2026/QĐ-TTg"),
        ("Số: 66.22/2026/NQ-CP", "66.22/2026/NQ-CP"),
        ("Số: 45/KH-SLĐTB&XH", "45/KH-SLĐTB&XH"),
        ("Số: 850/QD-UBND — Hà Nội, ngày 1 tháng 2 năm 2026", "850/QĐ-UBND"),
        ("Số: /2026/NĐ-CP", ""),
        ("Số: ....../QĐ-UBND", ""),
        ("Số: Đang cập nhật", ""),
        ("Số 5 - Nghị quyết của Đảng", ""),
    ],
)
def test_a_number_is_read_however_it_was_printed(printed, number):
    assert parse(f"TỈNH ỦY MINH SƠN\n\n{printed}\n\nCHỈ THỊ\n\nvề chợ\n\n1. Họp chợ.\n").head.number == number
