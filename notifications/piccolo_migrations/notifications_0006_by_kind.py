"""The office's list of notices, page by page."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "notifications_0006_by_kind"
VERSION = "1"
DESCRIPTION = "By kind"

UP = ["CREATE INDEX notice_kind ON notice (kind, owed_at, id)"]
DOWN = ["DROP INDEX notice_kind"]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="notifications", up=UP, down=DOWN)
