"""Titles and numbers sort as a Vietnamese reader expects."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.collation import number_key, title_key

ORDERED = [
    ["9 tháng", "10 tháng", "an"],
    ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q", "r", "s"],
    ["t", "u", "ư", "v", "x", "y"],
    ["ma", "mà", "mả", "mã", "má", "mạ"],
    ["ba", "Ba", "bà", "ban"],
    ["da", "Dạ", "đa", "Đá"],
    ["Quản lý", "Quãng", "Quảng Ninh"],
    ["Đề án", "Đề án 06", "Đề cương"],
    ["", "a", "a b", "ab"],
]


@pytest.mark.parametrize("ordered", ORDERED, ids=lambda words: words[-1])
def test_letters_first_then_tones_then_capitals(ordered: list[str]):
    shuffled = random.Random(7).sample(ordered, len(ordered))
    assert sorted(shuffled, key=title_key) == ordered


def test_keys_sort_by_their_bytes():
    words = [word for words in ORDERED for word in words]
    assert sorted(words, key=title_key) == sorted(words, key=lambda word: title_key(word).encode())


def test_nine_comes_before_ten():
    numbers = ["10-NQ/TW", "100/2020/NĐ-CP", "9-NQ/TW", "57-NQ/TW", "66.22/2026/NQ-CP"]
    assert sorted(numbers, key=number_key) == ["9-NQ/TW", "10-NQ/TW", "57-NQ/TW", "66.22/2026/NQ-CP", "100/2020/NĐ-CP"]
    assert number_key("9-NQ/TW") < number_key("09-NQ/TW") < number_key("10-NQ/TW")


@pytest.mark.parametrize("word", ["Đường ống", "Ưỡn ẹo", "Ở Ể Ỷ"])
def test_composed_and_decomposed_letters_are_the_same(word: str):
    assert title_key(unicodedata.normalize("NFD", word)) == title_key(word)


@given(st.text(max_size=60))
def test_any_text_has_a_key_without_zero_bytes(text: str):
    assert "\x00" not in title_key(text)
    assert title_key(text) == title_key(unicodedata.normalize("NFC", text))
