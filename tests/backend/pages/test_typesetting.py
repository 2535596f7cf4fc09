"""How words are set on a page."""

import re

import pytest

from backend.pages.typesetting import marked, unbroken
from content.search import Snippet


def kept_whole(text: str) -> list[str]:
    return re.findall(r'<span class="unbroken">(.*?)</span>', unbroken(text))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024", ["57-NQ/TW"]),
        ("Nghị định 13/2023/NĐ-CP và 57-HD/BTCTW;", ["13/2023/NĐ-CP", "57-HD/BTCTW"]),
        ("(12a-QĐ/TU) “05-NQ/ĐU”", ["12a-QĐ/TU", "05-NQ/ĐU"]),
        ("nhiệm kỳ 2020-2025, từ 01/02/2026, 3 - 4 năm, Đề án 06", []),
        ("A57-NQ/TW", []),
        ("", []),
    ],
)
def test_a_number_is_kept_in_one_piece_and_nothing_else(text: str, numbers: list[str]) -> None:
    assert kept_whole(text) == numbers
    assert unbroken(text).striptags() == " ".join(text.split())


def test_what_is_no_number_stays_text() -> None:
    assert unbroken("<b>57-NQ/TW</b> & 5") == '&lt;b&gt;<span class="unbroken">57-NQ/TW</span>&lt;/b&gt; &amp; 5'


def test_what_was_looked_for_is_marked_and_everything_is_text() -> None:
    assert marked(Snippet("… <b>giữ rừng</b> & quế …", ((5, 13), (20, 23)))) == (
        "… &lt;b&gt;<mark>giữ rừng</mark>&lt;/b&gt; &amp; <mark>quế</mark> …"
    )
    assert marked(Snippet("", ())) == ""
