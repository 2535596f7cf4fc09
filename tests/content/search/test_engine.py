"""What every engine is held to: what it finds, in which order, and what it keeps to itself."""

import unicodedata
from datetime import timedelta

import pytest

from content.folding import tokenise
from content.search.engine import BrokenIndexError
from content.search.evaluating import ENGINES
from tests.content.search.papers import ALL, DIGITAL, FOREST, MEMBERS, NOW, PROGRAMME, SECRET, asking, paper, window


@pytest.fixture(params=sorted(ENGINES))
def engine(request, tmp_path):
    made = ENGINES[request.param](tmp_path / "index")
    made.replace(ALL, position=7)
    yield made
    made.close()


def found(engine, *asked, **facts) -> list:
    return [hit.document for hit in engine.search(asking(*asked, **facts)).hits]


# Finding


@pytest.mark.parametrize(
    "typed",
    ["chuyển đổi số quốc gia", "chuyen doi so quoc gia", "CHUYỂN ĐỔI SỐ QUỐC GIA", "chuyển doi số quoc gia",
     "Chuyển-đổi/số: quốc gia?", unicodedata.normalize("NFD", "chuyển đổi số quốc gia")],
)  # fmt: skip
def test_words_are_found_however_they_are_typed(engine, typed):
    assert found(engine, typed) == [DIGITAL.document]


@pytest.mark.parametrize("typed", ["hoà bình", "hòa bình", "thuỷ lợi", "thủy lợi", "kĩ thuật", "kỹ thuật", "ki thuat"])
def test_both_schools_of_spelling_are_found(engine, typed):
    assert found(engine, typed) == [DIGITAL.document]


def test_a_word_typed_with_marks_is_met_by_no_other_unless_nothing_else_is(engine):
    engine.replace(
        [
            paper("01-NQ/TU", "về việc bán hàng", "Bán hàng ở chợ."),
            paper("02-NQ/TU", "về bản làng", "Bản làng yên vui."),
        ],
        position=8,
    )
    assert len(found(engine, "ban")) == 2
    assert len(found(engine, "bán")) == 1
    assert len(found(engine, "bãn")) == 2


@pytest.mark.parametrize(
    "typed", ["57-NQ/TW", "57 nq tw", "NQ57", "nq 57", "nghi quyet 57", "Nghị quyết số 57-NQ/TW", "57-nq/tw", "57nqtw",
              "nghị quyết 57 năm 2024", "nghi quyet so 57 cua bo chinh tri"],
)  # fmt: skip
def test_a_document_asked_for_by_its_number_comes_first_and_as_a_whole(engine, typed):
    hit = engine.search(asking(typed)).hits[0]
    assert (hit.document, hit.path) == (DIGITAL.document, "")


def test_a_number_in_another_text_does_not_make_it_that_document(engine):
    assert found(engine, "57-NQ/TW")[1:] == [PROGRAMME.document]
    assert found(engine, "chuong trinh 12")[0] == PROGRAMME.document


def test_the_best_part_is_named_and_what_was_asked_for_marked(engine):
    hit = engine.search(asking("giữ rừng đầu nguồn")).hits[0]
    assert (hit.path, hit.label, hit.heading) == ("i.2", "mục I.2", "Nhiệm vụ")
    assert [hit.snippet.text[begin:end] for begin, end in hit.snippet.marks] == ["Giữ rừng đầu nguồn"]


def test_it_is_told_when_no_document_has_enough_of_the_words(engine):
    loose = engine.search(asking("chuyển đổi rừng"))
    assert (loose.is_loose, bool(loose.hits)) == (True, True)
    for words in ("chuyển đổi số", "nghị quyết 57 rừng", "57-NQ/TW", "xyzzy", ""):
        assert not engine.search(asking(words)).is_loose, words
    assert engine.search(asking("mật về")).is_loose  # the one that has them is not for this reader
    assert not engine.search(asking("mật về", "org:7")).is_loose


def test_a_syllable_is_not_marked_beside_the_phrase_that_it_belongs_to(engine):
    engine.replace([paper("31-TB/TU", "về lễ hội", "Một số thôn chuyển đổi số sớm, thôn khác sau.")], position=8)
    hit = engine.search(asking("chuyển đổi số sớm, khác")).hits[0]
    assert [hit.snippet.text[begin:end] for begin, end in hit.snippet.marks] == ["chuyển đổi số sớm", "khác"]


def test_what_is_asked_for_by_number_is_told_by_how_it_begins_with_nothing_marked(engine):
    engine.replace([paper("32-TB/TU", "về lễ hội", "Thông báo chung.", "Thông báo 32.", type="Thông báo")], position=8)
    hit = engine.search(asking("thông báo 32")).hits[0]
    assert (hit.path, hit.snippet.text, hit.snippet.marks) == ("", "Thông báo chung. Thông báo 32.", ())


def test_what_an_issuer_issued_is_found_before_what_only_names_it(engine):
    own = paper("34-TB/TU", "về hội", "Theo lời của Ban Tổ chức.", issuer="Ban Tổ chức", issued_key=20200101)
    engine.replace([paper("33-TB/TU", "về lễ", "Theo lời của Ban Tổ chức."), own], position=8)
    assert found(engine, "ban tổ chức")[0] == own.document


def test_the_part_that_says_most_is_named_when_the_best_passage_reaches_over_several(engine):
    engine.replace([paper("30-TB/TU", "về lễ hội", "Một số nội dung như sau.", "Giữ gìn tiếng mẹ đẻ.")], position=8)
    hit = engine.search(asking("giữ gìn tiếng nội")).hits[0]
    assert (hit.path, hit.snippet.text[slice(*hit.snippet.marks[0])]) == ("i.2", "Giữ gìn tiếng")


@pytest.mark.parametrize(
    "typed", ["*", "c*", "số*", "-số", "chuyển AND đổi", "title:số", "(chuyển", '"chuyển đổi', "số~2", "[a TO z]",
              "số^9", "\\", "số OR", "%", "_", "'; DROP TABLE document; --", "\x00số"],
)  # fmt: skip
def test_signs_of_query_languages_are_plain_words(engine, typed):
    assert found(engine, typed) == found(engine, " ".join(tokenise(typed)))
    assert engine.search(asking(typed)).facets == engine.search(asking(" ".join(tokenise(typed)))).facets


@pytest.mark.parametrize("typed", ["", "   ", "?!", "…"])
def test_nothing_asked_finds_nothing(engine, typed):
    results = engine.search(asking(typed))
    assert (results.hits, results.total, results.meant) == ((), 0, "")
    assert engine.suggest(asking(typed)) == ()


def test_a_very_long_query_is_cut_and_answered(engine):
    assert found(engine, "chuyển đổi số " * 10_000)[0] in {DIGITAL.document, PROGRAMME.document}
    assert engine.suggest(asking("chuyểnđổi" * 10_000)) == ()


def test_pages_follow_each_other_without_gap_or_repeat(engine):
    many = [paper(f"{n}-TB/TU", f"về việc {n}", "Thông báo chung.", type="Thông báo") for n in range(1, 96)]
    engine.replace(many, position=8)
    pages = [found(engine, "thông báo chung", offset=offset, limit=20) for offset in range(0, 120, 20)]
    assert [len(page) for page in pages] == [20, 20, 20, 20, 15, 0]
    assert len({document for page in pages for document in page}) == 95


# Filters and counts


def test_filters_narrow_and_each_count_leaves_its_own_filter_out(engine):
    assert found(engine, "chuyển đổi số", state="in-force") == [DIGITAL.document]
    assert found(engine, "chuyển đổi số", state="not-yet") == [PROGRAMME.document]
    assert found(engine, "rừng", state="ended", year=2021, topic="rung", issuer="Tỉnh ủy Vân Lam") == [FOREST.document]
    facets = engine.facets(asking("chuyển đổi số", type="Nghị quyết"))
    assert facets.total == 1
    assert [(each.value, each.count) for each in facets.types] == [("Chương trình", 1), ("Nghị quyết", 1)]
    assert [(each.value, each.count) for each in facets.years] == [("2024", 1)]
    assert engine.search(asking("chuyển đổi số", type="Nghị quyết")).facets == facets


# What a reader may not know of


def test_hits_counts_and_facets_know_nothing_of_what_may_not_be_read(engine):
    results = engine.search(asking("quy hoạch"))
    assert (results.hits, results.total, results.facets.types, results.meant) == ((), 0, (), "")
    mine = engine.search(asking("quy hoạch", "public", "org:7"))
    assert ([hit.document for hit in mine.hits], mine.total) == ([SECRET.document], 1)
    assert engine.search(asking("09-KL/TU")).total == 0
    assert found(engine, "sinh hoạt chi bộ", "public", "members") == [MEMBERS.document]


def test_suggestions_hold_no_word_that_only_others_may_read(engine):
    second = paper("10-KL/TU", "về quy hoạch cán bộ", "Bản quy hoạch thứ hai.", audience=("org:7",), type="Kết luận")
    engine.replace([second], position=8)
    assert [
        each for typed in ("quy h", "nhan", "ket luan", "09", "khieu") for each in engine.suggest(asking(typed))
    ] == []
    assert "hoạch" not in str(engine.suggest(asking("quy")))
    assert "quy hoạch" in [each.text for each in engine.suggest(asking("quy h", "org:7"))]


def test_what_was_meant_is_never_a_word_that_only_others_may_read(engine):
    assert engine.search(asking("quy hoachj")).meant == ""
    assert engine.search(asking("khieu to")).meant == ""
    assert engine.search(asking("khieu to", "org:7")).meant == "khiếu tố"


def test_an_audience_counts_from_its_moment_to_its_moment(engine):
    later, over = window("members", NOW + timedelta(hours=1)), window("members", to_at=NOW - timedelta(hours=1))
    engine.replace(
        [
            paper("20-TB/TU", "về lễ hội", "Lễ hội xuân.", audience=(later,)),
            paper("21-TB/TU", "về lễ hội", "Lễ hội thu.", audience=(over,)),
        ],
        position=8,
    )
    assert found(engine, "lễ hội", "members") == []
    from_then = asking("lễ hội", "members")
    moved = type(from_then)(from_then.words, from_then.scopes, NOW + timedelta(hours=2), from_then.day)
    assert len(engine.search(moved).hits) == 1
    assert found(engine, "lễ hội", "members") == []


def test_documents_the_index_is_behind_on_are_left_out_of_everything(engine):
    facts = {"without": frozenset({DIGITAL.document})}
    results = engine.search(asking("chuyển đổi số", **facts))
    assert ([hit.document for hit in results.hits], results.total) == ([PROGRAMME.document], 1)
    assert all(each.number != "57-NQ/TW" for each in engine.suggest(asking("57", **facts)))


# Helping


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("chuyen doi so", "chuyển đổi số"), ("chuyen doii so", "chuyển đổi số"), ("dau nguon", "đầu nguồn"),
     ("chuyeenr ddổi số", ""), ("chuyển đổi số", ""), ("Đầu Nguồn", ""), ("57-NQ/TW", ""), ("nq57", ""),
     ("daunguon", "đầu nguồn")],
)  # fmt: skip
def test_marks_are_restored_and_slips_mended_from_the_documents_themselves(engine, typed, meant):
    assert engine.search(asking(typed)).meant == meant


def test_a_slip_that_some_document_made_too_is_mended_where_the_words_beside_it_tell(engine):
    papers = [paper("35-TB/TU", "về máy quét", "Chữ đỏu đọc sai."), paper("36-TB/TU", "về xã", "Chuyển đổi số ở xã.")]
    engine.replace(papers, position=8)
    assert engine.search(asking("chuyen dou so")).meant == "chuyển đổi số"
    assert engine.search(asking("chu dou")).meant == "chữ đỏu"
    assert engine.search(asking("dou")).meant == "đỏu"


def test_what_the_best_passage_says_word_for_word_is_how_the_query_is_spelt(engine):
    others = [paper(f"{n}-TB/TU", "về thu chi", "Đất bị thu hồi; thu chi bị thu. Thu chi bộ.") for n in range(40, 44)]
    engine.replace([paper("39-TB/TU", "về họp", "Chiều nay bí thư chi bộ gửi thư."), *others], position=8)
    assert engine.search(asking("bi thu chi bo gui")).meant == "bí thư chi bộ gửi"
    assert engine.search(asking("bị thu chi bo gui")).meant != "bí thư chi bộ gửi"  # a mark that was typed stays
    assert engine.search(asking("bí thư chi bộ gửi")).meant == ""


def test_suggestions_complete_numbers_titles_and_words(engine):
    assert engine.suggest(asking("57"))[0].slug == DIGITAL.slug
    assert [each.slug for each in engine.suggest(asking("nghi quyet bao ve ru"))] == [FOREST.slug]
    assert "chuyển đổi số" in [each.text for each in engine.suggest(asking("chuyen doi s")) if each.kind == "words"]
    assert len(engine.suggest(asking("c", limit=2))) <= 2


# Writing


def test_replacing_and_removing_leave_one_or_none_of_a_document(engine):
    engine.replace([paper("57-NQ/TW", DIGITAL.title, "Bản mới nói về bán dẫn.")], position=8)
    assert found(engine, "bán dẫn") == [DIGITAL.document]
    assert found(engine, "thủy lợi") == []
    assert engine.position() == 8
    engine.remove([DIGITAL.document], position=9)
    assert found(engine, "bán dẫn") == []
    assert engine.search(asking("57-NQ/TW")).hits[0].document == PROGRAMME.document
    assert engine.position() == 9


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a bad file open
def test_no_index_and_a_damaged_one_are_one_error(engine, tmp_path):
    made = type(engine)(tmp_path / "none")
    with pytest.raises(BrokenIndexError):
        made.position()
    for file in (tmp_path / "index").iterdir():
        file.write_bytes(b"\x00" * 64)
    with pytest.raises(BrokenIndexError):
        type(engine)(tmp_path / "index").search(asking("rừng"))
