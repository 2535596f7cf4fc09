"""The discussion's tables and migrations, as Piccolo finds them."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="discussion",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(modules=["backend.discussion.tables", "backend.discussion.feedback.tables"]),
    migration_dependencies=["content.piccolo_app", "backend.accounts.piccolo_app"],
)
