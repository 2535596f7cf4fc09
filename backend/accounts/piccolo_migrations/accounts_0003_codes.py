"""A form that asks for a code is recognised when it is sent again."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "accounts_0003_codes"
VERSION = "1"
DESCRIPTION = "Activation codes carry a keyed digest of the id under which they were asked for"

UP = [
    "ALTER TABLE activation_code ADD COLUMN asked {bytes}",
    "CREATE UNIQUE INDEX activation_code_asked ON activation_code (asked)",
]

DOWN = [
    "DROP INDEX activation_code_asked",
    "ALTER TABLE activation_code DROP COLUMN asked",
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="accounts", up=UP, down=DOWN)
