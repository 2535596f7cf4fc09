"""The devices that notices reach, how far they got, and what each member chose."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import Statement, steps

ID = "notifications_0002_devices"
VERSION = "1"
DESCRIPTION = "Devices, chunks and choices"

NOTICE = "UUID NOT NULL REFERENCES notice (id) ON DELETE RESTRICT"

ADDED = {
    '"by"': "UUID",
    "matters": "TEXT NOT NULL DEFAULT '[]'",
    "expanded_at": "TIMESTAMPTZ",
    "paused_at": "TIMESTAMPTZ",
    "waves": "TEXT NOT NULL DEFAULT '[]'",
    "devices": "BIGINT NOT NULL DEFAULT 0",
}

UP: list[Statement] = [
    *(f"ALTER TABLE notice ADD COLUMN {column} {meaning}" for column, meaning in ADDED.items()),
    # nobody wants to be told today of what was issued before there was a way to tell it
    "UPDATE notice SET expanded_at = owed_at",
    "CREATE INDEX notice_waiting ON notice (owed_at) WHERE expanded_at IS NULL AND cancelled_at IS NULL",
    f"""CREATE TABLE notice_scope (
        id {{serial}},
        notice {NOTICE},
        scope {{text_key}} NOT NULL,
        owed_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE UNIQUE INDEX notice_scope_once ON notice_scope (notice, scope)",
    "CREATE INDEX notice_scope_owed ON notice_scope (scope, owed_at)",
    {
        "sqlite": "INSERT INTO notice_scope (notice, scope, owed_at) "
        "SELECT notice.id, scope.value, owed_at FROM notice, json_each(audience) scope",
        "postgres": "INSERT INTO notice_scope (notice, scope, owed_at) "
        "SELECT notice.id, scope.value, owed_at FROM notice, json_array_elements_text(audience::json) scope",
    },
    """CREATE TABLE device (
        id {serial},
        member UUID NOT NULL,
        unit BIGINT,
        session {bytes} NOT NULL,
        channel TEXT NOT NULL,
        address TEXT NOT NULL,
        keys TEXT NOT NULL,
        language TEXT NOT NULL,
        made_at TIMESTAMPTZ NOT NULL,
        seen_on DATE NOT NULL
    )""",
    "CREATE UNIQUE INDEX device_address ON device (channel, address)",
    "CREATE UNIQUE INDEX device_session ON device (session, channel)",
    "CREATE INDEX device_member ON device (member, id)",
    "CREATE INDEX device_unit ON device (unit, id)",
    f"""CREATE TABLE chunk (
        id {{serial}},
        notice {NOTICE},
        wave INTEGER NOT NULL,
        first BIGINT NOT NULL,
        last BIGINT NOT NULL,
        size INTEGER NOT NULL,
        checkpoint BIGINT NOT NULL,
        ahead BIGINT NOT NULL,
        told TEXT NOT NULL DEFAULT '[]',
        behind TEXT NOT NULL DEFAULT '[]',
        rank INTEGER NOT NULL,
        due_at TIMESTAMPTZ
    )""",
    "CREATE INDEX chunk_due ON chunk (rank, due_at)",
    "CREATE INDEX chunk_notice ON chunk (notice)",
    # no reference to the device: one that goes while it is sent to must not undo what was sent beside it
    f"""CREATE TABLE retry (
        id {{serial}},
        notice {NOTICE},
        device BIGINT NOT NULL,
        due_at TIMESTAMPTZ,
        tries INTEGER NOT NULL,
        reason TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX retry_once ON retry (device, notice)",
    "CREATE INDEX retry_notice ON retry (notice)",
    "CREATE INDEX retry_due ON retry (due_at)",
    f"""CREATE TABLE notice_count (
        id {{serial}},
        notice {NOTICE},
        what TEXT NOT NULL,
        n BIGINT NOT NULL
    )""",
    "CREATE UNIQUE INDEX notice_count_what ON notice_count (notice, what)",
    """CREATE TABLE choice (
        id {serial},
        member UUID NOT NULL,
        sort TEXT NOT NULL,
        how TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX choice_once ON choice (member, sort)",
    """CREATE TABLE quiet (
        member UUID PRIMARY KEY NOT NULL,
        is_on BOOLEAN NOT NULL,
        begins INTEGER NOT NULL,
        ends INTEGER NOT NULL
    )""",
    """CREATE TABLE follow (
        id {serial},
        member UUID NOT NULL,
        what TEXT NOT NULL,
        since TIMESTAMPTZ NOT NULL
    )""",
    "CREATE UNIQUE INDEX follow_once ON follow (member, what)",
    "CREATE INDEX follow_what ON follow (what)",
    """CREATE TABLE standstill (
        host TEXT PRIMARY KEY NOT NULL,
        until TIMESTAMPTZ NOT NULL,
        times INTEGER NOT NULL
    )""",
    """CREATE TABLE pace (
        channel TEXT PRIMARY KEY NOT NULL,
        free_at TIMESTAMPTZ NOT NULL,
        since TIMESTAMPTZ NOT NULL
    )""",
]
DOWN = [
    *(
        f"DROP TABLE {table}"
        for table in (
            "pace", "standstill", "follow", "quiet", "choice", "notice_count", "retry", "chunk", "device",
            "notice_scope",
        )
    ),
    "DROP INDEX notice_waiting",
    *(f"ALTER TABLE notice DROP COLUMN {column}" for column in reversed(ADDED)),
]  # fmt: skip


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    return steps(ID, app="notifications", up=UP, down=DOWN)
