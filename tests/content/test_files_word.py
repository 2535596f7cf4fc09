"""What is visible in a document of Word is read, in order, and nothing else."""

import pytest

from content.files import word
from content.structure import parse
from tests.content.packing import (
    SPACES,
    bold,
    cell,
    document,
    docx,
    field,
    listed,
    lists,
    lvl,
    notes,
    p,
    packed,
    paper,
    r,
    style,
    styles,
    table,
    tr,
)  # fmt: skip


def read(*blocks: str, **parts: str | bytes) -> list[str]:
    """The paragraphs that are read from a document of these blocks."""
    return word.read(docx(*blocks, **parts)).rstrip("\n").split("\n\n")


def test_paragraphs_keep_their_words_line_breaks_and_tabs():
    assert read(p("Một"), p(r("Hai"), "<w:r><w:br/><w:t>ba</w:t><w:tab/><w:t>bốn</w:t></w:r>"), p(), p("  ")) == [
        "Một", "Hai\nba\tbốn",
    ]  # fmt: skip


def test_bold_words_are_marked_only_where_markdown_reads_the_marks():
    assert read(p(bold("Điều 1."), " Phạm vi")) == ["**Điều 1.** Phạm vi"]
    assert read(p(bold("Điều 1. "), bold("Phạm vi"))) == ["**Điều 1. Phạm vi**"]
    assert read(p("chi", bold("bộ"))) == ["chibộ"]
    assert read(p(bold("-----"))) == ["-----"]


def test_no_character_of_the_text_is_taken_for_markdown():
    made = read(p("# a *b* _c_ [d](e) <b>f</b> \\ g"), p("> h"), p("| i |"), p("---"), p("nhà_ở"))
    assert made == ["\\# a \\*b\\* \\_c\\_ \\[d](e) \\<b>f\\</b> \\\\ g", "\\> h", "\\| i |", "\\---", "nhà_ở"]


def test_no_mark_grows_together_out_of_words_that_look_different():
    made = word.read(docx(p(r("a <"), r("br> b", "<w:b/>"), r(" c["), r("^1] d", "<w:u/>"))))
    assert made.strip() == "a \\<**br> b** c\\[^1] d"


def test_capitals_small_raised_and_hidden_words_are_read_as_they_look():
    assert read(p(r("chương i", "<w:caps/>"), r(" m"), r("2", '<w:vertAlign w:val="superscript"/>'))) == [
        "CHƯƠNG I m<sup>2</sup>"
    ]
    assert read(p("a", r("ẩn", "<w:vanish/>"), "b")) == ["ab"]


def test_styles_rest_on_one_another_and_words_speak_last():
    made = styles(
        style("Goc", "<w:rPr><w:b/><w:caps/></w:rPr>"), style("Con", "<w:rPr><w:caps w:val='0'/></w:rPr>", on="Goc"),
        style("Vong", "", on="Vong"), style("H1", "", title="heading 1"),
        style("Dam", "<w:rPr><w:b/></w:rPr>", kind="character"),
    )  # fmt: skip
    about = '<w:pStyle w:val="{}"/>'
    assert read(p("điều", about=about.format("Goc")), styles=made) == ["**ĐIỀU**"]
    assert read(p("điều", about=about.format("Con")), styles=made) == ["**điều**"]
    assert read(p(r("điều", "<w:b w:val='false'/>"), about=about.format("Con")), styles=made) == ["điều"]
    assert read(p("vòng", about=about.format("Vong")), styles=made) == ["vòng"]
    assert read(p("Mục lớn", about=about.format("H1")), styles=made) == ["**Mục lớn**"]
    assert read(p(r("đậm", '<w:rStyle w:val="Dam"/>')), styles=made) == ["**đậm**"]


def test_insertions_are_in_and_deletions_out():
    inserted, deleted = f"<w:ins>{r('thêm')}</w:ins>", "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('chỗ cũ')}</w:moveFrom><w:moveTo>{r(' chỗ mới')}</w:moveTo>"
    assert read(p("Đã ", inserted, deleted, moved)) == ["Đã thêm chỗ mới"]


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next():
    gone = "<w:rPr><w:del/></w:rPr>"
    assert read(p("Một ", about=gone), p("câu."), p("Hai")) == ["Một câu.", "Hai"]
    assert read(p("Cuối", about=gone), table(("a", "b"), ("c", "d"), borders=True))[0] == "Cuối"
    assert read(p("Cuối cùng", about=gone)) == ["Cuối cùng"]


def test_deleted_rows_and_old_properties_are_not_read():
    old = "<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"
    assert read(p(f"<w:r>{old}<w:t>còn</w:t></w:r>")) == ["còn"]
    made = read(table(tr("a", "b"), tr("bỏ", "bỏ", about="<w:del/>"), tr("c", "d"), borders=True))
    assert "bỏ" not in made[0]


def test_soft_hyphens_go_hard_ones_stay():
    run = (
        "<w:r><w:t>57</w:t><w:noBreakHyphen/><w:t>NQ/TW đồ</w:t><w:softHyphen/><w:t>ng\u00ad bào 57\u2011NQ</w:t></w:r>"
    )
    assert read(p(run)) == ["57-NQ/TW đồng bào 57-NQ"]


def test_of_fields_the_result_is_read_but_not_numbers_of_pages_nor_contents():
    assert read(p("Trang ", field("PAGE", r("3")), " ngày ", field('DATE \\@ "d"', r("4")))) == ["Trang  ngày 4"]
    assert read(p("<w:fldSimple w:instr='NUMPAGES'>" + r("9") + "</w:fldSimple>", "x")) == ["x"]
    first, last = field("TOC \\o", "§").split("§")
    made = read(p(first, r("Điều 1. Phạm vi"), "<w:r><w:tab/><w:t>2</w:t></w:r>"), p("Điều 2. Ai", last), p("Thân"))
    assert made == ["Thân"]
    inner = field("IF", field("MERGEFIELD ten", r("Mai")))
    assert read(p(inner)) == ["Mai"]


def test_a_field_that_never_ends_hides_nothing():
    assert read(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "Một"), p("Hai")) == ["Một", "Hai"]


def test_boxes_to_tick_and_signs_of_picture_fonts_become_characters():
    ticked = '<w:ffData><w:checkBox><w:default w:val="{}"/></w:checkBox></w:ffData>'
    box = f'<w:r><w:fldChar w:fldCharType="begin">{ticked}</w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert read(p(box.format(1), end, " có ", box.format(0), end, " không")) == ["☒ có ☐ không"]
    sym = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    assert read(p(sym.format("Wingdings", "F0FE"), sym.format("Symbol", "F0A3"), sym.format("Arial", "00D7"))) == [
        "☑≤×"
    ]
    assert read(p("a", sym.format("Wingdings", "F001"), sym.format("Symbol", "xyz"))) == ["a\ufffd\ufffd"]


def test_links_smart_tags_and_content_controls_keep_their_words():
    link = f"<w:hyperlink>{r('liên kết')}</w:hyperlink>"
    tag = f"<w:smartTag><w:smartTagPr/>{r(' thẻ')}</w:smartTag>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r(' ô')}</w:sdtContent></w:sdt>"
    assert read(p(link, tag, control)) == ["liên kết thẻ ô"]
    assert read(f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Khối')}</w:sdtContent></w:sdt>") == ["Khối"]


def test_a_text_box_follows_its_paragraph_once():
    box = f"<w:txbxContent>{p('Trong khung')}</w:txbxContent>"
    either = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(p("Trước", either, " sau"), p("Tiếp")) == ["Trước sau", "Trong khung", "Tiếp"]
    assert read(p(f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>")) == ["Trong khung"]


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SAYS = f'xmlns:a="{DRAWING}/main" xmlns:dgm="{DRAWING}/diagram" xmlns:c="{DRAWING}/chart"'
KNOWN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def drawing(inner: str) -> str:
    """A run that holds a drawing; a part beside the text is referred to as rId9."""
    return f'<w:r><w:drawing {SAYS} xmlns:r="{KNOWN}">{inner}</w:drawing></w:r>'


def beside(drawn: str, part: str, *, target: str = "drawn/part.xml", more: str = "") -> list[str]:
    """What is read of a document with a drawing whose words lie in a part of their own."""
    said = f'<Relationship Id="rId9" Type="{KNOWN}/drawn" Target="{target}" {more}/>'
    relations = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{said}</Relationships>'
    )
    parts: dict[str, str | bytes] = {
        "word/document.xml": document(p("Trước", drawing(drawn)), p("Sau")),
        "word/_rels/document.xml.rels": relations, "word/drawn/part.xml": part,
    }  # fmt: skip
    return word.read(packed(parts)).rstrip("\n").split("\n\n")


def point(name: str, *lines: str, kind: str = "node") -> str:
    made = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return f'<dgm:pt modelId="{name}" type="{kind}"><dgm:t>{made}</dgm:t></dgm:pt>'


def link(above: str, below: str, at: str) -> str:
    return f'<dgm:cxn srcId="{above}" destId="{below}" srcOrd="{at}"/>'


POINTS = (
    point("3", "Chi bộ B"), point("0", kind="doc"), point("1", "Đảng ủy xã", "Bí thư"), point("2", "Chi bộ A"),
    point("9", "Ghi chú rời"),
)  # fmt: skip
LINKS = (link("1", "3", "1"), link("0", "1", "0"), link("1", "2", "không"), link("3", "1", "0"))
DIAGRAM = (
    f"<dgm:dataModel {SAYS}><dgm:ptLst>{''.join(POINTS)}</dgm:ptLst><dgm:cxnLst>{''.join(LINKS)}</dgm:cxnLst>"
    "</dgm:dataModel>"
)
"""Points in the order in which they were drawn; one hangs on nothing, and one line leads back upwards."""


def test_the_boxes_of_a_diagram_are_read_from_its_top_downwards():
    made = beside('<dgm:relIds r:dm="rId9"/>', DIAGRAM)
    assert made == ["Trước", "Đảng ủy xã", "Bí thư", "Chi bộ A", "Chi bộ B", "Ghi chú rời", "Sau"]


def test_titles_and_labels_of_a_chart_are_read():
    cache = "<c:{0}><c:pt><c:v>{1}</c:v></c:pt><c:pt><c:v>{2}</c:v></c:pt></c:{0}>"
    rows = cache.format("strCache", "Quý I", "Quý II") + cache.format("numCache", "12", "15")
    title = "<c:title><a:p><a:r><a:t>Số chi bộ </a:t></a:r><a:r><a:t>đạt</a:t></a:r></a:p></c:title>"
    made = beside('<c:chart r:id="rId9"/>', f"<c:chartSpace {SAYS}>{title}{rows}</c:chartSpace>")
    assert made == ["Trước", "Số chi bộ đạt", "Quý I; Quý II", "12; 15", "Sau"]


@pytest.mark.parametrize(
    ("target", "more"), [("none.xml", ""), ("../../../etc/passwd", ""), ("drawn/part.xml", 'TargetMode="External"')]
)
def test_a_drawing_that_leads_nowhere_has_no_words(target, more):
    assert beside('<dgm:relIds r:dm="rId9"/>', DIAGRAM, target=target, more=more) == ["Trước", "Sau"]


def test_words_within_a_picture_and_letters_bent_along_a_line_are_read():
    shape = "<a:sp><a:txBody><a:p><a:r><a:t>Nhà văn hóa</a:t></a:r></a:p></a:txBody></a:sp>"
    bent = '<w:r><w:pict><v:shape><v:textpath string="CHÀO MỪNG  ĐẠI HỘI"/></v:shape></w:pict></w:r>'
    assert read(p("Trước", drawing(shape), bent)) == ["Trước", "Nhà văn hóa", "CHÀO MỪNG ĐẠI HỘI"]


def test_a_marking_of_secrecy_drawn_across_each_page_is_not_left_out():
    bent = '<w:r><w:pict><v:shape><v:textpath string="TUYỆT MẬT"/></v:shape></w:pict></w:r>'
    assert read(p("Một"), header1=f"<w:hdr {SPACES}>{p(bent)}</w:hdr>") == ["TUYỆT MẬT", "Một"]


def test_formulas_are_read_in_a_line():
    words = "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    assert read(p(words, power)) == ["a/bx<sup>2</sup>"]


def test_footnotes_and_endnotes_stand_at_the_end_under_their_marks():
    foot = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    made = read(
        p("Hai", foot.format(2), " một", foot.format(1), " cuối", end), footnotes=notes("footnote", "Một.", "Hai."),
        endnotes=notes("endnote", "Cuối."),
    )  # fmt: skip
    assert made == ["Hai[^1] một[^2] cuối[^i]", "[^1]: Hai.", "[^2]: Một.", "[^i]: Cuối."]


def test_headers_and_footers_are_left_out_but_a_marking_of_secrecy_is_not():
    header = "<w:hdr {}>{}</w:hdr>"
    assert read(p("Thân"), header1=header.format(SPACES, p("3")), footer1=header.format(SPACES, p("4"))) == ["Thân"]
    assert read(p("Thân"), header1=header.format(SPACES, p(bold("MẬT")))) == ["MẬT", "Thân"]


def test_the_stricter_dialect_of_word_is_read_alike():
    usual = document(p("Chặt chẽ"))
    strict = usual.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert strict != usual
    assert word.read(packed({"word/document.xml": strict})) == word.read(packed({"word/document.xml": usual}))


# Tables


def test_a_table_becomes_one_of_markdown():
    made = read(table((cell(p(bold("STT"))), cell(p(bold("Việc")))), ("1", cell("Một|hai", "ba")), borders=True))
    assert made == ["| **STT** | **Việc** |\n| --- | --- |\n| 1 | Một\\|hai<br>ba |"]


def test_columns_without_names_stay_so():
    assert read(table(("a1", "b1"), ("a2", "b2"), borders=True)) == ["|  |  |\n| --- | --- |\n| a1 | b1 |\n| a2 | b2 |"]
    made = read(table(tr("tên", "số", about="<w:tblHeader/>"), ("a", "b"), borders=True))
    assert made == ["| tên | số |\n| --- | --- |\n| a | b |"]


def test_merged_cells_leave_the_others_empty():
    wide, down = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    rows = (
        (cell("A", about=down), cell("Rộng", about=wide)), (cell(about="<w:vMerge/>"), "b", "c"), ("1", "2", "3"),
    )  # fmt: skip
    assert read(table(*rows, borders=True))[0].split("\n")[2:] == ["| A | Rộng |  |", "|  | b | c |", "| 1 | 2 | 3 |"]
    late = tr("x", about='<w:gridBefore w:val="1"/>')
    assert read(table(("a", "b"), late, borders=True))[0].endswith("|  | x |")


def test_a_table_in_a_cell_is_read_row_by_row():
    inner = table(("a", "b"), ("c", "d"), borders=True)
    assert read(table((cell("Ngoài", inner), "y"), ("1", "2"), borders=True))[0].split("\n")[2] == (
        "| Ngoài<br>a; b<br>c; d | y |"
    )


def test_a_frame_around_text_is_no_table():
    inner = table(("a", "b"), ("c", "d"), borders=True)
    assert read(table((cell("Một", inner, "Hai"),), borders=True)) == [
        "Một",
        "|  |  |\n| --- | --- |\n| a | b |\n| c | d |",
        "Hai",
    ]


def test_head_and_end_laid_out_by_tables_are_read_as_lines():
    made = word.read(docx(paper(p(bold("Điều 1."), " Chi bộ họp hằng tháng."))))
    assert "|" not in made
    head = parse(made).head
    assert (head.number, head.type, head.issuer, str(head.issued)) == (
        "12-QĐ/TU",
        "Quy định",
        "Tỉnh ủy Vân Lam",
        "2026-05-04",
    )
    assert (head.signer, head.capacity, head.signer_title) == ("Nông Quốc Hiệp", "T/M TỈNH ỦY", "BÍ THƯ")
    assert head.recipients == ("Các chi bộ", "Lưu Văn phòng")


def test_a_table_of_figures_that_names_recipients_stays_a_table():
    (made,) = read(table(("STT", "Nơi nhận:", "Số bản"), ("1", "Chi bộ 1", "2"), borders=True))
    assert "| STT | Nơi nhận: | Số bản |\n| 1 |" in made


# Letters from before Unicode


def test_words_in_old_fonts_are_read_as_they_look():
    font = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
    small, capital, vni, new = (font.format(name) for name in (".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman"))
    hyphen = f"<w:r><w:rPr>{small}</w:rPr><w:t>ng</w:t><w:softHyphen/><w:t>êi t\xad</w:t></w:r>"
    assert read(p(r("céng hoµ ", capital), r("®¶ng viªn ", small), hyphen)) == ["CỘNG HOÀ đảng viên người tư"]
    assert read(p(r("Ñaûng vieân ", vni), r("Đảng viên é", new))) == ["Đảng viên Đảng viên é"]


def test_an_old_font_with_words_of_unicode_changes_nothing():
    font = '<w:rFonts w:hAnsi=".VnTime"/>'
    assert read(p(r("Đảng ủy, đồng chí é", font), about="")) == ["Đảng ủy, đồng chí é"]


def test_numbers_that_word_prints_in_old_fonts_are_read_as_they_look():
    level = lvl(0, "decimal", "§iÒu %1.")[:-8] + '<w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr></w:lvl>'
    assert read(listed("Phạm vi"), numbering=lists(level)) == ["Điều 1. Phạm vi"]


def test_old_letters_whose_font_is_not_told_are_known_by_themselves():
    old = "®¶ng viªn ph¶i thùc hiÖn nghÞ quyÕt cña chi bé vµ ®ãng ®¶ng phÝ ®Çy ®ñ theo quy ®Þnh cña Trung ¦¬ng"
    assert read(p(old)) == [
        "đảng viên phải thực hiện nghị quyết của chi bộ và đóng đảng phí đầy đủ theo quy định của Trung Ương"
    ]


# A whole paper


def test_articles_numbered_by_word_are_articles():
    law = lists(
        lvl(0, "decimal", "Điều %1.", "<w:suff w:val='space'/>")
        + lvl(1, "decimal", "%2.")
        + lvl(2, "lowerLetter", "%3)")
    )
    blocks = paper(
        listed(bold("Phạm vi")), listed("Áp dụng cho chi bộ.", level=1), listed("Không trừ ai:", level=1),
        listed("nông thôn;", level=2), listed("thành thị.", level=2), listed(bold("Hiệu lực")),
        listed("Từ ngày ký.", level=1),
    )  # fmt: skip
    found = parse(word.read(docx(blocks, numbering=law)))
    assert [part.path for part in found.parts if part.kind in ("dieu", "khoan", "diem")] == [
        "dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-2", "dieu-1.khoan-2.diem-a", "dieu-1.khoan-2.diem-b", "dieu-2",
        "dieu-2.khoan-1",
    ]  # fmt: skip


def test_an_annex_follows_the_signatures():
    blocks = paper(p(bold("Điều 1."), " Một."), p(bold("Điều 2."), " Hai."))
    annex = [p(bold("PHỤ LỤC I")), p("Mẫu biên bản"), table(("a", "b"), ("c", "d"), borders=True)]
    found = parse(word.read(docx(blocks, *annex)))
    assert [(part.kind, part.path) for part in found.parts][-2:] == [
        ("annex", "phu-luc-1"),
        ("table", "phu-luc-1.bang-1"),
    ]


@pytest.mark.parametrize("tag", ["altChunk", "subDoc"])
def test_text_that_lies_in_another_file_is_told_not_lost(tag):
    with pytest.raises(Exception, match="parts-elsewhere"):
        read(p("Đầu"), f"<w:{tag}/>")
