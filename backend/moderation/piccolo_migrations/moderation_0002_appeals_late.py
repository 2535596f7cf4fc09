"""Appeals: which due date was told of as passed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "moderation_0002_appeals_late"
VERSION = "1"
DESCRIPTION = "Appeals that are late"

UP = ["ALTER TABLE appeal ADD COLUMN late_on DATE"]
DOWN = ["ALTER TABLE appeal DROP COLUMN late_on"]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="moderation", up=UP, down=DOWN)
