"""Turning parts into HTML."""

import re
from html.parser import HTMLParser

import pytest

from content import markup
from content.articles import to_html
from content.linking import Source
from content.rendering import Rendered, render
from content.structure import parse
from tests.content import builders

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[bấm vào đây](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<sup onmouseover=alert(1)>2</sup>",
    "<sup><script>alert(1)</script></sup>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<iframe src=//evil.example></iframe>",
    "<svg/onload=alert(1)>",
    "**<b onclick=alert(1)>đậm**</b>",
    "<<sup>script>alert(1)<</sup>/script>",
    "\"><section id=ky>",
]  # fmt: skip
TAGS = {
    "section", "p", "strong", "em", "br", "sup", "sub", "ul", "ol", "li", "blockquote", "a", "span", "div", "table",
    "caption", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
ATTRIBUTES = {
    "id", "class", "href", "data-anchor", "data-size", "data-quote", "data-columns", "role", "tabindex",
    "aria-labelledby", "scope", "colspan", "rowspan",
}  # fmt: skip


class _Inspector(HTMLParser):
    """Notes every tag and attribute, and that each tag closes where it should."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            self.hrefs += [value or ""] if name == "href" else []
            self.ids += [value or ""] if name == "id" else []
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def inspect(html: str) -> _Inspector:
    seen = _Inspector()
    seen.feed(html)
    assert seen.open == []
    assert seen.tags <= TAGS, seen.tags - TAGS
    assert seen.attributes <= ATTRIBUTES, seen.attributes - ATTRIBUTES
    assert len(seen.ids) == len(set(seen.ids))
    return seen


def rendered(text: str) -> Rendered:
    structure = parse(text)
    anchors = {part.path: f"a{part.position}" for part in structure.parts}
    head = structure.head
    source = Source(head.number, head.type, head.issued, "van-ban@1")
    return render(structure.parts, anchors=anchors, source=source, signer=head.signer)


def test_a_regulation_has_the_markup_that_the_templates_specify():
    html = rendered(
        builders.head("399-QĐ/TW", "Quy định", builders.date(2026, 1, 5), "về thẩm quyền")
        + "## Chương I\nNHỮNG ĐIỀU CHUNG\n\n**Điều 4.** Thẩm quyền ban hành\n\n"
        "1. Đoạn thứ *nhất*:\n\na) Điểm a;\n\n2. Đoạn hai.\n"
    ).html
    assert '<section id="chuong-1" class="part part-chuong" data-anchor=' in html
    assert '<h2 class="part-head" id="chuong-1--h"><a class="label" href="#chuong-1">Chương I</a> ' in html
    assert '<h3 class="part-head" id="dieu-4--h"><a class="label" href="#dieu-4">Điều 4.</a> ' in html
    assert '<span class="heading">Thẩm quyền ban hành</span></h3>' in html
    assert '<p><a class="label" href="#dieu-4.khoan-1">1.</a> Đoạn thứ <em>nhất</em>:</p>' in html
    assert '<p><a class="label" href="#dieu-4.khoan-1.diem-a">a)</a> Điểm a;</p>' in html
    assert 'data-quote="điểm a khoản 1 Điều 4 Quy định 399-QĐ/TW"' in html
    assert re.search(r'id="dieu-4" [^>]*data-size="1"', html)
    assert not re.search(r'<section id="chuong-1"[^>]*data-size', html)
    assert "TỈNH ỦY" not in html
    inspect(html)


@pytest.mark.parametrize(("printed", "shown"), [("I- A", "I-"), ("I. A", "I.")])
def test_marks_are_shown_as_printed(printed, shown):
    source = builders.head("05-NQ/TU", "Nghị quyết", builders.date(2026, 1, 5), "về rừng") + (
        f"{printed} MỤC TIÊU\n\n1- Một đoạn văn.\n\n- Một gạch đầu dòng.\n\n"
        f"{printed.replace('I', 'II')} GIẢI PHÁP\n\nXong.\n"
    )
    html = rendered(source).html
    assert f'href="#i">{shown}</a>' in html
    assert 'href="#i.1">1-</a>' in html
    assert 'href="#i.1.g1">–</a> Một gạch đầu dòng.' in html


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_hostile_comes_through_a_paragraph_a_heading_or_a_table(words):
    source = builders.head("12-QĐ/TU", "Quy định", builders.date(2026, 1, 5), words) + (
        f"**Điều 1.** {words}\n\n1. {words}\n\n- {words}\n\n{words}\n\n"
        f"| A {words} | B |\n|---|---|\n| {words} | 2 |\n\n"
        f"<table><tr><td onclick=x colspan=2>{words}</td></tr></table>\n"
    )
    seen = inspect(rendered(source).html)
    assert all(href.startswith("#") for href in seen.hrefs)


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_hostile_comes_through_news(words):
    html = to_html(f"# {words}\n\n{words}\n\n- {words}\n\n[{words}](https://x.example/?{words})\n")
    assert not re.search(r"<(?!/?(p|h2|h3|strong|em|br|hr|ul|ol|li|blockquote|a)\b)", html)
    seen = _Inspector()
    seen.feed(html)
    assert seen.attributes <= {"href", "rel"}
    assert all(href.startswith(("https:", "http:", "mailto:", "tel:")) for href in seen.hrefs)


def test_tables_keep_columns_numbers_and_spanning_headings():
    html = markup.blocks(["| Tên | Số |  |", "|---|---|---|", "| **NHÓM A** | | |", "| Rừng | 1.250 | 12,5 % |"])
    assert 'data-columns="3"' in html
    assert '<th scope="col">Tên</th>' in html
    assert '<th scope="colgroup" colspan="3"><strong>NHÓM A</strong></th>' in html
    assert '<td class="number">1.250</td><td class="number">12,5 %</td>' in html
    spanning = markup.blocks(["<table><tr><td colspan='2'>A</td><td>B</td></tr></table>"])
    assert 'data-columns="3"' in spanning
    assert '<td colspan="2">A</td>' in spanning


def test_footnotes_and_small_raised_letters_are_kept():
    assert markup.inline("m<sup>2</sup> và [^1]") == "m<sup>2</sup> và <sup>1</sup>"
    assert markup.inline("[^1]: Chú thích") == "<sup>1</sup> Chú thích"


def test_a_signature_names_its_signer_and_leaves_out_that_it_is_signed():
    html = rendered(builders.regulation()).html
    assert '<p class="signer">Nông Quốc Hiệp</p>' in html
    assert "đã ký" not in html


def test_contents_of_a_resolution_cut_long_openings_at_a_word():
    source = builders.resolution(characters=6_000)
    contents = rendered(source).contents
    assert [line.level for line in contents[:3]] == [1, 2, 2]
    assert all(len(line.heading) <= 141 for line in contents)
    assert contents[1].heading.endswith("…")


@pytest.mark.parametrize("make", [builders.regulation, builders.resolution])
def test_every_shown_part_is_one_section_in_reading_order(make):
    source = make(characters=30_000)
    paths = [part.path for part in parse(source).parts if part.kind not in ("head", "matter")]
    assert re.findall(r'<section id="([^"]+)"', rendered(source).html) == paths
