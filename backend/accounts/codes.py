"""One-time activation codes, given on paper by the unit's administrator to a member whose identity they checked."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.accounts import authority, members, sessions, tries
from backend.accounts.acts import act
from backend.accounts.authority import Actor
from backend.accounts.sessions import Opened
from base import clock, database, journal, keys
from base.errors import ConflictError, ForbiddenError, InvalidError
from base.settings import settings

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that are not taken for one another on paper: no I, L, O, 0 and 1."""

LENGTH, GROUP = 12, 4
"""Twelve of 31 signs, in groups of four: 59 bits."""

CODE_LASTS = timedelta(days=14)
LINK_LASTS = timedelta(hours=12)
LINK_BYTES = 32


class WrongCodeError(InvalidError):
    """The code is not one, was used, was replaced, or is too old; which of these is not told."""

    key = "account-code-wrong"


@dataclass(frozen=True, slots=True)
class Issued:
    """A code as it is shown this once, in groups, and until when it can be used."""

    text: str
    expires_at: datetime


class CodeAskedForError(ConflictError):
    """Under this id a code was made that can no longer be shown: it was used, replaced or made for another request."""

    key = "account-code-asked-for"


async def issue(
    member: uuid.UUID, *, id: uuid.UUID, by: Actor, identity_checked: bool, phone_lost: bool = False
) -> Issued:
    """Make a code for a member, under an id that the caller made; ends the one before it and every session.

    The same again changes nothing and gives the same code while it is good, CodeAskedForError afterwards.
    ``identity_checked``: the administrator saw the person and their papers. ``phone_lost`` also takes away the
    member's passkeys and password, which whoever holds the phone might use.
    """
    if not identity_checked:
        raise InvalidError.of("identity_checked", "account-identity-not-checked")
    async with act(member):
        found = await authority.over_member(by, member)
        await authority.over_standing(by, member)
        if found["disabled_at"] is not None:
            raise ConflictError("account-member-disabled")
        code = _code_of(id, member, phone_lost)
        if (before := await _asked_before(id, code)) is not None:
            return before
        if phone_lost:
            await database.execute("DELETE FROM passkey WHERE member = {}", member)
            await database.execute("DELETE FROM password WHERE member = {}", member)
        await members.shut_out(member)
        expires_at = await _keep(member, "code", code, CODE_LASTS, asked=_digest("asked", str(id)))
        await journal.record(
            act="code.issue", subject=f"member:{member}", by=str(by), unit=found["unit"],
            detail={"phone_lost": int(phone_lost)},
        )  # fmt: skip
    return Issued(written(code), expires_at)


async def redeem(code: str, *, user_agent: str = "", address: str = "") -> Opened:
    """Sign in with a code, once. Written in small letters, with or without blanks and dashes, it is the same code."""
    await tries.count(address=address)
    async with act():
        return await _use("code", plain(code), user_agent=user_agent)


async def issue_link(member: uuid.UUID) -> str:
    """A token that signs a sample member in, once; only where nobody but this machine can reach the server."""
    _check_sample()
    token = secrets.token_urlsafe(LINK_BYTES)
    async with act():
        await database.execute(
            "UPDATE activation_code SET ended_at = {} WHERE member = {} AND purpose = 'link' AND used_at IS NULL "
            "AND ended_at IS NULL",
            clock.now(), member,
        )  # fmt: skip
        await _keep(member, "link", token, LINK_LASTS)
        await journal.record(act="link.issue", subject=f"member:{member}", by="cli")
    return token


async def follow_link(token: str, *, user_agent: str = "", address: str = "") -> Opened:
    """Sign in with the token of a sample link, once."""
    _check_sample()
    await tries.count(address=address)
    async with act():
        return await _use("link", token, user_agent=user_agent)


async def prune() -> None:
    """Drop codes that are too old; the worker calls it. Used ones stay until then, lest their form make others."""
    await database.execute("DELETE FROM activation_code WHERE expires_at < {}", clock.now())


def written(code: str) -> str:
    """In groups, for the slip."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def plain(typed: str) -> str:
    """A code as it is compared."""
    return "".join(char for char in typed.upper() if char.isalnum())


async def _use(purpose: str, secret: str, *, user_agent: str) -> Opened:
    now = clock.now()
    rows = await database.fetch(
        "UPDATE activation_code SET used_at = {} WHERE digest = {} AND purpose = {} AND used_at IS NULL "
        "AND ended_at IS NULL AND expires_at > {} RETURNING member",
        now, _digest(purpose, secret), purpose, now,
    )  # fmt: skip
    if not rows or not await _may_sign_in(rows[0]["member"]):
        raise WrongCodeError
    opened = await sessions.begin(rows[0]["member"], method=purpose, user_agent=user_agent)
    await journal.record(act=f"{purpose}.redeem", subject=f"member:{opened.member_id}", by=str(opened.member_id))
    return opened


async def _keep(
    member: uuid.UUID, purpose: str, secret: str, lasts: timedelta, *, asked: bytes | None = None
) -> datetime:
    now = clock.now()
    await database.execute(
        "INSERT INTO activation_code (member, purpose, digest, asked, issued_at, expires_at) "
        "VALUES ({}, {}, {}, {}, {}, {})",
        member, purpose, _digest(purpose, secret), asked, now, now + lasts,
    )  # fmt: skip
    return now + lasts


async def _asked_before(id: uuid.UUID, code: str) -> Issued | None:
    rows = await database.fetch(
        "SELECT digest, expires_at, used_at, ended_at FROM activation_code WHERE asked = {}", _digest("asked", str(id))
    )
    if not rows:
        return None
    (row,) = rows
    good = row["used_at"] is None and row["ended_at"] is None and row["expires_at"] > clock.now()
    if not good or not hmac.compare_digest(bytes(row["digest"]), _digest("code", code)):
        raise CodeAskedForError
    return Issued(written(code), row["expires_at"])


def _code_of(id: uuid.UUID, member: uuid.UUID, phone_lost: bool) -> str:
    """The code that is made for one request: nobody can tell it from the id without this installation's key.

    The id itself is kept nowhere, so neither can whoever has the key and the database.
    """
    number = int.from_bytes(_digest("code of", f"{id}:{member}:{int(phone_lost)}"))
    signs = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


async def _may_sign_in(member: uuid.UUID) -> bool:
    rows: list[dict[str, Any]] = await database.fetch(
        "SELECT id FROM member WHERE id = {} AND disabled_at IS NULL AND erased_at IS NULL", member
    )
    return bool(rows)


def _digest(purpose: str, secret: str) -> bytes:
    """Keyed, so that a copy of the database alone does not let codes be tried out."""
    return hmac.new(keys.key("codes"), f"{purpose}:{secret}".encode(), hashlib.sha256).digest()


def _check_sample() -> None:
    if not settings().on_loopback:
        raise ForbiddenError("account-links-on-loopback-only")
