"""A list of members is looked at row by row, then taken in without its wrong rows, and once."""

import io
import time
import zipfile
from datetime import timedelta

import openpyxl
import pytest

from backend.accounts import members, memberships, roster, roster_files, roster_import
from backend.accounts.authority import NotAdministratorError
from base import clock
from base.errors import InvalidError
from tests import builders

HEAD = "Họ và tên,Tên đăng nhập,Mã đơn vị,Số thẻ"


def csv(*rows: str, head: str = HEAD) -> bytes:
    return ("\ufeff" + "\r\n".join([head, *rows]) + "\r\n").encode()


def xlsx(*rows) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet(index=0)
    for row in rows:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


async def outcomes(content: bytes, people, *, dry_run: bool = False, rename: bool = False):
    report = await roster_import.import_roster(content, by=people.quang, dry_run=dry_run, rename=rename)
    return [(row.line, row.outcome, [(error.field, error.key) for error in row.problems]) for row in report.rows]


# Files


@pytest.mark.parametrize(
    "content",
    [
        csv("Hà Văn Cừ,cu,DM-BX,MAU-1"),
        csv("Hà Văn Cừ;cu;DM-BX;MAU-1", head=HEAD.replace(",", ";")),
        csv("Hà Văn Cừ\tcu\tDM-BX\tMAU-1", head=HEAD.replace(",", "\t")),
        csv("Hà Văn Cừ,cu,DM-BX,MAU-1").removeprefix(b"\xef\xbb\xbf"),
        csv('"Hà Văn Cừ","cu","DM-BX","MAU-1"'),
        csv("cu,MAU-1,ghi chú,DM-BX,Hà Văn Cừ", head="LOGIN *,card_number,note,Unit Code,Name"),
        csv("", "", " Hà  Văn Cừ , CU , DM-BX , mau-1 ,,", ",,,").replace(b"\r\n", b"\n"),
        xlsx(HEAD.split(","), ["Hà Văn Cừ", "cu", "DM-BX", "MAU-1"], [None, None]),
    ],
    ids=["comma", "semicolon", "tab", "no mark", "quoted", "other heads", "blank lines", "excel"],
)
async def test_lists_come_in_many_spellings(people, content):
    report = await roster_import.import_roster(content, by=people.quang, dry_run=False)
    assert {outcome: number for outcome, number in report.counts.items() if number} == {"new": 1}
    (found,) = (await roster.page(by=people.quang, search="cu")).members
    assert (found.name, found.login, found.unit, found.card_number) == ("Hà Văn Cừ", "cu", people.cell, "MAU-1")


def test_a_number_in_a_cell_is_read_without_a_fraction():
    content = xlsx(["Name", "Login", "Unit", "Card"], ["Hà Văn Cừ", "cu", 4, 120000000001.0])
    assert roster_files.read(content) == [roster_files.Row(2, "Hà Văn Cừ", "cu", "4", "120000000001")]


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.xml", b"0" * (40 * 1024 * 1024))
    return kept.getvalue()


def rewritten(change) -> bytes:
    """An Excel file in which ``change(name, text)`` has its way with each part."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(["a"]))) as source,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            target.writestr(part, change(part, source.read(part)))
    return kept.getvalue()


ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def with_document_type(before: bytes = b"", encoding: str = "utf-8", part: str = "xl/worksheets/sheet1.xml") -> bytes:
    def change(name: str, text: bytes) -> bytes:
        text = text.removeprefix(b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n")
        return (before + ENTITY + text).decode().encode(encoding) if name == part else text

    return rewritten(change)


def with_cells(cell: bytes, rows: int) -> bytes:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData>'
    text = sheet % (b"<row>" + cell * 50 + b"</row>").join([b""] * (rows + 1)) + b"</worksheet>"
    return rewritten(lambda name, old: text if name == "xl/worksheets/sheet1.xml" else old)


def torn() -> bytes:
    """An Excel file whose packed bytes were changed on the way."""
    content = bytearray(rewritten(lambda _, text: text))
    content[100:140] = b"\xff" * 40
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "roster-file-empty"),
        (b"\xef\xbb\xbf\r\n", "roster-file-empty"),
        (HEAD.encode("utf-16"), "roster-file-not-utf8"),
        ("Họ và tên".encode("cp1258", "replace") + b"\xff", "roster-file-not-utf8"),
        (csv('"Hà,cu,DM'), "roster-file-broken"),
        (csv(head="Họ và tên,Mã đơn vị"), "roster-column-missing-login"),
        (csv(head="Login,Unit"), "roster-column-missing-name"),
        (csv(head="Login,Name"), "roster-column-missing-unit"),
        (csv(head="Login,Name,Unit,Tên đăng nhập"), "roster-column-twice"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "roster-file-old-excel"),
        (b"PK\x03\x04 nothing", "roster-file-not-excel"),
        (b"x" * (10 * 1024 * 1024 + 1), "roster-file-too-big"),
        (bomb(), "roster-file-too-big"),
        (with_document_type(), "roster-file-not-excel"),
        (with_document_type(before=b"<!-- " + b"x" * 5000 + b" -->"), "roster-file-not-excel"),
        (with_document_type(encoding="utf-16"), "roster-file-not-excel"),
        (with_document_type(part="xl/_rels/workbook.xml.rels"), "roster-file-not-excel"),
        (torn(), "roster-file-not-excel"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(content, key):
    with pytest.raises(InvalidError) as refused:
        roster_files.read(content)
    assert refused.value.key == key


LONG_CELL = b'<c t="inlineStr"><is><t>%s</t></is></c>' % (b"a" * 400)


@pytest.mark.parametrize(("cell", "rows"), [(b"<c><v>1</v></c>", 50_000), (LONG_CELL, 2000)], ids=["many", "long"])
async def test_a_file_made_to_be_heavy_is_refused_in_time(people, cell, rows):
    content = with_cells(cell, rows)
    began = time.monotonic()
    with pytest.raises(InvalidError) as refused:
        await roster_import.import_roster(content, by=people.quang, dry_run=True)
    assert refused.value.key in ("error-too-long", "error-too-heavy", "roster-column-missing-name")
    assert time.monotonic() - began < roster_import.READ_S + 3
    assert (await outcomes(csv("Hà Văn Cừ,cu,DM-BX,"), people))[0][1] == "new"


def test_a_list_may_be_so_long_and_no_longer(monkeypatch):
    monkeypatch.setattr(roster_files, "MOST_ROWS", 3)
    with pytest.raises(InvalidError) as refused:
        roster_files.read(csv(*["a,b,c,d"] * 3))
    assert refused.value.key == "roster-file-too-long"
    assert len(roster_files.read(csv(*["a,b,c,d"] * 2))) == 2


# Rows


async def test_a_dry_run_says_what_would_happen_and_writes_nothing(people, journal):
    content = csv("Hà Văn Cừ,cu,DM-BX,", "Hà Thị Mai,mai,DM-NT,")
    assert await outcomes(content, people, dry_run=True) == [(2, "new", []), (3, "moved", [])]
    assert len((await roster.page(by=people.quang)).members) == 2
    assert await journal("roster.import") == []
    assert await outcomes(content, people) == [(2, "new", []), (3, "moved", [])]
    assert await memberships.unit_of(people.mai, clock.today()) == people.other_cell
    assert await memberships.unit_of(people.mai, clock.today() - timedelta(days=1)) == people.cell


async def test_the_same_list_again_changes_nothing(people, journal):
    content = csv("Hà Văn Cừ,cu,DM-BX,MAU-1", "Hà Thị Mai,mai,DM-BX,MAU-3", "Vi Văn Quang,quang,DM-NT,MAU-2")
    assert [outcome for _, outcome, _ in await outcomes(content, people)] == ["new", "corrected", "moved"]
    assert [outcome for _, outcome, _ in await outcomes(content, people)] == ["unchanged"] * 3
    assert len(await journal("member.add")) == 8
    noted = (await journal("roster.import"))[0][3]
    assert {outcome: number for outcome, number in noted.items() if number} == {"new": 1, "moved": 1, "corrected": 1}
    assert (await roster.find(people.quang, by="cli")).card_number == "MAU-2"


async def test_a_member_is_renamed_only_when_that_is_asked_for(people):
    content = csv("Hà Thị Mây,mai,DM-NT,MAU-1", "Hà Văn Cừ,cu,DM-BX,")
    report = await roster_import.import_roster(content, by=people.quang, dry_run=True)
    seen = report.rows[0]
    assert (seen.outcome, seen.was, seen.name, seen.moves) == ("renamed", "Hà Thị Mai", "Hà Thị Mây", True)
    why = [("name", "roster-rename-not-asked")]
    assert await outcomes(content, people) == [(2, "skipped", why), (3, "new", [])]
    found = await roster.find(people.mai, by="cli")
    assert (found.name, found.unit, found.card_number) == ("Hà Thị Mai", people.cell, None)
    assert await outcomes(content, people, rename=True) == [(2, "renamed", []), (3, "unchanged", [])]
    found = await roster.find(people.mai, by="cli")
    assert (found.name, found.unit, found.card_number) == ("Hà Thị Mây", people.other_cell, "MAU-1")
    assert await outcomes(content, people) == [(2, "unchanged", []), (3, "unchanged", [])]


async def test_nobody_is_renamed_from_outside_or_into_no_name(people):
    content = csv("Nguyễn Lan Anh,lan,DM-BX,", "1,mai,DM-BX,")
    assert [outcome for _, outcome, _ in await outcomes(content, people, rename=True)] == ["wrong", "wrong"]
    assert (await roster.find(people.lan, by="cli")).name == "Nguyễn Thị Ngọc Lan"


async def test_an_empty_card_cell_takes_no_card_away(people):
    await members.correct(people.mai, card_number="MAU-5", by="cli")
    assert await outcomes(csv("Hà Thị Mai,mai,DM-BX,"), people) == [(2, "unchanged", [])]
    assert await outcomes(csv("Hà Thị Mai,mai,DM-BX", head="Name,Login,Unit"), people) == [(2, "unchanged", [])]


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        (",cu,DM-BX,", [("name", "account-name-wrong")]),
        ("X,cu,DM-BX,", [("name", "account-name-wrong")]),
        ("Hà Văn Cừ,,DM-BX,", [("login", "account-login-wrong")]),
        ("Hà Văn Cừ,hà cừ,DM-BX,", [("login", "account-login-wrong")]),
        ("Hà Văn Cừ,cu,DM-BX,12", [("card", "account-card-wrong")]),
        ("Hà Văn Cừ,cu,,", [("unit", "roster-unit-unknown")]),
        ("Hà Văn Cừ,cu,DM-XX,", [("unit", "roster-unit-unknown")]),
        ("Hà Văn Cừ,cu,BT-3,", [("unit", "roster-unit-outside")]),
        ("Hà Văn Cừ,lan,DM-BX,", [("login", "account-login-taken")]),
        ("Hà Văn Cừ,cu,DM-BX,MAU-LAN", [("card", "account-card-taken")]),
        ("Hà Văn Cừ,tho,DM-BX,", [("login", "account-member-disabled")]),
        ("Hà", [("login", "account-login-wrong"), ("unit", "roster-unit-unknown")]),
        (",,X", [("login", "account-login-wrong"), ("name", "account-name-wrong"), ("unit", "roster-unit-unknown")]),
    ],
)  # fmt: skip
async def test_a_wrong_row_is_left_out_and_the_others_are_taken(people, row, problems):
    await members.correct(people.lan, card_number="MAU-LAN", by="cli")
    tho = await builders.member("tho", unit=people.cell)
    await members.disable(tho, by="cli")
    found = await outcomes(csv(row, "Lý Thị Dung,dung,DM-NT,"), people)
    assert [(outcome, sorted(errors)) for _, outcome, errors in found] == [("wrong", problems), ("new", [])]
    assert (await roster.page(by=people.quang, search="dung")).members


async def test_what_is_said_twice_is_wrong_the_second_time(people):
    found = await outcomes(csv("Hà Văn Cừ,cu,DM-BX,MAU-1", "Hà Văn Khác,Cừ,DM-BX,", "Hà Văn Ba,ba,DM-BX,mau-1"), people)
    assert [outcome for _, outcome, _ in found] == ["new", "wrong", "wrong"]
    assert found[1][2] == [("login", "roster-login-twice")]
    assert found[2][2] == [("card", "roster-card-twice")]


async def test_nobody_but_administrators_takes_a_list_in(people):
    for member in (people.mai, people.lan, people.thu):
        with pytest.raises(NotAdministratorError):
            await roster_import.import_roster(csv("Hà Văn Cừ,cu,DM-BX,"), by=member, dry_run=True)


async def test_the_command_line_takes_in_everyone(people):
    report = await roster_import.import_roster(csv("Trần An,an,BT-3,", "Lý Ba,ba,DM-BX,"), by="cli", dry_run=False)
    assert report.counts["new"] == 2


async def test_a_long_list_is_written_in_chunks_and_tells_its_progress(people):
    rows = [f"Hà Văn Dài,dai{number},DM-BX," for number in range(450)]
    told = []
    report = await roster_import.import_roster(
        csv(*rows), by=people.quang, dry_run=False, progress=lambda done, all: told.append((done, all))
    )
    assert report.counts["new"] == 450
    assert told == [(200, 450), (400, 450), (450, 450)]
