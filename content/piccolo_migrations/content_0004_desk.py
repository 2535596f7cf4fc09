"""What stands beside an edition while it is written: its draft, its originals, remarks on its parts."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "content_0004_desk"
VERSION = "1"
DESCRIPTION = "Drafts, originals and remarks"

UP = [
    "ALTER TABLE edition ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE draft (
        edition UUID PRIMARY KEY NOT NULL REFERENCES edition (id) ON DELETE RESTRICT,
        version INTEGER NOT NULL,
        unit BIGINT NOT NULL,
        source TEXT NOT NULL,
        doubts TEXT NOT NULL,
        facts TEXT NOT NULL,
        hands TEXT NOT NULL,
        unclassified_by TEXT NOT NULL,
        unclassified_at TIMESTAMPTZ,
        submitted_by TEXT NOT NULL,
        submitted_at TIMESTAMPTZ,
        approved_by TEXT NOT NULL,
        approved_at TIMESTAMPTZ,
        publish_at TIMESTAMPTZ,
        saved_by TEXT NOT NULL,
        saved_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE INDEX draft_unit ON draft (unit, saved_at)",
    "CREATE INDEX draft_publish_at ON draft (publish_at)",
    "CREATE INDEX edition_state ON edition (state)",
    """CREATE TABLE original (
        id {serial},
        edition UUID NOT NULL REFERENCES edition (id) ON DELETE RESTRICT,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        digest TEXT NOT NULL,
        size BIGINT NOT NULL,
        kept_by TEXT NOT NULL,
        kept_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE UNIQUE INDEX original_role ON original (edition, role)",
    "CREATE INDEX original_digest ON original (digest)",
    """CREATE TABLE remark (
        id UUID PRIMARY KEY NOT NULL,
        edition UUID NOT NULL REFERENCES edition (id) ON DELETE RESTRICT,
        anchor TEXT NOT NULL,
        words TEXT NOT NULL,
        made_by TEXT NOT NULL,
        made_at TIMESTAMPTZ NOT NULL,
        settled_at TIMESTAMPTZ
    )""",
    "CREATE INDEX remark_edition ON remark (edition, made_at)",
]
DOWN = [
    "DROP TABLE remark",
    "DROP TABLE original",
    "DROP INDEX edition_state",
    "DROP TABLE draft",
    "ALTER TABLE edition DROP COLUMN note",
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="content", up=UP, down=DOWN)
