"""Old encodings of Vietnamese become Unicode when that is sure; good Unicode is never touched."""

import pytest

from content import extracting
from content.files import legacy
from content.outcomes import Refusal
from tests.content import builders, spellings, test_files_pdf
from tests.house import tree

UNICODE = (
    "Cộng hoà xã hội chủ nghĩa Việt Nam Độc lập - Tự do - Hạnh phúc Điều 1. Phạm vi điều chỉnh của quy định này và tổ "
    "chức đảng được thực hiện ở mọi chi bộ"
)
TCVN3 = (
    "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc §iÒu 1. Ph¹m vi ®iÒu chØnh cña quy ®Þnh nµy vµ tæ "
    "chøc ®¶ng ®\xadîc thùc hiÖn ë mäi chi bé"
)
VNI = (
    "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp - Töï do - Haïnh phuùc Ñieàu 1. Phaïm vi ñieàu chænh cuûa quy "
    "ñònh naøy vaø toå chöùc ñaûng ñöôïc thöïc hieän ôû moïi chi boä"
)
LETTERS = (
    ("µ¶·¸¹", "aøaûaõaùaï", "àảãáạ"), ("¨»¼½¾Æ", "aêaèaúaüaéaë", "ăằẳẵắặ"), ("©ÇÈÉÊË", "aâaàaåaãaáaä", "âầẩẫấậ"),
    ("ÌÎÏÐÑ", "eøeûeõeùeï", "èẻẽéẹ"), ("ªÒÓÔÕÖ", "eâeàeåeãeáeä", "êềểễếệ"), ("×ØÜÝÞ", "ìæóíò", "ìỉĩíị"),
    ("ßáâãä", "oøoûoõoùoï", "òỏõóọ"), ("«åæçèé", "oâoàoåoãoáoä", "ôồổỗốộ"), ("¬êëìíî", "ôôøôûôõôùôï", "ơờởỡớợ"),
    ("ïñòóô", "uøuûuõuùuï", "ùủũúụ"), ("\xadõö÷øù", "ööøöûöõöùöï", "ưừửữứự"), ("úûüýþ", "yøyûyõyùî", "ỳỷỹýỵ"),
    ("®§¡¢£¤¥¦", "ñÑAÊAÂEÂOÂÔÖ", "đĐĂÂÊÔƠƯ"),
)  # fmt: skip


@pytest.mark.parametrize(("tcvn3", "vni", "letters"), LETTERS)
def test_every_letter_is_known_in_both_encodings(tcvn3, vni, letters):
    assert legacy.of_font(tcvn3, ".VnTime") == letters
    assert legacy.of_font(vni, "VNI-Times") == letters


def test_capitals_of_a_font_of_capitals():
    assert legacy.of_font("céng hoµ", ".VnTimeH") == legacy.of_font("céng hoµ", "VnTimeH,Bold") == "CỘNG HOÀ"


def test_a_text_is_told_by_its_letters():
    assert legacy.mended(TCVN3) == UNICODE
    assert legacy.mended(VNI) == UNICODE
    assert legacy.mended(VNI.upper()) == UNICODE.upper()


def test_a_text_that_lost_letters_is_refused_by_the_name_of_its_encoding():
    with pytest.raises(Refusal) as refused:
        legacy.mended(TCVN3.replace("\xad", "") * 20)
    assert (refused.value.told.key, refused.value.told.values) == ("content-file-old-letters", {"encoding": "TCVN3"})


def test_a_text_half_damaged_is_refused():
    damaged = VNI + " ñxñxöq vøàzö brùöá toøøk hïïa kïöu"
    with pytest.raises(Refusal):
        legacy.mended(damaged)


def test_a_font_whose_words_are_unicode_is_not_believed():
    words = [("hòa", ".VnTime"), ("được", ".VnTime"), ("hoµ", ".VnArial"), ("x", "Times")]
    assert legacy.of_fonts(words) == {".VnArial"}


GOOD = [
    UNICODE, builders.regulation(), "", "12-QĐ/TU", "café à la crème", "Nghị quyết số 57-NQ/TW",
    *test_files_pdf.ARTICLES,
    "Les élèves français étudient à l'école où ils ont été reçus; l'été, la forêt a des chênes âgés. " * 5,
    "A resolution of the party committee on meetings of cells, with no letter beyond those of English. " * 5,
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_good_text_is_never_touched(text):
    assert legacy.mended(text) == text


SAMPLES = [
    path for folder in ("tests/content/fixtures", "content/sample") for path in sorted((tree.ROOT / folder).rglob("*"))
    if path.suffix in (".md", ".txt", ".json")
]  # fmt: skip


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_text_of_the_samples_is_touched(path):
    text = path.read_text(encoding="utf-8")
    assert legacy.mended(text) == text


def test_no_way_of_writing_a_quotation_is_touched():
    for text in (*spellings.NUMBERS, *spellings.PARTS):
        assert legacy.mended(text) == text


@pytest.mark.parametrize("name", ["cu.txt", "cu.md"])
def test_plain_text_saved_in_old_letters_is_mended(name):
    assert extracting.source_of(TCVN3.encode(), name) == UNICODE
