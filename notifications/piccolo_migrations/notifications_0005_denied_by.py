"""Devices that a push service denies by themselves, whatever becomes of others."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "notifications_0005_denied_by"
VERSION = "1"
DESCRIPTION = "Denied by"

UP = ["ALTER TABLE device ADD COLUMN denied_by TEXT NOT NULL DEFAULT ''"]
DOWN = ["ALTER TABLE device DROP COLUMN denied_by"]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="notifications", up=UP, down=DOWN)
