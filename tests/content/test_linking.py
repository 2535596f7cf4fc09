"""What a text quotes becomes a link, the same for all readers; no word is lost, and nothing else is linked."""

import random
import re
from datetime import date
from urllib.parse import unquote
from uuid import UUID

import pytest

from base import database
from content import citations, fragments, importing, reading, rendering, samples
from content.citations import Near
from content.linking import Linker, Source
from content.structure import parse
from tests.content import builders
from tests.content.builders import front_matter, put, regulation
from tests.content.test_rendering import inspect, rendered

PUBLIC = frozenset({"public"})
LINK = re.compile(r'<a class="citation" href="([^"]*)">(.*?)</a>')
HEAD = builders.head("399-QĐ/TW", "Quy định", date(2026, 1, 5), "về thẩm quyền")
ARTICLES = "**Điều 3.** Một\n\n1. Việc một:\n\na) Ý a;\n\nb) Ý b.\n\n2. Việc hai.\n\n**Điều 5.** Hai\n\n"


def links(words: str, *, before: str = HEAD + ARTICLES) -> list[tuple[str, str]]:
    """(words, address) of each link in an article's text."""
    found = LINK.findall(rendered(f"{before}1. {words}\n\n2. Khác.\n").html)
    return [(text, unquote(address)) for address, text in found]


@pytest.mark.parametrize(
    ("words", "linked"),
    [
        ("Theo 57-NQ/TW.", "57-NQ/TW"),
        ("Theo Nghị quyết số 57-NQ/TW của Bộ Chính trị.", "Nghị quyết số 57-NQ/TW"),
        ("Thực hiện Nghị quyết số 10-NQ/TW ngày 3/6/2017 của Trung ương.", "Nghị quyết số 10-NQ/TW ngày 3/6/2017"),
        ("theo Kết luận số 69-KL/TW, ngày 11 tháng 01 năm 2024,", "Kết luận số 69-KL/TW, ngày 11 tháng 01 năm 2024"),
        ("tại khoản 2 Điều 3 Quy định số 12-QĐ/TU;", "khoản 2 Điều 3 Quy định số 12-QĐ/TU"),
        ("tại điểm a, khoản 2, Điều 3 Nghị định 13/2023/NĐ-CP", "điểm a, khoản 2, Điều 3 Nghị định 13/2023/NĐ-CP"),
        ("tại Điều 3 của Nghị định 13/2023/NĐ-CP", "Điều 3 của Nghị định 13/2023/NĐ-CP"),
        ("các khoản 1, 2 và khoản 3 Điều 4 Quyết định 204-QĐ/TW", "khoản 3 Điều 4 Quyết định 204-QĐ/TW"),
        ("khoản 1, khoản 2 Điều 4 Quyết định 204-QĐ/TW", "khoản 2 Điều 4 Quyết định 204-QĐ/TW"),
        ("Luật Quy hoạch số 112/2025/QH15", "Luật Quy hoạch số 112/2025/QH15"),
        ("Hướng dẫn *số 07-HD/BTGDVTU*", "số 07-HD/BTGDVTU"),
        ("(127-QĐ/BCĐCĐS-CCHC-ĐA06-TU-VL)", "127-QĐ/BCĐCĐS-CCHC-ĐA06-TU-VL"),
    ],
)  # fmt: skip
def test_a_number_is_linked_with_what_belongs_to_it(words: str, linked: str):
    assert links(words) == [(linked, f"/cite/{linked}?from=van-ban@1")]


@pytest.mark.parametrize(
    ("words", "linked", "path"),
    [
        ("tại khoản 2 Điều 3 Quy định này.", "khoản 2 Điều 3 Quy định này", "dieu-3.khoan-2"),
        ("điểm b khoản 1 Điều 3 của Quy định này", "điểm b khoản 1 Điều 3 của Quy định này", "dieu-3.khoan-1.diem-b"),
        ("theo Điều 3 Quy định này", "Điều 3 Quy định này", "dieu-3"),
        ("tại khoản 2 Điều này", "khoản 2 Điều này", "dieu-5.khoan-2"),
        ("tại khoản 2 Điều 3 Quy định 399-QĐ/TW", "khoản 2 Điều 3 Quy định 399-QĐ/TW", "dieu-3.khoan-2"),
    ],
)  # fmt: skip
def test_a_part_of_the_same_text_is_linked_in_place(words: str, linked: str, path: str):
    assert links(words) == [(linked, f"#{path}")]


@pytest.mark.parametrize(
    "words",
    [
        "Quy định này có hiệu lực.", "Điều này được áp dụng.", "tại khoản 9 Điều này", "tại Điều 99 Quy định này",
        "khoản 2 Điều 3 Luật này", "theo 399-QĐ/TW", "Quy định số 399-QĐ/TW ngày 5/1/2026 gồm", "giai đoạn 2026-2030",
        "mức 24/7, tỷ lệ 5-10%, 01/2026", "Mẫu số 01/TB-SSĐT kèm theo", "khoản tiền này", "điểm cầu này", "A4-B5/C6",
        "sửa như sau: “tại khoản 2 Điều 3 Quy định này”", 'sửa thành "khoản 2 Điều 3 Quy định này"', "Điều 3 và Điều 5",
        "tại khoản 1 Điều này",
    ],
)  # fmt: skip
def test_what_names_no_other_place_is_not_linked(words: str):
    assert links(words) == []


def test_an_older_document_of_the_same_number_is_another():
    assert links("thay thế Quy định số 399-QĐ/TW ngày 3/2/2019")[0][1].startswith("/cite/")


def test_a_quotation_that_goes_on_over_several_parts_is_not_linked_to_this_text():
    words = (
        "Sửa đổi Điều 8 như sau:\n\n“**Điều 8.** Mới\n\na) Theo Điều 3 Quy định này;\n\nb) Theo Điều 3 Quy định này.”"
    )
    assert links(words) == []


def test_in_an_attached_regulation_its_own_articles_are_meant():
    source = (
        builders.head("15-QĐ/TU", "Quyết định", date(2026, 1, 5), "ban hành Quy chế")
        + "**Điều 1.** Ban hành kèm theo.\n\n**Điều 2.** Thi hành theo Điều 1 Quy chế này.\n\n"
        "QUY CHẾ LÀM VIỆC\n\n(Ban hành kèm theo Quyết định số 15-QĐ/TU)\n\n"
        "**Điều 1.** Phạm vi\n\nMột.\n\n**Điều 2.** Theo Điều 1 Quy chế này\n\nTheo quy định tại Điều 1 Quy chế này.\n"
    )
    assert {address for address, _ in LINK.findall(rendered(source).html)} == {"#kem-theo.dieu-1"}


def test_head_labels_and_signature_are_left_alone():
    html = rendered(
        HEAD + "Căn cứ Quy định số 12-QĐ/TU ngày 15/4/2026;\n\n" + ARTICLES + "1. Theo Điều 3 Quy định này.\n\n"
        "Nơi nhận:\n\n- Như Điều 3 Quy định này, 57-NQ/TW;\n\nT/M BỘ CHÍNH TRỊ\n\n(57-NQ/TW)\n\nTô Văn A\n"
    ).html  # fmt: skip
    assert [text for _, text in LINK.findall(html)] == ["Quy định số 12-QĐ/TU ngày 15/4/2026", "Điều 3 Quy định này"]
    assert html.count('class="label"') == len(re.findall(r'<a class="label" href="#[^"]+">[^<]*</a>', html))


def test_no_word_of_any_text_is_lost_or_changed(monkeypatch: pytest.MonkeyPatch):
    dice = random.Random(7)
    pieces = ["57-NQ/TW", "khoản 2", "Điều 3", "Quy định này", "“", "”", "&", "<b>", "**đậm**", "*57-NQ/TW*", '"']
    made = [
        HEAD + ARTICLES + "".join(f"{at}. {' '.join(dice.choices(pieces, k=12))}.\n\n" for at in range(1, 30))
        for _ in range(20)
    ]
    made += [file.read_text("utf-8") for file in sorted((samples.FOLDER / "documents").glob("*.md"))]
    linked = [rendered(source).html for source in made]
    monkeypatch.setattr(Linker, "linked", lambda self, markup, path: markup)
    for source, html in zip(made, linked, strict=True):
        inspect(html)
        assert LINK.sub(r"\2", html) == rendered(source).html


def test_words_of_a_text_cannot_break_out_of_a_link():
    html = rendered(HEAD + ARTICLES + '1. Theo 57-NQ/TW"onclick="x 57-NQ/TW<script> [57-NQ/TW](javascript:x).\n').html
    inspect(html)
    assert {address for address, _ in LINK.findall(html)} == {"/cite/57-NQ/TW?from=van-ban@1"}


@pytest.mark.usefixtures("handbook")
async def test_every_link_of_the_sample_leads_to_one_place_or_to_none():
    async def unit(_code: str) -> int:
        return 7

    rows = await importing.import_files([samples.FOLDER / "documents"], by="cli", resolve=unit)
    scopes = frozenset({"public", "members", "org:7", "at:7"})
    count = 0
    for row in rows:
        found = await reading.edition(row.slug, row.edition or 1, scopes=scopes)
        for address, _ in LINK.findall(found.html):
            count += 1
            if address.startswith("#"):
                assert f'id="{address[1:]}"' in found.html
                continue
            words, _, place = unquote(address).removeprefix("/cite/").partition("?from=")
            assert place == f"{row.slug}@{row.edition}"
            led = await citations.resolve(words, scopes=scopes, near=Near.of(place))
            assert led.outcome == "one", (row.slug, words)
    assert count > 15


@pytest.mark.usefixtures("handbook")
async def test_fragments_drawn_before_are_drawn_anew_with_their_links(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Linker, "linked", lambda self, markup, path: markup)
    text = regulation("12-QĐ/TU").replace("**Điều 2.**", "Theo Nghị quyết 57-NQ/TW.\n\n**Điều 2.**")
    row = await put(front_matter(issuer="Tỉnh ủy") + text)
    monkeypatch.undo()
    assert "/cite/" not in (await reading.edition_in_force(row.slug, scopes=PUBLIC)).html
    monkeypatch.setattr(fragments, "RENDERER", rendering.RENDERER + 1)
    assert await fragments.render_stale() == 1
    again = await reading.edition(row.slug, 1, scopes=PUBLIC | {"another"})
    made = await fragments.text_of((await edition_ids(row.slug))[0])
    assert f"?from={row.slug}@1" in made.html
    assert again.document.slug == row.slug


async def edition_ids(slug: str) -> list[UUID]:
    rows = await database.fetch(
        "SELECT e.id FROM edition e JOIN document d ON d.id = e.document WHERE d.slug = {}", slug
    )
    return [row["id"] for row in rows]


def test_a_source_without_a_place_is_linked_without_one():
    structure = parse(HEAD + ARTICLES + "1. Theo 57-NQ/TW.\n")
    anchors = {part.path: "a" for part in structure.parts}
    html = rendering.render(structure.parts, anchors=anchors, source=Source("399-QĐ/TW", "Quy định")).html
    assert 'href="/cite/57-NQ/TW"' in html
