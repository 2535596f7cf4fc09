"""A text becomes parts that carry its printed numbers."""

from pathlib import Path

import pytest

from content.structure import Part, Structure, parse

FIXTURES = Path(__file__).parent / "fixtures" / "structure"


def read(name: str) -> Structure:
    return parse((FIXTURES / name).read_text(encoding="utf-8"), name=name)


def paths(found: Structure, *kinds: str) -> list[str]:
    return [part.path for part in found.parts if part.kind in kinds]


def part(found: Structure, path: str) -> Part:
    return next(each for each in found.parts if each.path == path)


# ------------------------------------------------------------------------------------------------------- structure A


def test_a_regulation_nests_chapters_articles_clauses_and_points():
    found = read("quy-dinh.md")
    assert paths(found, "chuong", "muc") == ["chuong-1", "chuong-2", "chuong-2.muc-1", "chuong-2.muc-2"]
    assert paths(found, "dieu") == ["dieu-1", "dieu-2", "dieu-3", "dieu-4", "dieu-5a", "dieu-6"]
    assert part(found, "dieu-4").parent == "chuong-2.muc-2"
    assert found.counts == {"chuong": 2, "muc": 2, "dieu": 6, "khoan": 7, "diem": 5}


def test_the_letter_dd_stands_after_d():
    found = read("quy-dinh.md")
    assert paths(found, "diem")[-2:] == ["dieu-2.khoan-2.diem-d", "dieu-2.khoan-2.diem-dd"]
    assert part(found, "dieu-2.khoan-2.diem-dd").label == "đ"


def test_a_heading_may_stand_below_its_number():
    found = read("quy-dinh.md")
    assert part(found, "chuong-1").heading == "QUY ĐỊNH CHUNG"
    assert part(found, "dieu-1").heading == "Phạm vi và đối tượng"
    assert part(read("luat.txt"), "phan-1").heading == "QUY ĐỊNH CHUNG"


def test_unnumbered_paragraphs_have_their_own_paths():
    found = read("quy-dinh.md")
    assert part(found, "dieu-1.p2").body == "Quy định này áp dụng đối với mọi chi bộ trong tỉnh."
    assert part(found, "dieu-2.khoan-2.p1").body.startswith("Trường hợp có nhiều nội dung")


def test_a_table_is_a_part_of_the_clause_it_stands_in():
    table = part(read("quy-dinh.md"), "dieu-4.khoan-2.bang-1")
    assert table.kind == "table"
    assert table.body.splitlines()[2] == "| Nghe báo cáo | 20 phút |"


def test_a_form_in_an_annex_adds_no_articles():
    found = read("quy-dinh.md")
    assert paths(found, "annex") == ["phu-luc-1", "phu-luc-2"]
    assert part(found, "phu-luc-1.p2").body.startswith("Điều 1. Thành phần dự họp")
    assert part(found, "phu-luc-1.i.1").kind == "item"


def test_the_closing_is_recipients_and_signature():
    found = read("quy-dinh.md")
    assert part(found, "noi-nhan").kind == "recipients"
    assert part(found, "ky").body.endswith("Hoàng Văn Thử")


def test_notes_that_end_the_file_belong_to_no_part_and_open_none():
    notes = "\n[^1]: Xem Phụ lục I.\nĐiều 7. Của văn bản khác.\n\n[^i]: 1. Nông Văn Ký, ngày 2/3/2020.\n"
    for name in ("quy-dinh.md", "quyet-dinh-quy-che.txt", "nghi-quyet.md"):
        text = (FIXTURES / name).read_text(encoding="utf-8").rstrip("\n") + "\n"
        before, found = parse(text), parse(text + notes)
        assert [each.path for each in found.parts[:-2]] == [each.path for each in before.parts]
        assert [(each.kind, each.parent, each.body) for each in found.parts[-2:]] == [
            ("paragraph", None, "[^1]: Xem Phụ lục I. Điều 7. Của văn bản khác."),
            ("paragraph", None, "[^i]: 1. Nông Văn Ký, ngày 2/3/2020."),
        ]
        assert found.head == before.head


def test_a_note_between_articles_stays_where_it_stands():
    found = parse("Điều 1. Một\n\nLời.[^1]\n\n[^1]: Chú.\n\nĐiều 2. Hai\n\nLời.\n")
    assert paths(found, "dieu") == ["dieu-1", "dieu-2"]
    assert part(found, "dieu-1.p2").body == "[^1]: Chú."


def test_an_excerpt_keeps_its_printed_numbers():
    found = read("trich.md")
    assert paths(found, "dieu", "khoan") == ["dieu-7", "dieu-7.khoan-1", "dieu-7.khoan-4", "dieu-9"]
    assert ("structure-article-gap", {"before": "7", "after": "9"}) in found.warnings


def test_a_regulation_issued_with_a_decision_has_articles_of_its_own():
    found = read("quyet-dinh-quy-che.txt")
    assert paths(found, "dieu") == ["dieu-1", "dieu-2", "kem-theo.dieu-1", "kem-theo.dieu-2"]
    assert part(found, "kem-theo").heading == "QUY CHẾ LÀM VIỆC CỦA ĐẢNG ỦY XÃ"


def test_a_reference_at_the_start_of_a_line_is_no_article():
    found = read("luat.txt")
    assert paths(found, "dieu") == ["dieu-1", "dieu-2", "dieu-3"]
    assert "Điều 4. của nghị định" in part(found, "dieu-1.p1").body


def test_plain_text_without_headings_has_articles_too():
    found = read("luat.txt")
    assert part(found, "dieu-1").heading == ""
    assert part(found, "dieu-2").heading == "Điều kiện mở chợ"
    assert paths(found, "phan", "chuong") == ["phan-1", "chuong-1", "phan-2", "chuong-2"]


def test_the_formula_of_adoption_is_no_part_of_the_last_article():
    found = read("luat.txt")
    last = next(each for each in found.parts if each.body.startswith("Luật này đã được Quốc hội"))
    assert last.parent is None


def test_a_repeated_number_gets_a_path_of_its_own():
    found = parse("Điều 1. Một\n\nMột.\n\nĐiều 2. Hai\n\nHai.\n\nĐiều 2. Hai nữa\n\nBa.\n")
    assert paths(found, "dieu") == ["dieu-1", "dieu-2", "dieu-2--2"]
    assert ("structure-article-order", {"label": "Điều 2"}) in found.warnings


def test_a_wrapped_line_that_begins_with_a_number_is_no_clause():
    found = parse("Điều 1. Phạm vi\n\n1. Áp dụng theo khoản\n2. của Luật nêu trên.\n\n2. Không áp dụng cho chợ quê.\n")
    assert paths(found, "khoan") == ["dieu-1.khoan-1", "dieu-1.khoan-2"]


# ------------------------------------------------------------------------------------------------------- structure B


def test_a_resolution_nests_sections_items_letters_and_dashes():
    found = read("nghi-quyet.md")
    assert paths(found, "section") == ["i", "ii", "iii", "iv"]
    assert paths(found, "item") == ["i.1", "i.2", "ii.1", "ii.2", "iii.1", "iii.2", "iv.1", "iv.2"]
    assert paths(found, "subitem", "letter") == ["ii.2.1", "ii.2.2", "iii.1.a", "iii.1.b"]
    assert part(found, "ii.2.1.g2.g1").label == "+"


def test_a_paragraph_after_dashes_belongs_to_the_item():
    found = read("nghi-quyet.md")
    assert part(found, "iii.2.p1").body == "Mỗi năm tổ chức một hội chợ ở xã."
    assert part(found, "iii.p1").parent == "iii"


def test_the_introduction_of_a_resolution_is_paragraphs():
    found = read("nghi-quyet.md")
    assert paths(found, "head") == ["dau"]
    assert [each.path for each in found.parts if each.kind == "paragraph" and each.parent is None] == ["p1", "p2", "p3"]
    assert part(found, "p3").body == "Nghị quyết này phổ biến đến chi bộ."


def test_markdown_escapes_and_bold_do_not_hide_numbers():
    found = parse("**II- MỤC TIÊU**\n\n**1\\. Đến năm 2030**\n\n\\- Tăng 5%.\n")
    assert [(each.path, each.label) for each in found.parts] == [("ii", "II"), ("ii.1", "1"), ("ii.1.g1", "-")]
    assert part(found, "ii.1").heading == "Đến năm 2030"


def test_a_directive_may_number_without_sections():
    found = parse("1. Các cấp ủy đọc kỹ Chỉ thị này.\n\na) Trong tháng đầu.\n\n2. Báo cáo kết quả.\n")
    assert [each.path for each in found.parts] == ["1", "1.a", "2"]


# --------------------------------------------------------------------------------------------------- quoted articles


def test_articles_quoted_by_an_amending_clause_belong_to_that_clause():
    found = read("sua-doi.md")
    assert paths(found, "dieu") == ["dieu-1", "dieu-2", "dieu-3"]
    assert paths(found, "khoan") == [*(f"dieu-1.khoan-{n}" for n in (1, 2, 3, 4)), "dieu-2.khoan-1", "dieu-2.khoan-2"]
    assert part(found, "dieu-1.khoan-1.p1").body == "“Điều 4. Giờ mở cửa"
    assert part(found, "dieu-1.khoan-2.p3").body == "Điều 4b. Phòng cháy"


def test_straight_quotation_marks_and_block_quotes_quote_too():
    found = read("sua-doi.md")
    assert part(found, "dieu-1.khoan-3.p2").body == 'Người thu phí đeo thẻ."'
    assert part(found, "dieu-1.khoan-4.p2").body == "Điều 10. Không để xe trong chợ."


def test_an_unclosed_quotation_ends_before_the_next_article():
    quoted = "“Điều 9. Chợ đêm\n\nMở đến 22 giờ."
    found = parse(f"### Điều 1. Sửa đổi Điều 9 như sau:\n\n{quoted}\n\n### Điều 2. Hiệu lực\n\nTừ hôm nay.\n")
    assert paths(found, "dieu") == ["dieu-1", "dieu-2"]
    assert [key for key, _ in found.warnings if "quotation" in key] == ["structure-quotation-unbalanced"]


def test_an_announced_article_without_marks_is_quoted():
    found = parse(
        "### Điều 1. Bổ sung Điều 19a vào sau Điều 19 như sau\n\n### Điều 19a. Chợ đêm\n\n1. Mở đến 22 giờ.\n\n"
        "### Điều 2. Hiệu lực\n\nTừ hôm nay.\n"
    )
    assert paths(found, "dieu", "khoan") == ["dieu-1", "dieu-2"]
    assert part(found, "dieu-1.p2").body == "1. Mở đến 22 giờ."


# --------------------------------------------------------------------------------------------------------- the file


def test_what_belongs_to_the_file_is_kept_but_not_shown():
    found = read("thong-tin.md")
    matter = [each for each in found.parts if each.kind == "matter"]
    assert "so_hieu" in matter[0].text
    assert all(each.body == "" for each in matter)


def test_an_html_table_becomes_a_markdown_table():
    assert part(read("thong-tin.md"), "ii.bang-1").body == "| Mức | Điểm |\n| --- | --- |\n| Tốt | 90 |"


def test_a_comment_is_kept_in_the_text_and_left_out_of_the_body():
    item = part(read("thong-tin.md"), "i.1")
    assert "đã soát" in item.text
    assert "đã soát" not in item.body


@pytest.mark.parametrize("source", ["", "\n", "   ", "một dòng", "---\n", "# \n", "|", "“", "Điều"])
def test_anything_at_all_can_be_read(source: str):
    assert "".join(each.text for each in parse(source).parts) == parse(source).source
