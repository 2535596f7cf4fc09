"""What holds for every file: whatever is on the page is in the text, once and in order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.files import dress, web, word
from content.files.dress import Span
from content.markup import plain as shown
from content.structure import parse
from tests.content.packing import docx, field, listed, lists, lvl, p, r, table
from tests.content.seeing import letters

MARKS = "*_\\`[]()<>#|-+!&^~$\"'.:;,…“”–/ \t"
WORDS = st.text(
    alphabet=st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyạảãáàẮỂỘỨ0123456789Đ" + MARKS), min_size=1, max_size=30
)
LOOKS = st.sampled_from(
    ["", "<w:b/>", "<w:i/>", '<w:vertAlign w:val="superscript"/>', '<w:b/><w:vertAlign w:val="subscript"/>', "<w:u/>"]
)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = lists(lvl(0, "decimal", "Điều %1.") + lvl(1, "decimal", "%2.") + lvl(2, "lowerLetter", "%3)"))


@st.composite
def runs(draw: st.DrawFn) -> tuple[str, str]:
    """A run as Word writes it, and what of it is seen."""
    text = draw(WORDS)
    made = r(text, draw(LOOKS))
    ways = [
        (made, text), (made, text), (f"<w:ins>{made}</w:ins>", text), (field("REF x", made), text),
        (f"<w:hyperlink><w:smartTag>{made}</w:smartTag></w:hyperlink>", text), (field("PAGE", made), ""),
        (f"<w:del>{made.replace('w:t', 'w:delText')}</w:del>", ""), (r(text, "<w:vanish/>"), ""),
    ]  # fmt: skip
    return draw(st.sampled_from(ways))


@st.composite
def paragraphs(draw: st.DrawFn) -> tuple[str, str]:
    made = draw(st.lists(runs(), min_size=1, max_size=5))
    return p(*(run for run, _ in made)), "".join(text for _, text in made)


@st.composite
def tables(draw: st.DrawFn, depth: int = 0) -> tuple[str, str]:
    columns = draw(st.integers(1, 4))
    rows, texts = [], []
    for _ in range(draw(st.integers(1, 4))):
        made = [draw(blocks(depth + 1)) for _ in range(columns)]
        rows.append(tuple(f"<w:tc>{cell}</w:tc>" for cell, _ in made))
        texts.append([text for _, text in made])
    return table(*rows, borders=True), "".join(text for row in texts for text in row)


@st.composite
def blocks(draw: st.DrawFn, depth: int = 0) -> tuple[str, str]:
    kinds = [paragraphs()] if depth > 1 else [paragraphs(), paragraphs(), tables(depth)]
    made = draw(st.lists(st.one_of(*kinds), min_size=1, max_size=4))
    return "".join(block for block, _ in made), "".join(text for _, text in made)


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


@SLOW
@given(blocks())
def test_every_letter_on_the_page_is_in_the_text_in_order(made: tuple[str, str]):
    xml, text = made
    assert letters(word.read(docx(xml))) == _letters(text)


@SLOW
@given(blocks())
def test_every_letter_reaches_the_parts(made: tuple[str, str]):
    xml, text = made
    parts = parse(word.read(docx(xml))).parts
    assert letters("".join(part.text for part in parts)) == _letters(text)


@SLOW
@given(st.lists(st.tuples(st.integers(0, 2), WORDS.filter(_letters)), min_size=1, max_size=12))
def test_numbered_paragraphs_keep_their_words_after_their_numbers(made: list[tuple[int, str]]):
    read = word.read(docx(*(listed(r(text), level=level) for level, text in made), numbering=NUMBERS))
    told = [letters(block) for block in read.rstrip("\n").split("\n\n")]
    assert len(told) == len(made)
    assert all(block.endswith(_letters(text)) for block, (_, text) in zip(told, made, strict=True))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(WORDS, st.booleans(), st.sampled_from(["", "", "sup", "sub"])), min_size=1, max_size=5))
def test_what_is_dressed_is_shown_as_it_was_written(made: list[tuple[str, bool, str]]):
    (line,) = dress.lines([Span(text, bold, rise) for text, bold, rise in made]) or [""]
    written = "".join(text for text, _, _ in made)
    assert " ".join(shown(line).split()) == " ".join(written.split())


@SLOW
@given(
    st.lists(st.tuples(st.sampled_from(["p", "div", "li", "h2", "b", "td", "span"]), WORDS), min_size=1, max_size=12)
)
def test_every_letter_of_a_web_page_is_in_the_text(made: list[tuple[str, str]]):
    page = "".join(f"<{tag}>{text.replace('&', '&amp;').replace('<', '&lt;')}</{tag}>" for tag, text in made)
    assert letters(web.read(page.encode())) == _letters("".join(text for _, text in made))


@pytest.mark.parametrize("text", ["<b>", "a <br> b", "m<sup>2</sup>", "a[^1]", "[a](b)", "1 < 2"])
def test_signs_of_markdown_are_shown_as_they_were_written(text: str):
    (line,) = dress.lines([Span(text)])
    assert shown(line) == text


@pytest.mark.parametrize("before", ["<", "["])
def test_what_stands_out_is_seen_beside_an_escaped_sign(before: str):
    (line,) = dress.lines([Span(before), Span(":0", bold=True), Span(f"{before}b")])
    assert shown(line) == f"{before}:0{before}b"
