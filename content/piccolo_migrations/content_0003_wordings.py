"""By what editions are compared: so the same text is found under another number, and an older print is known."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base import database
from base.migrations import steps
from content import sameness

ID = "content_0003_wordings"
VERSION = "1"
DESCRIPTION = "Digests of what editions say"

COLUMNS = {
    "text_digest": "TEXT NOT NULL DEFAULT ''",
    "whole_digest": "TEXT NOT NULL DEFAULT ''",
    "words": "INTEGER NOT NULL DEFAULT 0",
    "first_mark": "BIGINT",
    "second_mark": "BIGINT",
    "third_mark": "BIGINT",
}
INDEXED = ("text_digest", "first_mark", "second_mark", "third_mark")
UP = [
    *(f"ALTER TABLE edition ADD COLUMN {column} {kind}" for column, kind in COLUMNS.items()),
    *(f"CREATE INDEX edition_{column} ON edition ({column})" for column in INDEXED),
]
DOWN = [
    *(f"DROP INDEX edition_{column}" for column in INDEXED),
    *(f"ALTER TABLE edition DROP COLUMN {column}" for column in COLUMNS),
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    manager = steps(ID, app="content", up=UP, down=DOWN)
    manager.add_raw(_fill)
    return manager


async def _fill() -> None:
    for edition in await database.fetch("SELECT id FROM edition"):
        parts = await database.fetch("SELECT kind, text FROM part WHERE edition = {} ORDER BY position", edition["id"])
        made = sameness.wording_of((part["kind"], part["text"]) for part in parts)
        first, second, third = made.marks or (None, None, None)
        await database.execute(
            "UPDATE edition SET text_digest = {}, whole_digest = {}, words = {}, first_mark = {}, second_mark = {}, "
            "third_mark = {} WHERE id = {}",
            made.text, made.whole, made.words, first, second, third, edition["id"],
        )  # fmt: skip
