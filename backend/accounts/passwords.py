"""Passwords, for phones that cannot keep a passkey: long, not a common one, and never quicker for a known login."""

import unicodedata
import uuid
from typing import Any

from backend.accounts import commonplace, hashing, naming, sessions, tries
from backend.accounts.acts import act
from backend.accounts.sessions import Opened, Reader
from base import clock, database, journal
from base.errors import InvalidError

SHORTEST, LONGEST = 15, 256


class WrongPasswordError(InvalidError):
    """Login and password do not belong together; which of them is wrong is not told."""

    key = "account-sign-in-wrong"


async def sign_in(login: str, password: str, *, user_agent: str = "", address: str = "") -> Opened:
    """Open a session under a new secret. Raises WrongPasswordError or, after too many tries, TooManyError.

    Unknown, disabled and password-less logins get the same answer after the same work.
    """
    login = naming.login_of(login)
    await tries.count(login=login, address=address)
    found = await _of_login(login)
    fits = await hashing.matches(found["hash"] if found else None, _composed(password))
    if not (fits and found):
        raise WrongPasswordError
    await tries.succeeded(login)
    renewed = await hashing.hashed(_composed(password)) if hashing.outdated(found["hash"]) else None
    async with act(found["member"]):
        if await _of_login(login) != found:  # disabled, or given another password, while this one was being compared
            raise WrongPasswordError
        if renewed:
            await database.execute("UPDATE password SET hash = {} WHERE member = {}", renewed, found["member"])
        return await sessions.begin(found["member"], method="password", user_agent=user_agent)


async def choose(reader: Reader, password: str, *, current: str = "") -> None:
    """Set or change the reader's password; signs their other devices out.

    Whoever has a password and signed in with it must say it again as ``current``.
    """
    login, name = await _words_of(reader.member_id)
    check(password, login=login, name=name)
    if reader.method == "password" and await exists(reader.member_id):
        await _confirm(reader.member_id, login, current)
    made = await hashing.hashed(_composed(password))
    async with act(reader.member_id):
        await database.execute(
            "INSERT INTO password (member, hash, set_on) VALUES ({}, {}, {}) "
            "ON CONFLICT (member) DO UPDATE SET hash = excluded.hash, set_on = excluded.set_on",
            reader.member_id, made, clock.today(),
        )  # fmt: skip
        await sessions.end_all(reader.member_id, but=reader.session_id)
        await journal.record(act="password.set", subject=f"member:{reader.member_id}", by=str(reader.member_id))


async def exists(member: uuid.UUID) -> bool:
    """Whether the member can sign in with a password."""
    return bool(await database.fetch("SELECT member FROM password WHERE member = {}", member))


def check(password: str, *, login: str = "", name: str = "") -> None:
    """Raise InvalidError for a password that is too short, too long, or among the first to be tried."""
    length = len(_composed(password))
    if length < SHORTEST:
        raise InvalidError.of("password", "account-password-short", least=SHORTEST)
    if length > LONGEST:
        raise InvalidError.of("password", "account-password-long", most=LONGEST)
    if commonplace.is_commonplace(password, (login, *name.split())):
        raise InvalidError.of("password", "account-password-common")


async def _confirm(member: uuid.UUID, login: str, current: str) -> None:
    await tries.count(login=login)
    rows = await database.fetch("SELECT hash FROM password WHERE member = {}", member)
    if not await hashing.matches(rows[0]["hash"] if rows else None, _composed(current)):
        raise InvalidError.of("current", "account-password-current-wrong")
    await tries.succeeded(login)


async def _of_login(login: str) -> dict[str, Any] | None:
    rows = await database.fetch(
        "SELECT password.member, password.hash FROM member JOIN password ON password.member = member.id "
        "WHERE member.login = {} AND member.disabled_at IS NULL AND member.erased_at IS NULL",
        login,
    )
    return rows[0] if rows else None


async def _words_of(member: uuid.UUID) -> tuple[str, str]:
    rows = await database.fetch("SELECT login, name FROM member WHERE id = {}", member)
    return rows[0]["login"], rows[0]["name"]


def _composed(password: str) -> str:
    """The same letters for every keyboard, which compose Vietnamese letters differently (NIST SP 800-63B: NFKC)."""
    return unicodedata.normalize("NFKC", password)
