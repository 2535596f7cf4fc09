"""What documents are found by when they are cited: the running number, the letters of the number, the name of a law."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base import database
from base.migrations import steps
from content import naming

ID = "content_0002_citations"
VERSION = "1"
DESCRIPTION = "Keys by which documents are cited"

COLUMNS = ("running_key", "letters_key", "law_key")
UP = [
    *(f"ALTER TABLE document ADD COLUMN {column} {{text_key}} NOT NULL DEFAULT ''" for column in COLUMNS),
    "CREATE INDEX document_cited ON document (running_key, letters_key, issued_key)",
    "CREATE INDEX document_law ON document (law_key, issued_key)",
]
DOWN = [
    "DROP INDEX document_law",
    "DROP INDEX document_cited",
    *(f"ALTER TABLE document DROP COLUMN {column}" for column in COLUMNS),
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    manager = steps(ID, app="content", up=UP, down=DOWN)
    manager.add_raw(_fill)
    return manager


async def _fill() -> None:
    for row in await database.fetch("SELECT id, type, number, title FROM document"):
        keys = naming.cited_keys(type=row["type"], number=row["number"], title=row["title"])
        await database.execute(
            "UPDATE document SET running_key = {}, letters_key = {}, law_key = {} WHERE id = {}",
            *keys.values(), row["id"],
        )  # fmt: skip
