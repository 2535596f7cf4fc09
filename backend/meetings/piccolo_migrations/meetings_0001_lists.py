"""Meetings, and what is to be read before each: parts of documents, and papers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "meetings_0001_lists"
VERSION = "1"
DESCRIPTION = "Meetings with their reading lists"

UP = [
    """CREATE TABLE meeting (
        id UUID PRIMARY KEY NOT NULL,
        unit BIGINT NOT NULL,
        scope {text_key} NOT NULL,
        state TEXT NOT NULL,
        version INTEGER NOT NULL,
        title TEXT NOT NULL,
        at TIMESTAMPTZ,
        place TEXT NOT NULL,
        agenda TEXT NOT NULL,
        reason TEXT NOT NULL,
        begun_by TEXT NOT NULL,
        begun_at TIMESTAMPTZ NOT NULL,
        saved_by TEXT NOT NULL,
        saved_at TIMESTAMPTZ NOT NULL,
        set_by TEXT NOT NULL,
        set_at TIMESTAMPTZ,
        moved_at TIMESTAMPTZ,
        cancelled_at TIMESTAMPTZ
    )""",
    "CREATE INDEX meeting_scope ON meeting (scope, at)",
    "CREATE INDEX meeting_unit ON meeting (unit, at)",
    """CREATE TABLE meeting_part (
        id UUID PRIMARY KEY NOT NULL,
        meeting UUID NOT NULL REFERENCES meeting (id) ON DELETE RESTRICT,
        position INTEGER NOT NULL,
        item TEXT NOT NULL,
        document UUID NOT NULL REFERENCES document (id) ON DELETE RESTRICT,
        edition UUID NOT NULL REFERENCES edition (id) ON DELETE RESTRICT,
        ordinal INTEGER NOT NULL,
        anchor TEXT NOT NULL,
        path TEXT NOT NULL,
        label TEXT NOT NULL,
        note TEXT NOT NULL,
        version INTEGER NOT NULL,
        chosen_by TEXT NOT NULL,
        chosen_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE UNIQUE INDEX meeting_part_once ON meeting_part (meeting, document, anchor)",
    "CREATE INDEX meeting_part_document ON meeting_part (document)",
    "CREATE INDEX meeting_part_edition ON meeting_part (edition)",
    """CREATE TABLE meeting_paper (
        id UUID PRIMARY KEY NOT NULL,
        meeting UUID NOT NULL REFERENCES meeting (id) ON DELETE RESTRICT,
        item TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        digest TEXT NOT NULL,
        size BIGINT NOT NULL,
        unclassified_by TEXT NOT NULL,
        kept_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE INDEX meeting_paper_meeting ON meeting_paper (meeting, kept_at)",
    "CREATE INDEX meeting_paper_digest ON meeting_paper (digest)",
]
DOWN = ["DROP TABLE meeting_paper", "DROP TABLE meeting_part", "DROP TABLE meeting"]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="meetings", up=UP, down=DOWN)
