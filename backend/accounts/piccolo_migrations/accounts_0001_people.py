"""Units, members, roles and means of signing in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from base.migrations import steps

ID = "accounts_0001_people"
VERSION = "1"
DESCRIPTION = "Units, members, roles and means of signing in"

MEMBER = "UUID NOT NULL REFERENCES member (id) ON DELETE RESTRICT"
UNIT = "BIGINT NOT NULL REFERENCES unit (id) ON DELETE RESTRICT"

UNITS = [
    """CREATE TABLE unit (
        id {serial},
        parent BIGINT REFERENCES unit (id) ON DELETE RESTRICT,
        kind TEXT NOT NULL,
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        name_en TEXT NOT NULL,
        valid_from DATE NOT NULL,
        valid_to DATE,
        CHECK (valid_to IS NULL OR valid_from < valid_to)
    )""",
    "CREATE INDEX unit_parent ON unit (parent)",
    "CREATE UNIQUE INDEX unit_code_from ON unit (code, valid_from)",
    "CREATE UNIQUE INDEX unit_code_open ON unit (code) WHERE valid_to IS NULL",
    f"""CREATE TABLE unit_succession (
        id {{serial}},
        old {UNIT},
        new {UNIT},
        "on" DATE NOT NULL,
        kind TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX unit_succession_pair ON unit_succession (old, new)",
    "CREATE INDEX unit_succession_new ON unit_succession (new)",
]

MEMBERS = [
    """CREATE TABLE member (
        id UUID PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        login TEXT,
        card_number TEXT,
        name_key {text_key} NOT NULL,
        search_key TEXT NOT NULL,
        created_at TIMESTAMPTZ NOT NULL,
        disabled_at TIMESTAMPTZ,
        erased_at TIMESTAMPTZ
    )""",
    "CREATE INDEX member_name ON member (name_key, id)",
    "CREATE UNIQUE INDEX member_login ON member (login)",
    "CREATE UNIQUE INDEX member_card ON member (card_number)",
    f"""CREATE TABLE membership (
        id UUID PRIMARY KEY NOT NULL,
        member {MEMBER},
        unit {UNIT},
        from_on DATE NOT NULL,
        to_on DATE,
        CHECK (to_on IS NULL OR from_on < to_on)
    )""",
    "CREATE INDEX membership_member ON membership (member)",
    "CREATE UNIQUE INDEX membership_open ON membership (member) WHERE to_on IS NULL",
    "CREATE INDEX membership_unit ON membership (unit)",
    f"""CREATE TABLE role_grant (
        id UUID PRIMARY KEY NOT NULL,
        member {MEMBER},
        role TEXT NOT NULL,
        unit {UNIT},
        from_on DATE NOT NULL,
        to_on DATE,
        granted_by UUID REFERENCES member (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX role_grant_member ON role_grant (member)",
    "CREATE INDEX role_grant_unit ON role_grant (unit, role)",
    "CREATE INDEX role_grant_granted_by ON role_grant (granted_by)",
    "CREATE UNIQUE INDEX role_grant_open ON role_grant (member, role, unit) WHERE to_on IS NULL",
]

SIGN_IN = [
    f"""CREATE TABLE activation_code (
        id {{serial}},
        member {MEMBER},
        purpose TEXT NOT NULL,
        digest {{bytes}} NOT NULL,
        issued_at TIMESTAMPTZ NOT NULL,
        expires_at TIMESTAMPTZ NOT NULL,
        used_at TIMESTAMPTZ,
        ended_at TIMESTAMPTZ
    )""",
    "CREATE UNIQUE INDEX activation_code_digest ON activation_code (digest)",
    "CREATE INDEX activation_code_member ON activation_code (member)",
    "CREATE UNIQUE INDEX activation_code_open ON activation_code (member, purpose)"
    " WHERE used_at IS NULL AND ended_at IS NULL",
    """CREATE TABLE password (
        member UUID PRIMARY KEY NOT NULL REFERENCES member (id) ON DELETE RESTRICT,
        hash TEXT NOT NULL,
        set_on DATE NOT NULL
    )""",
    f"""CREATE TABLE passkey (
        id UUID PRIMARY KEY NOT NULL,
        member {MEMBER},
        credential {{bytes}} NOT NULL,
        public_key {{bytes}} NOT NULL,
        sign_count BIGINT NOT NULL,
        name TEXT NOT NULL,
        transports TEXT NOT NULL,
        backed_up BOOLEAN NOT NULL,
        created_on DATE NOT NULL,
        used_on DATE
    )""",
    "CREATE UNIQUE INDEX passkey_credential ON passkey (credential)",
    "CREATE INDEX passkey_member ON passkey (member)",
    """CREATE TABLE passkey_challenge (
        id UUID PRIMARY KEY NOT NULL,
        purpose TEXT NOT NULL,
        challenge {bytes} NOT NULL,
        member UUID REFERENCES member (id) ON DELETE RESTRICT,
        session {bytes},
        bound BOOLEAN NOT NULL,
        expires_at TIMESTAMPTZ NOT NULL
    )""",
    "CREATE INDEX passkey_challenge_member ON passkey_challenge (member)",
    "CREATE INDEX passkey_challenge_expiry ON passkey_challenge (expires_at)",
    f"""CREATE TABLE session (
        id {{bytes}} PRIMARY KEY NOT NULL,
        member {MEMBER},
        method TEXT NOT NULL,
        device TEXT NOT NULL,
        created_at TIMESTAMPTZ NOT NULL,
        used_on DATE NOT NULL
    )""",
    "CREATE INDEX session_member ON session (member)",
    "CREATE INDEX session_used ON session (used_on)",
    "CREATE TABLE reader_change (id {serial}, reader UUID NOT NULL, at TIMESTAMPTZ NOT NULL)",
    "CREATE INDEX reader_change_at ON reader_change (at)",
]

PRIVACY = [
    f"""CREATE TABLE consent (
        id UUID PRIMARY KEY NOT NULL,
        member {MEMBER},
        purpose TEXT NOT NULL,
        wording TEXT NOT NULL,
        given_at TIMESTAMPTZ NOT NULL,
        withdrawn_at TIMESTAMPTZ
    )""",
    "CREATE INDEX consent_member ON consent (member)",
    "CREATE UNIQUE INDEX consent_open ON consent (member, purpose) WHERE withdrawn_at IS NULL",
    f"""CREATE TABLE erasure_request (
        id UUID PRIMARY KEY NOT NULL,
        member {MEMBER},
        asked_at TIMESTAMPTZ NOT NULL,
        settled_at TIMESTAMPTZ,
        outcome TEXT
    )""",
    "CREATE INDEX erasure_request_member ON erasure_request (member)",
    "CREATE UNIQUE INDEX erasure_request_open ON erasure_request (member) WHERE settled_at IS NULL",
]

TABLES = (
    "reader_change", "erasure_request", "consent", "session", "passkey_challenge", "passkey", "password",
    "activation_code", "role_grant", "membership", "member", "unit_succession", "unit",
)  # fmt: skip


async def forwards() -> MigrationManager:
    """Piccolo's entry point."""
    up = UNITS + MEMBERS + SIGN_IN + PRIVACY
    return steps(ID, app="accounts", up=up, down=[f"DROP TABLE {table}" for table in TABLES])
