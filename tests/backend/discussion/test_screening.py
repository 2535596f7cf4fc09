"""Screening: what each rule catches, and what it must let pass."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]

import pytest

import content
from backend.discussion import conduct
from backend.discussion.screening import (
    addresses,
    banks,
    disguises,
    identity,
    numerals,
    pace,
    phones,
    preparing,
    starting,
    vocabulary,
)
from backend.discussion.screening.entries import Entry
from backend.discussion.screening.model import HOLD, REFUSE, SHOW, Author, Said
from backend.discussion.screening.rules import RULES, Book, screen
from backend.discussion.screening.vocabulary import Vocabulary
from tests.backend.discussion import cases

MODULES = (addresses, banks, disguises, identity, numerals, pace, phones, preparing, vocabulary)
FIXED_INSIDE = ("numerals._SPOKEN",)
"""Whose inner repetition is of blanks between words that must follow: it can be read in one way only."""

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
SOMEBODY = Author(NOW)
BOOK = Book(words={rule: Vocabulary(entries) for rule, entries in starting.entries().items()})


def found(words: str, author: Author = SOMEBODY, book: Book = BOOK) -> list[str]:
    """The rules that found something, in their order."""
    return [finding.rule for finding in screen(words, by=author, book=book).findings]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (rule, words)
        for rule, table in (
            ("phone", cases.PHONE), ("identity", cases.IDENTITY), ("bank", cases.BANK), ("mail", cases.MAIL),
            ("links", cases.LINKS), ("secrets", cases.SECRETS), ("repeats", cases.REPEATED),
        )
        for words in table
    ],
)  # fmt: skip
def test_a_rule_catches(rule, words):
    assert rule in found(words)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (rule, words)
        for rule, table in (
            ("phone", cases.NO_PHONE), ("identity", cases.NO_IDENTITY), ("bank", cases.NO_BANK),
            ("mail", cases.NO_MAIL), ("links", cases.NO_LINKS), ("secrets", cases.NO_SECRETS),
            ("repeats", cases.NOT_REPEATED),
        )
        for words in table
    ],
)  # fmt: skip
def test_a_rule_lets_pass(rule, words):
    assert rule not in found(words)


def test_each_rule_but_that_of_offence_has_forty_written_cases():
    tables = (
        (cases.PHONE, cases.NO_PHONE), (cases.IDENTITY, cases.NO_IDENTITY), (cases.BANK, cases.NO_BANK),
        (cases.MAIL, cases.NO_MAIL), (cases.LINKS, cases.NO_LINKS), (cases.SECRETS, cases.NO_SECRETS),
        (cases.FLOODS, cases.NO_FLOODS), (cases.NEWCOMERS, cases.NO_NEWCOMERS),
    )  # fmt: skip
    assert min(len({*caught, *passed}) for caught, passed in tables) >= 40
    assert len({*cases.REPEATED, *cases.NOT_REPEATED, *AGAIN}) >= 40


# Words


@pytest.mark.parametrize("words", cases.OFFENSIVE)
def test_an_offensive_word_is_held_however_it_is_spelt(words):
    verdict = screen(words, by=SOMEBODY, book=BOOK)
    assert verdict.outcome == HOLD
    assert {finding.rule for finding in verdict.findings} == {"offence"}


@pytest.mark.parametrize("words", cases.NOT_OFFENSIVE)
def test_an_ordinary_word_is_shown(words):
    assert found(words) == []


def test_a_word_has_its_own_outcome_and_its_own_reason():
    book = Book(words={"offence": Vocabulary([Entry("xấu xa", REFUSE, "insult", own="Đây là chỗ bàn việc chung.")])})
    verdict = screen("Thật xấu xa!", by=SOMEBODY, book=book)
    assert (verdict.outcome, verdict.reasons[0].own) == (REFUSE, "Đây là chỗ bàn việc chung.")


def test_an_exception_spares_only_the_word_it_is_of_and_only_where_it_stands():
    book = Book(words={"offence": Vocabulary([Entry("ngu", HOLD, "insult", exceptions=("ngu dân",))])})
    assert found("chính sách ngu dân", book=book) == []
    marked = screen("ngu dân là chính sách ngu", by=SOMEBODY, book=book).findings[0]
    assert ["ngu dân là chính sách ngu"[start:end] for start, end in marked.spans] == ["ngu"]
    assert marked.spans == ((22, 25),)


def test_a_bare_word_counts_without_its_marks_only_in_a_text_without_any():
    book = Book(words={"offence": Vocabulary([Entry("địt", HOLD, "obscene", bare=True)])})
    assert found("bon nay dit nhau", book=book) == ["offence"]
    assert found("Đề nghị sửa chữ dit trong văn bản này", book=book) == []


def test_a_phrase_does_not_reach_over_the_end_of_a_clause():
    book = Book(words={"offence": Vocabulary([Entry("đồ chó", HOLD, "insult")])})
    assert found("Đồ đạc, chó mèo", book=book) == found("Dọn đồ. Chó sủa", book=book) == []
    assert found("Đồ   chó", book=book) == ["offence"]


# Speaking too much, and the same again


def said(count: int, apart: int, words: str = "") -> Author:
    return Author(
        NOW, tuple(Said(NOW - timedelta(seconds=apart * at), pace.digest(words)) for at in range(1, count + 1))
    )


@pytest.mark.parametrize("case", cases.FLOODS)
def test_whoever_says_too_much_at_once_is_asked_to_wait(case):
    verdict = screen("Tôi nhất trí với dự thảo.", by=said(*case), book=BOOK)
    assert verdict.outcome == REFUSE
    assert "flooding" in {finding.rule for finding in verdict.findings}


@pytest.mark.parametrize("case", cases.NO_FLOODS)
def test_a_lively_talk_goes_on(case):
    assert found("Tôi nhất trí với dự thảo.", said(*case)) == []


AGAIN = (
    cases.AGAIN_LONG, cases.AGAIN_LONG.upper(), cases.AGAIN_LONG + "!!!", cases.AGAIN_LONG.replace(" ", "  "),
    "De nghi xa som lam duong vao thon Ban Xanh vi mua mua cac chau khong di hoc duoc",
    cases.AGAIN_LONG.replace("đường", "đường\u200b"), cases.AGAIN_LONG.replace("Đề", "Đềềềề"),
)  # fmt: skip


@pytest.mark.parametrize("words", AGAIN)
def test_long_words_said_again_within_a_day_are_held(words):
    assert found(words, said(1, 3_600, cases.AGAIN_LONG)) == ["repeats"]
    assert found(words, said(1, 86_401, cases.AGAIN_LONG)) == []


def test_short_words_may_be_said_several_times_and_others_say_something_else():
    assert found("Tôi nhất trí.", said(4, 600, "Tôi nhất trí")) == []
    assert found("Tôi nhất trí.", said(5, 600, "Tôi nhất trí")) == ["repeats"]
    assert found(cases.AGAIN_LONG.replace("Bản Xanh", "Nà Thượng"), said(1, 60, cases.AGAIN_LONG)) == []
    assert found("Đề xuất số 2", said(9, 600, "Đề xuất số 1")) == []


def test_what_is_said_to_come_later_counts_for_nothing():
    assert found("Chào.", Author(NOW, tuple(Said(NOW + timedelta(seconds=1), "x") for _ in range(50)))) == []


# New members


@pytest.mark.parametrize("case", cases.NEWCOMERS)
def test_first_comments_are_held_where_the_policy_says_so(case):
    first, shown = case
    assert found("Chào các đồng chí.", Author(NOW, held_first=first, shown=shown)) == ["newcomer"]


@pytest.mark.parametrize("case", cases.NO_NEWCOMERS)
def test_nobody_else_is_a_newcomer(case):
    first, shown = case
    assert found("Chào các đồng chí.", Author(NOW, held_first=first, shown=shown)) == []


# What the rules say together


def test_the_strictest_outcome_carries_and_every_finding_is_told():
    book = Book({"links": SHOW, "phone": REFUSE}, BOOK.words)
    verdict = screen("Đồ ngu, gọi 0912345678 hay vào abc.com", by=SOMEBODY, book=book)
    assert verdict.outcome == REFUSE
    told = [(finding.rule, finding.outcome) for finding in verdict.findings]
    assert told == [("phone", REFUSE), ("links", SHOW), ("offence", HOLD)]
    assert [finding.rule for finding in verdict.reasons] == ["phone", "offence"]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("gọi 0912 345 678 nhé", "0912 345 678"),
        ("gọi ０９１２３４５６７８ nhé", "０９１２３４５６７８"),
        ("gọi 09\u200b12345678\u200b nhé", "09\u200b12345678\u200b"),
        ("🙂🙂 thật là đi\u0323t", "đi\u0323t"),
        ("E\u0301o hiểu", "E\u0301o"),
        ("ﷺ abc.com", "abc.com"),
    ],
)
def test_marks_stand_in_the_words_as_they_were_typed(words, marked):
    [finding] = screen(words, by=SOMEBODY, book=BOOK).findings
    assert [words[start:end] for start, end in finding.spans] == [marked]


def test_official_texts_and_news_are_shown():
    sample = Path(content.__file__).parent / "sample"
    lines = {
        line
        for folder in ("documents", "news")
        for file in (sample / folder).glob("*.md")
        for line in file.read_text("utf-8").split("---\n", 2)[2].splitlines()  # below the front matter
    }
    assert len(lines) > 1_000
    assert {line: rules for line in lines if (rules := found(line))} == {}


def test_nothing_is_said_of_nothing():
    for words in ("", " ", "\n", "🙂", "\u200b\u202e", "\0", "\ud800"):
        assert screen(words, by=SOMEBODY, book=Book()).findings == ()


def test_every_rule_cites_a_published_one_unless_it_is_a_policy():
    cited = {rule.name: rule.code for rule in RULES}
    assert {name for name, code in cited.items() if conduct.rule(code) is None} == {"newcomer"}


# Speed is in how it is made: every pattern reads on in one way only, and what is found is cut off


ADVERSARIAL = (
    "a", "0", "1 ", "11 ", "0912345678 ", "@", "a@", "a.", "www.", "đ ", "ngu ", "ngu dân ", "\u0301", "a\u0301\u0323",
    "\u200b", "stk 1 ", "thằng ", "!", "-a", "không ", "*", "l*", "ﷺ", "aa bb ", "a at ", "0.1", "ngu. ", "một hai ",
    "((", "1-",
)  # fmt: skip


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_sixty_thousand_characters_of_anything_come_to_an_end(piece):
    words = (piece * 60_000)[:60_000]
    assert all(len(finding.spans) <= 50 for finding in screen(words, by=SOMEBODY, book=BOOK).findings)


def _patterns():
    for module in MODULES:
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{module.__name__.rpartition('.')[2]}.{name}", value


@pytest.mark.parametrize(("name", "pattern"), [*_patterns()])
def test_no_pattern_repeats_without_end_what_already_does(name, pattern):
    assert _depth(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)) <= (2 if name in FIXED_INSIDE else 1)


def _depth(parsed) -> int:
    """How many repetitions without an end stand inside one another."""
    deepest = 0
    for kind, value in parsed:
        inner = [each for each in _inside(value) if isinstance(each, _parser.SubPattern)]
        own = kind in (_parser.MAX_REPEAT, _parser.MIN_REPEAT) and value[1] is _parser.MAXREPEAT
        deepest = max([deepest, own + max(map(_depth, inner), default=0)])
    return deepest


def _inside(value):
    if isinstance(value, (tuple, list)):
        for each in value:
            yield from _inside(each)
    yield value
