"""Short points above a long text, each resting on a part of it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "content_0008_digests"
VERSION = "1"
DESCRIPTION = "Digests of editions"

UP = [
    """CREATE TABLE digest (
        edition UUID PRIMARY KEY NOT NULL REFERENCES edition (id) ON DELETE RESTRICT,
        version INTEGER NOT NULL,
        state TEXT NOT NULL,
        unit BIGINT,
        points TEXT NOT NULL,
        shown TEXT NOT NULL,
        hands TEXT NOT NULL,
        returned_for TEXT NOT NULL,
        withdrawn_for TEXT NOT NULL,
        submitted_by TEXT NOT NULL,
        submitted_at TIMESTAMPTZ,
        approved_by TEXT NOT NULL,
        approved_at TIMESTAMPTZ,
        saved_by TEXT NOT NULL,
        saved_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE INDEX digest_unit ON digest (unit, state)",
]
DOWN = ["DROP TABLE digest"]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="content", up=UP, down=DOWN)
