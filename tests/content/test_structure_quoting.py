"""Parts are quoted as people quote them."""

import pytest

from content.structure import quotation
from tests.content.test_structure import read


@pytest.mark.parametrize(
    ("name", "path", "quoted"),
    [
        ("quy-dinh.md", "dieu-2.khoan-2.diem-dd", "điểm đ khoản 2 Điều 2 Quy định 12-QĐ/TU"),
        ("quy-dinh.md", "dieu-5a", "Điều 5a Quy định 12-QĐ/TU"),
        ("quy-dinh.md", "dieu-1.p2", "đoạn 2 Điều 1 Quy định 12-QĐ/TU"),
        ("quy-dinh.md", "dieu-4.khoan-2.bang-1", "bảng 1 khoản 2 Điều 4 Quy định 12-QĐ/TU"),
        ("quy-dinh.md", "chuong-2.muc-1", "Mục 1 Chương II Quy định 12-QĐ/TU"),
        ("quy-dinh.md", "phu-luc-1.i.1", "mục I.1 Phụ lục I Quy định 12-QĐ/TU"),
        ("nghi-quyet.md", "iii", "mục III Nghị quyết 07-NQ/ĐU"),
        ("nghi-quyet.md", "iii.2", "mục III.2 Nghị quyết 07-NQ/ĐU"),
        ("nghi-quyet.md", "iii.2.p1", "đoạn 1 mục III.2 Nghị quyết 07-NQ/ĐU"),
        ("nghi-quyet.md", "iii.1.a", "điểm a mục III.1 Nghị quyết 07-NQ/ĐU"),
        ("nghi-quyet.md", "ii.2.1", "mục II.2.1 Nghị quyết 07-NQ/ĐU"),
        ("nghi-quyet.md", "ii.2.1.g2", "gạch đầu dòng thứ 2 mục II.2.1 Nghị quyết 07-NQ/ĐU"),
        ("nghi-quyet.md", "p1", "đoạn 1 Nghị quyết 07-NQ/ĐU"),
    ],
)
def test_a_part_is_quoted_by_its_printed_number(name: str, path: str, quoted: str):
    found = read(name)
    assert quotation(found.parts, path, number=found.head.number, type=found.head.type) == quoted


def test_an_unknown_path_cannot_be_quoted():
    with pytest.raises(KeyError):
        quotation(read("trich.md").parts, "dieu-99", number="", type="")
