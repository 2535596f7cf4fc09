"""Taking files into the handbook."""

import os
from hashlib import sha256

import msgspec
import pytest

from base import catalogue, database, journal
from content import extracting, importing, originals, reading
from content.outcomes import ImportRow
from content.rows import Filters
from tests.content import builders, packing
from tests.content.builders import front_matter, put, regulation, resolution

PUBLIC = frozenset({"public"})
pytestmark = pytest.mark.usefixtures("handbook")


def _why(row: ImportRow) -> str:
    assert row.error
    return row.error.key


async def _unit(code: str) -> int | None:
    return {"VL": 7, "VL-BTC": 9}.get(code)


async def test_a_file_becomes_a_document_that_can_be_read():
    row = await put(regulation(title="về sinh hoạt chi bộ"))
    assert (row.outcome, row.number, row.type, row.slug, row.edition) == (
        "new", "12-QĐ/TU", "Quy định", "quy-dinh-12-qd-tu-2026", 1,
    )  # fmt: skip
    assert row.counts["dieu"] >= 2
    opened = await reading.edition_in_force(row.slug, scopes=PUBLIC)
    assert opened.document.title == "về sinh hoạt chi bộ"
    assert 'id="dieu-1.khoan-2.diem-a"' in opened.html
    assert opened.contents[0].label == "Chương I"


async def test_the_same_file_again_changes_nothing():
    await put(regulation())
    before = await database.fetch("SELECT count(*) AS n FROM journal")
    row = await put(regulation())
    assert (row.outcome, row.edition, row.counts["dieu"] >= 2) == ("unchanged", 1, True)
    assert await database.fetch("SELECT count(*) AS n FROM journal") == before


async def test_changed_text_is_a_new_edition_and_the_older_one_can_still_be_read():
    await put(regulation())
    row = await put(regulation().replace("1. ", "1. Từ nay, ", 1))
    assert (row.outcome, row.edition) == ("edition", 2)
    opened = await reading.edition_in_force(row.slug, scopes=PUBLIC)
    assert opened.edition.ordinal == 2
    assert "Từ nay" in opened.html
    older = await reading.edition(row.slug, 1, scopes=PUBLIC)
    assert [banner.kind for banner in older.banners] == ["older-edition"]
    assert [(each.ordinal, each.state) for each in opened.editions] == [(2, "published"), (1, "superseded")]


async def test_anchors_follow_their_text_into_the_next_edition_though_its_number_changes():
    first = "**Điều 1.** Phạm vi\n\nQuy định này áp dụng cho mọi chi bộ trong tỉnh, không trừ chi bộ nào.\n\n"
    second = "**Điều 2.** Lệ phí\n\nChi bộ không thu của đảng viên khoản nào ngoài đảng phí theo quy định.\n\n"
    inserted = "**Điều 2.** Giải thích\n\nTrong văn bản này, buổi sinh hoạt được hiểu là cuộc họp thường kỳ.\n\n"
    opening = builders.head("12-QĐ/TU", "Quy định", builders.date(2026, 5, 4), "về sinh hoạt chi bộ")
    row = await put(opening + first + second)
    was = await reading.part(row.slug, "dieu-2", scopes=PUBLIC)
    await put(opening + first + inserted + second.replace("Điều 2", "Điều 3"))
    now = await reading.part(row.slug, "dieu-3", scopes=PUBLIC)
    assert now.anchor == was.anchor
    assert (await reading.part(row.slug, "dieu-2", scopes=PUBLIC)).anchor != was.anchor


async def test_a_number_of_another_term_is_another_document():
    first = await put(resolution(issued=builders.date(2021, 4, 20)))
    second = await put(resolution(issued=builders.date(2026, 4, 20)))
    assert (first.slug, second.slug) == ("nghi-quyet-05-nq-tu-2021", "nghi-quyet-05-nq-tu-2026")


async def test_two_documents_of_one_number_and_year_get_different_addresses():
    first = await put(resolution(number="01-NQ/ĐU", issuer="ĐẢNG ỦY XÃ LŨNG MÂY"))
    second = await put(resolution(number="01-NQ/ĐU", issuer="ĐẢNG ỦY XÃ ĐỒNG MÂY"))
    assert (first.slug, second.slug) == ("nghi-quyet-01-nq-du-2026", "nghi-quyet-01-nq-du-2026-2")


async def test_one_bad_file_never_stops_the_rest(tmp_path):
    (tmp_path / "1.md").write_bytes("Số 12-QĐ/TU".encode("utf-16"))
    (tmp_path / "2.md").write_text("", encoding="utf-8")
    (tmp_path / "3.md").write_text("Chỉ là một lá thư.", encoding="utf-8")
    (tmp_path / "4.txt").write_text(regulation(), encoding="utf-8")
    (tmp_path / "5.md").mkdir()
    (tmp_path / "6.odt").write_bytes(b"PK")
    told = []
    rows = await importing.import_files(
        [tmp_path, tmp_path / "6.odt", tmp_path / "none.md"], by="cli",
        progress=lambda done, total, row: told.append((done, total)),
    )  # fmt: skip
    by_name = {row.path.rsplit("/", 1)[1]: row.error.key if row.error else row.outcome for row in rows}
    assert by_name == {
        "1.md": "content-import-not-utf8", "2.md": "content-import-empty", "3.md": "content-import-nameless",
        "4.txt": "new", "5.md": "content-import-unreadable", "6.odt": "content-import-unknown-kind",
        "none.md": "content-import-unreadable",
    }  # fmt: skip
    assert told == [(done, 7) for done in range(1, 8)]
    for row in rows:
        if row.error:
            assert catalogue.say(row.error.key, "en", **row.error.values) != row.error.key


async def test_a_pipe_is_not_waited_on(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    (row,) = await importing.import_files([tmp_path], by="cli")
    assert _why(row) == "content-import-unreadable"


async def test_a_file_whose_name_is_not_utf8_is_taken_and_told(tmp_path):
    file = tmp_path / os.fsdecode(b"12-Q\xd0.md")
    file.write_text(regulation(), encoding="utf-8")
    (row,) = await importing.import_files([file], by="cli")
    assert (row.outcome, row.path.rsplit("/", 1)[1]) == ("new", "12-Q\ufffd.md")


async def test_a_file_above_the_limit_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr("content.extracting.MAX_BYTES", 100)
    assert _why(await put(regulation())) == "content-import-too-large"


@pytest.mark.parametrize("marking", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
async def test_a_secret_document_never_enters(marking):
    row = await put(f"{marking}\n\n" + regulation())
    assert row.outcome == "refused"
    assert _why(row) == "content-import-secret"
    assert await database.fetch("SELECT id FROM document") == []


async def test_front_matter_says_who_may_read_and_what_it_is_about():
    facts = front_matter(
        audience=["org:VL"], owner="VL-BTC", offline=False, topic="xay-dung-dang", effective_from="2026-07-01"
    )
    row = await put(facts + regulation(), resolve=_unit)
    assert await reading.audience_of(row.slug) == {"org:7"}
    opened = await reading.edition_in_force(row.slug, scopes=frozenset({"org:7"}))
    assert (opened.document.offline, opened.document.topic) == (False, "xay-dung-dang")
    assert opened.document.effective_from == builders.date(2026, 7, 1)
    owner = await database.fetch("SELECT owner_unit FROM document")
    assert owner[0]["owner_unit"] == 9


@pytest.mark.parametrize("scope", ["org:KHONG-CO", "everyone", "role:x"])
async def test_an_unknown_audience_is_refused_instead_of_guessed(scope):
    row = await put(front_matter(audience=[scope]) + regulation(), resolve=_unit)
    assert (row.outcome, _why(row)) == ("refused", "content-import-unknown-audience")


async def test_a_document_ends_on_the_eve_of_the_one_that_replaces_it(in_june):
    old = await put(regulation("02-QC/TU", type="Quy chế", issued=builders.date(2021, 1, 5)))
    new = await put(
        front_matter(replaces=["02-QC/TU"], effective_from="2026-08-01")
        + regulation("01-QC/TU", type="Quy chế", issued=builders.date(2026, 6, 1))
    )
    opened = await reading.edition_in_force(old.slug, scopes=PUBLIC)
    assert opened.document.effective_until == builders.date(2026, 7, 31)
    assert [(banner.kind, banner.slug, banner.on) for banner in opened.banners] == [
        ("replaced", new.slug, builders.date(2026, 8, 1))
    ]
    names = (await reading.edition_in_force(new.slug, scopes=PUBLIC)).relations
    assert [(each.kind, each.slug) for each in names] == [("replaces", old.slug)]


async def test_relations_are_found_whichever_document_comes_first():
    await put(front_matter(amends=["12-QĐ/TU"]) + regulation("31-QĐ/TU", issued=builders.date(2026, 9, 1)))
    row = await put(regulation("12-QĐ/TU"))
    assert [banner.kind for banner in (await reading.edition_in_force(row.slug, scopes=PUBLIC)).banners] == ["amended"]


async def test_what_a_text_cites_is_noted_and_linked_when_it_arrives():
    citing = await put(regulation().replace("1. ", "1. Theo Nghị quyết số 05-NQ/TU ngày 12/3/2026, ", 1))
    cited = await put(resolution())
    found = (await reading.edition_in_force(citing.slug, scopes=PUBLIC)).relations
    assert [(each.kind, each.slug) for each in found] == [("cites", cited.slug)]


async def test_a_paper_is_kept_as_it_was_issued_and_a_text_of_our_own_is_not(tmp_path):
    data = packing.docx(packing.paper(packing.p("Điều 1. Chi bộ sinh hoạt mỗi tháng một lần.")))
    (tmp_path / "12-QĐ-TU.docx").write_bytes(data)
    [row] = await importing.import_files([tmp_path], by="cli")
    [kept] = (await reading.edition_in_force(row.slug, scopes=PUBLIC)).originals
    assert (kept.role, kept.name, kept.digest) == ("source", "12-QĐ-TU.docx", sha256(data).hexdigest())
    assert originals.path(kept).read_bytes() == data
    own = await put(regulation("13-QĐ/TU", seed=5))
    assert (await reading.edition_in_force(own.slug, scopes=PUBLIC)).originals == ()


async def test_a_paper_that_changes_while_it_is_taken_is_refused_and_leaves_nothing(tmp_path, monkeypatch):
    file = tmp_path / "12-QĐ-TU.docx"
    file.write_bytes(packing.docx(packing.paper(packing.p("Điều 1. Chi bộ sinh hoạt mỗi tháng một lần."))))
    extract = extracting.extract

    async def changed(data, *more):
        file.write_bytes(data + b"x")
        return await extract(data, *more)

    monkeypatch.setattr(extracting, "extract", changed)
    [row] = await importing.import_files([tmp_path], by="cli")
    assert (row.outcome, _why(row)) == ("refused", "content-import-failed")
    assert await database.fetch("SELECT id FROM document") == []


async def test_the_act_is_journalled_with_ids_only():
    await put(regulation(title="về một điều rất riêng"))
    acts = await database.fetch("SELECT act, subject, by, detail FROM journal")
    assert [(act["act"], act["by"]) for act in acts] == [("document.publish", "cli")]
    assert "riêng" not in str(acts)
    assert await journal.seal_pending() == 1


async def test_a_report_can_be_written_as_json():
    row = await put(regulation())
    assert msgspec.json.decode(msgspec.json.encode([row]))[0]["issued"] == "2026-05-04"


async def test_many_files_are_read_by_other_processes(tmp_path):
    for number in range(1, 13):
        text = resolution(f"{number:02}-NQ/TU", seed=number, characters=3_000)
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    rows = await importing.import_files([tmp_path], by="cli")
    assert [row.outcome for row in rows] == ["new"] * 12
    assert (await reading.facets(scopes=PUBLIC, filters=Filters(type="Nghị quyết"))).total == 12
