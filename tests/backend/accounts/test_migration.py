from backend.accounts import roster
from base import database as floor
from base import migrations


async def test_the_tables_of_people_come_and_go(database):
    await floor.fetch('SELECT id FROM unit_succession WHERE "on" IS NULL')
    await migrations.down()
    await migrations.up()
    assert await floor.fetch("SELECT id FROM member") == []


async def test_members_taken_in_before_the_roster_carried_their_keys_are_found_after_it(people):
    await migrations._take_back("accounts", "accounts_0002_roster")
    assert "search_key" not in (await floor.fetch("SELECT * FROM membership LIMIT 1"))[0]
    assert "accounts.accounts_0002_roster" in await migrations.up()
    assert [one.id for one in (await roster.page(by=people.quang, search="ha thi")).members] == [people.mai]
