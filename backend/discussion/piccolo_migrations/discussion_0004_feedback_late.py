"""Feedback: what was brought as a file, and which due date was told of as passed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "discussion_0004_feedback_late"
VERSION = "1"
DESCRIPTION = "Feedback that is late, and files as they were brought"

UP = [
    "ALTER TABLE feedback ADD COLUMN late_on DATE",
    "ALTER TABLE feedback_file ADD COLUMN brought TEXT NOT NULL DEFAULT ''",
]
DOWN = [
    "ALTER TABLE feedback_file DROP COLUMN brought",
    "ALTER TABLE feedback DROP COLUMN late_on",
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="discussion", up=UP, down=DOWN)
