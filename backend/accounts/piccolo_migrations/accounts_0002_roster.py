"""Who is in a unit, found by name without looking at every member."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "accounts_0002_roster"
VERSION = "1"
DESCRIPTION = "Membership rows carry the keys by which their member is sorted and found"

UP = [
    "ALTER TABLE membership ADD COLUMN name_key {text_key} NOT NULL DEFAULT ''",
    "ALTER TABLE membership ADD COLUMN search_key TEXT NOT NULL DEFAULT ''",
    "UPDATE membership SET name_key = member.name_key, search_key = member.search_key "
    "FROM member WHERE member.id = membership.member",
    "DROP INDEX membership_unit",
    {
        "sqlite": "CREATE INDEX membership_roster ON membership (unit)",
        "postgres": "CREATE INDEX membership_roster ON membership (unit) "
        "INCLUDE (member, from_on, to_on, name_key, search_key)",
    },
]

DOWN = [
    "DROP INDEX membership_roster",
    "CREATE INDEX membership_unit ON membership (unit)",
    "ALTER TABLE membership DROP COLUMN search_key",
    "ALTER TABLE membership DROP COLUMN name_key",
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="accounts", up=UP, down=DOWN)
