"""Roles are held for a unit, reach what is below it, and are given by those above."""

import asyncio
import uuid
from datetime import timedelta

import pytest

from backend.accounts import members, roles, scopes
from backend.accounts.authority import NotAdministratorError
from backend.accounts.roles import OwnRoleError, PasskeyNeededError, RoleHeldError
from base import clock
from base.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, SignInRequiredError
from tests import builders

TODAY = clock.today()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


async def give(people, **more):
    given = {"member": people.mai, "role": "editor", "unit": people.cell, "by": people.quang, **more}
    id = given.pop("id", None) or uuid.uuid4()
    await roles.grant(id, **given)
    return id


@pytest.fixture
async def duc(people):
    """Đức administers the whole province."""
    id = await builders.member("duc", unit=people.office)
    await builders.role(id, "unit_admin", people.province)
    return id


async def test_a_role_reaches_everything_below_and_nothing_beside(people):
    for unit in (people.province, people.ward, people.cell):
        assert await roles.holds(people.lan, "editor", unit)
    assert await roles.holds(people.quang, "unit_admin", people.cell)
    assert not await roles.holds(people.quang, "unit_admin", people.ward_cell)
    assert not await roles.holds(people.quang, "unit_admin", people.province)
    assert not await roles.holds(people.lan, "approver", people.province)
    assert not await roles.holds(people.lan, "editor", 99)


async def test_a_granted_role_is_held_from_its_day_until_it_is_withdrawn(people, journal):
    id = await give(people)
    assert await roles.holds(people.mai, "editor", people.cell)
    assert not await roles.holds(people.mai, "editor", people.cell, YESTERDAY)
    assert f"role:editor@{people.cell}" in await scopes.scopes_of(people.mai)
    await roles.withdraw(id, by=people.quang)
    assert not await roles.holds(people.mai, "editor", people.cell)
    await roles.withdraw(id, by=people.quang)
    detail = {"member": str(people.mai), "role": "editor", "from": TODAY.isoformat(), "to": None}
    assert (await journal("role.grant"))[-1] == (f"grant:{id}", str(people.quang), people.cell, detail)
    assert len(await journal("role.withdraw")) == 1


async def test_a_role_may_be_planned_and_end_by_itself(people):
    await give(people, from_on=TOMORROW, to_on=TOMORROW + timedelta(days=1))
    held = [await roles.holds(people.mai, "editor", people.cell, TODAY + timedelta(days=n)) for n in range(4)]
    assert held == [False, True, False, False]


async def test_the_same_grant_again_changes_nothing_and_another_is_a_conflict(people, journal):
    id = await give(people)
    await give(people, id=id)
    assert len(await journal("role.grant")) == 7
    with pytest.raises(ConflictError):
        await give(people, id=id, role="approver")
    with pytest.raises(RoleHeldError):
        await give(people)


async def test_the_same_grant_twice_at_once_is_given_once(people, journal):
    for role in ("editor", "approver", "moderator"):
        id = uuid.uuid4()
        await asyncio.gather(*(give(people, id=id, role=role) for _ in range(3)))
    assert len(await journal("role.grant")) == 6 + 3


async def test_a_grant_out_of_sight_is_not_found(people):
    id = await builders.role(people.mai, "editor", people.ward)
    with pytest.raises(NotFoundError):
        await give(people, id=id)
    with pytest.raises(NotFoundError):
        await roles.withdraw(id, by=people.quang)
    with pytest.raises(NotFoundError):
        await roles.withdraw(uuid.uuid4(), by="cli")


async def test_nobody_gives_a_role_to_themselves(people, duc):
    for by, unit in ((people.quang, people.cell), (duc, people.commune)):
        with pytest.raises(OwnRoleError):
            await give(people, member=by, by=by, unit=unit)


async def test_an_administrator_gives_roles_within_their_own_units_only(people):
    await give(people, unit=people.commune)
    for unit in (people.province, people.ward_cell, 99):
        with pytest.raises(NotFoundError):
            await give(people, unit=unit)
    with pytest.raises(NotFoundError):
        await give(people, member=people.lan)
    with pytest.raises(NotFoundError):
        await give(people, member=uuid.uuid4())


@pytest.mark.parametrize("role", ["unit_admin", "auditor"])
async def test_administrators_and_auditors_are_named_from_above(people, duc, role):
    with pytest.raises(NotAdministratorError) as refused:
        await give(people, role=role, unit=people.commune)
    assert refused.value.key == "account-needs-higher-administrator"
    id = await give(people, role=role, unit=people.commune, by=duc)
    with pytest.raises(NotAdministratorError):
        await roles.withdraw(id, by=people.quang)
    await roles.withdraw(id, by=duc)
    await give(people, role=role, unit=people.cell)
    with pytest.raises(NotAdministratorError):
        await give(people, role=role, unit=people.province, by=duc)
    await give(people, role=role, unit=people.province, by="cli")


async def test_nobody_but_administrators_gives_roles(people):
    for member in (people.mai, people.lan, people.minh, people.thu):
        with pytest.raises(NotAdministratorError):
            await give(people, member=people.quang, by=member)
        with pytest.raises(NotAdministratorError):
            await roles.withdraw(uuid.uuid4(), by=member)


async def test_a_role_is_withdrawn_though_its_holder_moved_away(people):
    id = await give(people)
    await members.move(people.mai, unit=people.ward_cell, by="cli")
    await roles.withdraw(id, by=people.quang)
    assert not await roles.holds(people.mai, "editor", people.cell)


async def test_impossible_grants_are_refused(people):
    with pytest.raises(InvalidError):
        await give(people, role="king")
    with pytest.raises(InvalidError):
        await give(people, from_on=TODAY, to_on=TODAY)
    with pytest.raises(InvalidError):
        await give(people, by="cli", from_on=builders.LONG_AGO - timedelta(days=1))
    await members.disable(people.mai, by=people.quang)
    with pytest.raises(ConflictError):
        await give(people)


async def test_an_administrator_sees_the_roles_of_their_own_units(people, duc):
    id = await give(people)
    assert [(held.grant.id, held.member) for held in await roles.holders(by=people.quang, member=people.mai)] == [
        (id, people.mai)
    ]
    assert {held.name for held in await roles.holders(by=people.quang)} == {"Hà Thị Mai", "Vi Văn Quang"}
    assert len(await roles.holders(by=duc)) == len(await roles.holders(by="cli")) == 8
    assert await roles.holders(by=people.mai) == []


async def test_the_door_asks_for_a_role_awake_in_the_session(people):
    lan = await builders.reader(people.lan)
    assert await roles.require(lan, "editor", people.cell) is lan
    assert await roles.require(lan, "editor") is lan
    with pytest.raises(ForbiddenError):
        await roles.require(lan, "approver", people.cell)
    with pytest.raises(NotFoundError):
        await roles.require(lan, "editor", 99)
    with pytest.raises(SignInRequiredError):
        await roles.require(None, "editor")
    with pytest.raises(ForbiddenError):
        await roles.require(await builders.reader(people.quang), "unit_admin", people.ward)


async def test_without_a_passkey_roles_sleep(people):
    lan = await builders.reader(people.lan, method="password")
    assert (lan.roles, lan.sleeping) == ((), True)
    assert not any(scope.startswith("role:") for scope in lan.scopes)
    with pytest.raises(PasskeyNeededError):
        await roles.require(lan, "editor", people.cell)
    hoa = await builders.reader(people.hoa, method="password")
    assert ([grant.role for grant in hoa.roles], hoa.sleeping) == (["feedback_handler"], False)
    for method in ("passkey", "link"):
        assert (await builders.reader(people.lan, method=method)).roles
    assert (await builders.reader(people.lan, method="code")).sleeping
