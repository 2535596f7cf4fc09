"""What editors write before readers get it, the pictures of their texts, pins, and when an item was changed."""

import json

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base import clock, database
from base.migrations import steps
from content import naming

ID = "content_0005_news"
VERSION = "1"
DESCRIPTION = "Manuscripts, pictures in texts, pins"

ADDED = {
    "updated_at": "TIMESTAMPTZ",
    "pinned_at": "TIMESTAMPTZ",
    "pinned_until": "DATE",
    "reason": "TEXT NOT NULL DEFAULT ''",
}
COPIED = "id, unit, title, standfirst, body, cover, cover_alt, topic, created_by, created_at"
UP = [
    *(f"ALTER TABLE news ADD COLUMN {column} {kind}" for column, kind in ADDED.items()),
    "CREATE INDEX news_due ON news (published_at) WHERE state = 'scheduled'",
    "CREATE INDEX news_pinned ON news (pinned_at) WHERE pinned_at IS NOT NULL",
    """CREATE TABLE manuscript (
        id UUID PRIMARY KEY NOT NULL,
        version INTEGER NOT NULL,
        issued_version INTEGER NOT NULL,
        unit BIGINT,
        title TEXT NOT NULL,
        standfirst TEXT NOT NULL,
        body TEXT NOT NULL,
        cover TEXT REFERENCES picture (id) ON DELETE RESTRICT,
        cover_alt TEXT NOT NULL,
        topic TEXT NOT NULL,
        audience TEXT NOT NULL,
        pinned BOOLEAN NOT NULL,
        pinned_until DATE,
        publish_at TIMESTAMPTZ,
        search_key TEXT NOT NULL,
        begun_by TEXT NOT NULL,
        begun_at TIMESTAMPTZ NOT NULL,
        saved_by TEXT NOT NULL,
        saved_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE INDEX manuscript_unit ON manuscript (unit, saved_at)",
    "CREATE INDEX manuscript_saved ON manuscript (saved_at, id)",
    "CREATE INDEX manuscript_cover ON manuscript (cover)",
    """CREATE TABLE news_picture (
        id {serial},
        manuscript UUID NOT NULL REFERENCES manuscript (id) ON DELETE RESTRICT,
        picture TEXT NOT NULL REFERENCES picture (id) ON DELETE RESTRICT,
        shown BOOLEAN NOT NULL,
        kept_by TEXT NOT NULL,
        kept_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE UNIQUE INDEX news_picture_once ON news_picture (manuscript, picture)",
    "CREATE INDEX news_picture_picture ON news_picture (picture)",
]
DOWN = [
    "DROP TABLE news_picture",
    "DROP TABLE manuscript",
    "DROP INDEX news_pinned",
    "DROP INDEX news_due",
    *(f"ALTER TABLE news DROP COLUMN {column}" for column in ADDED),
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    manager = steps(ID, app="content", up=UP, down=DOWN)
    manager.add_raw(_fill)
    return manager


async def _fill() -> None:
    """Every item that there is has a manuscript, so that it can be changed; what is to come is scheduled."""
    await database.execute(
        "UPDATE news SET state = 'scheduled' WHERE state = 'published' AND published_at > {}", clock.now()
    )
    for news in await database.fetch(f"SELECT {COPIED} FROM news"):
        scopes = await database.fetch(
            "SELECT DISTINCT scope FROM news_audience WHERE news = {} AND (to_at IS NULL OR to_at > {}) ORDER BY scope",
            news["id"], clock.now(),
        )
        await database.execute(
            "INSERT INTO manuscript (id, version, issued_version, unit, title, standfirst, body, cover, cover_alt, "
            "topic, audience, pinned, search_key, begun_by, begun_at, saved_by, saved_at) "
            "VALUES ({}, 1, 1, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})",
            news["id"], news["unit"], news["title"], news["standfirst"], news["body"], news["cover"],
            news["cover_alt"], news["topic"], json.dumps([row["scope"] for row in scopes]), False,
            f" {' '.join(naming.words_of(news['title'] + ' ' + news['standfirst']))} ",
            news["created_by"], news["created_at"], news["created_by"], news["created_at"],
        )
        if news["cover"]:
            await database.execute(
                "INSERT INTO news_picture (manuscript, picture, shown, kept_by, kept_at) VALUES ({}, {}, {}, {}, {})",
                news["id"], news["cover"], False, news["created_by"], news["created_at"],
            )
