"""Bringing the database to the shape the code expects, one hand-written step at a time, up and down."""

import contextlib
import io
from collections.abc import Sequence

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.commands.backwards import BackwardsMigrationManager
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import MigrationModule

from base import database

Statement = str | dict[str, str]
"""SQL for both engines with the tokens of TOKENS, or one text per engine ("sqlite", "postgres"; "" for nothing)."""

TOKENS = {
    "{serial}": {"sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", "postgres": "BIGSERIAL PRIMARY KEY"},
    "{bytes}": {"sqlite": "BLOB", "postgres": "BYTEA"},
    "{text_key}": {"sqlite": "TEXT", "postgres": 'TEXT COLLATE "C"'},
}
"""What differs between the engines: an automatic bigint key, bytes, and text compared byte by byte."""


class MigrationError(Exception):
    """A migration could not be run; the message is Piccolo's."""


def steps(name: str, *, app: str, up: Sequence[Statement], down: Sequence[Statement]) -> MigrationManager:
    """One migration: statements that bring it and statements that take it back, in the order they run."""
    manager = MigrationManager(migration_id=name, app_name=app, description=name)

    async def forwards() -> None:
        await _run(up)

    async def backwards() -> None:
        await _run(down)

    manager.add_raw(forwards)
    manager.add_raw_backwards(backwards)
    return manager


async def up() -> list[str]:
    """Run what has not run yet, each migration in a transaction of its own; names of those run."""
    with contextlib.redirect_stdout(io.StringIO()):
        await BaseMigrationManager().create_migration_table()
    ran = []
    for app, name in await pending():
        with contextlib.redirect_stdout(io.StringIO()) as said:
            async with database.transaction():
                result = await ForwardsMigrationManager(app_name=app, migration_id=name).run()
        if not result.success:
            raise MigrationError(said.getvalue())
        ran.append(f"{app}.{name}")
    return ran


async def down() -> list[str]:
    """Take back every migration of every room, last room first; names of those taken back. Loses all data."""
    taken = []
    for app, modules in reversed(_migrations()):
        done = await Migration.get_migrations_which_ran(app_name=app)
        for name in sorted(modules, reverse=True):
            if name in done:
                await _take_back(app, name)
                taken.append(f"{app}.{name}")
    return taken


async def pending() -> list[tuple[str, str]]:
    """(room, migration) of what has not run yet, in running order."""
    left = []
    for app, modules in _migrations():
        done = set(await Migration.get_migrations_which_ran(app_name=app)) if await _known() else set()
        left += [(app, name) for name in sorted(modules) if name not in done]
    return left


async def _take_back(app: str, name: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        async with database.transaction():
            result = await BackwardsMigrationManager(app_name=app, migration_id=name, auto_agree=True).run()
    if not result.success:
        raise MigrationError(said.getvalue())


async def _known() -> bool:
    return bool(await Migration.table_exists().run())


def _migrations() -> list[tuple[str, dict[str, MigrationModule]]]:
    manager = BaseMigrationManager()
    found = []
    for app in manager.get_sorted_app_names():
        folder = manager.get_app_config(app_name=app).resolved_migrations_folder_path
        found.append((app, dict(manager.get_migration_modules(folder))))
    return found


async def _run(statements: Sequence[Statement]) -> None:
    which = "postgres" if database.is_postgres() else "sqlite"
    for statement in statements:
        sql = statement[which] if isinstance(statement, dict) else statement
        for token, meaning in TOKENS.items():
            sql = sql.replace(token, meaning[which])
        if sql.strip():
            await database.engine().run_ddl(sql)
