"""A notice reaches exactly those who may read what it tells of, where they are signed in, and nobody else."""

import asyncio
import os
import threading
import uuid
from datetime import timedelta

import pytest

from backend.accounts import (
    addressing,
    codes,
    members,
    memberships,
    notifying,
    privacy,
    reaching,
    roles,
    scopes,
    sessions,
    units,
)  # fmt: skip
from backend.accounts.units import NewUnit
from base import clock
from base import database as floor
from base.errors import SignInRequiredError
from notifications import choosing, devices
from notifications.quiet import Window
from tests import builders


async def told(*named: str) -> set[uuid.UUID]:
    """Whose devices a notice to these scopes would go to."""
    condition, values = (await addressing.addressees(named)).condition()
    return {row["member"] for row in await floor.fetch(f"SELECT member FROM device d WHERE {condition}", *values)}


async def device(member: uuid.UUID) -> None:
    await devices.register(
        member=member, unit=await memberships.unit_of(member, clock.today()), session=os.urandom(16),
        channel="console", address=uuid.uuid4().hex, keys={}, language="vi",
    )  # fmt: skip


async def registered(member: uuid.UUID) -> sessions.Reader:
    """A member signed in on a device that is told."""
    reader = await builders.reader(member)
    await notifying.register(reader, channel="console", address=reader.session_id, keys={}, language="vi")
    return reader


async def of(member: uuid.UUID) -> list[int | None]:
    """The units of a member's devices."""
    return [row["unit"] for row in await floor.fetch("SELECT unit FROM device WHERE member = {}", member)]


async def test_told_is_who_may_read_whatever_became_of_units(people):
    everyone = [people.mai, people.lan, people.minh, people.tam, people.hoa, people.quang, people.thu]
    everyone.append(await builders.member("ban", unit=people.ward_cell))
    for member in everyone:
        await device(member)
    today = clock.today()
    commune = NewUnit(code="DM2", name="Đảng bộ xã Đồng Mây", kind="commune", parent=people.province)
    merged = await units.merge([people.commune, people.ward], commune, on=today, by="cli")
    cell = NewUnit(code="DM-BX2", name="Chi bộ Bản Xanh", kind="cell", parent=merged)
    await units.merge([people.cell, people.other_cell], cell, on=today, by="cli")
    holds = {member: await scopes.scopes_of(member) for member in everyone}
    named = sorted(
        frozenset().union(*holds.values()) | {f"org:{merged}", "org:0", "at:999999", f"role:editor@{merged}"}
    )
    for scope in named:
        assert await told(scope) == {member for member, held in holds.items() if scope in held}, scope
    for pair in zip(named, named[7:], strict=False):
        assert await told(*pair) == {member for member, held in holds.items() if not held.isdisjoint(pair)}, pair
    assert await told() == set()


async def test_what_was_worked_out_of_a_tree_that_changed_meanwhile_is_not_remembered(people, monkeypatch):
    await device(people.mai)
    working_out, units_of, changed = asyncio.Event(), reaching.units_of, threading.Event()
    loop = asyncio.get_running_loop()

    def slowly(*of):
        loop.call_soon_threadsafe(working_out.set)
        assert changed.wait(10)
        return units_of(*of)

    monkeypatch.setattr(reaching, "units_of", slowly)
    before = asyncio.create_task(told(f"org:{people.ward}"))
    await working_out.wait()
    monkeypatch.setattr(reaching, "units_of", units_of)
    await units.move(people.cell, parent=people.ward, on=clock.today(), by="cli")
    await told(f"org:{people.commune}")  # the new tree is known by now
    changed.set()
    await before
    assert await told(f"org:{people.ward}") == {people.mai}


async def test_most_of_a_country_is_named_by_those_outside(people):
    await device(people.mai)
    await device(people.lan)
    nowhere = await builders.member("khong", unit=people.cell)
    await memberships.leave(nowhere, on=clock.today())
    await device(nowhere)
    found = await addressing.addressees([f"org:{people.province}"])
    assert found.all_but and not found.units
    assert await told(f"org:{people.province}") == {people.mai, people.lan}


async def test_a_role_that_is_taken_away_is_told_no_more(people):
    await device(people.hoa)
    scope = f"role:feedback_handler@{people.province}"
    assert await told(scope) == {people.hoa}
    (held,) = await floor.fetch("SELECT id FROM role_grant WHERE member = {}", people.hoa)
    await roles.withdraw(held["id"], by="cli")
    assert await told(scope) == set()


async def test_a_device_follows_its_member_from_the_day_on_which_they_move(people):
    await device(people.mai)
    await members.move(people.mai, unit=people.other_cell, by="cli")
    assert await of(people.mai) == [people.other_cell]
    today = clock.now()
    await members.move(people.mai, unit=people.ward_cell, by="cli", on=clock.today() + timedelta(days=1))
    assert await of(people.mai) == [people.other_cell]
    clock.stop(today + timedelta(days=1))
    try:
        await memberships.settle_due(clock.today() - timedelta(days=1))
    finally:
        clock.stop(None)
    assert await of(people.mai) == [people.ward_cell]


async def test_who_signs_in_more_strongly_keeps_the_device(people):
    reader = await registered(people.mai)
    async with floor.transaction():
        opened = await sessions.strengthen(reader, method="passkey")
    assert len(await devices.of_session(sessions.digest(opened.cookie))) == 1
    await sessions.end(await builders.known(opened.cookie))
    assert await of(people.mai) == []


async def _sign_out(people, reader):
    await sessions.end(reader)


async def _sign_out_elsewhere(people, reader):
    await sessions.end(await builders.reader(people.mai), reader.session_id)


async def _sign_out_of_all_but(people, reader):
    await sessions.end_all(people.mai, but=(await builders.reader(people.mai)).session_id)


async def _disable(people, reader):
    await members.disable(people.mai, by="cli")


async def _give_a_new_code(people, reader):
    await codes.issue(people.mai, id=uuid.uuid4(), by="cli", identity_checked=True)


async def _erase(people, reader):
    await privacy.erase(people.mai, by="cli")


async def _stay_away(people, reader):
    clock.stop(clock.now() + timedelta(days=31))
    try:
        await sessions.prune()
    finally:
        clock.stop(None)


ENDS = [_sign_out, _sign_out_elsewhere, _sign_out_of_all_but, _disable, _give_a_new_code, _erase, _stay_away]


@pytest.mark.parametrize("end", ENDS)
async def test_nothing_goes_to_where_a_member_is_signed_in_no_more(people, end):
    reader, other = await registered(people.mai), await registered(people.quang)
    await end(people, reader)
    assert await of(people.mai) == []
    assert await of(people.quang) == ([] if end is _stay_away else [people.cell])
    assert other.member_id == people.quang


async def test_a_session_that_ended_meanwhile_registers_no_device(people):
    reader = await builders.reader(people.mai)
    await sessions.end(reader)
    with pytest.raises(SignInRequiredError):
        await notifying.register(reader, channel="console", address="x", keys={}, language="vi")
    assert await of(people.mai) == []


async def test_a_member_is_told_what_is_kept_of_their_devices_and_choices_and_it_goes_with_them(people):
    await registered(people.mai)
    await choosing.choose(people.mai, "answers", "off")
    await choosing.keep_quiet(people.mai, Window(False, 0, 0))
    await choosing.follow(people.mai, "topic:dat-dai")
    held = await privacy.export(people.mai)
    assert [one["channel"] for one in held["notified_devices"]] == ["console"]
    assert held["notice_choices"] == [{"sort": "answers", "how": "off"}]
    assert [bool(one["is_on"]) for one in held["quiet_window"]] == [False]
    assert [one["what"] for one in held["follows"]] == ["topic:dat-dai"]
    assert "address" not in str(held["notified_devices"])
    await privacy.erase(people.mai, by="cli")
    for table in ("device", "choice", "quiet", "follow"):
        assert await floor.fetch(f"SELECT member FROM {table} WHERE member = {{}}", people.mai) == [], table
