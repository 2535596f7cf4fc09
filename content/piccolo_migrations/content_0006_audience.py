"""Why and by whom a document was no longer addressed to somebody."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "content_0006_audience"
VERSION = "1"
DESCRIPTION = "Audiences say who ended them, and why"

UP = [
    "ALTER TABLE audience ADD COLUMN ended_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE audience ADD COLUMN ended_reason TEXT NOT NULL DEFAULT ''",
]
DOWN = [
    "ALTER TABLE audience DROP COLUMN ended_reason",
    "ALTER TABLE audience DROP COLUMN ended_by",
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="content", up=UP, down=DOWN)
