"""A PostgreSQL database for each test, put back as it was migrated: making one anew waits long for the disk."""

import asyncio

import asyncpg

from tests import services

MOST = 3
"""How many copies one test process has at a time: one in use, others being put back."""

PATIENCE_S = 5
"""How long a connection that a test left behind may take to end."""

_SHAPE = """
SELECT md5(string_agg(
  concat_ws(' ', c.oid, c.relname, a.attname, a.atttypid, a.attnotnull), ',' ORDER BY c.oid, a.attnum))
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'i', 'S', 'v') AND NOT a.attisdropped
"""
"""What tells whether a test changed the tables themselves; a copy's are numbered as those that it was copied from."""


class Copies:
    """Copies of a migrated, empty database; ``prepare`` them first, and ``close`` them at the end."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._free: list[str] = []
        self._made = 0
        self._settling: set[asyncio.Task[None]] = set()
        self._shape = self._restoring = ""

    async def prepare(self) -> None:
        """Keep beside the template's tables what stands in them, and learn how to put a copy back."""
        connection = await asyncpg.connect(self._template)
        try:
            self._shape = await connection.fetchval(_SHAPE)
            if await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
                self._restoring = await _restoring(connection)
        finally:
            await connection.close()

    async def take(self) -> str:
        """The address of a copy that is as it was migrated."""
        while not self._free and self._made >= MOST:
            await asyncio.wait(self._settling, return_when=asyncio.FIRST_COMPLETED)
        if self._free:
            return self._free.pop()
        self._made += 1
        return await services.create(self._template, self._template.rpartition("/")[2])

    def give_back(self, url: str) -> None:
        """Put a copy back, or drop one that cannot be, without waiting for it."""
        task = asyncio.ensure_future(self._settle(url))
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)

    async def close(self) -> None:
        """Drop all of them."""
        await asyncio.gather(*self._settling)
        await asyncio.gather(*map(services.drop, self._free))

    async def _settle(self, url: str) -> None:
        try:
            restored = bool(self._restoring) and await self._restore(url)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            restored = False
        if restored:
            self._free.append(url)
        else:
            self._made -= 1
            await services.drop(url)

    async def _restore(self, url: str) -> bool:
        """Whether the copy is now as it was migrated; not when a test changed its tables."""
        connection = await asyncpg.connect(url)
        try:
            await _end_others(connection)
            if await connection.fetchval(_SHAPE) != self._shape:
                return False
            await connection.execute(self._restoring)
            return True
        finally:
            await connection.close()


async def _end_others(connection: asyncpg.Connection) -> None:
    """End what a test left connected."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    async with asyncio.timeout(PATIENCE_S):
        while await connection.fetch(f"SELECT pg_terminate_backend(pid) {others}"):
            await asyncio.sleep(0.01)


async def _restoring(connection: asyncpg.Connection) -> str:
    """The statements that empty all tables but for what stood in them, which is kept in a schema of its own."""
    tables = [row["name"] for row in await connection.fetch(
        "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'"
    )]  # fmt: skip
    statements = ["SET session_replication_role = replica"]  # no foreign key or trigger has a say
    await connection.execute("CREATE SCHEMA pristine")
    for table in tables:
        statements.append(f"DELETE FROM public.{table}")
        if await connection.fetchval(f"SELECT EXISTS (SELECT FROM public.{table})"):
            await connection.execute(f"CREATE TABLE pristine.{table} AS TABLE public.{table}")
            statements.append(f"INSERT INTO public.{table} OVERRIDING SYSTEM VALUE SELECT * FROM pristine.{table}")
    sequences = (
        "SELECT quote_literal('public.' || quote_ident(sequencename)) AS name, "
        "coalesce(last_value, start_value) AS at, last_value IS NOT NULL AS called "
        "FROM pg_sequences WHERE schemaname = 'public'"
    )
    for row in await connection.fetch(sequences):
        statements.append(f"SELECT setval({row['name']}, {row['at']}, {str(row['called']).lower()})")
    return ";".join(statements)
