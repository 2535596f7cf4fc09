"""The content's tables and migrations, as Piccolo finds them."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="content",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(modules=["content.tables", "content.name_tables", "content.desk_tables"]),
    migration_dependencies=["base.piccolo_app"],
)
