"""Organisations change on a day, by those above them, and everybody keeps their place."""

import uuid
from datetime import date, timedelta

import pytest

from backend.accounts import members, memberships, roles, scopes, units
from backend.accounts.authority import NotAdministratorError
from backend.accounts.units import CircularError, NewUnit, forest
from base import clock
from base.errors import ConflictError, InvalidError, NotFoundError
from tests import builders

DAY = date(2026, 3, 1)
LATER = date(2026, 9, 1)


def new(code="MOI", parent=None, kind="commune", name="Xã mới"):
    return NewUnit(code=code, name=name, kind=kind, parent=parent)


async def test_a_merger_rewrites_no_membership_and_keeps_every_scope(people):
    was = await scopes.scopes_of(people.mai, DAY)
    merged = await units.merge([people.commune, people.ward], new(parent=people.province), on=DAY, by="cli")
    assert await memberships.unit_of(people.mai, LATER) == people.cell
    after = await scopes.scopes_of(people.mai, LATER)
    assert after == was | {f"org:{merged}", f"org:{people.ward}"}
    assert await scopes.scopes_of(people.mai, date(2026, 2, 28)) == was


async def test_a_merger_joins_what_was_below_both(people):
    merged = await units.merge([people.commune, people.ward], new(parent=people.province), on=DAY, by="cli")
    tree = await forest()
    assert set(tree.subtree(merged, LATER)) == {merged, people.cell, people.other_cell, people.ward_cell}
    assert tree[people.ward].valid_to == DAY


async def test_the_same_merger_again_changes_nothing(people, journal):
    once = await units.merge([people.commune, people.ward], new(parent=people.province), on=DAY, by="cli")
    again = await units.merge([people.commune, people.ward], new(parent=people.province), on=DAY, by="cli")
    assert again == once
    assert await journal("unit.merge") == [
        (f"unit:{once}", "cli", once, {"old": [people.commune, people.ward], "new": [once], "on": "2026-03-01"})
    ]


async def test_another_merger_of_the_same_units_is_a_conflict(people):
    await units.merge([people.commune, people.ward], new(parent=people.province), on=DAY, by="cli")
    with pytest.raises(ConflictError):
        await units.merge([people.commune, people.ward], new("KHAC", people.province), on=LATER, by="cli")


async def test_roles_held_for_a_merged_unit_reach_what_it_became(people):
    await units.merge([people.commune, people.ward], new(parent=people.province), on=DAY, by="cli")
    assert await roles.holds(people.quang, "unit_admin", people.ward_cell, LATER)
    assert not await roles.holds(people.quang, "unit_admin", people.ward_cell, date(2026, 2, 28))


async def test_a_renamed_unit_keeps_members_scopes_and_code(people):
    renamed = await units.rename(people.commune, name="Đảng bộ xã Đồng Mây Mới", on=DAY, by="cli")
    tree = await forest()
    assert tree.coded("DM", LATER) == tree[renamed]
    assert tree[renamed].name == "Đảng bộ xã Đồng Mây Mới"
    assert {f"org:{people.commune}", f"org:{renamed}"} <= await scopes.scopes_of(people.mai, LATER)
    assert await units.rename(people.commune, name="Đảng bộ xã Đồng Mây Mới", on=DAY, by="cli") == renamed


async def test_a_moved_unit_loses_what_was_above_it_and_keeps_itself(people):
    moved = await units.move(people.cell, parent=people.ward, on=DAY, by="cli")
    now = await scopes.scopes_of(people.mai, LATER)
    assert {f"at:{moved}", f"at:{people.cell}", f"org:{people.ward}", f"org:{people.province}"} <= now
    assert f"org:{people.commune}" not in now
    assert f"org:{people.commune}" in await scopes.scopes_of(people.mai, date(2026, 2, 28))
    assert await units.move(people.cell, parent=people.ward, on=DAY, by="cli") == moved


async def test_a_unit_cannot_be_put_below_itself(people):
    with pytest.raises(CircularError):
        await units.move(people.province, parent=people.cell, on=DAY, by="cli")
    with pytest.raises(CircularError):
        await units.merge([people.province, people.ward], new(parent=people.cell), on=DAY, by="cli")


async def test_two_planned_moves_cannot_make_a_circle(people):
    await units.move(people.ward, parent=people.commune, on=LATER, by="cli")
    with pytest.raises(CircularError):
        await units.move(people.commune, parent=people.ward, on=DAY, by="cli")


async def test_a_split_says_where_everyone_goes(people, journal):
    cells = {people.cell: 0, people.other_cell: 1}
    staff = await builders.member("son", unit=people.commune)
    north, south = await units.split(
        people.commune, [new("BAC", people.province), new("NAM", people.province)],
        children=cells, members={staff: 1}, on=DAY, by="cli",
    )  # fmt: skip
    tree = await forest()
    assert tree.parent(people.cell, LATER) == north
    assert tree.parent(people.other_cell, LATER) == south
    assert await memberships.unit_of(staff, LATER) == south
    assert await memberships.unit_of(staff, date(2026, 2, 28)) == people.commune
    mine = await scopes.scopes_of(people.mai, LATER)
    assert {f"org:{north}", f"org:{people.commune}", f"org:{people.cell}"} <= mine
    assert f"org:{south}" not in mine
    assert len(await journal("unit.split")) == 1
    assert len(await journal("unit.move")) == 2


async def test_the_same_split_again_changes_nothing(people):
    parts = [new("BAC", people.province), new("NAM", people.province)]
    places = {"children": {people.cell: 0, people.other_cell: 1}, "members": {}}
    once = await units.split(people.commune, parts, **places, on=DAY, by="cli")
    assert await units.split(people.commune, parts, **places, on=DAY, by="cli") == once


@pytest.mark.parametrize("children", [{}, {"cell": 0}, {"cell": 0, "other_cell": 2}, {"cell": 0, "ward_cell": 1}])
async def test_a_split_that_forgets_a_unit_below_is_refused(people, children):
    placed = {getattr(people, name): part for name, part in children.items()}
    with pytest.raises(InvalidError) as refused:
        await units.split(
            people.commune, [new("BAC", people.province), new("NAM", people.province)],
            children=placed, members={}, on=DAY, by="cli",
        )  # fmt: skip
    assert refused.value.key == "account-unit-split-children"


@pytest.mark.parametrize("wrong", ["", " ", "Chi bộ\0Một", "Chi bộ \u202eMột", "\x1b[31mChi bộ", "x" * 201])
async def test_a_unit_needs_a_name_that_can_be_seen(people, wrong):
    with pytest.raises(InvalidError) as refused:
        await units.create(new("A", people.commune, name=wrong), on=DAY, by="cli")
    assert [error.field for error in refused.value.fields] == ["name"]


async def test_a_split_that_forgets_a_member_is_refused(people):
    with pytest.raises(InvalidError) as refused:
        await units.split(
            people.cell, [new("A", people.commune), new("B", people.commune)],
            children={}, members={people.mai: 0}, on=DAY, by="cli",
        )  # fmt: skip
    assert refused.value.key == "account-unit-split-members"


async def test_a_merger_needs_two_and_a_split_makes_two(people):
    with pytest.raises(InvalidError):
        await units.merge([people.ward, people.ward], new(parent=people.province), on=DAY, by="cli")
    with pytest.raises(InvalidError):
        await units.split(people.ward, [new(parent=people.province)], children={}, members={}, on=DAY, by="cli")


async def test_the_same_unit_again_is_that_unit_and_another_by_its_code_a_conflict(people, journal):
    again = await builders.unit("DM", parent=people.province, kind="commune", name="Đảng bộ xã Đồng Mây")
    assert again == people.commune
    assert len(await journal("unit.create")) == 7
    with pytest.raises(ConflictError):
        await builders.unit("DM", parent=people.province, kind="commune", name="Xã khác")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": ""}, "code"), ({"code": "có dấu cách"}, "code"), ({"code": "x" * 41}, "code"),
        ({"name": "  "}, "name"), ({"name": "x" * 201}, "name"), ({"kind": "kingdom"}, "kind"),
    ],
)  # fmt: skip
async def test_a_unit_needs_a_code_a_name_and_a_kind(people, wrong, field):
    with pytest.raises(InvalidError) as refused:
        await units.create(new(**{"parent": people.province, **wrong}), on=DAY, by="cli")
    assert [error.field for error in refused.value.fields] == [field]


async def test_unknown_units_are_not_found(people):
    for act in (
        units.rename(99, name="X", on=DAY, by="cli"),
        units.move(99, parent=None, on=DAY, by="cli"),
        units.move(people.cell, parent=99, on=DAY, by="cli"),
        units.merge([people.cell, 99], new(), on=DAY, by="cli"),
        units.split(99, [new("A"), new("B")], children={}, members={}, on=DAY, by="cli"),
    ):
        with pytest.raises(NotFoundError):
            await act


async def test_a_unit_does_not_change_before_it_began_nor_after_it_ended(people):
    with pytest.raises(InvalidError):
        await units.rename(people.cell, name="X", on=builders.LONG_AGO, by="cli")
    await units.rename(people.cell, name="X", on=DAY, by="cli")
    with pytest.raises(ConflictError):
        await units.rename(people.cell, name="Y", on=LATER, by="cli")
    with pytest.raises(InvalidError):
        await units.move(people.other_cell, parent=people.cell, on=builders.LONG_AGO, by="cli")


async def test_nothing_is_put_under_a_unit_that_is_no_more(people):
    gone = await builders.unit("TAM", parent=people.province)
    await units.split(
        gone, [new("A", people.province), new("B", people.province)], children={}, members={}, on=DAY, by="cli"
    )
    with pytest.raises(InvalidError) as refused:
        await units.move(people.cell, parent=gone, on=LATER, by="cli")
    assert refused.value.key == "account-unit-parent-not-alive"


async def test_an_administrator_changes_only_what_is_below_their_own_unit(people):
    today = clock.today()
    await units.rename(people.cell, name="Chi bộ Bản Xanh", on=today, by=people.quang)
    await units.create(new("DM-X", people.commune, "cell"), on=today, by=people.quang)
    with pytest.raises(NotAdministratorError):
        await units.rename(people.commune, name="Của tôi", on=today, by=people.quang)
    with pytest.raises(NotFoundError):
        await units.move(people.other_cell, parent=people.ward, on=today, by=people.quang)
    with pytest.raises(NotFoundError):
        await units.rename(people.ward_cell, name="X", on=today, by=people.quang)
    with pytest.raises(NotAdministratorError):
        await units.create(new("TOP"), on=today, by=people.quang)


async def test_nobody_but_administrators_changes_units(people):
    for member in (people.mai, people.lan, people.thu, uuid.uuid4()):
        with pytest.raises(NotAdministratorError):
            await units.rename(people.cell, name="X", on=clock.today(), by=member)


async def test_a_failed_act_leaves_nothing(people, journal):
    before = len((await forest()).units)
    with pytest.raises(ConflictError):
        await units.split(
            people.other_cell, [new("A", people.commune), new("BT", people.commune)],
            children={}, members={}, on=DAY, by="cli",
        )  # fmt: skip
    tree = await forest()
    assert len(tree.units) == before
    assert tree[people.other_cell].valid_to is None
    assert await journal("unit.split") == []


async def test_a_unit_is_closed_only_when_nobody_and_nothing_is_left(people, journal):
    today = clock.today()
    for unit, left in ((people.commune, {"members": 0, "units": 2}), (people.cell, {"members": 2, "units": 0})):
        with pytest.raises(units.NotEmptyError) as refused:
            await units.close(unit, on=today, by="cli")
        assert refused.value.values == left
    for _ in range(2):
        await units.close(people.other_cell, on=today, by=people.quang)
    assert not (await units.forest())[people.other_cell].alive(today)
    (noted,) = await journal("unit.close")
    assert noted[3] == {"old": [people.other_cell], "on": today.isoformat()}
    with pytest.raises(ConflictError):
        await units.close(people.other_cell, on=today + timedelta(days=1), by="cli")
    with pytest.raises(ConflictError):
        await units.rename(people.other_cell, name="Khác", on=today + timedelta(days=1), by="cli")


async def test_a_unit_is_not_closed_over_those_who_will_come(people):
    today = clock.today()
    await members.move(people.mai, unit=people.other_cell, on=today + timedelta(days=9), by="cli")
    with pytest.raises(units.NotEmptyError):
        await units.close(people.other_cell, on=today, by="cli")
    await builders.unit("BT-9", parent=people.ward_cell, on=today + timedelta(days=9))
    with pytest.raises(units.NotEmptyError):
        await units.close(people.ward_cell, on=today, by="cli")


async def test_a_unit_is_closed_by_whoever_administers_one_above(people):
    with pytest.raises(NotAdministratorError):
        await units.close(people.commune, on=clock.today(), by=people.quang)
    with pytest.raises(NotFoundError):
        await units.close(people.ward_cell, on=clock.today(), by=people.quang)


async def test_a_rehearsal_leaves_no_trace_and_hears_what_is_refused(people, journal):
    before = len((await units.forest()).units)
    async with units.rehearsal():
        await units.rename(people.cell, name="Chi bộ Khác", on=clock.today(), by=people.quang)
    assert len((await units.forest()).units) == before
    assert await journal("unit.rename") == []
    with pytest.raises(NotAdministratorError):
        async with units.rehearsal():
            await units.rename(people.commune, name="Khác", on=clock.today(), by=people.quang)
