"""How many an audience reaches: exactly those whose scopes open it, in any history of units."""

import random
import uuid
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.accounts import authority, members, memberships, reaching, roles, scopes, standing, units
from backend.accounts.forest import Forest
from backend.accounts.reaching import Reach, Shift
from backend.accounts.units import NewUnit
from base import clock, revisions
from base import database as floor
from tests import builders
from tests.backend.accounts.histories import START, histories

KINDS = ("org", "at")


async def reached(*named: str) -> tuple[int, int]:
    found = await reaching.reach(frozenset(named))
    return found.members, found.units


# A known party: three in the cell of the commune's two, five in the office


async def test_a_unit_reaches_its_members_and_those_below(people):
    assert await reached(f"org:{people.commune}") == (2, 1)
    assert await reached(f"org:{people.province}") == (7, 2)
    assert await reached(f"at:{people.cell}") == (2, 1)
    assert await reached(f"at:{people.commune}") == (0, 0)
    assert await reached(f"org:{people.ward}") == (0, 0)


async def test_everybody_is_reached_by_members_and_visitors_by_public_too(people):
    assert await reaching.reach(frozenset({"members"})) == Reach(7, 2, False)
    assert await reaching.reach(frozenset({"public"})) == Reach(7, 2, True)
    assert await reaching.reach(frozenset({"public", f"org:{people.cell}"})) == Reach(7, 2, True)
    assert await reaching.reach(frozenset()) == Reach(0, 0, False)


async def test_whoever_is_reached_twice_is_counted_once(people):
    several = {f"org:{people.commune}", f"at:{people.cell}", f"org:{people.cell}", f"member:{people.mai}"}
    assert await reached(*several) == (2, 1)
    assert await reached(*several, f"role:unit_admin@{people.commune}", f"member:{people.lan}") == (3, 2)


async def test_roles_reach_those_who_hold_them_for_just_that_unit(people):
    assert await reached(f"role:editor@{people.province}") == (1, 1)
    assert await reached(f"role:editor@{people.commune}") == (0, 0)
    assert await reached(f"role:editor@{people.province}", f"role:approver@{people.province}") == (2, 1)


async def test_who_is_shut_out_or_belongs_nowhere_is_not_counted(people):
    await members.disable(people.mai, by="cli")
    async with floor.transaction():
        await memberships.leave(people.lan, on=clock.today())
    assert await reached(f"org:{people.commune}") == (1, 1)
    assert await reached("members") == (5, 2)
    assert await reached(f"member:{people.mai}", f"member:{people.lan}") == (0, 0)


@pytest.mark.parametrize("odd", ["", "org:", "org:x", "org:999999", "org:01", "at:-1", "member:x", "role:editor@", "?"])
async def test_what_is_no_scope_of_anybody_reaches_nobody(people, odd):
    assert await reached(odd) == (0, 0)
    assert await reached(odd, f"at:{people.cell}") == (2, 1)


async def test_an_audience_that_names_a_merged_unit_reaches_those_of_its_successor(people):
    ba = await builders.member("ba", unit=people.other_cell)
    into = NewUnit(code="DM-LT", name="Chi bộ liên thôn", kind="cell", parent=people.commune)
    merged = await units.merge([people.cell, people.other_cell], into, on=clock.today(), by="cli")
    for unit in (people.cell, people.other_cell, merged):
        assert await reached(f"at:{unit}") == (3, 1)
    assert "at:" + str(people.cell) in await scopes.scopes_of(ba)


async def test_who_moves_is_counted_where_they_are_on_the_day(people):
    tomorrow = clock.today() + timedelta(days=1)
    await members.move(people.mai, unit=people.ward_cell, by="cli", on=tomorrow)
    ward = frozenset({f"org:{people.ward}"})
    assert (await reaching.reach(ward)).members == 0
    assert (await reaching.reach(ward, tomorrow)).members == 1


async def test_another_audience_gains_and_loses_members(people):
    before, after = {f"org:{people.commune}", f"member:{people.lan}"}, {f"org:{people.office}", f"member:{people.mai}"}
    assert await reaching.shift(before, after) == Shift(4, 1, 2, False, False)
    assert await reaching.shift({"public"}, {"members"}) == Shift(0, 0, 7, False, True)
    assert await reaching.shift(after, {"public"}) == Shift(1, 0, 6, True, False)


@pytest.mark.usefixtures("watching")
async def test_only_what_is_large_is_counted_again_after_a_minute(people, monkeypatch, queries):
    await reached("members")
    monkeypatch.setattr(reaching, "MANY", 7)
    assert await reached("members") == (7, 2)
    queries.clear()
    assert await reached("public") == (7, 2) and queries == []
    await builders.member("ba", unit=people.cell)
    assert await reached("members") == (7, 2) and await reached(f"org:{people.commune}") == (3, 1)
    clock.stop(clock.now() + reaching.RECENT + timedelta(seconds=1))
    assert await reached("members") == (8, 2)
    clock.stop(None)


# Any party


async def _stored(tree: Forest, dice: random.Random) -> list[uuid.UUID]:
    """Write a forest, and people who belong to it by chance, some of them with roles, some shut out."""
    await floor.execute("UPDATE unit SET parent = NULL")
    for table in ("role_grant", "membership", "member", "unit_succession", "unit"):
        await floor.execute(f"DELETE FROM {table}")
    for unit in sorted(tree.units.values(), key=lambda unit: unit.id):
        await floor.execute(
            "INSERT INTO unit (id, kind, code, name, name_en, valid_from, valid_to) "
            "VALUES ({}, {}, {}, '', '', {}, {})",
            unit.id, unit.kind, unit.code, unit.valid_from, unit.valid_to,
        )  # fmt: skip
        await floor.execute("UPDATE unit SET parent = {} WHERE id = {}", unit.parent, unit.id)
    for step in tree.successions:
        await floor.execute(
            'INSERT INTO unit_succession (old, new, "on", kind) VALUES ({}, {}, {}, {})',
            step.old, step.new, step.on, step.kind,
        )  # fmt: skip
    await revisions.touch("units")
    return [await _admitted(tree, dice) for _ in range(dice.randint(1, 9))]


async def _admitted(tree: Forest, dice: random.Random) -> uuid.UUID:
    member, gone = uuid.uuid4(), dice.random() < 0.2
    await floor.execute(
        "INSERT INTO member (id, name, name_key, search_key, created_at, disabled_at) VALUES ({}, '', '', '', {}, {})",
        member, clock.now(), clock.now() if gone else None,
    )  # fmt: skip
    roles_held = {"role": dice.choice(("editor", "approver"))}
    for table, more in (("membership", {"name_key": "", "search_key": ""}), ("role_grant", roles_held)):
        for unit in dice.sample(sorted(tree.units.values(), key=lambda unit: unit.id), k=dice.randint(0, 1)):
            ends = unit.valid_to if dice.random() < 0.3 else None
            row = {"id": uuid.uuid4(), "member": member, "unit": unit.id, "from_on": unit.valid_from, "to_on": ends}
            row |= more
            await floor.execute(
                f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('{}' for _ in row)})", *row.values()
            )
    return member


def _audience(tree: Forest, people: list[uuid.UUID], dice: random.Random) -> frozenset[str]:
    unit = dice.choice(sorted(tree.units))
    offered = [
        *(f"{kind}:{dice.choice(sorted(tree.units))}" for kind in KINDS for _ in range(2)), f"role:editor@{unit}",
        f"role:approver@{unit}", f"member:{dice.choice(people)}", dice.choice(("members", "public", "org:999")),
    ]  # fmt: skip
    return frozenset(dice.sample(offered, k=dice.randint(1, 4)))


async def _expected(audience: Iterable[str], people: list[uuid.UUID], tree: Forest, on: date) -> tuple[int, int]:
    """By what each of them holds."""
    places = []
    for member in people:
        unit = await memberships.unit_of(member, on)
        held = scopes.of(member, unit, await authority.grants(member, on), tree, on)
        rows = await floor.fetch("SELECT id FROM member WHERE id = {} AND disabled_at IS NULL", member)
        if rows and unit is not None and not held.isdisjoint(audience):
            places.append(tree.current(unit, on))
    return len(places), len(set(places))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), days=st.integers(0, 3000), dice=st.randoms(use_true_random=False))
async def test_an_audience_reaches_just_those_whose_scopes_open_it(database, history, days, dice):
    tree, on = history.forest, START + timedelta(days=days)
    async with floor.transaction():
        people = await _stored(tree, dice)
    for _ in range(4):
        audience = _audience(tree, people, dice)
        found = await reaching.reach(audience, on)
        assert (found.members, found.units) == await _expected(audience, people, await standing.forest(), on), audience
        assert found.is_public == ("public" in audience)


async def test_no_role_is_counted_after_it_was_withdrawn(people):
    assert await reached(f"role:auditor@{people.province}") == (1, 1)
    (grant,) = [each for each in await authority.grants(people.thu) if each.role == "auditor"]
    await roles.withdraw(grant.id, by="cli")
    assert await reached(f"role:auditor@{people.province}") == (0, 0)
