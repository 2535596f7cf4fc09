"""PDF: what is printed is read, in the order of reading; what a PDF may not be is refused by its own sentence."""

import json
import time
from contextlib import suppress
from pathlib import Path

import pytest

from base import catalogue
from content import extracting
from content.extracting import source_of
from content.files import pdf as reader
from content.files.pdf import safety
from content.outcomes import Refusal
from content.structure import parse
from tests.content.paging import HEIGHT, LEFT, WIDTH, centred, flowing, grid, pdf, t, wide

PICTURE = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q"
ARTICLES = (
    "Chi bộ sinh hoạt mỗi tháng một lần vào ngày mùng ba, trừ khi đảng ủy cho phép đổi sang một ngày khác trong tuần.",
    "Đảng viên vắng mặt báo trước cho bí thư chi bộ, nêu rõ lý do và theo dõi lại nội dung cuộc họp qua biên bản họp.",
    "Biên bản họp được gửi về văn phòng đảng ủy theo Quy định số 12-QĐ/TU chậm nhất là ba ngày sau khi chi bộ họp.",
)


def head() -> list[str]:
    """The two halves of a party document's head, its type and title."""
    left, right = 170, 420
    return [
        centred(780, "TỈNH ỦY VÂN LAM", middle=left), centred(764, "*", middle=left),
        centred(748, "Số 12-QĐ/TU", middle=left),
        centred(780, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, middle=right),
        centred(748, "Bến Trầm, ngày 04 tháng 5 năm 2026", middle=right),
        centred(700, "QUY ĐỊNH", bold=True), centred(684, "về sinh hoạt chi bộ", bold=True),
    ]  # fmt: skip


def tail(y: float) -> list[str]:
    """Recipients and signature."""
    return [
        t(LEFT, y, "Nơi nhận:"), t(LEFT, y - 14, "- Các chi bộ trong tỉnh,", size=11),
        t(LEFT + 8, y - 28, "các đảng ủy;", size=11), t(LEFT, y - 42, "- Lưu Văn phòng.", size=11),
        centred(y, "T/M TỈNH ỦY", bold=True, middle=450), centred(y - 16, "BÍ THƯ", bold=True, middle=450),
        centred(y - 90, "Nông Quốc Hiệp", bold=True, middle=450),
    ]  # fmt: skip


def body(y: float) -> list[str]:
    """Three articles."""
    made: list[str] = []
    for n, words in enumerate(ARTICLES, 1):
        made.append(t(LEFT + 30, y, f"Điều {n}. Điều thứ {n}", bold=True))
        lines, y = flowing(y - 20, f"1. {words}")
        made += lines
        lines, y = flowing(y, f"2. {words}")
        made += lines
    return made


def read(*pages: list[str]) -> list[str]:
    return reader.read(pdf(*pages)).rstrip("\n").split("\n\n")


def test_a_party_document_is_read_whole():
    found = parse(source_of(pdf([*head(), *body(650), *tail(200)]), "a.pdf"))
    said = found.head
    assert (said.number, said.type, said.issuer, said.place) == ("12-QĐ/TU", "Quy định", "Tỉnh ủy Vân Lam", "Bến Trầm")
    assert said.issued.isoformat() == "2026-05-04"
    assert (said.title, said.signer, said.capacity) == ("về sinh hoạt chi bộ", "Nông Quốc Hiệp", "T/M TỈNH ỦY")
    assert said.recipients == ("Các chi bộ trong tỉnh, các đảng ủy", "Lưu Văn phòng")
    assert (found.counts["dieu"], found.counts["khoan"]) == (3, 6)
    assert [words for words in ARTICLES if f"1. {words}" not in found.source] == []


def test_halves_drawn_row_by_row_are_read_column_by_column():
    lines = sorted(head(), key=lambda drawn: -float(drawn.split(" Tf ")[1].split()[5]))
    assert read([*lines, *body(650)])[:5] == [
        "TỈNH ỦY VÂN LAM", "\\*", "Số 12-QĐ/TU", "**ĐẢNG CỘNG SẢN VIỆT NAM**", "Bến Trầm, ngày 04 tháng 5 năm 2026",
    ]  # fmt: skip


def test_halves_at_different_heights_are_read_column_by_column():
    moved = [each.replace("780 Tm", "772 Tm") if "QĐ" in each or at == 3 else each for at, each in enumerate(head())]
    assert moved != head()
    made = read([*moved, *body(650)])
    assert made[3:5] == ["**ĐẢNG CỘNG SẢN VIỆT NAM**", "Bến Trầm, ngày 04 tháng 5 năm 2026"]


def test_letters_are_bold_only_when_their_font_says_so():
    assert read([t(LEFT, 700, "Nặng nét", font="H")]) == ["Nặng nét"]


def test_a_paragraph_goes_on_after_the_page_is_turned():
    lines, _ = flowing(760, f"1. {ARTICLES[0]} {ARTICLES[1]}")
    ahead, y = flowing(760, f"Trước đó. {ARTICLES[2]}")
    assert len(lines) > 2
    moved = [line.replace(" 760 Tm", " 60 Tm").replace(" 744 Tm", " 44 Tm") for line in lines[:2]]
    last = [line.replace(" 728 Tm", " 760 Tm").replace(" 712 Tm", " 744 Tm") for line in lines[2:]]
    made = read([*ahead, *flowing(y, ARTICLES[0])[0], *moved], last)
    assert made[-1] == f"1. {ARTICLES[0]} {ARTICLES[1]}"


def test_short_lines_and_indents_part_paragraphs_and_no_letter_is_lost():
    paragraphs = ["1. Ngắn.", f"2. {ARTICLES[0]}", "a) Một;", "b) Hai;", f"- {ARTICLES[1]}"]
    y, made = 700.0, []
    for each in paragraphs:
        lines, y = flowing(y, each)
        y += 6  # no space between paragraphs
        made += lines
    assert read(made) == paragraphs


def test_a_number_broken_at_a_hyphen_or_stroke_is_whole_again():
    lines = [
        t(LEFT, 700, "Căn cứ Quy định về sinh hoạt chi bộ của tỉnh ủy, ban hành kèm theo số 12-"),
        t(LEFT, 684, "QĐ/TU của Tỉnh ủy Vân Lam và những văn bản khác có liên quan, số 254/2025/"),
        t(LEFT, 668, "QH15 của Quốc hội."),
    ]
    assert read(lines) == [
        "Căn cứ Quy định về sinh hoạt chi bộ của tỉnh ủy, ban hành kèm theo số 12-QĐ/TU của Tỉnh ủy Vân Lam và những "
        "văn bản khác có liên quan, số 254/2025/QH15 của Quốc hội."
    ]


COLUMNS = ((60.0, 285.0), (320.0, 545.0))


def in_columns(paragraphs: list[str], *, indent: float, bottom: float) -> list[str]:
    """Paragraphs that run down two columns, from the foot of the first to the top of the second."""
    made, at, y = list[str](), 0, 760.0
    for each in paragraphs:
        words, first = each.split(), True
        while words:
            left, right = COLUMNS[at]
            start, line = left + (indent if first else 0), words.pop(0)
            while words and start + wide(f"{line} {words[0]}") <= right:
                line = f"{line} {words.pop(0)}"
            made.append(t(start, y, line))
            first, y = False, y - 16
            if y < bottom and at == 0:
                at, y = 1, 760.0
    return made


@pytest.mark.parametrize("indent", [0, 20])
@pytest.mark.parametrize("bottom", [300, 400])
def test_two_columns_are_read_one_after_the_other_as_one_text(indent, bottom):
    paragraphs = [*ARTICLES, f"1. {ARTICLES[1]} {ARTICLES[0]}", f"a) {ARTICLES[2]}", ARTICLES[0], ARTICLES[1]]
    drawn = sorted(in_columns(paragraphs, indent=indent, bottom=bottom), key=lambda each: -float(each.split()[9]))
    assert read([centred(800, "BẢN TIN", bold=True), *drawn]) == ["**BẢN TIN**", *paragraphs]


def test_a_table_of_long_words_in_two_columns_stays_a_table():
    made, y = list[str](), 760.0
    for left, right in ((0, 1), (2, 0), (1, 2)):
        one, y1 = flowing(y, ARTICLES[left], indent=0, left=60, right=285)
        two, y2 = flowing(y, ARTICLES[right], indent=0, left=320, right=545)
        made, y = [*made, *one, *two], min(y1, y2) - 8
    assert read(made)[0].startswith("|")


def test_numbers_of_pages_and_running_heads_are_left_out_and_years_are_not():
    pages = [
        [centred(800, str(n)), t(LEFT, 30, f"Tỉnh ủy Vân Lam - trang {n}"), *flowing(700, f"{n}. {words}")[0]]
        for n, words in enumerate(ARTICLES, 1)
    ]
    assert read(*pages) == [f"{n}. {words}" for n, words in enumerate(ARTICLES, 1)]
    assert "2026" in read([centred(800, "2026"), *body(650)])


def test_what_differs_from_page_to_page_is_no_running_head():
    pages = [[centred(790, f"Mẫu số {n + 5}", bold=True), *body(650)] for n in range(4)]
    made = read(*pages)
    assert [f"**Mẫu số {n + 5}**" for n in range(4)] == [each for each in made if "Mẫu" in each]


def test_a_marking_of_secrecy_at_the_top_of_each_page_stays():
    pages = [[centred(810, "MẬT", bold=True), *(head() if not n else []), *body(650)] for n in range(3)]
    found = parse(reader.read(pdf(*pages)))
    assert found.head.secrecy == "Mật"


def test_a_ruled_table_is_kept_row_by_row_also_over_pages():
    across, words = [85, 200, 400], [("Chi bộ", "Đảng viên"), ("Bến Trầm", "12"), ("Vân Lam", "30")]

    def table(y: float, rows: list[tuple[str, str]]) -> list[str]:
        made = [grid(across, [y - 30 * n for n in range(len(rows) + 1)])]
        for n, (left, right) in enumerate(rows):
            bold = left == "Chi bộ"
            made += [t(90, y - 20 - 30 * n, left, bold=bold), t(205, y - 20 - 30 * n, right, bold=bold)]
        return made

    made = read([*flowing(700, ARTICLES[0])[0], *table(200, words[:2])], table(780, [words[0], words[2]]))
    assert made == [
        ARTICLES[0],
        "| **Chi bộ** | **Đảng viên** |\n| --- | --- |\n| Bến Trầm | 12 |\n| Vân Lam | 30 |",
    ]


def test_cells_that_are_one_and_broken_lines_in_cells():
    drawn = "85 500 m 400 500 l S 85 470 m 400 470 l S 85 410 m 400 410 l S 85 500 m 85 410 l S 400 500 m 400 410 l S"
    words = [
        t(90, 480, "Tên chung của cả hai"),
        t(90, 450, "Chi bộ thôn Bến Trầm"),
        t(90, 434, "Hạ"),
        t(260, 450, "12"),
    ]
    assert read([drawn + " 250 470 m 250 410 l S", *words]) == [
        "|  |  |\n| --- | --- |\n| Tên chung của cả hai |  |\n| Chi bộ thôn Bến Trầm Hạ | 12 |"
    ]


def test_an_aligned_table_without_rules_is_kept_row_by_row():
    rows = [("Chi bộ Một", "12", "Bến Trầm"), ("Chi bộ Hai", "30", "Vân Lam"), ("Chi bộ Ba", "7", "Hạ Lũng")]
    drawn = [
        t(x, 500 - 18 * n, cell) for n, row in enumerate(rows) for x, cell in zip((85, 250, 350), row, strict=True)
    ]
    made = read([*flowing(700, ARTICLES[0])[0], *drawn, *flowing(400, ARTICLES[1])[0]])
    assert made[1].split("\n")[2:] == [f"| {' | '.join(row)} |" for row in rows]
    assert made[2] == ARTICLES[1]


def test_footnotes_stand_at_the_end_under_their_marks():
    text = [t(LEFT, 700, "Theo quy định"), t(LEFT + 79, 705, "1", size=7), *flowing(660, ARTICLES[0])[0]]
    note = ["85 100 m 230 100 l S", t(LEFT, 88, "1", size=7), t(LEFT + 6, 84, "Quy định số 12-QĐ/TU.", size=10)]
    second = [t(LEFT, 700, "Theo nữa"), t(LEFT + 49, 705, "1", size=7), *flowing(660, ARTICLES[1])[0]]
    made = read([*text, *note], [*second, *note])
    assert [made[0], made[2]] == ["Theo quy định[^1]", "Theo nữa[^2]"]
    assert made[-2:] == ["[^1]: Quy định số 12-QĐ/TU.", "[^2]: Quy định số 12-QĐ/TU."]


def test_a_page_that_lies_on_its_side_is_read_upright():
    lines = [t(100 + 16 * n, 90, words, turn=90) for n, words in enumerate(("Phụ lục nằm ngang", "dòng thứ hai"))]
    assert " ".join(read(lines)).split() == ["Phụ", "lục", "nằm", "ngang", "dòng", "thứ", "hai"]


def test_unseen_letters_are_not_read():
    made = read(["3 Tr", t(LEFT, 600, "ẩn"), "0 Tr", t(LEFT, 700, "hiện")])
    assert made == ["hiện"]


def test_old_letters_are_told_by_their_fonts():
    made = read(
        [t(LEFT, 700, "Ch\u00ad¬ng tr×nh", font="T"), t(LEFT, 600, "Ñaûng vieân", font="V"), t(LEFT, 500, "Bộ")]
    )
    assert made == ["Chương trình", "Đảng viên", "Bộ"]


GOOD = pdf(body(700))
JS = "<</S/JavaScript/JS(app.alert\\(1\\))>>"
WRONG = {
    "encrypted": (pdf(body(700), objects=["<</Filter/Standard/V 1/R 2/O(x)/U(y)/P -4>>"], more="/Encrypt 20 0 R"),
                  "content-file-encrypted"),
    "cut short": (GOOD[: len(GOOD) // 2], "content-file-broken"),
    "no pages": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "content-file-broken"),
    "not at the start": (b"GIF89a" + GOOD, "content-file-other-kind"),
    "a page before it": (b"<html>" + GOOD, "content-file-other-kind"),
    "wrong name": (b"chi la chu", "content-file-other-kind"),
    "more after it": (GOOD + b"<script>alert(1)</script>", "content-file-two-kinds"),
    "packed file after it": (GOOD + b"PK\x05\x06" + bytes(18), "content-file-two-kinds"),
    "scan": (pdf([PICTURE]), "content-pdf-scan"),
    "scan with read letters": (pdf([PICTURE, "3 Tr", t(LEFT, 700, "Điều 1")]), "content-pdf-scan"),
    "scan with a stamp": (pdf(body(700), [PICTURE, t(LEFT, 700, "Ký bởi: Văn phòng")]), "content-pdf-scan"),
    "nothing": (pdf([]), "content-pdf-no-letters"),
    "letters unknown": (pdf([t(LEFT, 700, "\ue123\ue124\ue125\ue126\ue127\ue128\ue129\ue12a")]),
                        "content-pdf-unknown-letters"),
    "too many pages": (pdf(*[[t(LEFT, 700, "x")]] * (safety.PAGES + 1)), "content-pdf-too-many-pages"),
    "too many objects": (pdf(body(700), objects=["<<>>"] * 70 + ["null"] * 10), None),
    "bomb": (pdf(body(700), [" " * (safety.UNPACKED_BYTES + 2**20)]), "content-pdf-heavy"),
    "script on opening": (pdf(body(700), catalog=f"/OpenAction {JS}"), "content-pdf-script"),
    "script by name": (pdf(body(700), catalog="/Names<</JavaScript 20 0 R>>", objects=["<</Names[]>>"]),
                       "content-pdf-script"),
    "script on a page": (pdf(body(700), page=f"/AA<</O {JS}>>"), "content-pdf-script"),
    "attachment": (pdf(body(700), catalog="/Names<</EmbeddedFiles<</Names[(a) 20 0 R]>>>>",
                       objects=["<</Type/Filespec/F(a)>>"]), "content-pdf-attachment"),
    "attachment on a page": (pdf(body(700), page="/Annots[<</Subtype/FileAttachment>>]"), "content-pdf-attachment"),
    "launch": (pdf(body(700), page="/Annots[<</Subtype/Link/A<</S/Launch/F(cmd.exe)>>>>]"), "content-pdf-launch"),
    "filled in": (pdf(body(700), catalog="/AcroForm<</Fields[<</FT/Tx/T(a)/V(12)>>]>>"), "content-pdf-filled"),
}  # fmt: skip


@pytest.mark.parametrize("case", [case for case in WRONG if WRONG[case][1]])
def test_a_wrong_pdf_is_refused_in_a_sentence_and_soon(case):
    data, key = WRONG[case]
    began = time.process_time()
    with pytest.raises(Refusal) as refused:
        source_of(data, "a.pdf")
    assert time.process_time() - began < extracting.READ_S
    assert refused.value.told.key == key
    for language in ("vi", "en"):
        sentence = catalogue.say(key, language, **refused.value.told.values)
        assert sentence != key
        assert "{" not in sentence


def test_too_many_objects_are_too_heavy(monkeypatch):
    monkeypatch.setattr(safety, "OBJECTS", 50)
    with pytest.raises(Refusal) as refused:
        reader.read(WRONG["too many objects"][0])
    assert refused.value.told.key == "content-pdf-heavy"


@pytest.mark.parametrize("at", range(0, len(GOOD), max(1, len(GOOD) // 40)))
def test_a_damaged_pdf_is_read_or_refused_but_never_fails(at):
    data = GOOD[:at] + bytes(40) + GOOD[at + 40 :]
    with suppress(Refusal):
        assert source_of(data, "a.pdf")


async def test_a_pdf_is_read_in_a_confined_process():
    data = pdf([*head(), *body(650), *tail(200)])
    found = await extracting.extract(data, "x", "a.pdf")
    assert found.structure.head.number == "12-QĐ/TU"


PRINTED = {
    "49-2026-ND-CP.pdf": ("49/2026/NĐ-CP", "Chính phủ", "2026-01-31", "Trần Hồng Hà"),
    "an_le_so_432021AL.pdf": ("43/2021/AL", "Hội đồng Thẩm phán Tòa án nhân dân tối cao", "2021-02-24", ""),
}


def test_real_documents_hold_what_is_known_of_them(shared: Path):
    folder = shared / "data" / "official_files"
    facts = [each for each in json.loads((folder / "expected_facts.json").read_text()) if each["kind"] == "pdf"]
    assert facts
    for fact in facts:
        found = parse(source_of((folder / fact["file"]).read_bytes(), fact["file"]))
        articles = [part for part in found.parts if part.kind == "dieu"]
        assert len(articles) == fact["dieu_count"]
        titles = [f"{part.label}. {part.heading}" for part in articles]
        assert ([*titles, None][0], [None, *titles][-1]) == (fact["first_dieu"], fact["last_dieu"])
        assert sum(map(str.isalnum, found.source)) > 0.7 * fact["text_chars"]
        assert PRINTED[fact["file"]] == (
            found.head.number,
            found.head.issuer,
            str(found.head.issued),
            found.head.signer,
        )
        assert not found.warnings
