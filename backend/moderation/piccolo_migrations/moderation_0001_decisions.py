"""What moderators decide, what members report and appeal against, and an index by which the queue opens at once."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "moderation_0001_decisions"
VERSION = "1"
DESCRIPTION = "Decisions, reports, appeals, claims"

UP = [
    """CREATE TABLE decision (
        id UUID PRIMARY KEY NOT NULL,
        comment UUID NOT NULL REFERENCES comment (id) ON DELETE RESTRICT,
        revision INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        reason {text_key} NOT NULL,
        remark TEXT NOT NULL,
        "by" UUID NOT NULL REFERENCES member (id) ON DELETE RESTRICT,
        at TIMESTAMPTZ NOT NULL,
        month {text_key} NOT NULL
    )""",
    "CREATE INDEX decision_comment ON decision (comment, at)",
    "CREATE INDEX decision_month ON decision (month, reason)",
    """CREATE TABLE report (
        id UUID PRIMARY KEY NOT NULL,
        comment UUID NOT NULL REFERENCES comment (id) ON DELETE RESTRICT,
        member UUID NOT NULL REFERENCES member (id) ON DELETE RESTRICT,
        revision INTEGER NOT NULL,
        reason TEXT NOT NULL,
        words TEXT NOT NULL,
        at TIMESTAMPTZ NOT NULL,
        outcome TEXT NOT NULL,
        decision UUID REFERENCES decision (id) ON DELETE RESTRICT
    )""",
    "CREATE UNIQUE INDEX report_once ON report (comment, member)",
    "CREATE INDEX report_member ON report (member)",
    """CREATE TABLE reported (
        comment UUID PRIMARY KEY NOT NULL REFERENCES comment (id) ON DELETE RESTRICT,
        since TIMESTAMPTZ
    )""",
    "CREATE INDEX reported_open ON reported (since, comment) WHERE since IS NOT NULL",
    """CREATE TABLE appeal (
        id UUID PRIMARY KEY NOT NULL,
        comment UUID NOT NULL REFERENCES comment (id) ON DELETE RESTRICT,
        decision UUID NOT NULL REFERENCES decision (id) ON DELETE RESTRICT,
        words TEXT NOT NULL,
        at TIMESTAMPTZ NOT NULL,
        due_on DATE NOT NULL,
        outcome TEXT NOT NULL,
        answer TEXT NOT NULL,
        decided_by UUID REFERENCES member (id) ON DELETE RESTRICT,
        decided_at TIMESTAMPTZ
    )""",
    "CREATE UNIQUE INDEX appeal_once ON appeal (decision)",
    "CREATE INDEX appeal_comment ON appeal (comment)",
    "CREATE INDEX appeal_open ON appeal (at, comment) WHERE outcome = ''",
    """CREATE TABLE moderation_claim (
        comment UUID PRIMARY KEY NOT NULL REFERENCES comment (id) ON DELETE RESTRICT,
        member UUID NOT NULL REFERENCES member (id) ON DELETE RESTRICT,
        until TIMESTAMPTZ NOT NULL
    )""",
    # All that it takes to know whose a waiting comment is, so that 100,000 of them are passed over without a look.
    "CREATE INDEX comment_held ON comment (created_at, id, unit, author, document, news, state) "
    "WHERE state = 'waiting'",
]
DOWN = [
    "DROP INDEX comment_held",
    "DROP TABLE moderation_claim",
    "DROP TABLE appeal",
    "DROP TABLE reported",
    "DROP TABLE report",
    "DROP TABLE decision",
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="moderation", up=UP, down=DOWN)
