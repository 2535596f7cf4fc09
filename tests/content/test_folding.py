"""Words are compared however they were typed; the table of cases is shared with every other implementation."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import folding
from content.folding import fold, folded, tokenise

CASES = json.loads((Path(folding.__file__).parent / "folding_cases.json").read_text("utf-8"))
BEYOND_THE_RECIPE = {"M'́Drăk"}
"""A tone that stands on an apostrophe belongs to no word."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"] or "nothing")
def test_words_are_those_of_the_shared_table(case):
    words = tokenise(case["text"])
    assert words == case["words"]
    assert [folded(word) for word in words] == case["folded"]


@pytest.mark.parametrize(
    "one, other",
    [("hòa", "hoà"), ("Thủy", "thuỷ"), ("ủy ban", "uỷ ban"), ("kỹ", "kĩ"), ("TÝ", "tí"), ("57-NQ/TW", "57 nq tw")],
)
def test_two_ways_to_write_a_word_are_one(one, other):
    assert tokenise(one) == tokenise(other)


def test_a_word_that_is_no_syllable_keeps_the_marks_of_its_letters():
    assert tokenise("ÑP ñ Tỹ") == ["ñp", "ñ", "tĩ"]


def test_marks_part_words_until_they_are_folded():
    assert tokenise("bản") != tokenise("bán")
    assert fold("Bản Đồ") == fold("ban do") == "ban do"


def test_both_schools_of_tone_placement_agree(shared):
    cases = json.loads((shared / "data/text/tone_placement_modern.json").read_text("utf-8"))
    differing = [case["input"] for case in cases if tokenise(case["input"]) != tokenise(case["want"])]
    assert set(differing) <= BEYOND_THE_RECIPE


def test_y_after_one_consonant_is_i(shared):
    cases = json.loads((shared / "data/text/normalize_i_y.json").read_text("utf-8"))
    meant = [case for case in cases if len(case["input"]) != 2 or fold(case["input"])[0] in "hklmst"]
    syllables = [
        case for case in meant if case["rule"] != "Multi-letter initials" and fold(case["input"])[0] not in "d"
    ]
    assert [case["input"] for case in syllables if tokenise(case["input"]) != tokenise(case["want"])] == []


def test_no_mark_is_left(shared):
    cases = json.loads((shared / "data/text/remove_tone_mark.json").read_text("utf-8"))
    assert [case["input"] for case in cases if fold(case["input"]) != case["want"].lower()] == []


@given(st.text(alphabet="aàảãáạăằâầeèêềiìoòôồơờuùưừyỳbcdđghklmnpqrstvx -/57", max_size=40))
def test_composed_and_decomposed_text_has_the_same_words(text):
    assert tokenise(unicodedata.normalize("NFD", text)) == tokenise(text)


@given(st.text(max_size=60))
def test_words_once_agreed_stay_as_they_are(text):
    words = tokenise(text)
    assert tokenise(" ".join(words)) == words
