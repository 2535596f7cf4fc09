"""Types, codes, issuing bodies and terms are data."""

from datetime import date

import pytest

from content import vocabulary

PARTY = (
    "cương lĩnh, điều lệ, chiến lược, nghị quyết, quyết định, chỉ thị, kết luận, quy chế, quy định, thông tri, "
    "hướng dẫn, thông báo, thông cáo, tuyên bố, lời kêu gọi, báo cáo, kế hoạch, quy hoạch, chương trình, đề án, "
    "phương án, dự án, tờ trình, công văn, biên bản"
)


def test_every_type_of_the_rules_is_known():
    known = {each.name.lower() for each in vocabulary.types()}
    assert set(PARTY.split(", ")) <= known
    assert {"luật", "pháp lệnh", "nghị định", "thông tư"} <= known


def test_a_code_may_stand_for_several_types():
    assert {each.name for each in vocabulary.types() if "QĐ" in each.codes} == {"Quyết định", "Quy định"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NGHỊ QUYẾT", "Nghị quyết"),
        ("Thông tư liên tịch số 2", "Thông tư liên tịch"),
        ("Thông tư 12/2026/TT-BNV", "Thông tư"),
        ("Nghị định sửa đổi", "Nghị định"),
        ("Luật", "Luật"),
        ("Luật sư", "Luật"),
        ("Nghị", ""),
        ("", ""),
    ],
)
def test_a_type_is_known_by_its_first_words(text: str, name: str):
    assert vocabulary.type_named(text) == name


def test_a_body_has_one_customary_name():
    assert vocabulary.issuer_named("QUỐC HỘI NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == "Quốc hội"
    assert vocabulary.issuer_named("Chi bộ thôn Bản Lìm") == "Chi bộ thôn Bản Lìm"
    assert vocabulary.issuer_ending("Theo đề nghị của Cục trưởng, Bộ trưởng Bộ Tài chính") == "Bộ Tài chính"


def test_a_code_shared_by_several_bodies_names_none():
    assert vocabulary.issuer_of_code("TW") == ""
    assert vocabulary.issuer_of_code("CP") == "Chính phủ"


def test_a_document_belongs_to_the_term_it_was_issued_in():
    names = [term.name if (term := vocabulary.term_on(day)) else None for day in (date(2024, 12, 22), date(2026, 3, 1))]
    assert names == ["XIII", "XIV"]
    assert vocabulary.term_on(date(1900, 1, 1)) is None
    assert [term.begins for term in vocabulary.terms()] == sorted(term.begins for term in vocabulary.terms())
