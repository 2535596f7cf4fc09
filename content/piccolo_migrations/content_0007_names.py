"""Names that topics, issuers and addresses had before: whoever comes by one of them is led on."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "content_0007_names"
VERSION = "1"
DESCRIPTION = "Former topics, issuers and slugs"

UP = [
    """CREATE TABLE former_topic (
        code TEXT PRIMARY KEY NOT NULL,
        topic TEXT NOT NULL REFERENCES topic (code) ON DELETE RESTRICT,
        vi TEXT NOT NULL,
        en TEXT NOT NULL,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE INDEX former_topic_topic ON former_topic (topic)",
    """CREATE TABLE former_issuer (
        id UUID PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        issuer TEXT NOT NULL,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE UNIQUE INDEX former_issuer_name ON former_issuer (name)",
    "CREATE INDEX former_issuer_name_key ON former_issuer (name_key)",
    "CREATE INDEX former_issuer_issuer ON former_issuer (issuer)",
    """CREATE TABLE former_slug (
        slug TEXT PRIMARY KEY NOT NULL,
        document UUID NOT NULL REFERENCES document (id) ON DELETE RESTRICT,
        by TEXT NOT NULL,
        at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE INDEX former_slug_document ON former_slug (document)",
]
DOWN = [
    "DROP TABLE former_slug",
    "DROP TABLE former_issuer",
    "DROP TABLE former_topic",
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="content", up=UP, down=DOWN)
