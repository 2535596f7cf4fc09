"""What is owed to members."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "notifications_0001_outbox"
VERSION = "1"
DESCRIPTION = "Notices"

UP = [
    """CREATE TABLE notice (
        id UUID PRIMARY KEY NOT NULL,
        key TEXT NOT NULL,
        kind TEXT NOT NULL,
        about TEXT NOT NULL,
        audience TEXT NOT NULL,
        urgency TEXT NOT NULL,
        owed_at TIMESTAMPTZ NOT NULL,
        cancelled_at TIMESTAMPTZ
    )""",
    "CREATE UNIQUE INDEX notice_key ON notice (key)",
    "CREATE INDEX notice_about ON notice (about)",
]
DOWN = ["DROP TABLE notice"]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="notifications", up=UP, down=DOWN)
