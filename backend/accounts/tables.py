"""Tables of people: units and what became of them, members, roles, and means of signing in."""

from typing import Any

from piccolo.columns import BigInt, Boolean, Bytea, Date, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.columns.column_types import UUID, BigSerial
from piccolo.table import Table


class Unit(Table, tablename="unit"):
    """One state of an organisation. A rename, move, merger or split ends the row and begins others.

    ``valid_to`` is the first day on which it no longer exists as such. A code may come back in a later row.
    """

    id = BigSerial(primary_key=True)
    parent: ForeignKey[Any] = ForeignKey("self", null=True, on_delete=OnDelete.restrict, index=True)
    kind = Varchar(length=20)
    code = Varchar(length=40)
    name = Varchar(length=200)
    name_en = Varchar(length=200)
    valid_from = Date()
    valid_to = Date(null=True, default=None)


class UnitSuccession(Table, tablename="unit_succession"):
    """``new`` took the place of ``old``, or of a part of it, on a day; kind is merge, split, rename or move."""

    id = BigSerial(primary_key=True)
    old = ForeignKey(Unit, on_delete=OnDelete.restrict, index=True)
    new = ForeignKey(Unit, on_delete=OnDelete.restrict, index=True)
    on = Date()
    kind = Varchar(length=10)


class Member(Table, tablename="member"):
    """A person: name, one login, perhaps a card number, and nothing else. Erased: only the id remains.

    Columns named ``*_key`` are derived: they sort (given name first) or find what stands beside them.
    """

    id = UUID(primary_key=True)
    name = Varchar(length=100)
    login = Varchar(length=40, null=True, default=None, unique=True)
    card_number = Varchar(length=20, null=True, default=None, unique=True)
    name_key = Text()
    search_key = Text()
    created_at = Timestamptz()
    disabled_at = Timestamptz(null=True, default=None)
    erased_at = Timestamptz(null=True, default=None)


class Membership(Table, tablename="membership"):
    """Which unit a member belongs to, from a day until (not including) another; one open row a member.

    ``*_key`` repeat those of the member, so that a unit's roster is searched without looking up each of its members.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, index=True)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, index=True)
    from_on = Date()
    to_on = Date(null=True, default=None)
    name_key = Text()
    search_key = Text()


class RoleGrant(Table, tablename="role_grant"):
    """A role held for a unit and all below it. ``granted_by`` is empty when the command line granted it."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, index=True)
    role = Varchar(length=20)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, index=True)
    from_on = Date()
    to_on = Date(null=True, default=None)
    granted_by = ForeignKey(Member, null=True, on_delete=OnDelete.restrict, index=True)


class ActivationCode(Table, tablename="activation_code"):
    """A one-time code (or sample link) by its keyed digest; the code itself is shown once and never kept."""

    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, index=True)
    purpose = Varchar(length=10)
    digest = Bytea(unique=True)
    asked = Bytea(unique=True, null=True, default=None)
    issued_at = Timestamptz()
    expires_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)


class Password(Table, tablename="password"):
    """A member's password as argon2id leaves it."""

    member = ForeignKey(Member, primary_key=True, on_delete=OnDelete.restrict)
    hash = Text()
    set_on = Date()


class Passkey(Table, tablename="passkey"):
    """A public key that a phone or security key holds the other half of."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, index=True)
    credential = Bytea(unique=True)
    public_key = Bytea()
    sign_count = BigInt()
    name = Varchar(length=60)
    transports = Varchar(length=120)
    backed_up = Boolean()
    created_on = Date()
    used_on = Date(null=True, default=None)


class PasskeyChallenge(Table, tablename="passkey_challenge"):
    """A question put to an authenticator, to be answered once and soon, by whoever it was put to."""

    id = UUID(primary_key=True)
    purpose = Varchar(length=10)
    challenge = Bytea()
    member = ForeignKey(Member, null=True, on_delete=OnDelete.restrict, index=True)
    session = Bytea(null=True)
    bound = Boolean()
    expires_at = Timestamptz()


class Session(Table, tablename="session"):
    """A signed-in device. The key is a hash of the cookie; ``used_on`` moves once a day, so nothing is traced."""

    id = Bytea(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, index=True)
    method = Varchar(length=10)
    device = Varchar(length=60)
    created_at = Timestamptz()
    used_on = Date()


class ReaderChange(Table, tablename="reader_change"):
    """A member whose sessions, roles or place changed; kept for a day, for processes that remember readers."""

    id = BigSerial(primary_key=True)
    reader = UUID()
    at = Timestamptz()


class Consent(Table, tablename="consent"):
    """What a member agreed to, in which wording, and when they took it back."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, index=True)
    purpose = Varchar(length=30)
    wording = Varchar(length=20)
    given_at = Timestamptz()
    withdrawn_at = Timestamptz(null=True, default=None)


class ErasureRequest(Table, tablename="erasure_request"):
    """A member asked that what is held about them be erased; settled when done, refused or taken back."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, index=True)
    asked_at = Timestamptz()
    settled_at = Timestamptz(null=True, default=None)
    outcome = Varchar(length=10, null=True, default=None)
