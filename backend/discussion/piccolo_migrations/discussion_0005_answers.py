"""Answers are found by what they answer; comments that answer nothing are no longer found all together by that.

With the index as it was, both engines looked for a document's comments among those of the whole handbook.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "discussion_0005_answers"
VERSION = "1"
DESCRIPTION = "An index of answers alone"

UP = [
    "DROP INDEX comment_parent",
    "CREATE INDEX comment_answer ON comment (parent, created_at, id) WHERE parent IS NOT NULL",
]
DOWN = [
    "DROP INDEX comment_answer",
    "CREATE INDEX comment_parent ON comment (parent, created_at, id)",
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="discussion", up=UP, down=DOWN)
