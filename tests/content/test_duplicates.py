"""What is in the handbook already is found and said, and makes no second document of one."""

import re
import unicodedata
from collections.abc import Callable

import pytest

from base import catalogue, database
from content import publishing, reading
from content.duplicates import Asker
from content.outcomes import ImportRow
from content.sameness import likeness, wording_of
from content.structure import parse
from tests.content.builders import date, front_matter, head, put, regulation, resolution

PUBLIC = frozenset({"public"})
pytestmark = pytest.mark.usefixtures("handbook")
TEXT = regulation(characters=6_000).replace("1. ", "1. Hòa thuận, tùy lúc; ", 1)


def _another_number(text: str = TEXT) -> str:
    return text.replace("12-QĐ/TU", "21-QĐ/TU").replace("ngày 04 tháng 5", "ngày 20 tháng 6")


def _why(row: ImportRow) -> str:
    assert row.error
    for language in ("vi", "en"):
        assert catalogue.say(row.error.key, language, **row.error.values) != row.error.key
    return row.error.key


async def _count(table: str) -> int:
    return int((await database.fetch(f"SELECT count(*) AS n FROM {table}"))[0]["n"])


PRINTS: dict[str, Callable[[str], str]] = {
    "spaces and lines": lambda text: text.replace("\n\n", "\n\n\n").replace(". ", ".  "),
    "numbers of pages": lambda text: re.sub(r"\n\n(?=2\. )", "\n\n- 7 -\n\n", text) + "\n\nTrang 8/8\n",
    "capitals of headings": lambda text: text.replace("## Chương", "## CHƯƠNG"),
    "tones on the other vowel": lambda text: text.replace("Hòa", "Hoà").replace("tùy", "tuỳ"),
    "markup": lambda text: text.replace("**", ""),
    "composed letters": lambda text: unicodedata.normalize("NFD", text),
    "columns of the head": lambda text: text.replace(
        "TỈNH ỦY VÂN LAM\n\n\\*\n\nSố 12-QĐ/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\n",
        "ĐẢNG CỘNG SẢN VIỆT NAM\n\nTỈNH ỦY VÂN LAM\n\n\\*\n\nSố 12-QĐ/TU\n\n",
    ),
    "what belongs to the file": lambda text: front_matter(topic="xay-dung-dang") + text,
}


@pytest.mark.parametrize("name", PRINTS)
async def test_another_print_of_the_same_text_changes_nothing(name):
    await put(TEXT)
    before = await _count("journal")
    row = await put(PRINTS[name](TEXT))
    assert (row.outcome, row.edition, row.slug) == ("unchanged", 1, "quy-dinh-12-qd-tu-2026")
    assert [told.key for told in row.warnings] == ["content-import-same-print"]
    assert (await _count("edition"), await _count("journal")) == (1, before)


@pytest.mark.parametrize(
    ("was", "now"), [("1. ", "1. Từ nay, "), ("Nông Quốc Hiệp", "Lý A Mẫu"), ("về sinh hoạt", "về họp")]
)
async def test_one_word_that_differs_is_a_later_text(was, now):
    await put(TEXT)
    row = await put(TEXT.replace(was, now, 1))
    assert row.outcome == "edition"
    assert [told.key for told in row.warnings] == ["content-import-hardly-differs"]


async def test_the_same_text_under_another_number_makes_no_second_document():
    first = await put(TEXT)
    row = await put(_another_number())
    assert (row.outcome, row.number, row.slug, row.edition) == ("same-text", "21-QĐ/TU", "", None)
    assert _why(row) == "content-import-same-text"
    assert row.error
    assert row.error.values == {"type": "Quy định", "number": first.number, "issued": "04/05/2026"}
    assert await _count("document") == 1


async def test_whoever_confirms_that_they_are_two_documents_has_two_and_is_told():
    await put(TEXT)
    row = await put(_another_number(), asker=Asker(even_if_same=True))
    assert (row.outcome, row.warnings[0].key) == ("new", "content-import-same-text")
    assert await _count("document") == 2


async def test_short_texts_are_never_said_to_be_the_same():
    short = head("1-TB/TU", "Thông báo", date(2026, 5, 4), "về lịch") + "1. Nghỉ một ngày.\n"
    assert (await put(short)).outcome == "new"
    assert (await put(short.replace("1-TB", "2-TB"))).outcome == "new"


async def test_an_older_print_is_told_and_does_not_become_the_newest():
    later = TEXT.replace("1. ", "1. Từ nay, ", 1)
    first, second = await put(TEXT), await put(later)
    assert (first.edition, second.edition) == (1, 2)
    for print_of_the_first in (TEXT, PRINTS["spaces and lines"](TEXT)):
        row = await put(print_of_the_first)
        assert (row.outcome, row.edition, _why(row)) == ("older", 1, "content-import-older-print")
        assert row.error
        assert (row.error.values["edition"], row.error.values["latest"]) == (1, 2)
    opened = await reading.edition_in_force(first.slug, scopes=PUBLIC)
    assert (opened.edition.ordinal, len(opened.editions)) == (2, 2)


async def test_a_file_that_says_it_is_of_an_earlier_day_takes_no_places():
    await put(front_matter(modified="2026-07-04") + TEXT)
    changed = TEXT.replace("1. ", "1. Từ nay, ", 1)
    row = await put(front_matter(modified="2026-06-30") + changed)
    assert (row.outcome, row.edition, _why(row)) == ("older", 1, "content-import-older-file")
    assert (await put(front_matter(modified="2026-07-05") + changed)).outcome == "edition"


async def test_a_text_read_again_after_a_later_one_was_withdrawn_is_no_older_print():
    await put(TEXT)
    await put(TEXT.replace("1. ", "1. Từ nay, ", 1))
    [row] = await database.fetch("SELECT id FROM edition WHERE ordinal = 2")
    await publishing.withdraw(row["id"], by="cli", reason="in nhầm")
    assert (await put(TEXT)).outcome == "unchanged"


async def test_a_withdrawn_text_is_in_nobodys_way_and_does_not_come_back_by_itself():
    await put(TEXT)
    [row] = await database.fetch("SELECT id FROM edition")
    await publishing.withdraw(row["id"], by="cli", reason="ban hành nhầm")
    assert (await put(TEXT)).outcome == "unchanged"
    assert (await database.fetch("SELECT state FROM edition"))[0]["state"] == "withdrawn"
    assert (await put(_another_number())).outcome == "new"


async def test_a_paper_scanned_twice_is_told_to_resemble_the_first():
    await put(TEXT)
    scanned = _another_number().replace("nhiệm vụ", "nhiệm vu", 2).replace("kiểm tra", "kiêm tra", 2)
    row = await put(scanned)
    assert row.outcome == "new"
    [told] = row.warnings
    assert (told.key, told.values["number"]) == ("content-import-nearly-same", "12-QĐ/TU")
    assert 80 <= int(told.values["percent"]) < 100


async def test_texts_on_other_matters_resemble_nothing():
    await put(TEXT)
    row = await put(resolution(characters=6_000))
    assert (row.outcome, row.warnings) == ("new", ())


async def test_a_document_whose_text_differs_in_half_is_not_told_to_resemble():
    await put(TEXT)
    half = len(TEXT) // 2
    other = regulation("21-QĐ/TU", issued=date(2026, 6, 20), characters=6_000)
    row = await put(_another_number(TEXT[:half]) + other[half:])
    assert [told.key for told in row.warnings if "nearly" in told.key] == []


HIDDEN = Asker(scopes=frozenset({"org:9"}))


async def test_a_document_beyond_the_askers_scopes_is_not_named():
    await put(TEXT, audience={"org:7"})
    row = await put(_another_number(), audience={"org:9"}, asker=HIDDEN)
    assert (row.outcome, _why(row)) == ("same-text", "content-import-same-text-hidden")
    assert row.error
    assert row.error.values == {}
    nearly = await put(_another_number().replace("nhiệm vụ", "nhiệm vu", 1), audience={"org:9"}, asker=HIDDEN)
    assert (nearly.outcome, nearly.warnings) == ("new", ())


@pytest.mark.parametrize("text", [TEXT, PRINTS["spaces and lines"](TEXT), TEXT.replace("1. ", "1. Từ nay, ", 1)])
async def test_a_document_beyond_the_askers_scopes_is_not_changed(text):
    await put(TEXT, audience={"org:7"})
    row = await put(text, audience={"org:9"}, asker=HIDDEN)
    assert (row.outcome, _why(row)) == ("refused", "content-import-elsewhere")
    assert (row.number, row.title, row.slug) == ("", "", "")
    assert await _count("edition") == 1
    assert (await put(TEXT, asker=Asker(scopes=frozenset({"org:7"})))).outcome == "unchanged"


async def test_two_texts_are_alike_in_the_share_of_words_that_they_share():
    parts = [[(part.kind, part.text) for part in parse(text).parts] for text in (TEXT, _another_number())]
    assert likeness(*parts) == 1.0
    assert likeness(parts[0], [("paragraph", "Không có gì chung ở đây cả.")]) == 0.0
    assert wording_of(parts[0]).text == wording_of(parts[1]).text
    assert wording_of(parts[0]).whole != wording_of(parts[1]).whole
    assert wording_of([]).text == ""
