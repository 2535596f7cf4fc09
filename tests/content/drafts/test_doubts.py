"""What a person must look at is marked where it stands."""

import pytest

from content.drafts import doubts
from content.structure import parse
from tests.content.builders import date, head, regulation


def _doubts(body: str) -> list[tuple[str, str]]:
    structure = parse(head("12-QĐ/TU", "Quy định", date(2026, 5, 4), "về sinh hoạt chi bộ") + body)
    return [(doubt.key, doubt.path) for doubt in doubts.of(structure.parts, structure.warnings)]


def test_a_text_that_counts_well_leaves_none():
    structure = parse(regulation(characters=6_000))
    assert doubts.of(structure.parts, structure.warnings) == ()


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("Điều 1. Một\n\nNội dung.\n\nĐiều 3. Ba\n\nNội dung.\n", "dieu-3"),
        ("Điều 1. Một\n\n1. Khoản một.\n\n3. Khoản ba.\n", "dieu-1.khoan-3"),
        ("Điều 1. Một\n\n1. Khoản một:\n\na) Điểm a;\n\nc) Điểm c.\n", "dieu-1.khoan-1.diem-c"),
    ],
)
def test_a_skipped_number_is_told_at_the_part_after_it(body, path):
    assert ("draft-doubt-skipped", path) in _doubts(body)


def test_the_letter_after_d_is_d_with_a_bar_and_e_is_followed_by_g():
    points = "".join(f"{letter}) Điểm {letter};\n\n" for letter in "abcdđeghik")
    assert _doubts(f"Điều 1. Một\n\n1. Khoản một:\n\n{points}") == []


def test_articles_count_on_through_chapters():
    body = "Chương I\n\nMỘT\n\nĐiều 1. Một\n\nLời.\n\nChương II\n\nHAI\n\nĐiều 2. Hai\n\nLời.\n"
    assert _doubts(body) == []


def test_a_table_is_to_be_looked_at():
    body = "Điều 1. Một\n\n| Việc | Hạn |\n|---|---|\n| Họp | Ngày 5 |\n"
    assert "draft-doubt-table" in {key for key, _ in _doubts(body)}


def test_a_quotation_that_is_never_closed_is_told():
    body = "Điều 1. Sửa đổi như sau:\n\n“Điều 5. Họp\n\n1. Chi bộ họp.\n\nĐiều 2. Hiệu lực\n\nTừ nay.\n"
    assert "structure-quotation-unbalanced" in {key for key, _ in _doubts(body)}
