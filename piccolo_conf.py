"""Where Piccolo looks for the database and the rooms' tables; read by it, never by ours."""

from typing import Any

from piccolo.conf.apps import AppRegistry

from base import database

APP_REGISTRY = AppRegistry(
    apps=[
        "base.piccolo_app",
        "backend.accounts.piccolo_app",
        "content.piccolo_app",
        "notifications.piccolo_app",
        "backend.meetings.piccolo_app",
        "backend.discussion.piccolo_app",
        "backend.moderation.piccolo_app",
    ],
)


def __getattr__(name: str) -> Any:
    if name == "DB":
        return database.engine()
    raise AttributeError(name)
