"""What screening goes by: rules that were set otherwise, words, and policies of units."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.discussion.screening import filling
from base.migrations import steps

ID = "discussion_0001_screening"
VERSION = "1"
DESCRIPTION = "Screening: rules, words that it begins with, policies for newcomers"

UP = [
    """CREATE TABLE screening_word (
        id UUID PRIMARY KEY NOT NULL,
        rule {text_key} NOT NULL,
        key {text_key} NOT NULL,
        search_key {text_key} NOT NULL,
        words TEXT NOT NULL,
        outcome TEXT NOT NULL,
        reason TEXT NOT NULL,
        own TEXT NOT NULL,
        bare BOOLEAN NOT NULL,
        exceptions TEXT NOT NULL,
        version INTEGER NOT NULL,
        saved_by TEXT NOT NULL,
        saved_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE UNIQUE INDEX screening_word_once ON screening_word (rule, key)",
    "CREATE INDEX screening_word_search ON screening_word (search_key, id)",
    """CREATE TABLE screening_rule (
        name TEXT PRIMARY KEY NOT NULL,
        outcome TEXT NOT NULL,
        version INTEGER NOT NULL,
        saved_by TEXT NOT NULL,
        saved_at TIMESTAMPTZ NOT NULL
    )""",
    """CREATE TABLE newcomer_policy (
        unit BIGINT PRIMARY KEY NOT NULL,
        held_first INTEGER NOT NULL,
        version INTEGER NOT NULL,
        saved_by TEXT NOT NULL,
        saved_at TIMESTAMPTZ NOT NULL
    )""",
]
DOWN = ["DROP TABLE newcomer_policy", "DROP TABLE screening_rule", "DROP TABLE screening_word"]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    manager = steps(ID, app="discussion", up=UP, down=DOWN)
    manager.add_raw(filling.fill)
    return manager
