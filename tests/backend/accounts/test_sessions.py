"""A session is recognised without a query, and over on the next request when it must be."""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta

import pytest

from backend.accounts import changes, devices, members, roles, sessions, units
from backend.accounts.units import NewUnit
from base import clock
from base import database as floor
from base.errors import NotFoundError
from tests import builders
from tests.conftest import ENGINE
from tests.house import tree as house


@pytest.fixture
def moving_clock():
    start = datetime.now(UTC)
    clock.stop(start)
    yield lambda **span: clock.stop(start + timedelta(**span))
    clock.stop(None)


async def until(condition) -> None:
    """PostgreSQL's notice of a change takes a moment to arrive."""
    for _ in range(200):
        if await condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to pass")


async def test_a_reader_is_who_signed_in_with_their_scopes_and_roles(people):
    reader = await builders.reader(people.lan)
    assert (reader.member_id, reader.name, reader.unit) == (people.lan, "Nguyễn Thị Ngọc Lan", people.office)
    assert {
        "public",
        "members",
        f"member:{people.lan}",
        f"at:{people.office}",
        f"org:{people.province}",
    } <= reader.scopes
    assert f"role:editor@{people.province}" in reader.scopes
    assert [(grant.role, grant.unit) for grant in reader.roles] == [("editor", people.province)]


@pytest.mark.parametrize("cookie", [None, "", "wrong", "ế" * 50, "x" * 10_000])
async def test_an_unknown_cookie_is_nobody(people, cookie):
    assert await sessions.reader(cookie) is None


async def test_only_a_hash_of_the_cookie_is_kept(people):
    cookie = await builders.signed_in(people.mai)
    (row,) = await floor.fetch("SELECT id, member FROM session")
    assert bytes(row["id"]) == sessions.digest(cookie)
    assert cookie not in str(row)
    assert len(cookie) >= 43


async def test_a_known_reader_costs_no_query(people, watching, queries):
    cookie = await builders.signed_in(people.mai)
    first = await sessions.reader(cookie)
    queries.clear()
    assert await sessions.reader(cookie) is first
    assert queries == []


async def test_a_change_costs_one_query_and_is_seen(people, watching, queries):
    cookie = await builders.signed_in(people.mai)
    await sessions.reader(cookie)
    await builders.role(people.mai, "feedback_handler", people.cell)

    async def seen() -> bool:
        return [grant.role for grant in (await builders.known(cookie)).roles] == ["feedback_handler"]

    await until(seen)
    await asyncio.sleep(0.1)
    await sessions.reader(cookie)
    queries.clear()
    await sessions.reader(cookie)
    assert queries == []


async def test_what_changes_a_member_changes_the_reader(people):
    cookie = await builders.signed_in(people.mai)
    id = await builders.role(people.mai, "editor", people.cell)
    assert len((await builders.known(cookie)).roles) == 1
    await roles.withdraw(id, by="cli")
    assert (await builders.known(cookie)).roles == ()
    await members.move(people.mai, unit=people.ward_cell, by="cli")
    assert f"org:{people.ward}" in (await builders.known(cookie)).scopes
    await members.correct(people.mai, name="Hà Thị Mai Hương", by="cli")
    assert (await builders.known(cookie)).name == "Hà Thị Mai Hương"
    into = NewUnit(code="X", name="Chi bộ mới", kind="cell", parent=people.ward)
    merged = await units.merge([people.ward_cell, people.cell], into, on=clock.today(), by="cli")
    assert f"at:{merged}" in (await builders.known(cookie)).scopes


async def test_the_day_changes_the_reader(people, moving_clock):
    cookie = await builders.signed_in(people.mai)
    await members.move(people.mai, unit=people.ward_cell, on=clock.today() + timedelta(days=1), by="cli")
    assert (await builders.known(cookie)).unit == people.cell
    moving_clock(days=1)
    assert (await builders.known(cookie)).unit == people.ward_cell


DISABLE = """
import asyncio, sys, uuid
from base import database, settings
from backend.accounts import members

async def main():
    await database.connect(sys.argv[1])
    await members.disable(uuid.UUID(sys.argv[2]), by="cli")
    await database.close()

asyncio.run(main())
"""


async def test_disabled_in_another_process_a_member_is_out_on_the_next_request_here(
    people, watching, database, settings
):
    cookie = await builders.signed_in(people.mai)
    assert await sessions.reader(cookie) is not None
    environment = {**os.environ, "PYTHONPATH": str(house.ROOT)}
    command = [sys.executable, "-c", DISABLE, database, str(people.mai)]
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    assert await process.wait() == 0
    if ENGINE == "sqlite":
        assert await sessions.reader(cookie) is None

    async def out() -> bool:
        return await sessions.reader(cookie) is None

    await until(out)


async def test_a_session_ends_when_it_is_not_used_for_so_many_days(people, moving_clock, settings):
    cookie = await builders.signed_in(people.mai)
    moving_clock(days=settings.session_days)
    assert await sessions.reader(cookie) is not None
    moving_clock(days=2 * settings.session_days)
    assert await sessions.reader(cookie) is not None
    moving_clock(days=3 * settings.session_days + 1)
    assert await sessions.reader(cookie) is None
    await sessions.prune()
    assert await floor.fetch("SELECT id FROM session") == []


async def test_use_is_noted_by_the_day_only(people, moving_clock):
    cookie = await builders.signed_in(people.mai)
    day = clock.today()
    for hours in (1, 2, 3):
        moving_clock(days=1, hours=hours / 100)
        await sessions.reader(cookie)
    (row,) = await floor.fetch("SELECT used_on, created_at FROM session")
    assert row["used_on"] == day + timedelta(days=1)


async def test_a_member_sees_and_ends_their_devices(people):
    here = await builders.reader(people.mai)
    there = await builders.signed_in(people.mai)
    listed = await sessions.devices_of(here)
    assert [device.current for device in listed] == [True, False]
    await sessions.end(here, listed[1].id)
    assert await sessions.reader(there) is None
    assert len(await sessions.devices_of(here)) == 1


async def test_nobody_ends_anothers_session(people):
    mai, lan = await builders.reader(people.mai), await builders.reader(people.lan)
    for id in (lan.session_id, "00", "not hex"):
        with pytest.raises(NotFoundError):
            await sessions.end(mai, id)
    assert len(await sessions.devices_of(lan)) == 1


async def test_signing_out_ends_this_session_and_all_of_them_on_demand(people):
    cookies = [await builders.signed_in(people.mai) for _ in range(3)]
    reader = await builders.known(cookies[0])
    await sessions.end_all(people.mai, but=reader.session_id)
    assert [await sessions.reader(cookie) is not None for cookie in cookies] == [True, False, False]
    await sessions.end(reader)
    await sessions.end(reader)
    assert await sessions.reader(cookies[0]) is None
    await builders.signed_in(people.mai)
    await sessions.end_all(people.mai)
    assert await floor.fetch("SELECT id FROM session") == []


async def test_a_process_remembers_so_many_readers_and_no_more(people, watching, monkeypatch):
    monkeypatch.setattr(sessions._recall, "at_most", 2)
    sessions._recall.clear()
    cookies = [await builders.signed_in(people.mai) for _ in range(3)]
    for cookie in (*cookies[:2], cookies[0], cookies[2]):
        await sessions.reader(cookie)
    assert [sessions.digest(cookie) in sessions._recall for cookie in cookies] == [True, False, True]


async def test_one_members_change_lets_the_others_be_remembered(people, watching, queries):
    lan, mai = await builders.signed_in(people.lan), await builders.signed_in(people.mai)
    first = await sessions.reader(lan)
    await sessions.reader(mai)
    await sessions.end_all(people.mai)

    async def out() -> bool:
        return await sessions.reader(mai) is None

    await until(out)
    queries.clear()
    assert await sessions.reader(lan) is first
    assert not any("FROM session" in sql for sql in queries)


async def test_a_change_while_a_reader_is_being_read_is_not_missed(people, watching, monkeypatch):
    """Read before the change and kept after it, a reader would stay what they no longer are."""
    cookie = await builders.signed_in(people.mai)
    read = sessions._read

    async def slow(key):
        found = await read(key)
        if key == sessions.digest(cookie):
            await members.disable(people.mai, by="cli")
            await builders.reader(people.lan)  # by which this process follows the change
        return found

    monkeypatch.setattr(sessions, "_read", slow)
    assert await sessions.reader(cookie) is not None
    monkeypatch.setattr(sessions, "_read", read)

    async def out() -> bool:
        return await sessions.reader(cookie) is None

    await until(out)


async def test_after_very_many_changes_everybody_is_read_anew(people, watching, monkeypatch):
    monkeypatch.setattr(changes, "MOST", 2)
    cookie = await builders.signed_in(people.mai)
    await sessions.reader(cookie)
    await roles_lost(people)

    async def seen() -> bool:
        return len((await builders.known(cookie)).roles) == 1

    await until(seen)


async def roles_lost(people) -> None:
    await builders.role(people.mai, "editor", people.cell)
    for member in (people.lan, people.hoa, people.thu):
        await sessions.end_all(member)


async def test_changes_are_kept_for_a_day(people, moving_clock):
    await sessions.end_all(people.mai)
    assert await changes.latest() > 0
    moving_clock(days=2)
    await sessions.prune()
    assert await changes.latest() == 0


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari/604.1",
            "iPhone · Safari",
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Android · Chrome"),
        (
            "Mozilla/5.0 (Linux; Android 13; SM-A135F) SamsungBrowser/23.0 Chrome/115 Mobile Safari/537.36",
            "Android · Samsung Internet",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Windows · Edge"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) coc_coc_browser/120.0 Chrome/114 Safari/537.36",
            "Windows · Cốc Cốc",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", "Linux · Firefox"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17 Safari/605.1.15", "Mac · Safari"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_coarsely(user_agent, name):
    assert devices.named(user_agent) == name
