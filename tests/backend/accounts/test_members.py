"""Members are added, moved, corrected and disabled by those who administer their unit, and by nobody else."""

import asyncio
import uuid
from datetime import timedelta

import pytest

from backend.accounts import members, memberships, roster, scopes, sessions, units
from backend.accounts.authority import NotAdministratorError
from backend.accounts.members import CardTakenError, LoginTakenError
from backend.accounts.units import NewUnit
from base import clock
from base import database as floor
from base.errors import ConflictError, InvalidError, NotFoundError
from tests import builders

TODAY = clock.today()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def someone(people, **more):
    return {"id": uuid.uuid4(), "name": "Hà Văn Cừ", "login": "cu", "unit": people.cell, "by": people.quang, **more}


async def test_an_administrator_adds_a_member_to_their_own_units(people, journal):
    new = someone(people, card_number=" mau-00104 ")
    await members.add(**new)
    found = await roster.find(new["id"], by=people.quang)
    assert (found.name, found.login, found.card_number, found.unit) == ("Hà Văn Cừ", "cu", "MAU-00104", people.cell)
    assert (await journal("member.add"))[-1] == (
        f"member:{new['id']}", str(people.quang), people.cell, {"on": TODAY.isoformat()},
    )  # fmt: skip


async def test_the_same_member_again_changes_nothing_and_another_is_a_conflict(people, journal):
    new = someone(people)
    await members.add(**new)
    await members.add(**new)
    assert len(await journal("member.add")) == 8
    with pytest.raises(ConflictError):
        await members.add(**{**new, "name": "Hà Văn Khác"})


async def test_an_id_out_of_sight_is_not_found(people):
    with pytest.raises(NotFoundError):
        await members.add(**someone(people, id=people.lan))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"), ({"name": "A"}, "name"), ({"name": "x" * 101}, "name"), ({"name": "12345"}, "name"),
        ({"name": "Hà <b>Cừ"}, "name"), ({"name": "Cừ 2"}, "name"), ({"login": ""}, "login"), ({"login": "a"}, "login"),
        ({"login": "hà cừ"}, "login"), ({"login": ".cu"}, "login"), ({"login": "cu@x"}, "login"),
        ({"login": "x" * 41}, "login"),
        ({"card_number": "12"}, "card"), ({"card_number": "1" * 21}, "card"), ({"card_number": "số 12345"}, "card"),
    ],
)  # fmt: skip
async def test_a_member_needs_a_name_and_a_login(people, wrong, field):
    with pytest.raises(InvalidError) as refused:
        await members.add(**someone(people, **wrong))
    assert [error.field for error in refused.value.fields] == [field]


async def test_a_login_is_one_however_it_is_typed(people):
    await members.add(**someone(people, login="  Thắng.ĐỖ "))
    assert await roster.by_login("THANG.DO") == await roster.by_login("thắng.đỗ")
    with pytest.raises(LoginTakenError):
        await members.add(**someone(people, login="thang.do"))


async def test_a_card_number_is_one_persons(people):
    await members.add(**someone(people, card_number="MAU-1"))
    with pytest.raises(CardTakenError):
        await members.add(**someone(people, login="dao", card_number="mau-1"))


async def test_nobody_is_added_elsewhere_or_by_others(people):
    with pytest.raises(NotFoundError):
        await members.add(**someone(people, unit=people.ward_cell))
    with pytest.raises(NotFoundError):
        await members.add(**someone(people, unit=99))
    for member in (people.mai, people.lan, people.thu):
        with pytest.raises(NotAdministratorError):
            await members.add(**someone(people, by=member))
    with pytest.raises(NotFoundError):
        await members.add(**someone(people, by="cli", unit=99))


async def test_nobody_is_added_ahead_of_time_or_to_a_unit_that_was_not_yet(people):
    with pytest.raises(InvalidError):
        await members.add(**someone(people, on=TOMORROW))
    with pytest.raises(InvalidError):
        await members.add(**someone(people, on=builders.LONG_AGO - timedelta(days=1)))


async def test_a_move_is_dated_and_leaves_the_past_alone(people, journal):
    await members.move(people.mai, unit=people.other_cell, by=people.quang)
    assert await memberships.unit_of(people.mai, YESTERDAY) == people.cell
    assert await memberships.unit_of(people.mai, TODAY) == people.other_cell
    assert f"at:{people.other_cell}" in await scopes.scopes_of(people.mai)
    assert f"org:{people.cell}" not in await scopes.scopes_of(people.mai)
    assert f"org:{people.cell}" in await scopes.scopes_of(people.mai, YESTERDAY)
    assert await journal("member.move") == [
        (f"member:{people.mai}", str(people.quang), people.other_cell, {"from": people.cell, "on": TODAY.isoformat()})
    ]


async def test_a_planned_move_waits_for_its_day_and_can_be_replanned(people):
    await members.move(people.mai, unit=people.other_cell, on=TOMORROW, by=people.quang)
    assert (await roster.find(people.mai, by=people.quang)).unit == people.cell
    assert await memberships.unit_of(people.mai, TOMORROW) == people.other_cell
    await members.move(people.mai, unit=people.commune, on=TOMORROW, by=people.quang)
    assert await memberships.unit_of(people.mai, TOMORROW) == people.commune
    assert await memberships.unit_of(people.mai, TODAY) == people.cell


async def test_the_same_move_again_changes_nothing(people, journal):
    id = uuid.uuid4()
    for _ in range(2):
        await members.move(people.mai, unit=people.other_cell, by=people.quang, id=id)
    await members.move(people.mai, unit=people.other_cell, by=people.quang)
    assert len(await journal("member.move")) == 1
    with pytest.raises(ConflictError):
        await members.move(people.mai, unit=people.commune, by=people.quang, id=id)


async def test_two_moves_at_once_leave_a_member_in_one_place(people, journal):
    for _ in range(4):
        goals = people.other_cell, people.commune
        await asyncio.gather(*(members.move(people.mai, unit=goal, by=people.quang) for goal in goals))
        rows = await floor.fetch("SELECT unit FROM membership WHERE member = {} AND to_on IS NULL", people.mai)
        assert [await memberships.unit_of(people.mai, TODAY)] == [row["unit"] for row in rows]
        assert rows[0]["unit"] in goals
    told = [detail for _, _, _, detail in await journal("member.move")]
    assert told[0]["from"] == people.cell and told[1]["from"] in goals, "the second saw what the first left"


async def test_the_same_member_twice_at_once_is_taken_in_once(people, journal):
    for login in ("cu", "dao", "hung"):
        new = someone(people, login=login)
        await asyncio.gather(*(members.add(**new) for _ in range(3)))
    assert len(await journal("member.add")) == 7 + 3


async def test_a_move_needs_both_units_and_a_day_after_joining(people):
    with pytest.raises(NotFoundError):
        await members.move(people.mai, unit=people.ward_cell, by=people.quang)
    with pytest.raises(NotFoundError):
        await members.move(people.lan, unit=people.cell, by=people.quang)
    with pytest.raises(InvalidError):
        await members.move(people.mai, unit=people.other_cell, on=builders.LONG_AGO - timedelta(days=1), by="cli")


async def test_a_name_is_corrected_and_found_again(people, journal):
    await members.correct(people.mai, name="Hà Thị  Mai Hương", by=people.quang)
    await members.correct(people.mai, name="Hà Thị Mai Hương", by=people.quang)
    assert [one.id for one in (await roster.page(by=people.quang, search="mai huong")).members] == [people.mai]
    assert await journal("member.correct") == [(f"member:{people.mai}", str(people.quang), people.cell, {})]


async def test_a_card_number_can_be_given_and_taken_away(people):
    await members.correct(people.mai, card_number="MAU-7", by=people.quang)
    assert (await roster.find(people.mai, by=people.quang)).card_number == "MAU-7"
    await members.correct(people.mai, card_number="", by=people.quang)
    assert (await roster.find(people.mai, by=people.quang)).card_number is None


async def test_a_correction_is_checked_like_a_new_member(people):
    with pytest.raises(InvalidError):
        await members.correct(people.mai, name="", by=people.quang)
    with pytest.raises(LoginTakenError):
        await members.correct(people.mai, login="Lan", by=people.quang)
    with pytest.raises(NotFoundError):
        await members.correct(people.lan, name="Khác Đi", by=people.quang)


async def test_a_disabled_member_is_out_at_once_and_back_when_enabled(people, journal):
    cookie = await builders.signed_in(people.mai)
    assert await sessions.reader(cookie) is not None
    await members.disable(people.mai, by=people.quang)
    assert await sessions.reader(cookie) is None
    await members.disable(people.mai, by=people.quang)
    assert (await roster.find(people.mai, by=people.quang)).disabled
    await members.enable(people.mai, by=people.quang)
    await members.enable(people.mai, by=people.quang)
    assert await sessions.reader(cookie) is None
    assert await sessions.reader(await builders.signed_in(people.mai)) is not None
    assert (len(await journal("member.disable")), len(await journal("member.enable"))) == (1, 1)


async def test_nobody_disables_themselves_or_someone_of_higher_standing(people):
    with pytest.raises(NotAdministratorError):
        await members.disable(people.quang, by=people.quang)
    await builders.role(people.mai, "editor", people.province)
    with pytest.raises(NotAdministratorError) as refused:
        await members.disable(people.mai, by=people.quang)
    assert refused.value.key == "account-needs-higher-administrator"
    await members.disable(people.mai, by="cli")


async def test_the_roster_is_sorted_by_given_name_as_vietnamese_lists_are(people):
    for login, name in (
        ("a1", "Lê Thị Đào"),
        ("a2", "Lê Văn Dũng"),
        ("a3", "Bùi Thị Ơn"),
        ("a4", "Lê Văn Ổn"),
        ("a5", "An Văn Dũng"),
    ):
        await builders.member(login, unit=people.other_cell, name=name)
    found = await roster.page(by=people.quang, unit=people.other_cell)
    assert [one.login for one in found.members] == ["a5", "a2", "a1", "a4", "a3"]


async def test_the_roster_comes_in_pages(people):
    for number in range(7):
        await builders.member(f"so{number}", unit=people.other_cell, name="Hà Văn Trùng")
    seen, cursor = [], None
    while True:
        found = await roster.page(by=people.quang, unit=people.other_cell, cursor=cursor, limit=3)
        seen += [one.id for one in found.members]
        cursor = found.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 7
    with pytest.raises(InvalidError):
        await roster.page(by=people.quang, cursor="nothing")


async def test_what_a_search_finds_comes_in_pages_too(people):
    for number in range(5):
        await builders.member(f"so{number}", unit=people.other_cell, name="Hà Văn Trùng")
    first = await roster.page(by=people.quang, search="trung", limit=3)
    second = await roster.page(by=people.quang, search="trung", limit=3, cursor=first.next)
    assert (len(first.members), len(second.members), second.next) == (3, 2, None)
    assert len({one.id for one in (*first.members, *second.members)}) == 5


@pytest.mark.parametrize("search", ["", "a"])
@pytest.mark.parametrize("nearly", [True, False])
async def test_whoever_administers_everything_or_nearly_sees_only_what_is_theirs(people, nearly, search):
    if nearly:
        elsewhere = await builders.unit("XA", kind="province", name="Đảng bộ tỉnh khác")
        await builders.member("xa", unit=elsewhere, name="Hà Văn Xa")
    nowhere = await builders.member("khong", unit=people.cell, name="Hà Văn Không")
    await floor.execute("DELETE FROM membership WHERE member = {}", nowhere)
    await builders.role(people.minh, "unit_admin", people.province)
    seen = {one.login for one in (await roster.page(by=people.minh, search=search)).members}
    assert seen == {"mai", "lan", "minh", "tam", "hoa", "quang", "thu"}


async def test_a_moved_and_corrected_member_is_found_by_the_new_name_alone(people):
    await members.move(people.mai, unit=people.other_cell, by=people.quang)
    await members.correct(people.mai, name="Hà Thị Mơ", login="mo", by=people.quang)
    for search, found in (("mo", [people.mai]), ("mai", [])):
        assert [one.id for one in (await roster.page(by=people.quang, search=search)).members] == found


async def test_an_administrator_sees_only_their_own_units(people):
    assert {one.login for one in (await roster.page(by=people.quang)).members} == {"mai", "quang"}
    assert len((await roster.page(by="cli")).members) == 7
    with pytest.raises(NotFoundError):
        await roster.page(by=people.quang, unit=people.province)
    for member in (people.mai, people.thu):
        with pytest.raises(NotAdministratorError):
            await roster.page(by=member)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ha thi", {"mai"}),
        ("HÀ", {"mai"}),
        ("quang", {"quang"}),
        ("mau-9", {"quang"}),
        ("%", set()),
        ("_ai", set()),
        ("lan", set()),
    ],
)
async def test_the_roster_is_searched_by_name_login_or_card_without_accents(people, search, found):
    await members.correct(people.quang, card_number="MAU-99", by="cli")
    assert {one.login for one in (await roster.page(by=people.quang, search=search)).members} == found


async def test_members_of_a_merged_unit_stay_in_the_roster(people):
    into = NewUnit(code="MOI", name="Chi bộ mới", kind="cell", parent=people.commune)
    await units.merge([people.cell, people.other_cell], into, on=TODAY, by="cli")
    assert {one.login for one in (await roster.page(by=people.quang)).members} == {"mai", "quang"}


async def test_an_unknown_login_is_not_found(people):
    with pytest.raises(NotFoundError):
        await roster.by_login("nobody")
