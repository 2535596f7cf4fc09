"""A unit is chosen among many by looking for it: never another than was meant, with and without scripts."""

import re
from uuid import uuid4

import pytest

from backend.accounts import memberships, roles, units
from base import clock
from tests import builders
from tests.backend.pages.conftest import Opener
from tests.people import People

pytestmark = pytest.mark.alike


@pytest.fixture
async def dung(opened: Opener, everyone: People):
    """The browser of Dung, who administers the province with its 37 units."""
    for number in range(30):
        await builders.unit(f"BT-{number + 10}", parent=everyone.ward, name=f"Chi bộ khu phố số {number + 10}")
    member = await builders.member("dung", unit=everyone.office, name="Lý Thị Dung")
    await builders.role(member, "unit_admin", everyone.province)
    return await opened(member)


def person(**typed: object) -> dict[str, object]:
    given = {"id": str(uuid4()), "name": "Lò Thị Ban", "login": "loban", "on": "2026-01-05", "card_number": ""}
    return {**given, **typed}


def found_on(page: str) -> list[str]:
    """Ids of the units offered."""
    return re.findall(r'type="radio" name="unit" value="(\d+)"', page)


async def unit_of(login_id: object) -> int | None:
    return await memberships.unit_of(login_id, clock.today())  # type: ignore[arg-type]


async def test_a_short_list_is_simply_listed(opened: Opener, everyone: People) -> None:
    page = (await (await opened(everyone.quang)).get("/desk/roster/add")).text
    assert '<select id="unit"' in page and "unit_words" not in page


async def test_many_units_are_looked_for_and_one_is_chosen(dung, everyone: People) -> None:
    assert "<option" not in (await dung.get("/desk/roster/add")).text
    typed = person(unit_words="ban xanh", find="unit")
    page = await dung.post("/desk/roster/add", data=typed)
    assert page.status_code == 200 and 'role="alert"' not in page.text
    assert found_on(page.text) == [str(everyone.cell)] and 'value="Lò Thị Ban"' in page.text
    assert "DM-BX · Đảng bộ xã Đồng Mây<" in page.text
    chosen = {**typed, "find": "", "unit": str(everyone.cell), "unit_searched": "ban xanh"}
    assert (await dung.post("/desk/roster/add", data=chosen)).status_code == 303
    assert await unit_of(chosen["id"]) == everyone.cell


@pytest.mark.parametrize("words", ["DM-BX", "dm-bx", "chi bo thon ban xanh"])
async def test_a_code_or_a_whole_name_needs_no_choosing(dung, everyone: People, words: str) -> None:
    typed = person(unit_words=words)
    assert (await dung.post("/desk/roster/add", data=typed)).status_code == 303
    assert await unit_of(typed["id"]) == everyone.cell


@pytest.mark.parametrize(
    ("words", "said", "offered"),
    [
        ("", "Mời đồng chí chọn đơn vị", 0),
        ("không có đâu", "Không có đơn vị nào đồng chí quản trị khớp", 0),
        ("xanh", "Có 1 đơn vị tìm được", 1),
        ("khu pho", "Có 30 đơn vị tìm được", 20),
        ("% _", "Không có đơn vị nào", 0),
    ],
)
async def test_what_is_not_one_unit_is_told_and_offers_what_was_found(
    dung, everyone: People, words: str, said: str, offered: int
) -> None:
    answer = await dung.post("/desk/roster/add", data=person(unit_words=words))
    assert answer.status_code == 422 and said in answer.text
    assert 'href="#unit"' in answer.text and 'id="unit-wrong"' in answer.text
    assert len(found_on(answer.text)) == offered


async def test_new_words_count_more_than_what_was_found_for_the_old(dung, everyone: People) -> None:
    typed = person(unit=str(everyone.cell), unit_words="Nà Thượng", unit_searched="ban xanh")
    answer = await dung.post("/desk/roster/add", data=typed)
    assert answer.status_code == 422 and found_on(answer.text) == [str(everyone.other_cell)]


async def test_a_unit_outside_is_not_found_and_cannot_be_forged(dung, opened: Opener, everyone: People) -> None:
    for number in range(20):
        await builders.unit(f"DM-{number}", parent=everyone.commune)
    quang = await opened(everyone.quang)
    for words in ("BT-3", "Chi bộ tổ dân phố số 3"):
        answer = await quang.post("/desk/roster/add", data=person(unit_words=words))
        assert answer.status_code == 422 and "Không có đơn vị nào đồng chí quản trị" in answer.text
    assert found_on((await quang.get("/desk/units/found?words=to dan pho")).text) == []
    forged = person(unit=str(everyone.ward_cell), unit_words="x", unit_searched="x")
    assert (await quang.post("/desk/roster/add", data=forged)).status_code == 404


async def test_a_unit_that_is_over_is_named_as_such(dung, everyone: People) -> None:
    today = clock.today()
    await units.rename(everyone.cell, name="Chi bộ thôn Bản Mới", code="DM-BM", on=today, by="cli")
    answer = await dung.post("/desk/roster/add", data=person(unit_words="DM-BX"))
    assert answer.status_code == 422 and f"kết thúc hoạt động từ ngày {today:%d/%m/%Y}" in answer.text
    old = person(unit=str(everyone.cell), unit_words="a", unit_searched="a", on=f"{today:%d/%m/%Y}")
    assert "không còn hoạt động" in (await dung.post("/desk/roster/add", data=old)).text
    early = person(unit_words="DM-BM", on="2026-01-05")
    assert "chưa thành lập, vào ngày đã chọn" in (await dung.post("/desk/roster/add", data=early)).text


async def test_moving_and_giving_roles_choose_alike(dung, everyone: People) -> None:
    here = f"/desk/roster/{everyone.mai}"
    page = (await dung.get(here)).text
    assert f'value="{everyone.cell}" checked' in page
    looked = await dung.post(f"{here}/move", data={"id": str(uuid4()), "unit_words": "na thuong", "find": "unit"})
    assert looked.status_code == 200 and str(everyone.other_cell) in found_on(looked.text)
    moved = {"id": str(uuid4()), "unit_words": "DM-NT", "unit_searched": "x", "unit": str(everyone.cell), "on": ""}
    assert (await dung.post(f"{here}/move", data=moved)).status_code == 303
    assert await unit_of(everyone.mai) == everyone.other_cell
    given = {"id": str(uuid4()), "role": "editor", "role_unit_words": "chi bo", "from_on": "", "to_on": ""}
    wrong = await dung.post(f"{here}/roles", data=given)
    assert wrong.status_code == 422 and 'id="role_unit-wrong"' in wrong.text and 'id="unit-wrong"' not in wrong.text
    assert (await dung.post(f"{here}/roles", data={**given, "role_unit_words": "DM"})).status_code == 303
    assert await roles.holds(everyone.mai, "editor", everyone.commune)


async def test_the_roster_is_narrowed_to_a_unit_that_was_looked_for(dung, everyone: People) -> None:
    assert "Hà Thị Mai" not in (await dung.get("/desk/roster?unit_words=DM-NT")).text
    assert "Hà Thị Mai" in (await dung.get("/desk/roster?unit_words=DM-BX")).text
    several = (await dung.get("/desk/roster?unit_words=chi bo")).text
    assert "Hà Thị Mai" in several and 'id="unit-wrong"' in several


async def test_codes_for_a_list_are_looked_up(dung, opened: Opener, everyone: People) -> None:
    page = (await dung.get("/desk/roster/import")).text
    assert "DM-BX" not in page
    assert "DM-BX" in (await dung.get("/desk/roster/import?words=ban xanh")).text
    assert "DM-BX" in (await (await opened(everyone.quang)).get("/desk/roster/import")).text


async def test_matches_alone_are_for_administrators(opened: Opener, dung, everyone: People) -> None:
    assert (await (await opened(everyone.mai)).get("/desk/units/found?words=chi")).status_code == 403
    page = (await dung.get("/desk/units/found?words=chi bo&name=x y")).text
    assert len(found_on(page)) == 20 and "Hiện 20 trong 33" in page and "<html" not in page
