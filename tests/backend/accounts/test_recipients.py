"""What lines under "Nơi nhận" mean in the tree: what is plain is proposed, what is not is told, nothing is guessed."""

from datetime import date

import pytest

from backend.accounts import recipients, units
from backend.accounts.recipients import Proposed
from base import clock
from tests import builders

TODAY = clock.today()


UNITS = (
    ("TW", None, "centre", "Trung ương"),
    ("VL", "TW", "province", "Đảng bộ tỉnh Vân Lam"),
    ("HN", "TW", "province", "Đảng bộ thành phố Hà Nam"),
    ("VP", "VL", "agency", "Đảng bộ các cơ quan Đảng tỉnh"),
    ("VP-TU", "VL", "body", "Văn phòng Tỉnh uỷ Vân Lam (dữ liệu thử)"),
    ("BTC", "VL", "body", "Ban Tổ chức Tỉnh ủy"),
    ("UBKT", "VL", "body", "Ủy ban Kiểm tra Tỉnh ủy"),
    ("BT", "VL", "ward", "Đảng bộ phường Bến Trầm"),
    ("BT-3", "BT", "cell", "Chi bộ tổ dân phố số 3"),
    ("BT-BV", "BT", "grassroots", "Đảng bộ Bệnh viện Bến Trầm"),
    ("BT-BV-D", "BT-BV", "cell", "Chi bộ Khoa Dược"),
    ("BT-CQ", "BT", "cell", "Chi bộ Cơ quan Đảng, đoàn thể"),
    ("DM", "VL", "commune", "Đảng bộ xã Đồng Mây"),
    ("DM-BX", "DM", "cell", "Chi bộ thôn Bản Xanh"),
    ("DM-NT", "DM", "cell", "Chi bộ thôn Nà Thượng"),
)


@pytest.fixture
async def party(database) -> dict[str, int]:
    """Units by code: a centre, two provinces, and in one of them bodies, a ward and a commune with their cells."""
    found: dict[str, int] = {}
    for code, parent, kind, name in UNITS:
        found[code] = await builders.unit(code, parent=found[parent] if parent else None, kind=kind, name=name)
    return found


@pytest.fixture
def meant(party: dict[str, int]):
    """A function: what a line means for a paper of a unit, as (recipient, rule, scopes by code)."""
    codes = {str(unit): code for code, unit in party.items()}

    async def told(line: str, owner: str | None = "VL", on: date = TODAY) -> list[tuple[str, str, set[str]]]:
        found = await recipients.propose([line], owner_unit=party[owner] if owner else None, on=on)
        return [(each.line, each.why, {_coded(scope, codes) for scope in each.scopes}) for each in found]

    return told


def _coded(scope: str, codes: dict[str, str]) -> str:
    kind, _, unit = scope.partition(":")
    return f"{kind}:{codes.get(unit, unit)}"


@pytest.mark.parametrize(
    ("line", "owner", "why", "scopes"),
    [
        ("- Đảng ủy xã Đồng Mây,", "VL", "named", {"org:DM"}),
        ("- Đảng bộ xã Đồng Mây;", "VL", "named", {"org:DM"}),
        ("ĐẢNG UỶ XÃ ĐỒNG MÂY", "VL", "named", {"org:DM"}),
        ("ĐU xã Đồng Mây", "VL", "named", {"org:DM"}),
        ("Đảng ủy Đồng Mây", "VL", "named", {"org:DM"}),
        ("Ban Chấp hành Đảng bộ xã Đồng Mây", "VL", "named", {"org:DM"}),
        ("Chi uỷ thôn Bản Xanh", "DM", "named", {"org:DM-BX"}),
        ("Tỉnh uỷ Vân Lam (để báo cáo)", "DM", "named", {"at:VL"}),
        ("TU (để b/c)", "DM", "named", {"at:VL"}),
        ("Thành ủy Hà Nam", "TW", "named", {"org:HN"}),
        ("Thành ủy Hà Nam", "VL", "named", {"at:HN"}),
        ("Đảng ủy phường Bến Trầm", "DM", "named", {"at:BT"}),
        ("Đảng ủy xã", "DM-BX", "named", {"at:DM"}),
        ("VPTU Vân Lam", "VL", "named", {"org:VP-TU"}),
        ("Chi bộ Cơ quan Đảng, đoàn thể", "BT", "named", {"org:BT-CQ"}),
    ],
)
async def test_a_named_unit_is_found_however_it_is_written(meant, line, owner, why, scopes):
    assert [each[1:] for each in await meant(line, owner)] == [(why, scopes)]


@pytest.mark.parametrize(
    ("line", "owner", "why", "scopes"),
    [
        ("Các tỉnh uỷ, thành uỷ,", "TW", "kind", {"org:VL", "org:HN"}),
        ("Các tỉnh ủy, thành ủy trực thuộc Trung ương", "VL", "everyone", {"org:TW"}),
        ("Các đảng uỷ trực thuộc,", "VL", "kind", {"org:BT", "org:DM", "org:VP"}),
        ("Các đảng ủy trực thuộc Tỉnh ủy", "BTC", "kind", {"org:BT", "org:DM", "org:VP"}),
        ("Các đảng ủy xã, phường, đặc khu", "VL", "kind", {"org:BT", "org:DM"}),
        ("Các đảng ủy xã, phường, đặc khu trực thuộc", "TW", "none-below", set()),
        ("Các đảng bộ, chi bộ trực thuộc", "BT", "everyone", {"org:BT"}),
        ("Các chi bộ trực thuộc", "DM", "everyone", {"org:DM"}),
        ("Các chi bộ trực thuộc", "BT", "kind", {"org:BT-3", "org:BT-CQ"}),
        ("Các chi bộ trong toàn tỉnh", "VL", "everyone", {"org:VL"}),
        ("Các cấp ủy, tổ chức đảng trực thuộc", "VL", "everyone", {"org:VL"}),
        ("Các cơ quan, đơn vị trực thuộc", "DM", "everyone", {"org:DM"}),
        ("Các ban đảng", "VL", "kind", {"org:BTC"}),
        ("Các tỉnh ủy, thành ủy", "DM", "none-below", set()),
        ("Toàn thể đảng viên", "DM", "everyone", {"org:DM"}),
        ("Đảng viên trong chi bộ", "DM-BX", "everyone", {"org:DM-BX"}),
        ("Toàn thể đảng viên Đảng bộ xã Đồng Mây", "VL", "everyone", {"org:DM"}),
        ("Các đồng chí Ủy viên Ban Chấp hành Đảng bộ tỉnh", "VL", "committee", {"at:VL"}),
        ("Thường trực Tỉnh ủy (để báo cáo)", "DM", "committee", {"at:VL"}),
        ("Ban Thường vụ Đảng ủy", "DM", "committee", {"at:DM"}),
    ],
)
async def test_all_of_a_kind_everybody_and_committees_are_understood(meant, line, owner, why, scopes):
    assert [each[1:] for each in await meant(line, owner)] == [(why, scopes)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Lưu Văn phòng Tỉnh ủy.", "archive"),
        ("Lưu: VT, Đảng ủy xã Đồng Mây", "archive"),
        ("Như Điều 3,", "text"),
        ("Như trên;", "text"),
        ("HĐND, UBND các tỉnh, thành phố trực thuộc trung ương", "outside"),
        ("Bộ Chính trị", "outside"),
    ],
)
async def test_what_is_filed_told_elsewhere_or_no_unit_of_the_party_means_nobody(meant, line, why):
    found = await meant(line)
    assert {each[1] for each in found} == {why} and all(each[2] == set() for each in found)


@pytest.mark.parametrize(
    "line",
    ["Đảng ủy xã Đồng Mai", "Hạt Kiểm lâm khu vực", "Đảng ủy phường Đồng Mây", "Xã Đồng Mây", "Các đồng chí", "???"],
)  # fmt: skip
async def test_what_is_not_understood_is_told_and_never_guessed(meant, line):
    assert await meant(line) == [(line, "unknown", set())]


async def test_of_two_units_of_one_name_neither_is_taken(meant, party):
    for parent, code in ((party["BT"], "X1"), (party["DM"], "X2")):
        await builders.unit(code, parent=parent, name="Chi bộ Trạm Y tế")
    assert await meant("Chi bộ Trạm Y tế") == [("Chi bộ Trạm Y tế", "ambiguous", set())]
    ((_, why, scopes),) = await meant("Chi bộ Trạm Y tế", "DM")
    assert why == "named" and len(scopes) == 1


async def test_a_line_of_several_recipients_is_taken_apart(meant):
    line = "- Các ban đảng, Ủy ban Kiểm tra Tỉnh ủy, Bưu điện tỉnh; Đảng ủy xã Đồng Mây (2 bản, để biết),"
    assert await meant(line) == [
        ("Các ban đảng", "kind", {"org:BTC"}),
        ("Ủy ban Kiểm tra Tỉnh ủy", "named", {"org:UBKT"}),
        ("Bưu điện tỉnh", "unknown", set()),
        ("Đảng ủy xã Đồng Mây (2 bản để biết)", "named", {"org:DM"}),
    ]  # fmt: skip


async def test_a_unit_is_known_by_the_name_that_it_had_on_the_day(meant, party):
    new = await units.rename(party["DM"], name="Đảng bộ xã Mây Mới", on=TODAY, by="cli")
    assert await meant("Đảng ủy xã Mây Mới") == [("Đảng ủy xã Mây Mới", "named", {f"org:{new}"})]
    assert (await meant("Đảng ủy xã Đồng Mây"))[0][1] == "unknown"
    assert (await meant("Đảng ủy xã Đồng Mây", on=date(2025, 1, 1)))[0][2] == {"org:DM"}


async def test_more_units_than_anybody_reads_are_not_listed(meant, monkeypatch):
    monkeypatch.setattr(recipients, "MOST", 1)
    assert await meant("Các đảng ủy xã, phường") == [("Các đảng ủy xã, phường", "too-many", set())]


async def test_a_paper_of_no_unit_is_read_from_the_top(meant, party):
    assert await meant("Toàn thể đảng viên", None) == [("Toàn thể đảng viên", "everyone", {"org:TW"})]
    assert await recipients.propose(["", " - ,"], owner_unit=None) == []
    other = await recipients.propose(["Như trên"], owner_unit=999_999)
    assert other == [Proposed("Như trên", frozenset(), "unknown")]
