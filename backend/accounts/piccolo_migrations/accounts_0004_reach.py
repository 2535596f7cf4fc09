"""How many members an audience reaches, counted along indexes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "accounts_0004_reach"
VERSION = "1"
DESCRIPTION = "Members are counted by unit without being looked at, but for the few who are shut out"

UP = [
    "CREATE INDEX member_disabled ON member (id) WHERE disabled_at IS NOT NULL",
    {"sqlite": "DROP INDEX membership_roster", "postgres": ""},
    {
        "sqlite": "CREATE INDEX membership_roster ON membership (unit, from_on, to_on)",
        "postgres": "CREATE INDEX membership_reach ON membership (unit, from_on, to_on)",
    },
]
DOWN = [
    {"sqlite": "DROP INDEX membership_roster", "postgres": "DROP INDEX membership_reach"},
    {"sqlite": "CREATE INDEX membership_roster ON membership (unit)", "postgres": ""},
    "DROP INDEX member_disabled",
]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="accounts", up=UP, down=DOWN)
