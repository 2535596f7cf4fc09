"""The head is read from the paper; what the file says of it fills the gaps."""

from datetime import date
from pathlib import Path

import pytest

from content.structure import parse
from content.structure.model import Head

FIXTURES = Path(__file__).parent / "fixtures" / "structure"


def head(name: str) -> Head:
    return parse((FIXTURES / name).read_text(encoding="utf-8")).head


def test_a_party_head_is_read_from_its_table():
    found = head("quy-dinh.md")
    assert (found.number, found.type, found.code) == ("12-QĐ/TU", "Quy định", "QĐ")
    assert (found.issuer, found.place, found.issued) == ("Tỉnh ủy Minh Sơn", "Minh Sơn", date(2026, 3, 5))
    assert found.title == "về sinh hoạt chi bộ ở thôn, bản, tổ dân phố"
    assert (found.capacity, found.signer_title, found.signer) == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Hoàng Văn Thử")
    assert found.effective == date(2026, 4, 1)
    assert found.recipients[0] == "Ban Tổ chức Trung ương"
    assert len(found.recipients) == 3


def test_the_issuer_is_the_lower_of_two_bodies():
    assert head("nghi-quyet.md").issuer == "Đảng ủy xã Hòa An"


def test_a_state_head_is_read():
    found = head("sua-doi.md")
    assert (found.number, found.type, found.issued) == ("45/2026/QĐ-UBND", "Quyết định", date(2026, 2, 12))
    assert found.issuer == "Ủy ban nhân dân tỉnh Minh Sơn"
    assert found.capacity == "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH"
    assert found.effective == found.issued


def test_a_law_is_titled_in_small_letters():
    found = head("luat.txt")
    assert (found.number, found.type, found.title) == ("99/2030/QH17", "Luật", "Chợ phiên")
    assert (found.signer, found.signer_title) == ("Nguyễn Văn Phiên", "CHỦ TỊCH QUỐC HỘI")
    assert found.effective == date(2031, 7, 1)


def test_facts_of_the_file_fill_what_the_paper_lacks():
    found = head("thong-tin.md")
    assert (found.number, found.type, found.issued) == ("08-HD/TU", "Hướng dẫn", date(2026, 4, 2))
    assert (found.issuer, found.title) == ("Ban Tổ chức Tỉnh ủy", "Về tự đánh giá của chi bộ")
    assert (found.signer, found.signer_title) == ("Bế Thị Vẽ", "Phó Trưởng ban")


def test_the_paper_wins_over_the_file_and_the_difference_is_told():
    found = parse("---\nso_hieu: 9-CT/TU\n---\n\nTỈNH ỦY MINH SƠN\n\nSố: 8-CT/TU\n\n**CHỈ THỊ**\n\nvề chợ phiên\n")
    assert found.head.number == "8-CT/TU"
    assert ("structure-number-disagrees", {"printed": "8-CT/TU", "stated": "9-CT/TU"}) in found.warnings


def test_the_type_is_never_derived_from_the_code():
    assert head("quy-dinh.md").type == "Quy định"
    assert head("quyet-dinh-quy-che.txt").type == "Quyết định"
    assert parse("Số: 5-QĐ/TU\n\n1. Nội dung.\n").head.type == ""


def test_an_introduction_tells_number_date_issuer_and_signer():
    found = parse(
        "# Nghị quyết số 3-NQ/TU\n\n**Thay mặt Ban Thường vụ, Bí thư Tỉnh ủy Lò Văn Bản đã ký ban hành Nghị quyết số "
        "3-NQ/TU (ngày 5/2/2026) của Ban Thường vụ Tỉnh ủy về chợ phiên.**\n\nI- QUAN ĐIỂM\n\n1- Chợ là nét đẹp.\n"
    ).head
    assert (found.number, found.issued, found.type) == ("3-NQ/TU", date(2026, 2, 5), "Nghị quyết")
    assert (found.issuer, found.title) == ("Ban Thường vụ Tỉnh ủy", "về chợ phiên")
    assert (found.signer, found.signer_title) == ("Lò Văn Bản", "Bí thư Tỉnh ủy")


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("MẬT", "Mật"),
        ("**TỐI MẬT**", "Tối mật"),
        ("[TUYỆT MẬT]", "Tuyệt mật"),
        ("Độ mật: Mật", "Mật"),
        ("Mức độ mật: **Tối mật**", "Tối mật"),
        ("| MẬT | ĐẢNG CỘNG SẢN VIỆT NAM |", "Mật"),
        ("Số: 12-BC/TU MẬT", "Mật"),
        ("| Độ mật | Tuyệt mật |", "Tuyệt mật"),
    ],
)
def test_a_secrecy_marking_in_the_head_is_reported(line: str, marking: str):
    text = f"TỈNH ỦY MINH SƠN\n\n{line}\n\nMinh Sơn, ngày 05 tháng 3 năm 2026\n\nBÁO CÁO\n\nvề chợ\n\n1. Tốt.\n"
    assert parse(text).head.secrecy == marking


@pytest.mark.parametrize(
    "line",
    ["về bảo vệ bí mật nhà nước", "BẢO VỆ BÍ MẬT NHÀ NƯỚC", "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT", "Mật ong rừng"],
)
def test_the_word_secret_is_no_marking(line: str):
    text = f"TỈNH ỦY MINH SƠN\n\nSố: 2-QĐ/TU\n\nQUY ĐỊNH\n\n{line}\n\nĐiều 1. Giữ bí mật\n\nTài liệu MẬT phải cất kỹ.\n"
    assert parse(text).head.secrecy is None


def test_urgency_is_read_from_its_stamp():
    text = "TỈNH ỦY MINH SƠN\n\nTHƯỢNG KHẨN\n\nSố: 2-CV/TU\n\nCÔNG VĂN\n\nvề chống bão\n\n1. Trực cả đêm.\n"
    assert parse(text).head.urgency == "Thượng khẩn"


def test_what_was_not_found_is_told():
    keys = {key for key, _ in parse("Một đoạn văn.\n").warnings}
    assert {"structure-number-missing", "structure-type-missing", "structure-date-missing"} <= keys


def test_bodies_of_the_centre_are_told_apart_by_who_is_signed_for():
    found = parse(
        "BAN CHẤP HÀNH TRUNG ƯƠNG\n\nSố 15-CT/TW\n\nCHỈ THỊ\nCỦA BAN BÍ THƯ\nvề sinh hoạt chi bộ\n\n"
        "1- Các cấp ủy làm ngay.\n\nT/M BAN BÍ THƯ\nTHƯỜNG TRỰC BAN BÍ THƯ\n\nTrần Văn Mẫu\n"
    ).head
    assert (found.issuer, found.title) == ("Ban Bí thư", "về sinh hoạt chi bộ")
    assert found.signer_title == "THƯỜNG TRỰC BAN BÍ THƯ"


def test_a_date_in_digits_follows_its_place():
    found = parse(
        "CHI BỘ THÔN LÌM\n\nSố: 03-KL/CB\n\nHòa An, ngày 02/03/2026\n\nKẾT LUẬN\nvề vệ sinh\n\n1. Tốt.\n"
    ).head
    assert (found.place, found.issued) == ("Hòa An", date(2026, 3, 2))


@pytest.mark.parametrize(
    "begin", ["thực hiện Quy định số 12-QĐ/TU", "Thực hiện Nghị quyết số 05-NQ/TU, giai đoạn 2026 - 2030", "Để"]
)
def test_a_title_may_begin_as_a_reason_does(begin):
    title = f"{begin} ở thôn, tổ dân phố"
    reason = "Thực hiện Quy định số 12-QĐ/TU, Tỉnh ủy hướng dẫn như sau:"
    text = f"TỈNH ỦY VÂN LAM\n\nSố 13-HD/TU\n\nHƯỚNG DẪN\n\n{title}\n\n{reason}\n\n1. Một.\n"
    structure = parse(text)
    assert structure.head.title == title
    assert "Tỉnh ủy hướng dẫn" not in structure.head.title
