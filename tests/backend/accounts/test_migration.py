from base import database as floor
from base import migrations


async def test_the_tables_of_people_come_and_go(database):
    await floor.fetch('SELECT id FROM unit_succession WHERE "on" IS NULL')
    await migrations.down()
    await migrations.up()
    assert await floor.fetch("SELECT id FROM member") == []
