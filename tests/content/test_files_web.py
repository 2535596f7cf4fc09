"""A web page is read for its words: headings, lists and tables stay, what surrounds and moves goes."""

import pytest

from content.files import web
from content.outcomes import Refusal


def read(page: str) -> list[str]:
    """The paragraphs that are read from a page."""
    return web.read(page.encode()).rstrip("\n").split("\n\n")


def test_scripts_styles_navigation_and_what_is_hidden_are_left_out():
    made = read(
        "<html><head><title>tên</title><style>p{}</style></head><body><nav>đi</nav><p>Một</p><script>alert(1)</script>"
        "<p hidden>ẩn</p><div style='display: none'>ẩn</div><!-- lời --><ul role=navigation><li>x</ul>"
        "<p>Hai<button>bấm</button>"
    )
    assert made == ["Một", "Hai"]


def test_what_stands_around_the_text_goes_where_the_page_says_what_its_text_is():
    around = "<header>đầu trang</header>{}<footer>chân trang</footer>"
    assert read(around.format("<main><header>TỈNH ỦY</header><p>Thân</p></main>")) == ["TỈNH ỦY", "Thân"]
    assert read(around.format("<p>Thân</p>")) == ["đầu trang", "Thân", "chân trang"]


def test_headings_and_emphasis_are_marked():
    made = read("<h1>QUY ĐỊNH</h1><h3>Chương <b>I</b></h3><p><b>Điều 1.</b> m<sup>2</sup> *a* &lt;b&gt;<br>dòng hai")
    assert made == ["# QUY ĐỊNH", "### Chương I", "**Điều 1.** m<sup>2</sup> \\*a\\* \\<b>\ndòng hai"]


def test_lists_have_the_marks_that_a_browser_prints():
    assert read("<ol type=a start=3><li>x<li value=9><p>y</p><p>z</p></ol>") == ["c. x", "i. y", "z"]
    assert read("<ol><li>x<ul><li>y</ul><li>z</ol>") == ["1. x", "- y", "2. z"]
    assert read("<ol reversed><li>x<li>y</ol>") == ["2. x", "1. y"]
    assert read("<ul style='list-style-type: none'><li>x</ul>") == ["x"]


def test_tables_keep_their_places_when_cells_go_over_rows_and_columns():
    made = read(
        "<table border=1><caption>Bảng 1</caption><tr><th rowspan=2>STT<th colspan=2>Kết quả</tr><tr><td>a|b<td>c</tr>"
        "<tr><td>1<td>2<td rowspan=2>3</tr><tr><td>4<td>5</tr></table>"
    )
    assert made[0] == "Bảng 1"
    assert made[1].split("\n") == [
        "| **STT** | **Kết quả** |  |", "| --- | --- | --- |", "|  | a\\|b | c |", "| 1 | 2 | 3 |", "| 4 | 5 |  |",
    ]  # fmt: skip


def test_a_cell_that_goes_down_at_the_edge_ends_where_it_says():
    (made,) = read("<table><tr><td>a<td rowspan=2>b</tr><tr><td>c</tr><tr><td>d<td>e</tr></table>")
    assert made.split("\n")[2:] == ["| a | b |", "| c |  |", "| d | e |"]


def test_a_head_laid_out_by_a_table_is_read_as_lines():
    made = read(
        "<table><tr><td>TỈNH ỦY VÂN LAM<br>*<br>Số 12-QĐ/TU<td><b>ĐẢNG CỘNG SẢN VIỆT NAM</b>"
        "<p>Bến Trầm, ngày 04 tháng 5 năm 2026</table>"
    )
    assert made == [
        "TỈNH ỦY VÂN LAM\n\\*\nSố 12-QĐ/TU",
        "**ĐẢNG CỘNG SẢN VIỆT NAM**",
        "Bến Trầm, ngày 04 tháng 5 năm 2026",
    ]


def test_spaces_fold_but_not_in_preformatted_lines():
    assert read("<p>a \n\t b</p><pre>c\nd</pre>") == ["a b", "c\nd"]


@pytest.mark.parametrize(
    "data",
    [
        "<p>Đảng ủy</p>".encode(), b"\xef\xbb\xbf" + "<p>Đảng ủy</p>".encode(), "<p>Đảng ủy</p>".encode("utf-16"),
        "<meta charset=windows-1258><p>Ðảng ủy".encode(),
    ],
)  # fmt: skip
def test_the_encoding_is_that_which_the_page_states(data):
    assert web.read(data).strip() in ("Đảng ủy", "Ðảng ủy")


def test_a_page_in_another_encoding_than_it_states_is_refused():
    with pytest.raises(Refusal) as refused:
        web.read("<meta charset=utf-8><p>é".encode("latin-1"))
    assert refused.value.told.key == "content-import-not-utf8"
    assert web.read("<meta charset=windows-1252><p>é".encode("latin-1")).strip() == "é"


def test_elements_without_end_are_refused():
    assert read("<div>" * 150 + "x") == ["x"]
    with pytest.raises(Refusal) as refused:
        web.read(b"<div>" * 5000 + b"x")
    assert refused.value.told.key == "content-file-too-deep"
