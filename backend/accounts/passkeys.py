"""Passkeys: the phone proves who holds it, by finger, face or PIN, and nothing that could be stolen leaves it."""

import asyncio
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from webauthn.helpers import base64url_to_bytes
from webauthn.registration.verify_registration_response import VerifiedRegistration

from backend.accounts import authenticators, authority, challenges, devices, naming, passwords, sessions, tries
from backend.accounts.acts import act
from backend.accounts.authenticators import PasskeyRefusedError
from backend.accounts.authority import PASSKEY_ROLES
from backend.accounts.sessions import STRONG, Opened, Reader
from base import clock, database, journal
from base.database import DuplicateError
from base.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError

NAME_CHARS = 60
AT_MOST = 20
"""Passkeys a member may have."""


class LastMeansError(ConflictError):
    """Without this passkey the member could not sign in any more."""

    key = "account-passkey-last"


@dataclass(frozen=True, slots=True)
class Passkey:
    """A line in the list of a member's passkeys; ``backed_up``: an account keeps it, for the next phone too."""

    id: uuid.UUID
    name: str
    created_on: date
    used_on: date | None
    backed_up: bool


async def begin_registration(reader: Reader) -> tuple[uuid.UUID, dict[str, Any]]:
    """A challenge's id and the options for ``navigator.credentials.create``."""
    await _check_may_register(reader)
    rows = await database.fetch("SELECT login, name FROM member WHERE id = {}", reader.member_id)
    own = await database.fetch("SELECT credential, transports FROM passkey WHERE member = {}", reader.member_id)
    challenge, options = authenticators.registration(
        reader.member_id, login=rows[0]["login"], name=rows[0]["name"], own=own
    )
    id = await challenges.put("register", challenge, member=reader.member_id, session=reader.session_id)
    return id, options


async def register(
    reader: Reader, challenge: uuid.UUID, answer: dict[str, Any], *, name: str = "", user_agent: str = ""
) -> Opened:
    """Keep the key that the phone made; the session gets a new secret and from now on counts as opened by passkey.

    Raises PasskeyRefusedError when the answer does not fit this session's challenge.
    """
    put = await challenges.take("register", challenge)
    if put is None or (put.member, put.session) != (reader.member_id, reader.session_id):
        raise PasskeyRefusedError
    await _check_may_register(reader)
    made = await asyncio.to_thread(authenticators.registered, answer, put.challenge)
    label = naming.name_of(name)[:NAME_CHARS] or devices.named(user_agent)
    try:
        async with database.unique(), database.transaction():
            id = await _insert(reader.member_id, made, label, authenticators.transports(answer))
            await journal.record(act="passkey.add", subject=f"passkey:{id}", by=str(reader.member_id))
            return await sessions.strengthen(reader, method="passkey")
    except DuplicateError:
        raise PasskeyRefusedError from None


async def begin_sign_in(login: str | None = None, *, address: str = "") -> tuple[uuid.UUID, dict[str, Any]]:
    """A challenge's id and the options for ``navigator.credentials.get``, the same for every login and for none.

    No key is named, so nothing tells whether a login exists; a key of another member is refused afterwards.
    """
    await tries.count(address=address, what="ask")
    challenge, options = authenticators.authentication()
    member = None
    if login:
        found = await database.fetch("SELECT id FROM member WHERE login = {}", naming.login_of(login))
        member = found[0]["id"] if found else None
    id = await challenges.put("sign-in", challenge, member=member, bound=bool(login))
    return id, options


async def sign_in(challenge: uuid.UUID, answer: dict[str, Any], *, user_agent: str = "", address: str = "") -> Opened:
    """Open a session for the holder of the key that answered. Raises PasskeyRefusedError."""
    await tries.count(address=address)
    put = await challenges.take("sign-in", challenge)
    key = await _key_of(answer)
    if put is None or key is None or (put.bound and put.member != key["member"]):
        raise PasskeyRefusedError
    count, backed_up = await asyncio.to_thread(
        authenticators.authenticated, answer, put.challenge, bytes(key["public_key"])
    )
    if not await _count_on(key, count, backed_up):
        raise PasskeyRefusedError
    async with act(key["member"]):
        if await _key_of(answer) is None:  # disabled, or the key taken away, since it was looked up
            raise PasskeyRefusedError
        return await sessions.begin(key["member"], method="passkey", user_agent=user_agent)


async def passkeys_of(member: uuid.UUID) -> list[Passkey]:
    """The member's passkeys, latest first."""
    rows = await database.fetch(
        "SELECT id, name, created_on, used_on, backed_up FROM passkey WHERE member = {} ORDER BY created_on DESC, id",
        member,
    )
    return [Passkey(row["id"], row["name"], row["created_on"], row["used_on"], bool(row["backed_up"])) for row in rows]


async def rename(reader: Reader, id: uuid.UUID, name: str) -> None:
    """Call one of the reader's passkeys otherwise."""
    label = naming.name_of(name)[:NAME_CHARS]
    if not label:
        raise InvalidError.of("name", "account-passkey-name-empty")
    rows = await database.fetch(
        "UPDATE passkey SET name = {} WHERE id = {} AND member = {} RETURNING id", label, id, reader.member_id
    )
    if not rows:
        raise NotFoundError


async def remove(reader: Reader, id: uuid.UUID) -> None:
    """Take one of the reader's passkeys away, unless nothing would be left to sign in with (LastMeansError)."""
    async with act(reader.member_id):
        own = [passkey.id for passkey in await passkeys_of(reader.member_id)]
        if id not in own:
            raise NotFoundError
        await _check_strong(reader)
        if own == [id] and not await passwords.exists(reader.member_id):
            raise LastMeansError
        await database.execute("DELETE FROM passkey WHERE id = {}", id)
        await journal.record(act="passkey.remove", subject=f"passkey:{id}", by=str(reader.member_id))


async def _check_may_register(reader: Reader) -> None:
    own = await passkeys_of(reader.member_id)
    if len(own) >= AT_MOST:
        raise ConflictError("account-passkey-too-many")
    if own:
        await _check_strong(reader)


async def _check_strong(reader: Reader) -> None:
    """A stolen password must not let its thief put a key of their own in the place of the member's and wake roles."""
    if reader.method in STRONG or reader.method == "code":
        return
    if any(grant.role in PASSKEY_ROLES for grant in await authority.grants(reader.member_id)):
        raise ForbiddenError("account-passkey-needed")


async def _count_on(key: dict[str, Any], count: int, backed_up: bool) -> bool:
    """Note the key's use. False when its count did not grow: two phones then hold it, and it is journalled."""
    async with act():
        rows = await database.fetch(
            "UPDATE passkey SET sign_count = {}, used_on = {}, backed_up = {} WHERE id = {} "
            "AND (sign_count < {} OR ({} AND sign_count = 0)) RETURNING id",
            count, clock.today(), backed_up, key["id"], count, count == 0,
        )  # fmt: skip
        if not rows:
            await journal.record(act="passkey.suspect", subject=f"passkey:{key['id']}", by="system")
        return bool(rows)


async def _key_of(answer: dict[str, Any]) -> dict[str, Any] | None:
    """The stored key that an answer names, of a member who may sign in; the phone must not name another as its user."""
    try:
        credential = base64url_to_bytes(str(answer["id"]))
        handle = answer["response"].get("userHandle")
        holder = uuid.UUID(bytes=base64url_to_bytes(handle)) if handle else None
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    rows = await database.fetch(
        "SELECT passkey.id, passkey.member, public_key, sign_count FROM passkey "
        "JOIN member ON member.id = passkey.member "
        "WHERE credential = {} AND member.disabled_at IS NULL AND member.erased_at IS NULL",
        credential,
    )
    return rows[0] if rows and holder in (None, rows[0]["member"]) else None


async def _insert(member: uuid.UUID, made: VerifiedRegistration, name: str, transports: str) -> uuid.UUID:
    id = uuid.uuid4()
    await database.execute(
        "INSERT INTO passkey (id, member, credential, public_key, sign_count, name, transports, backed_up, created_on) "
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {})",
        id, member, made.credential_id, made.credential_public_key, made.sign_count, name, transports,
        made.credential_backed_up, clock.today(),
    )  # fmt: skip
    return id
