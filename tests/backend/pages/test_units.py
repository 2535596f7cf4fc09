"""Units are founded, renamed, moved, merged, split and closed on pages: seen first, done once, by whoever may."""

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta

import pytest

from backend.accounts import memberships, scopes, units
from base import clock, database
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.people import People

ACTS = ("create", "rename", "move", "merge", "split", "close")


@pytest.fixture
async def dung(opened: Opener, everyone: People):
    """The browser of Dung, who administers the province."""
    member = await builders.member("dung", unit=everyone.office, name="Lý Thị Dung")
    await builders.role(member, "unit_admin", everyone.province)
    return await opened(member)


@pytest.fixture
async def quang(opened: Opener, everyone: People):
    """Quang's browser; he administers the commune of Đồng Mây."""
    return await opened(everyone.quang)


def carried(page: str) -> dict[str, str]:
    """What a preview sends when it is confirmed."""
    main = page[page.index("<main") : page.index("</main>")]
    return {**dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', main)), "confirmed": "1"}


async def done(client, unit: int, act: str, typed: Mapping[str, object]):
    """Look first, then confirm; the answer to the latter."""
    address = f"/desk/units/{unit}/{act}"
    looked = await client.post(address, data=typed)
    assert looked.status_code == 200, looked.text
    return await client.post(address, data=carried(looked.text))


async def rows() -> list:
    return await database.fetch("SELECT id, valid_to FROM unit ORDER BY id")


def goal(answer) -> int:
    assert answer.status_code == 303, answer.text
    return int(re.match(r"/desk/units/(\d+)\?done=unit-", answer.headers["location"])[1])


# Who may


async def test_units_are_for_their_administrators(opened: Opener, quang, everyone: People) -> None:
    paths = ["/desk/units", f"/desk/units/{everyone.cell}", *(f"/desk/units/{everyone.cell}/{act}" for act in ACTS)]
    for path in paths:
        assert (await (await opened()).get(path)).status_code == 401
        assert (await (await opened(everyone.quang, method="password")).get(path)).status_code == 403
        for member in (everyone.mai, everyone.lan, everyone.thu):
            assert (await (await opened(member)).get(path)).status_code == 403
        assert (await quang.get(path)).status_code == 200, path


async def test_units_outside_look_like_none(quang, everyone: People) -> None:
    typed = {"name": "X", "code": "X", "kind": "cell"}
    for unit in (everyone.ward, everyone.ward_cell, everyone.province, 999_999):
        assert (await quang.get(f"/desk/units/{unit}")).status_code == 404
        for act in ACTS:
            assert (await quang.get(f"/desk/units/{unit}/{act}")).status_code == 404
            assert (await quang.post(f"/desk/units/{unit}/{act}", data=typed)).status_code == 404
    assert (await quang.get(f"/desk/units/{everyone.cell}/burn")).status_code == 404
    assert "Bến Trầm" not in (await quang.get("/desk/units?words=tram")).text


async def test_nobody_changes_the_unit_from_which_their_reach_begins(quang, dung, everyone: People) -> None:
    page = (await quang.get(f"/desk/units/{everyone.commune}")).text
    assert "do người quản trị cấp trên thực hiện" in page and f"{everyone.commune}/rename" not in page
    typed = {"name": "Đảng bộ xã Khác", "code": "K", "confirmed": "1"}
    for act in ACTS[1:]:
        assert (await quang.get(f"/desk/units/{everyone.commune}/{act}")).status_code == 403
        assert (await quang.post(f"/desk/units/{everyone.commune}/{act}", data=typed)).status_code == 403
    assert f"{everyone.commune}/rename" in (await dung.get(f"/desk/units/{everyone.commune}")).text
    assert (await quang.get(f"/desk/units/{everyone.commune}/create")).status_code == 200


async def test_a_unit_is_not_put_where_one_does_not_administer(quang, everyone: People) -> None:
    typed = {"parent": str(everyone.ward), "confirmed": "1"}
    assert (await quang.post(f"/desk/units/{everyone.cell}/move", data=typed)).status_code == 404
    merged = {"other": str(everyone.ward_cell), "name": "X", "code": "X", "kind": "cell", "confirmed": "1"}
    assert (await quang.post(f"/desk/units/{everyone.cell}/merge", data=merged)).status_code == 404


# Looking


async def test_the_tree_is_walked_and_searched(dung, everyone: People) -> None:
    assert f'href="/desk/units/{everyone.province}"' in (await dung.get("/desk/units")).text
    assert f'href="/desk/units/{everyone.commune}"' in (await dung.get(f"/desk/units/{everyone.province}")).text
    page = (await dung.get(f"/desk/units/{everyone.commune}")).text
    assert "2 người kể cả các đơn vị bên dưới" in page and "Chi bộ thôn Nà Thượng" in page
    assert "Thành lập “Đảng bộ xã Đồng Mây”" in page
    assert f'href="/desk/units/{everyone.cell}"' in (await dung.get("/desk/units?words=dm-bx")).text


async def test_hundreds_of_units_come_in_pages(dung, everyone: People) -> None:
    for number in range(60):
        await builders.unit(f"BT-{number + 10}", parent=everyone.ward)
    first, second = [(await dung.get(f"/desk/units/{everyone.ward}{more}")).text for more in ("", "?from=50")]
    found = [set(re.findall(r'<li><a href="/desk/units/(\d+)"', page)) for page in (first, second)]
    assert (len(found[0]), len(found[1])) == (50, 11) and not found[0] & found[1]
    assert "?from=50" in first


# Changing


async def test_a_change_is_seen_first_and_done_once_confirmed(quang, everyone: People) -> None:
    before = await rows()
    typed = {"name": "Chi bộ thôn Bản Mới", "name_en": "", "code": "DM-BM", "on": "01/03/2026"}
    looked = (await quang.post(f"/desk/units/{everyone.cell}/rename", data=typed)).text
    assert "Từ ngày 01/03/2026, “Chi bộ thôn Bản Xanh” mang tên “Chi bộ thôn Bản Mới”" in looked
    assert "2 đảng viên tự chuyển theo" in looked
    assert await rows() == before
    new = goal(await quang.post(f"/desk/units/{everyone.cell}/rename", data=carried(looked)))
    again = goal(await quang.post(f"/desk/units/{everyone.cell}/rename", data=carried(looked)))
    assert new == again and len(await rows()) == len(before) + 1
    page = (await quang.get(f"/desk/units/{new}?done=unit-rename")).text
    assert "Đã đổi tên đơn vị" in page and "đổi tên thành “Chi bộ thôn Bản Mới”" in page
    old = (await quang.get(f"/desk/units/{everyone.cell}")).text
    assert "không còn hoạt động từ ngày 01/03/2026" in old and f'href="/desk/units/{new}"' in old
    assert (await quang.get(f"/desk/units/{everyone.cell}/rename")).status_code == 303


async def test_of_two_at_once_the_second_is_told(opened: Opener, dung, quang, everyone: People) -> None:
    first, second = (
        {"name": f"Chi bộ {name}", "name_en": "", "code": "DM-BX", "on": "", "confirmed": "1"}
        for name in ("Một", "Hai")
    )
    address = f"/desk/units/{everyone.cell}/rename"
    answers = await asyncio.gather(quang.post(address, data=first), dung.post(address, data=second))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    (lost,) = [answer for answer in answers if answer.status_code == 409]
    assert "đã được thay bằng đơn vị khác" in lost.text and 'value="DM-BX"' in lost.text
    (won,) = [sent for sent, answer in zip((first, second), answers, strict=True) if answer.status_code == 303]
    assert (await dung.post(address, data=won)).status_code == 303  # the same is done already


async def test_a_unit_is_founded_below(quang, everyone: People) -> None:
    typed = {"name": "Chi bộ thôn Mới", "name_en": "", "code": "DM-M", "kind": "cell", "on": "2026-02-01"}
    new = goal(await done(quang, everyone.commune, "create", typed))
    assert goal(await quang.post(f"/desk/units/{everyone.commune}/create", data={**typed, "confirmed": "1"})) == new
    assert (await units.forest()).parent(new, clock.today()) == everyone.commune


async def test_a_unit_moves_with_what_is_below(dung, everyone: People) -> None:
    typed = {"parent": str(everyone.ward), "on": ""}
    looked = (await dung.post(f"/desk/units/{everyone.cell}/move", data=typed)).text
    assert "chuyển từ trực thuộc “Đảng bộ xã Đồng Mây” về trực thuộc “Đảng bộ phường Bến Trầm”" in looked
    assert "không còn đọc được những gì chỉ gửi đến “Đảng bộ xã Đồng Mây”" in looked
    goal(await dung.post(f"/desk/units/{everyone.cell}/move", data=carried(looked)))
    held = await scopes.scopes_of(everyone.mai)
    assert f"org:{everyone.ward}" in held and f"org:{everyone.commune}" not in held and f"at:{everyone.cell}" in held


async def test_units_merge_and_everyone_keeps_what_they_could_read(dung, everyone: People) -> None:
    typed = {
        "other": str(everyone.other_cell),
        "name": "Chi bộ liên thôn",
        "name_en": "",
        "code": "DM-LT",
        "kind": "cell",
    }
    looked = (await dung.post(f"/desk/units/{everyone.cell}/merge", data=typed)).text
    assert "“Chi bộ thôn Bản Xanh”, “Chi bộ thôn Nà Thượng” sáp nhập thành “Chi bộ liên thôn”" in looked
    assert "2 đảng viên của “Chi bộ thôn Bản Xanh” (kể cả các đơn vị bên dưới) chuyển về" in looked
    new = goal(await dung.post(f"/desk/units/{everyone.cell}/merge", data=carried(looked)))
    assert {f"at:{unit}" for unit in (new, everyone.cell, everyone.other_cell)} <= await scopes.scopes_of(everyone.mai)
    page = (await dung.get(f"/desk/units/{new}")).text
    assert "2 người sinh hoạt trực tiếp" in page


async def test_a_split_asks_where_everybody_goes(dung, everyone: People) -> None:
    typed = {"name1": "Chi bộ Bản Xanh 1", "code1": "DM-BX1", "name2": "Chi bộ Bản Xanh 2", "code2": "DM-BX2", "on": ""}
    address = f"/desk/units/{everyone.cell}/split"
    divide = (await dung.post(address, data=typed)).text
    assert f'name="to-{everyone.mai}"' in divide and "Vi Văn Quang" in divide
    chosen = {
        **carried(divide),
        "divided": "1",
        f"to-{everyone.mai}": "1",
        f"to-{everyone.quang}": "0",
        "confirmed": "",
    }
    looked = (await dung.post(address, data=chosen)).text
    assert "“Chi bộ Bản Xanh 1” (mã DM-BX1): 1 đảng viên" in looked
    assert "“Chi bộ Bản Xanh 2” (mã DM-BX2): 1 đảng viên" in looked
    ba = await builders.member("ba", unit=everyone.cell, name="Lý Văn Ba")
    joined = await dung.post(address, data=carried(looked))
    assert joined.status_code == 422 and "cho từng đảng viên của đơn vị" in joined.text
    sent = {**carried(looked), f"to-{ba}": "1"}
    first = goal(await dung.post(address, data=sent))
    assert goal(await dung.post(address, data=sent)) == first
    assert await memberships.unit_of(everyone.quang, clock.today()) == first
    assert await memberships.unit_of(everyone.mai, clock.today()) != first
    assert f"at:{everyone.cell}" in await scopes.scopes_of(everyone.mai)


async def test_only_an_empty_unit_is_closed(quang, everyone: People) -> None:
    refused = await quang.post(f"/desk/units/{everyone.cell}/close", data={"on": ""})
    assert refused.status_code == 409 and "còn 2 đảng viên và 0 đơn vị trực thuộc" in refused.text
    assert goal(await done(quang, everyone.other_cell, "close", {"on": ""})) == everyone.other_cell
    again = await quang.post(f"/desk/units/{everyone.other_cell}/close", data={"on": "", "confirmed": "1"})
    assert again.status_code == 303
    page = (await quang.get(f"/desk/units/{everyone.other_cell}")).text
    assert "“Chi bộ thôn Nà Thượng” kết thúc hoạt động" in page and "/rename" not in page


@pytest.mark.parametrize(
    ("act", "wrong", "field", "status"),
    [
        ("rename", {"name": ""}, "name", 422),
        ("rename", {"code": "a b"}, "code", 422),
        ("rename", {"code": "DM"}, "", 409),
        ("rename", {"on": "31/31/2026"}, "on", 422),
        ("rename", {"on": "2019-01-01"}, "on", 422),
        ("create", {"kind": "kingdom"}, "kind", 422),
        ("create", {"on": "2019-01-01"}, "parent", 422),
        ("move", {}, "parent", 422),
        ("merge", {}, "other", 422),
        ("split", {}, "into", 422),
        ("split", {"name1": "Một", "code1": "M1"}, "into", 422),
    ],
)
async def test_what_is_wrong_is_told_before_anything_is_done(
    dung, everyone: People, act: str, wrong: dict[str, str], field: str, status: int
) -> None:
    before = await rows()
    typed = {"name": "Chi bộ Nào Đó", "name_en": "", "code": "ND", "kind": "cell", "on": "", "confirmed": "1", **wrong}
    answer = await dung.post(f"/desk/units/{everyone.cell}/{act}", data=typed)
    assert answer.status_code == status and 'role="alert"' in answer.text
    assert f'href="#{field}"' in answer.text if field else True
    assert await rows() == before


async def test_a_unit_cannot_come_to_stand_below_itself(dung, everyone: People) -> None:
    answer = await dung.post(f"/desk/units/{everyone.commune}/move", data={"parent": str(everyone.cell)})
    assert answer.status_code == 409 and "không thể nằm dưới chính nó" in answer.text


async def test_a_unit_merges_with_others_only(dung, everyone: People) -> None:
    typed = {"other": str(everyone.cell), "name": "X", "name_en": "", "code": "X", "kind": "cell"}
    answer = await dung.post(f"/desk/units/{everyone.cell}/merge", data=typed)
    assert answer.status_code == 422 and "ít nhất hai đơn vị" in answer.text


async def test_going_back_from_a_preview_loses_nothing(quang, everyone: People) -> None:
    typed = {"name": "Chi bộ thôn Bản Mới", "name_en": "", "code": "DM-BM", "on": "2026-03-01", "back": "1"}
    page = (await quang.post(f"/desk/units/{everyone.cell}/rename", data=typed)).text
    assert 'value="Chi bộ thôn Bản Mới"' in page and 'value="2026-03-01"' in page


async def test_a_coming_change_is_planned(quang, everyone: People) -> None:
    later = clock.today() + timedelta(days=30)
    typed = {"name": "Chi bộ thôn Bản Mới", "name_en": "", "code": "DM-BX", "on": later.isoformat()}
    goal(await done(quang, everyone.cell, "rename", typed))
    page = (await quang.get(f"/desk/units/{everyone.cell}")).text
    assert f"{later:%d/%m/%Y}" in page and "2 người sinh hoạt trực tiếp" in page
