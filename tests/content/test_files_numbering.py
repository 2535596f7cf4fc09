"""The numbers that Word prints by itself are those that people see on paper."""

import pytest

from content.files import word
from content.files.counting import written
from tests.content.packing import docx, listed, lists, lvl, p, style, styles


def labels(*blocks: str, numbering: str, styles: str = styles()) -> list[str]:
    """What is read from blocks whose words are all "x", without the x."""
    read = word.read(docx(*blocks, numbering=numbering, styles=styles)).rstrip("\n").split("\n\n")
    assert all(block.endswith("x") for block in read)
    return [block[:-1] for block in read]


def _list(name: int, override: str) -> str:
    """A further list of the first pattern that says something else about its first level."""
    own = f'<w:lvlOverride w:ilvl="0">{override}</w:lvlOverride>'
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="0"/>{own}</w:num>'


LAW = lists(
    lvl(0, "decimal", "Điều %1.") + lvl(1, "decimal", "%2.") + lvl(2, "lowerLetter", "%3)") + lvl(3, "bullet", "-")
)


def test_levels_count_and_deeper_ones_start_again():
    blocks = [listed("x", level=at) for at in (0, 1, 1, 2, 2, 3, 1, 0, 1, 2)]
    assert labels(*blocks, numbering=LAW) == [
        "Điều 1. ", "1. ", "2. ", "a) ", "b) ", "- ", "3. ", "Điều 2. ", "1. ", "a) ",
    ]  # fmt: skip


def test_a_level_may_go_on_counting_under_the_next_article_or_chapter():
    chapters = lists(lvl(0, "upperRoman", "Chương %1") + lvl(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>'))
    blocks = [listed("x", level=at) for at in (0, 1, 1, 0, 1)]
    assert labels(*blocks, numbering=chapters) == ["Chương I ", "Điều 1. ", "Điều 2. ", "Chương II ", "Điều 3. "]
    parts = lists(
        lvl(0, "decimal", "%1.") + lvl(1, "decimal", "%2.") + lvl(2, "decimal", "%3.", '<w:lvlRestart w:val="1"/>')
    )
    blocks = [listed("x", level=at) for at in (0, 1, 2, 1, 2, 0, 2)]
    assert labels(*blocks, numbering=parts) == ["1. ", "1. ", "1. ", "2. ", "2. ", "2. ", "1. "]


def test_a_label_may_hold_the_numbers_above_it():
    nested = lists(
        lvl(0, "upperRoman", "%1.") + lvl(1, "decimal", "%1.%2.") + lvl(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    blocks = [listed("x", level=at) for at in (0, 1, 2, 2, 1)]
    assert labels(*blocks, numbering=nested) == ["I. ", "I.1. ", "1.1.1 ", "1.1.2 ", "I.2. "]


def test_a_level_above_that_was_left_out_shows_where_it_would_start():
    nested = lists(lvl(0, "decimal", "%1.", start=4) + lvl(1, "decimal", "%1.%2."))
    assert labels(listed("x", level=1), listed("x"), listed("x"), numbering=nested) == ["4.1. ", "4. ", "5. "]


def test_numbers_start_where_the_list_says():
    assert labels(listed("x"), listed("x"), numbering=lists(lvl(0, "decimal", "%1-", start=7))) == ["7- ", "8- "]


def test_two_lists_of_one_pattern_count_on_unless_one_says_where_it_starts():
    second = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    again = _list(3, '<w:startOverride w:val="1"/>')
    numbering = lists(lvl(0, "decimal", "%1."), more=second + again)
    blocks = [listed("x", list=name) for name in (1, 1, 2, 3, 3, 1)]
    assert labels(*blocks, numbering=numbering) == ["1. ", "2. ", "3. ", "1. ", "2. ", "3. "]


def test_a_list_may_write_a_level_in_its_own_way():
    own = _list(2, lvl(0, "lowerLetter", "%1)", start=2))
    assert labels(listed("x", list=2), listed("x", list=2), numbering=lists(lvl(0, "decimal", "%1."), more=own)) == [
        "b) ",
        "c) ",
    ]


def test_a_style_numbers_its_paragraphs_and_a_paragraph_may_opt_out():
    numbering = lists(lvl(0, "decimal", "Điều %1.") + lvl(1, "decimal", "%2.", '<w:pStyle w:val="Khoan"/>'))
    place = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    made = styles(style("Dieu", place), style("Khoan", place), style("KhoanCon", "", on="Khoan"))
    about = '<w:pStyle w:val="{}"/>'
    out = about.format("Khoan") + '<w:numPr><w:numId w:val="0"/></w:numPr>'
    blocks = [p("x", about=about.format(name)) for name in ("Dieu", "Khoan", "KhoanCon", "Dieu", "Khoan")]
    assert labels(*blocks, p("x", about=out), numbering=numbering, styles=made) == [
        "Điều 1. ", "1. ", "2. ", "Điều 2. ", "1. ", "",
    ]  # fmt: skip


def test_a_list_may_be_defined_by_a_style_of_lists():
    defined = lists(lvl(0, "decimal", "%1)"), '<w:numStyleLink w:val="Danh"/>')
    ring = lists('<w:numStyleLink w:val="Danh"/>')
    made = styles(style("Danh", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering"))
    assert labels(listed("x", list=2), listed("x", list=1), numbering=defined, styles=made) == ["1) ", "2) "]
    assert labels(listed("x"), numbering=ring, styles=made) == [""]


def test_what_follows_a_label_is_a_space_or_nothing():
    numbering = lists(
        lvl(0, "decimal", "%1.", '<w:suff w:val="nothing"/>'), lvl(0, "decimal", "%1.", '<w:suff w:val="space"/>')
    )
    assert labels(listed("x", list=1), listed("x", list=2), numbering=numbering) == ["1.", "1. "]


def test_signs_of_picture_fonts_are_dots_and_dashes_stay_dashes():
    numbering = lists(*(lvl(0, "bullet", sign) for sign in ("\uf0b7", "-", "–", "+", "o", "")))
    blocks = [listed("x", list=name) for name in range(1, 7)]
    assert labels(*blocks, numbering=numbering) == ["• ", "- ", "– ", "+ ", "• ", ""]


def test_deleted_and_hidden_paragraphs_are_not_counted():
    gone = "<w:rPr><w:del/></w:rPr>"
    deleted = listed("<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>", about=gone)
    hidden = listed("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>", about="<w:rPr><w:vanish/></w:rPr>")
    assert labels(listed("x"), deleted, hidden, listed("x"), numbering=LAW) == ["Điều 1. ", "Điều 2. "]


def test_a_label_is_as_bold_as_its_paragraph():
    read = word.read(
        docx(listed("<w:r><w:rPr><w:b/></w:rPr><w:t>Phạm vi</w:t></w:r>", about="<w:rPr><w:b/></w:rPr>"), numbering=LAW)
    )
    assert read == "**Điều 1. Phạm vi**\n\n"


@pytest.mark.parametrize(
    "form,value,expected",
    [
        ("decimal", 12, "12"), ("decimalZero", 3, "03"), ("upperRoman", 49, "XLIX"), ("lowerRoman", 4, "iv"),
        ("lowerLetter", 1, "a"), ("upperLetter", 27, "AA"), ("lowerLetter", 54, "bbb"), ("lowerLetter", 0, ""),
        ("none", 5, ""), ("upperRoman", 5000, "5000"), ("vietnameseCounting", 15, "Mười lăm"), ("decimal", 0, "0"),
        ("vietnameseCounting", 21, "Hai mươi mốt"),
        ("vietnameseCounting", 5, "Năm"), ("chicago", 2, "2"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_writes_them(form, value, expected):
    assert written(value, form) == expected


@pytest.mark.parametrize(
    "wrong", ["", "<w:num/>", "<w:abstractNum/>", '<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>']
)
def test_a_list_that_is_not_described_numbers_nothing(wrong):
    assert labels(listed("x"), listed("x", level=99), numbering=f"{lists()[:-14]}{wrong}</w:numbering>") == ["", ""]
