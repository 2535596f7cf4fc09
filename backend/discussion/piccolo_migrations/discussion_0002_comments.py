"""Comments on documents, their parts, and news; every wording that a comment had."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "discussion_0002_comments"
VERSION = "1"
DESCRIPTION = "Comments and their revisions"

UP = [
    """CREATE TABLE comment (
        id UUID PRIMARY KEY NOT NULL,
        document UUID REFERENCES document (id) ON DELETE RESTRICT,
        news UUID REFERENCES news (id) ON DELETE RESTRICT,
        edition UUID REFERENCES edition (id) ON DELETE RESTRICT,
        ordinal INTEGER NOT NULL,
        anchor {text_key} NOT NULL,
        quote TEXT NOT NULL,
        parent UUID REFERENCES comment (id) ON DELETE RESTRICT,
        author UUID NOT NULL REFERENCES member (id) ON DELETE RESTRICT,
        unit BIGINT,
        province BIGINT,
        named BOOLEAN NOT NULL,
        state {text_key} NOT NULL,
        revision INTEGER NOT NULL,
        held_for TEXT NOT NULL,
        held_own TEXT NOT NULL,
        decided_for TEXT NOT NULL,
        digest TEXT NOT NULL,
        created_at TIMESTAMPTZ NOT NULL,
        edited_at TIMESTAMPTZ,
        decided_at TIMESTAMPTZ
    )""",
    "CREATE INDEX comment_document ON comment (document, created_at, id) WHERE parent IS NULL",
    "CREATE INDEX comment_anchor ON comment (document, anchor, created_at, id) WHERE parent IS NULL",
    "CREATE INDEX comment_news ON comment (news, created_at, id) WHERE parent IS NULL",
    "CREATE INDEX comment_parent ON comment (parent, created_at, id)",
    "CREATE INDEX comment_author ON comment (author, created_at, id)",
    "CREATE INDEX comment_edition ON comment (edition)",
    "CREATE INDEX comment_count ON comment (document, state, anchor)",
    "CREATE INDEX comment_news_count ON comment (news, state)",
    "CREATE INDEX comment_waiting ON comment (created_at, id) WHERE state = 'waiting'",
    """CREATE TABLE comment_revision (
        id UUID PRIMARY KEY NOT NULL,
        comment UUID NOT NULL REFERENCES comment (id) ON DELETE RESTRICT,
        revision INTEGER NOT NULL,
        words TEXT NOT NULL,
        at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE UNIQUE INDEX comment_revision_once ON comment_revision (comment, revision)",
]
DOWN = ["DROP TABLE comment_revision", "DROP TABLE comment"]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="discussion", up=UP, down=DOWN)
