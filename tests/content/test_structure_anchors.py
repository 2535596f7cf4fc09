"""An anchor follows its text from one edition into the next."""

from hypothesis import given, settings
from hypothesis import strategies as st

from content.structure import Part, carry_anchors, parse

FIRST = """Điều 1. Sinh hoạt

1. Chi bộ họp mỗi tháng một lần vào ngày đầu tháng.

2. Bí thư chuẩn bị nội dung và báo cho đảng viên biết trước ba ngày.

Điều 2. Biên bản

1. Thư ký ghi đủ ý kiến phát biểu của từng người dự họp.

2. Biên bản được đọc lại trước khi kết thúc buổi họp.
"""


def anchored(source: str) -> list[tuple[Part, str]]:
    return [(part, f"a{part.position}") for part in parse(source).parts]


def carried(old: str, new: str) -> dict[str, str]:
    """From the path in the new edition to the path in the old one that its anchor came from."""
    before = anchored(old)
    origin = {anchor: part.path for part, anchor in before}
    parts = parse(new).parts
    anchors = carry_anchors(before, parts)
    return {part.path: origin[anchor] for part, anchor in zip(parts, anchors, strict=True) if anchor}


def test_an_unchanged_text_keeps_every_anchor():
    before = anchored(FIRST)
    assert carry_anchors(before, [part for part, _ in before]) == [anchor for _, anchor in before]


def test_an_anchor_follows_its_text_when_an_insertion_renumbers_it():
    new = FIRST.replace("2. Bí thư", "2. Họp bất thường khi có việc gấp.\n\n3. Bí thư")
    found = carried(FIRST, new)
    assert found["dieu-1.khoan-3"] == "dieu-1.khoan-2"
    assert "dieu-1.khoan-2" not in found


def test_a_whole_inserted_article_moves_the_rest_along():
    new = FIRST.replace("Điều 2. Biên bản", "Điều 2. Giờ giấc\n\n1. Đến đúng giờ.\n\nĐiều 3. Biên bản")
    found = carried(FIRST, new)
    assert found["dieu-3"] == "dieu-2"
    assert found["dieu-3.khoan-1"] == "dieu-2.khoan-1"


def test_a_reworded_clause_keeps_its_anchor():
    new = FIRST.replace("trước ba ngày", "trước năm ngày, bằng lời hoặc qua điện thoại")
    assert carried(FIRST, new)["dieu-1.khoan-2"] == "dieu-1.khoan-2"


def test_a_clause_reworded_and_renumbered_keeps_its_anchor():
    new = FIRST.replace("1. Chi bộ", "1. Mọi đảng viên đều dự họp.\n\n2. Chi bộ").replace("2. Bí thư", "3. Bí thư")
    new = new.replace("mỗi tháng một lần vào ngày đầu tháng", "mỗi tháng một lần vào ngày cuối tháng")
    assert carried(FIRST, new)["dieu-1.khoan-2"] == "dieu-1.khoan-1"


def test_a_replaced_clause_gets_a_new_anchor():
    new = FIRST.replace(
        "Bí thư chuẩn bị nội dung và báo cho đảng viên biết trước ba ngày.", "Kinh phí do ngân sách cấp."
    )
    assert "dieu-1.khoan-2" not in carried(FIRST, new)


def test_matches_never_cross():
    first, second = FIRST.split("Điều 2. Biên bản")
    swapped = f"Điều 1. Biên bản{second}\n{first.replace('Điều 1.', 'Điều 2.')}"
    before = anchored(FIRST)
    places = {anchor: part.position for part, anchor in before}
    kept = [places[anchor] for anchor in carry_anchors(before, parse(swapped).parts) if anchor]
    assert kept == sorted(kept)


def test_articles_without_headings_are_told_apart_by_what_they_hold():
    old = "Điều 1\n\nĐất chợ do xã giao.\n\nĐiều 2\n\nChợ họp năm ngày một phiên.\n"
    new = "Điều 1\n\nNgười bán có thẻ.\n\nĐiều 2\n\nĐất chợ do xã giao.\n\nĐiều 3\n\nChợ họp năm ngày một phiên.\n"
    found = carried(old, new)
    assert (found["dieu-2"], found["dieu-3"]) == ("dieu-1", "dieu-2")


LINES = st.lists(st.sampled_from(["Trồng cây.", "Nuôi cá.", "Làm đường.", "Đào kênh.", "Dựng cầu."]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(LINES, LINES)
def test_each_anchor_is_given_once_and_in_order(old: list[str], new: list[str]):
    before = anchored("".join(f"{n}. {line}\n\n" for n, line in enumerate(old, 1)))
    parts = parse("".join(f"{n}. {line}\n\n" for n, line in enumerate(new, 1))).parts
    given_out = [anchor for anchor in carry_anchors(before, parts) if anchor]
    assert len(given_out) == len(set(given_out))
    assert [int(anchor[1:]) for anchor in given_out] == sorted(int(anchor[1:]) for anchor in given_out)
