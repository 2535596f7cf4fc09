"""How far a wave had got when its notice was addressed anew."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "notifications_0004_waves"
VERSION = "1"
DESCRIPTION = "Waves"

NOTICE = "UUID NOT NULL REFERENCES notice (id) ON DELETE RESTRICT"

UP = [
    f"""CREATE TABLE wave_rest (
        id {{serial}},
        notice {NOTICE},
        wave INTEGER NOT NULL,
        beyond BIGINT NOT NULL,
        last BIGINT NOT NULL
    )""",
    "CREATE UNIQUE INDEX wave_rest_beyond ON wave_rest (notice, wave, beyond)",
    f"""CREATE TABLE told_ahead (
        id {{serial}},
        notice {NOTICE},
        device BIGINT NOT NULL
    )""",
    "CREATE UNIQUE INDEX told_ahead_once ON told_ahead (notice, device)",
]
DOWN = ["DROP TABLE told_ahead", "DROP TABLE wave_rest"]


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="notifications", up=UP, down=DOWN)
