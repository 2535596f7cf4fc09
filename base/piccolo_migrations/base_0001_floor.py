"""Journal, leases, revisions and counted tries."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "base_0001_floor"
VERSION = "1"
DESCRIPTION = "Journal, leases, revisions and counted tries"

UP = [
    """CREATE TABLE journal (
        id UUID PRIMARY KEY NOT NULL,
        number BIGINT,
        at TIMESTAMPTZ NOT NULL,
        act TEXT NOT NULL,
        subject TEXT NOT NULL,
        by TEXT NOT NULL,
        unit BIGINT,
        detail TEXT NOT NULL,
        seal {bytes}
    )""",
    "CREATE UNIQUE INDEX journal_number ON journal (number)",
    "CREATE INDEX journal_unsealed ON journal (at) WHERE number IS NULL",
    "CREATE INDEX journal_subject ON journal (subject)",
    "CREATE INDEX journal_by ON journal (by)",
    """CREATE TABLE lease (
        name TEXT PRIMARY KEY NOT NULL,
        holder TEXT NOT NULL,
        until TIMESTAMPTZ NOT NULL,
        beaten_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE TABLE revision (topic TEXT PRIMARY KEY NOT NULL, number BIGINT NOT NULL)",
    """CREATE TABLE tally (
        id {serial},
        key TEXT NOT NULL,
        window_start BIGINT NOT NULL,
        tries BIGINT NOT NULL
    )""",
    "CREATE UNIQUE INDEX tally_key ON tally (key, window_start)",
]
DOWN = ["DROP TABLE tally", "DROP TABLE revision", "DROP TABLE lease", "DROP TABLE journal"]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="base", up=UP, down=DOWN)
