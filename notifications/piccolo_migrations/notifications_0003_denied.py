"""What is known of push services that do not take our key or account."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "notifications_0003_denied"
VERSION = "1"
DESCRIPTION = "Denied"

ADDED = {"denied": "TEXT NOT NULL DEFAULT '[]'", "since": "TIMESTAMPTZ", "said": "TEXT NOT NULL DEFAULT ''"}

UP = [f"ALTER TABLE standstill ADD COLUMN {column} {meaning}" for column, meaning in ADDED.items()]
DOWN = [f"ALTER TABLE standstill DROP COLUMN {column}" for column in reversed(ADDED)]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="notifications", up=UP, down=DOWN)
