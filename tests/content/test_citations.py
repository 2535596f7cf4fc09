"""Quotations lead to the part they name, in any spelling, or list what they may name; nobody is told what is hidden."""

import unicodedata
from datetime import date
from typing import Literal
from urllib.parse import unquote
from uuid import UUID

import pytest

from base import database
from content import citations, importing, publishing, samples
from content.citations import Near, Resolution
from content.fragments import pieces_of
from content.structure import quotation as quoted
from tests.content.builders import front_matter, put, regulation, resolution
from tests.content.spellings import LAWS, NOTHING, NUMBERS, PARTS

pytestmark = pytest.mark.usefixtures("handbook")
PUBLIC = frozenset({"public"})
Spelling = Literal["NFC", "NFD"]

LAW = """QUỐC HỘI

Luật số: 57/2020/QH14

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Hà Nội, ngày 16 tháng 6 năm 2020

LUẬT

THANH NIÊN

Điều 1. Thanh niên

Thanh niên là công dân Việt Nam từ đủ 16 tuổi đến 30 tuổi.

Điều 12. Trách nhiệm đối với Tổ quốc

1. Thanh niên có trách nhiệm:

a) Phát huy truyền thống;

d) Sẵn sàng bảo vệ Tổ quốc;

đ) Đấu tranh với mọi âm mưu.
"""


@pytest.fixture
async def papers() -> dict[str, str]:
    """A resolution of the centre, a regulation, a law; their slugs."""
    centre = "BAN CHẤP HÀNH TRUNG ƯƠNG"
    rows = {
        "57": await put(
            front_matter(issuer="Bộ Chính trị")
            + resolution("57-NQ/TW", issued=date(2024, 12, 22), characters=20_000, issuer="BỘ CHÍNH TRỊ")
        ),
        "399": await put(regulation("399-QĐ/TW", issued=date(2025, 11, 3), characters=4_000, issuer=centre)),
        "law": await put(LAW),
    }
    assert {row.outcome for row in rows.values()} == {"new"}
    return {name: row.slug for name, row in rows.items()}


def shape(found: Resolution) -> tuple[str, list[tuple[str, str | None]]]:
    return found.outcome, [(hit.document.slug, hit.path) for hit in found.hits]


@pytest.mark.parametrize("spelt", ["NFC", "NFD"])
async def test_a_number_is_known_in_any_spelling(papers: dict[str, str], spelt: Spelling):
    for text in NUMBERS:
        found = await citations.resolve(unicodedata.normalize(spelt, text), scopes=PUBLIC)
        assert shape(found) == ("one", [(papers["57"], None)]), text
    for text in LAWS:
        found = await citations.resolve(unicodedata.normalize(spelt, text), scopes=PUBLIC)
        assert shape(found) == ("one", [(papers["law"], None)]), text


@pytest.mark.parametrize("spelt", ["NFC", "NFD"])
async def test_a_part_is_known_in_any_order_and_spelling(papers: dict[str, str], spelt: Spelling):
    for text, path in PARTS.items():
        slug = papers["law" if "uật" in text.lower() else "399" if "399" in text else "57"]
        found = await citations.resolve(unicodedata.normalize(spelt, text), scopes=PUBLIC)
        assert shape(found) == ("one", [(slug, path)]), text
        assert found.hits[0].link == f"/documents/{slug}/editions/1#{path}"


async def test_a_hit_carries_the_customary_quotation_and_its_term(papers: dict[str, str]):
    [hit] = (await citations.resolve("k2 đ3 quy định 399", scopes=PUBLIC)).hits
    assert hit.quotation == "khoản 2 Điều 3 Quy định 399-QĐ/TW"
    assert (hit.ordinal, hit.term, hit.document.number) == (1, "XIII", "399-QĐ/TW")


async def test_a_part_that_is_not_there_is_said_so_with_the_document(papers: dict[str, str]):
    for text in (
        "khoản 9 Điều 3 Quy định 399",
        "Điều 99 Quy định 399-QĐ/TW",
        "mục XI nghị quyết 57",
        "Phụ lục 1 57-NQ/TW",
    ):
        found = await citations.resolve(text, scopes=PUBLIC)
        assert found.outcome == "part-missing", text
        assert [hit.path for hit in found.hits] == [None]
        assert found.understood


@pytest.mark.parametrize("text", NOTHING)
async def test_what_names_nothing_finds_nothing(papers: dict[str, str], text: str):
    assert (await citations.resolve(text, scopes=PUBLIC)).outcome == "nothing"


async def test_a_date_a_year_or_an_issuer_that_does_not_fit_names_another_document(papers: dict[str, str]):
    for text in (
        "57-NQ/TW ngày 1/2/2016",
        "Nghị quyết 57 năm 2016",
        "57-NQ/TW của Ban Bí thư",
        "nghị quyết 57-NQ/TW của Tỉnh ủy Lào Cai",
    ):
        found = await citations.resolve(text, scopes=PUBLIC)
        assert found.outcome == "nothing", text
        assert [hit.document.slug for hit in found.hits] == [papers["57"]], text


async def test_a_number_that_repeats_lists_its_documents_by_term(papers: dict[str, str]):
    older = await put(resolution("57-NQ/TW", issued=date(2019, 9, 27), issuer="BỘ CHÍNH TRỊ"))
    for text in ("57-NQ/TW", "nghị quyết 57", "NQ 57"):
        found = await citations.resolve(text, scopes=PUBLIC)
        assert shape(found) == ("several", [(papers["57"], None), (older.slug, None)]), text
        assert [hit.term for hit in found.hits] == ["XIII", "XII"]
    for text in ("số 57", "57"):
        found = await citations.resolve(text, scopes=PUBLIC)
        assert [hit.document.slug for hit in found.hits] == [papers["57"], papers["law"], older.slug]
    for text in (
        "57-NQ/TW ngày 27/9/2019",
        "nghị quyết 57 năm 2019",
        "Nghị quyết số 57-NQ/TW ngày 27 tháng 9 năm 2019 của Bộ Chính trị",
    ):
        assert shape(await citations.resolve(text, scopes=PUBLIC)) == ("one", [(older.slug, None)]), text
    both = await citations.resolve("mục I.1 nghị quyết 57", scopes=PUBLIC)
    assert shape(both) == ("several", [(papers["57"], "i.1"), (older.slug, "i.1")])


async def test_beside_a_document_a_number_is_its_own_issuers_latest_by_then():
    await put(regulation("12-QĐ/TU", issued=date(2021, 5, 4)))
    second = await put(regulation("12-QĐ/TU", issued=date(2026, 5, 4)))
    other = await put(regulation("12-QĐ/TU", issued=date(2026, 6, 4), issuer="TỈNH ỦY MÂY TRẮNG"))
    citing = await put(resolution("18-NQ/TU", issued=date(2026, 9, 1)))
    early = await put(resolution("3-NQ/TU", issued=date(2023, 9, 1)))
    assert len((await citations.resolve("12-QĐ/TU", scopes=PUBLIC)).hits) == 3
    near = Near(citing.slug, 1)
    assert shape(await citations.resolve("12-QĐ/TU", scopes=PUBLIC, near=near)) == ("one", [(second.slug, None)])
    found = await citations.resolve("12-QĐ/TU", scopes=PUBLIC, near=Near(early.slug, 1))
    assert [hit.document.issued for hit in found.hits] == [date(2021, 5, 4)]
    named = await citations.resolve("Quy định 12-QĐ/TU của Tỉnh ủy Mây Trắng", scopes=PUBLIC, near=near)
    assert shape(named) == ("one", [(other.slug, None)])


async def test_this_document_and_this_article_are_those_where_the_quotation_stands(papers: dict[str, str]):
    near = Near(papers["399"], 1, "dieu-4.khoan-1")
    expected = {
        "Điều 5 Quy định này": "dieu-5", "khoản 2 Điều này": "dieu-4.khoan-2", "khoản 2": "dieu-4.khoan-2",
        "Điều này": "dieu-4", "Điều 5": "dieu-5", "khoản này": "dieu-4.khoan-1",
        "điểm a khoản 2 Điều 3 Quy định này": "dieu-3.khoan-2.diem-a",
        "khoản 2 Điều 3": "dieu-3.khoan-2", "k2 đ3": "dieu-3.khoan-2", "Chương II": "chuong-2", "Quy định này": None,
    }  # fmt: skip
    for text, path in expected.items():
        assert shape(await citations.resolve(text, scopes=PUBLIC, near=near)) == ("one", [(papers["399"], path)]), text
        assert (await citations.resolve(text, scopes=PUBLIC)).outcome == "nothing", text
    assert (await citations.resolve("khoản 9 Điều này", scopes=PUBLIC, near=near)).outcome == "part-missing"


async def test_of_very_many_documents_the_part_is_looked_for_in_the_one_that_is_chosen():
    for year in range(2010, 2018):
        await put(regulation("12-QĐ/TU", issued=date(year, 5, 4)))
    found = await citations.resolve("khoản 2 Điều 1 Quy định 12-QĐ/TU", scopes=PUBLIC)
    assert (found.outcome, len(found.hits)) == ("several", 8)
    for hit in found.hits:
        words, _, place = unquote(hit.link).removeprefix("/cite/").partition("?from=")
        chosen = await citations.resolve(words, scopes=PUBLIC, near=Near.of(place))
        assert shape(chosen) == ("one", [(hit.document.slug, "dieu-1.khoan-2")])


def test_a_place_is_read_from_an_address():
    assert Near.of("quy-dinh-399@2.dieu-4.khoan-1") == Near("quy-dinh-399", 2, "dieu-4.khoan-1")
    assert Near.of("quy-dinh-399@12") == Near("quy-dinh-399", 12, "")
    for wrong in ("", "@", "x", "x@", "@1", "x@y", "x@1000000", "x@-1", "x@١"):
        assert Near.of(wrong) is None, wrong


async def test_what_the_reader_may_not_read_looks_like_nothing(papers: dict[str, str]):
    hidden = await put(regulation("88-QĐ/TU", issued=date(2026, 2, 3)), audience={"org:7"})
    twin = await put(resolution("57-NQ/TW", issued=date(2019, 9, 27)), audience={"org:7"})
    inside = PUBLIC | {"org:7"}
    for text in ("88-QĐ/TU", "khoản 2 Điều 3 Quy định 88-QĐ/TU", "quy định 88", "88-QĐ/TU năm 2020"):
        absent = await citations.resolve(text.replace("88", "87"), scopes=PUBLIC)
        found = await citations.resolve(text, scopes=PUBLIC)
        assert (found.outcome, found.hits) == (absent.outcome, absent.hits) == ("nothing", ())
    assert (await citations.resolve("88-QĐ/TU", scopes=inside)).outcome == "one"
    assert shape(await citations.resolve("57-NQ/TW", scopes=PUBLIC)) == ("one", [(papers["57"], None)])
    assert len((await citations.resolve("57-NQ/TW", scopes=inside)).hits) == 2
    near = Near(hidden.slug, 1, "dieu-1")
    assert (await citations.resolve("khoản 1 Điều này", scopes=PUBLIC, near=near)).outcome == "nothing"
    assert (await citations.resolve("khoản 1 Điều này", scopes=inside, near=near)).outcome == "one"
    assert twin.slug not in str(await citations.resolve("số 57", scopes=PUBLIC))


async def test_what_was_withdrawn_is_not_found(papers: dict[str, str]):
    rows = await database.fetch(
        "SELECT e.id FROM edition e JOIN document d ON d.id = e.document WHERE d.slug = {}", papers["399"]
    )
    await publishing.withdraw(rows[0]["id"], by="cli", reason="nhầm")
    assert (await citations.resolve("399-QĐ/TW", scopes=PUBLIC)).outcome == "nothing"


async def test_a_document_that_arrives_later_is_found_by_the_same_words():
    text = "khoản 2 Điều 1 Quy định 12-QĐ/TU"
    assert (await citations.resolve(text, scopes=PUBLIC)).outcome == "nothing"
    row = await put(regulation("12-QĐ/TU"))
    assert shape(await citations.resolve(text, scopes=PUBLIC)) == ("one", [(row.slug, "dieu-1.khoan-2")])


async def test_the_edition_in_force_answers_and_an_older_one_for_what_it_alone_has():
    await put(regulation("12-QĐ/TU", characters=4_000))
    row = await put(regulation("12-QĐ/TU", characters=900, seed=2))
    assert row.edition == 2
    for text, ordinal in (("Điều 1 Quy định 12-QĐ/TU", 2), ("Điều 9 Quy định 12-QĐ/TU", 1)):
        found = await citations.resolve(text, scopes=PUBLIC)
        assert (found.outcome, found.hits[0].ordinal) == ("one", ordinal)


async def test_every_part_of_the_sample_is_found_by_its_own_quotation():
    async def unit(code: str) -> int:
        return sum(map(ord, code))

    await importing.import_files([samples.FOLDER / "documents"], by="cli", resolve=unit)
    assert await checked_round_trip() > 1_100


async def test_every_part_of_generated_documents_is_found_by_its_own_quotation():
    for seed in range(4):
        await put(regulation(f"{seed + 1}-QĐ/TU", seed=seed, characters=6_000 * (seed + 1)))
        await put(resolution(f"{seed + 1}-NQ/TU", seed=seed, characters=6_000 * (seed + 1)))
    assert await checked_round_trip() > 400


async def checked_round_trip() -> int:
    """Every part of every edition by its quotation, with the day where a number repeats; how many were checked."""
    scopes = frozenset(row["scope"] for row in await database.fetch("SELECT scope FROM audience"))
    editions = await database.fetch(
        "SELECT e.id, e.ordinal, d.slug, d.number, d.type, d.issued FROM edition e "
        "JOIN document d ON d.id = e.document ORDER BY d.slug, e.ordinal DESC"
    )
    count, seen = 0, set[tuple[str, str]]()
    for edition in editions:
        for path, words in await quotations_of(edition["id"], edition["number"], edition["type"]):
            if (edition["slug"], words) in seen:
                continue  # the newer edition has it too
            seen.add((edition["slug"], words))
            found = await citations.resolve(f"{words} ngày {edition['issued']:%d/%m/%Y}", scopes=scopes)
            assert shape(found) == ("one", [(edition["slug"], path)]), words
            listed = await citations.resolve(words, scopes=scopes)
            assert (edition["slug"], path) in shape(listed)[1], words
            assert found.hits[0].quotation == words
            count += 1
    return count


async def quotations_of(edition: UUID, number: str, type: str) -> list[tuple[str, str]]:
    pieces = await pieces_of(edition)
    parts = [part for part in pieces.parts if part.kind != "matter"]
    return [(part.path, quoted(pieces.parts, part.path, number=number, type=type)) for part in parts]
