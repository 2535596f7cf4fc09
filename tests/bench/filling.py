"""Filling PostgreSQL with a country's members: copied in without indexes, which are built again afterwards."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import asyncpg

from backend.accounts import unit_import
from base import database
from tests.bench import country

CHUNK = 50_000
TABLES = ("member", "membership")
MEMBER = ["id", "name", "login", "card_number", "name_key", "search_key", "created_at"]
MEMBERSHIP = ["id", "member", "unit", "from_on", "name_key", "search_key"]

QUICKLY = (
    "SET synchronous_commit = off", "SET maintenance_work_mem = '1GB'", "SET work_mem = '256MB'",
)  # fmt: skip
"""What a session may choose for itself, so that any server can be filled."""

KEYS = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS make,
    contype = 'p' AS own, conrelid::regclass::text AS on
FROM pg_constraint WHERE contype = 'f' AND (conrelid = ANY($1::regclass[]) OR confrelid = ANY($1::regclass[]))
    OR contype = 'p' AND conrelid = ANY($1::regclass[])
ORDER BY own
"""
INDEXES = """
SELECT format('DROP INDEX %s', indexrelid::regclass) AS drop, pg_get_indexdef(indexrelid) AS make,
    true AS own, indrelid::regclass::text AS on
FROM pg_index WHERE indrelid = ANY($1::regclass[]) AND NOT indisprimary ORDER BY indexrelid::regclass::text
"""


@dataclass(slots=True)
class Filling:
    """What was put in, and how many seconds each step took."""

    members: int
    units: int
    took: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        return sum(self.took.values())


async def fill(url: str, count: int) -> Filling:
    """Units and ``count`` members into a migrated database; every index and key stands afterwards as migrated."""
    clock = _Clock()
    report = await unit_import.import_units(country.units(count))
    if report.problems:
        raise RuntimeError(str(report.problems[0]))
    clock.note("units")
    cells = await database.fetch("SELECT id FROM unit WHERE kind = 'cell' AND code LIKE 'P%' ORDER BY id")
    one, other = await _session(url), await _session(url)
    try:
        await _refill(one, other, clock, count, [row["id"] for row in cells])
    finally:
        await asyncio.gather(one.close(), other.close())
    return Filling(count, report.created, clock.took)


async def _refill(
    one: asyncpg.Connection, other: asyncpg.Connection, clock: "_Clock", count: int, cells: list[int]
) -> None:
    keys, indexes = await one.fetch(KEYS, TABLES), await one.fetch(INDEXES, TABLES)
    for row in [*keys, *indexes]:
        await one.execute(row["drop"])
    await _copy(one, other, count, cells)
    clock.note("rows")
    made = [row for row in [*keys, *indexes] if row["own"]]
    await asyncio.gather(_make(one, made, "member"), _make(other, made, "membership"))
    clock.note("indexes")
    for row in keys:
        if not row["own"]:
            await one.execute(row["make"])
    clock.note("foreign keys")
    await asyncio.gather(one.execute("VACUUM ANALYZE member"), other.execute("VACUUM ANALYZE membership"))
    clock.note("vacuum")


async def _make(session: asyncpg.Connection, made: list[asyncpg.Record], table: str) -> None:
    for row in made:
        if row["on"] == table:
            await session.execute(row["make"])


async def _session(url: str) -> asyncpg.Connection:
    session = await asyncpg.connect(url)
    for statement in QUICKLY:
        await session.execute(statement)
    return session


async def _copy(one: asyncpg.Connection, other: asyncpg.Connection, count: int, cells: list[int]) -> None:
    """Copy both tables at once, a chunk of each, while a thread writes down the next chunk."""
    people = country.people(count, cells)
    members, places = await asyncio.to_thread(_chunk, people)
    while members:
        (members, places), *_ = await asyncio.gather(
            asyncio.to_thread(_chunk, people),
            _copied(one, "member", members, MEMBER),
            _copied(other, "membership", places, MEMBERSHIP),
        )


async def _copied(session: asyncpg.Connection, table: str, lines: bytes, columns: list[str]) -> None:
    async def source() -> AsyncIterator[bytes]:
        yield lines

    await session.copy_to_table(table, source=source(), columns=columns)


def _chunk(people: Iterator[country.Person]) -> tuple[bytes, bytes]:
    members, places = [], []
    for id, name, login, card, cell in itertools.islice(people, CHUNK):
        name_key, folded = country.keys(name)
        key = f"{name_key}\t{folded} {login} {card}"
        members.append(f"{id}\t{name}\t{login}\t{card}\t{key}\t{country.SINCE}\n")
        places.append(f"{id[::-1]}\t{id}\t{cell}\t{country.SINCE}\t{key}\n")
    return "".join(members).encode(), "".join(places).encode()


class _Clock:
    def __init__(self) -> None:
        self.took: dict[str, float] = {}
        self._since = time.perf_counter()

    def note(self, step: str) -> None:
        now = time.perf_counter()
        self.took[step], self._since = now - self._since, now
