"""The tables and migrations of notifications, as Piccolo finds them."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="notifications",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(modules=["notifications.tables"]),
    migration_dependencies=["base.piccolo_app"],
)
"""What is owed to members."""
