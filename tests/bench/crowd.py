"""The whole country: 5.3 million members in PostgreSQL while one of them reads."""

import asyncio
import time

from base import database
from tests.bench import reads
from tests.bench.stage import Target, database_of

MEMBERS = 5_300_000

PEOPLE = """
INSERT INTO member (id, name, login, card_number, name_key, search_key, created_at)
SELECT gen_random_uuid(), 'Nguyễn Văn ' || n, 'm' || n, NULL, lpad(n::text, 8, '0'), 'nguyen van ' || n, now()
FROM generate_series(1, {count}) AS n
"""
PLACES = """
INSERT INTO membership (id, member, unit, from_on)
SELECT gen_random_uuid(), member.id, (SELECT max(id) FROM unit), DATE '2020-01-01' FROM member
WHERE NOT EXISTS (SELECT 1 FROM membership WHERE membership.member = member.id)
"""


def run(count: int) -> tuple[float, list[Target]]:
    """Seconds that filling took, and the reads pressed over it."""
    with database_of("postgres") as url:
        scene = asyncio.run(reads.furnish(url, ""))
        begin = time.perf_counter()
        asyncio.run(_fill(url, count))
        return time.perf_counter() - begin, reads.press(scene)


async def _fill(url: str, count: int) -> None:
    await database.connect(url)
    await database.engine().run_ddl(PEOPLE.replace("{count}", str(count)))
    await database.engine().run_ddl(PLACES)
    await database.engine().run_ddl("ANALYZE")
    await database.close()
