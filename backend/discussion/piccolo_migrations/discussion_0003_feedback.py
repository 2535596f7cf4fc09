"""Feedback: cases, their steps and files, templates of answers, published answers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "discussion_0003_feedback"
VERSION = "1"
DESCRIPTION = "Feedback and published answers"

UP = [
    """CREATE TABLE feedback (
        id UUID PRIMARY KEY NOT NULL,
        code {text_key} NOT NULL,
        kind TEXT NOT NULL,
        about TEXT NOT NULL,
        document UUID REFERENCES document (id) ON DELETE RESTRICT,
        edition UUID REFERENCES edition (id) ON DELETE RESTRICT,
        ordinal INTEGER NOT NULL,
        anchor {text_key} NOT NULL,
        comment UUID REFERENCES comment (id) ON DELETE RESTRICT,
        author UUID NOT NULL REFERENCES member (id) ON DELETE RESTRICT,
        author_unit BIGINT,
        sent_to BIGINT NOT NULL,
        unit BIGINT NOT NULL,
        handler UUID REFERENCES member (id) ON DELETE RESTRICT,
        state {text_key} NOT NULL,
        version INTEGER NOT NULL,
        words TEXT NOT NULL,
        answer TEXT NOT NULL,
        asked_again TEXT NOT NULL,
        consent BOOLEAN NOT NULL,
        received_at TIMESTAMPTZ NOT NULL,
        due_on DATE NOT NULL,
        answered_at TIMESTAMPTZ,
        rating INTEGER NOT NULL,
        rating_words TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX feedback_code ON feedback (code)",
    "CREATE UNIQUE INDEX feedback_comment ON feedback (comment) WHERE comment IS NOT NULL",
    "CREATE INDEX feedback_author ON feedback (author, received_at, id)",
    "CREATE INDEX feedback_desk ON feedback (unit, received_at, id)",
    "CREATE INDEX feedback_due ON feedback (due_on) WHERE state NOT IN ('answered', 'closed')",
    "CREATE INDEX feedback_document ON feedback (document) WHERE document IS NOT NULL",
    """CREATE TABLE feedback_step (
        id UUID PRIMARY KEY NOT NULL,
        feedback UUID NOT NULL REFERENCES feedback (id) ON DELETE RESTRICT,
        verb {text_key} NOT NULL,
        "by" UUID NOT NULL REFERENCES member (id) ON DELETE RESTRICT,
        unit BIGINT,
        member UUID REFERENCES member (id) ON DELETE RESTRICT,
        words TEXT NOT NULL,
        at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE INDEX feedback_step_case ON feedback_step (feedback, at)",
    """CREATE TABLE feedback_file (
        id UUID PRIMARY KEY NOT NULL,
        feedback UUID NOT NULL,
        author UUID NOT NULL REFERENCES member (id) ON DELETE RESTRICT,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        digest {text_key} NOT NULL,
        size INTEGER NOT NULL,
        kept_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE INDEX feedback_file_case ON feedback_file (feedback)",
    "CREATE INDEX feedback_file_author ON feedback_file (author)",
    "CREATE INDEX feedback_file_digest ON feedback_file (digest)",
    """CREATE TABLE answer_template (
        id UUID PRIMARY KEY NOT NULL,
        unit BIGINT NOT NULL,
        title TEXT NOT NULL,
        words TEXT NOT NULL,
        version INTEGER NOT NULL,
        saved_by TEXT NOT NULL,
        saved_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE INDEX answer_template_unit ON answer_template (unit)",
    """CREATE TABLE published_answer (
        id UUID PRIMARY KEY NOT NULL,
        feedback UUID NOT NULL REFERENCES feedback (id) ON DELETE RESTRICT,
        code {text_key} NOT NULL,
        title TEXT NOT NULL,
        question TEXT NOT NULL,
        answer TEXT NOT NULL,
        document UUID REFERENCES document (id) ON DELETE RESTRICT,
        edition UUID REFERENCES edition (id) ON DELETE RESTRICT,
        ordinal INTEGER NOT NULL,
        anchor {text_key} NOT NULL,
        unit BIGINT NOT NULL,
        scope {text_key} NOT NULL,
        search_key TEXT NOT NULL,
        published_at TIMESTAMPTZ NOT NULL,
        withdrawn_at TIMESTAMPTZ
    )""",
    "CREATE UNIQUE INDEX published_answer_once ON published_answer (feedback)",
    "CREATE UNIQUE INDEX published_answer_code ON published_answer (code)",
    "CREATE INDEX published_answer_newest ON published_answer (published_at, id) WHERE withdrawn_at IS NULL",
    "CREATE INDEX published_answer_document ON published_answer (document) WHERE document IS NOT NULL",
]
DOWN = [
    "DROP TABLE published_answer",
    "DROP TABLE answer_template",
    "DROP TABLE feedback_file",
    "DROP TABLE feedback_step",
    "DROP TABLE feedback",
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="discussion", up=UP, down=DOWN)
