"""Questions put to authenticators: each may be answered once, within minutes, by whoever it was put to."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from base import clock, database

LASTS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was put. ``bound``: only ``member`` may answer, and None then stands for nobody."""

    challenge: bytes
    member: uuid.UUID | None
    session: str
    bound: bool


async def put(
    purpose: str, challenge: bytes, *, member: uuid.UUID | None, session: str = "", bound: bool = True
) -> uuid.UUID:
    """Remember a question; its id goes to the browser with it."""
    id = uuid.uuid4()
    await database.execute(
        "INSERT INTO passkey_challenge (id, purpose, challenge, member, session, bound, expires_at) "
        "VALUES ({}, {}, {}, {}, {}, {}, {})",
        id, purpose, challenge, member, bytes.fromhex(session), bound, clock.now() + LASTS,
    )  # fmt: skip
    return id


async def take(purpose: str, id: uuid.UUID) -> Put | None:
    """The question, which is thereby used up whatever the answer; None when it is unknown, used or too old."""
    rows = await database.fetch(
        "DELETE FROM passkey_challenge WHERE id = {} AND purpose = {} "
        "RETURNING challenge, member, session, bound, expires_at",
        id, purpose,
    )  # fmt: skip
    if not rows or rows[0]["expires_at"] <= clock.now():
        return None
    row = rows[0]
    return Put(bytes(row["challenge"]), row["member"], bytes(row["session"] or b"").hex(), bool(row["bound"]))


async def prune() -> None:
    """Drop questions that nobody answered in time; the worker calls it once a day."""
    await database.execute("DELETE FROM passkey_challenge WHERE expires_at < {}", clock.now())
