"""What holds for every text: nothing is lost, paths are unique, time grows with length only."""

import re
import time
import unicodedata
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.structure import Part, normalise, parse
from tests.content.test_structure import FIXTURES

WORDS = st.sampled_from(
    [
        "chi bộ",
        "đảng viên",
        "Điều 5",
        "khoản 2",
        "sửa đổi, bổ sung",
        "như sau:",
        "“",
        "”",
        '"',
        "MẬT",
        "TM.",
        "Phụ lục",
        "…",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=6).map(lambda words: " ".join(words) + ".")
NUMBERS = st.integers(0, 40)
LABELLED = st.one_of(
    NUMBERS.map(lambda n: f"### Điều {n}. Tên điều"),
    NUMBERS.map(lambda n: f"**Điều {n}.** Nội dung."),
    NUMBERS.map(lambda n: f"Điều {n}. Nội dung"),
    st.sampled_from(
        ["I- MỤC TIÊU", "II. KẾT QUẢ", "## Chương II", "CHƯƠNG IV", "Mục 3. CHUNG", "Phần thứ hai", "A. PHẦN"]
    ),
    NUMBERS.map(lambda n: f"{n}\\. Việc"),
    NUMBERS.map(lambda n: f"{n}.1. Việc nhỏ"),
    st.sampled_from("abcdđeghi").map(lambda letter: f"{letter}) Ý"),
    st.sampled_from(["- gạch", "\\- Gạch", "+ cộng", "– Gạch", "> trích", "> **a)** Trích"]),
    st.sampled_from(["PHỤ LỤC I", "Mẫu số 02", "QUY CHẾ", "(Ban hành kèm theo Quyết định này)"]),
    st.sampled_from(["Nơi nhận:", "TM. CHÍNH PHỦ", "T/M ĐẢNG ỦY", "CHỦ TỊCH", "Nguyễn Văn An", "(Đã ký)"]),
    st.sampled_from(
        ["| a | b |", "|---|---|", "<table>", "</table>", "<!-- x", "-->", "---", "```", "title: x", "***"]
    ),
)
DOCUMENTS = st.lists(st.one_of(LABELLED, SENTENCES, st.just(""), st.text(max_size=20)), max_size=40).map("\n".join)


def shown(part: Part) -> Counter[str]:
    """The letters and digits a reader sees of a part; marks and capitals do not count, for labels are tidied."""
    return _letters(f"{part.label}\n{part.heading}\n{part.body}")


def printed(part: Part) -> Counter[str]:
    return _letters(part.text)


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in unicodedata.normalize("NFD", _untagged(text).casefold()) if char.isalnum())


def _untagged(text: str) -> str:
    return re.sub(r"<!--.*?-->|<[^<>\n]*>", "", text, flags=re.DOTALL)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_text_is_never_lost(source: str):
    found = parse(source)
    assert "".join(part.text for part in found.parts) == normalise(source) == found.source


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_paths_are_unique_plain_and_lead_to_parents(source: str):
    parts = parse(source).parts
    paths = {part.path for part in parts}
    assert len(paths) == len(parts)
    assert all(re.fullmatch(r"[a-z0-9.-]+", path) for path in paths)
    assert all(part.parent is None or part.parent in paths for part in parts)
    assert [part.position for part in parts] == list(range(len(parts)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_every_word_of_any_text_is_shown(source: str):
    for part in parse(source).parts:
        if part.kind != "matter":
            assert shown(part) == printed(part)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(source: str):
    assert normalise(normalise(source)) == normalise(source)


@pytest.mark.parametrize("decomposed", ["Đa\u0309ng", "\ufeffĐảng", "Đảng\r\n", "Đảng\u00a0ta", "Đ\u200bảng"])
def test_one_spelling_of_letters_spaces_and_line_ends(decomposed: str):
    assert normalise(decomposed).startswith("Đảng")
    assert not re.search("[\r\u00a0\u200b\ufeff]", normalise(decomposed))


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.iterdir()))
def test_every_printed_word_is_shown(name: str):
    for part in parse((FIXTURES / name).read_text(encoding="utf-8")).parts:
        if part.kind != "matter":
            assert shown(part) == printed(part), part.path


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(path.name for path in FIXTURES.iterdir())))
def test_reading_twice_gives_the_same(name: str):
    source = (FIXTURES / name).read_text(encoding="utf-8")
    assert parse(source) == parse(source)


SIZE = 1_000_000
HOSTILE = {
    "spaces": " " * SIZE + "x",
    "quotation marks": "“" * SIZE,
    "straight quotation marks": '"' * SIZE,
    "open quotations": "Sửa đổi như sau:\n“Điều 5. A\n" * (SIZE // 100),
    "odd quotations": 'Bổ sung như sau:\n"1. A\n' * (SIZE // 100),
    "deep nesting": "".join(f"{'1.' * depth} A\n" for depth in range(1, 9)) * (SIZE // 400),
    "block quotes": "> " * (SIZE // 2),
    "headings": "# " * (SIZE // 2),
    "stars": "*" * SIZE,
    "bars": "|" * SIZE,
    "dashes and bars": "|-" * (SIZE // 2),
    "open tables": "<table>" * (SIZE // 7),
    "open comments": "<!-- " * (SIZE // 5),
    "numbers": "1." * (SIZE // 2),
    "codes": "1/A-" * (SIZE // 4),
    "names": "Nguyễn Văn " * (SIZE // 11),
    "dates": "ngày 1 tháng 1 năm 2020 " * (SIZE // 24),
    "marks on marks": "a" + "\u0301" * SIZE,
    "same article": "Điều 1. Sửa đổi Điều 2 như sau\n" * (SIZE // 100),
    "one paragraph": "Trong thời gian tới, " * (SIZE // 21),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_megabyte_is_read_in_good_time(name: str):
    start = time.process_time()
    found = parse(HOSTILE[name])
    seconds = time.process_time() - start
    assert "".join(part.text for part in found.parts) == found.source
    assert seconds < 20, f"{seconds:.1f} s"


def test_a_text_of_twenty_thousand_characters_is_read_in_a_moment():
    clause = "Chi bộ họp mỗi tháng một lần, do bí thư chủ trì, có ghi biên bản và báo cáo cấp trên"
    source = "".join(
        f"### Điều {n}. Tên điều\n\n1. {clause}.\n\n2. {clause}:\n\na) {clause};\n\nb) {clause}.\n\n"
        for n in range(1, 52)
    )
    assert len(source) > 18_000
    parse(source)
    start = time.process_time()
    for _ in range(5):
        parse(source)
    assert (time.process_time() - start) / 5 < 0.15
