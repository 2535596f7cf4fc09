"""What is owed to members: each act says in its own transaction what has to be told, of what, to whom.

A notice is addressed to scopes, never to people: until it is sent it can be addressed anew or cancelled.
"""

import json
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from base import clock, database

Urgency = Literal["normal", "high", "express"]
"""Push services tell two apart: what is normal must not wake a phone that sleeps. "express" (hỏa tốc) is high to them,
and the only one that passes a member's quiet window.
"""


async def owe(
    *,
    key: str,
    kind: str,
    about: str,
    audience: Iterable[str],
    urgency: Urgency = "normal",
    by: str | uuid.UUID = "",
    matters: Iterable[str] = (),
) -> bool:
    """Note inside the act's own transaction that it has to be told; whether it was not owed already.

    ``key`` names what is told: the same key again owes nothing twice, not even when the first notice was cancelled.
    ``kind`` is "noun.verb" of kinds.KINDS, ``about`` "noun:id", ``by`` who did the act (of an appeal:
    the one it is against), ``matters`` by what members
    may follow it ("topic:code"). Raises RuntimeError outside a transaction, as the journal does.
    """
    _inside_an_act(key)
    id, now, scopes = uuid.uuid4(), clock.now(), frozenset(audience)
    rows = await database.fetch(
        'INSERT INTO notice (id, key, kind, about, audience, urgency, "by", matters, owed_at) '
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (key) DO NOTHING RETURNING id",
        id, key, kind, about, _stored(scopes), urgency, _member(by), _stored(matters), now,
    )  # fmt: skip
    if rows:
        await _address(id, scopes, now)
    return bool(rows)


async def readdress(about: str, audience: Iterable[str]) -> None:
    """Address what is owed about something to these scopes instead, in the surrounding transaction.

    What is under way begins no further step before it is expanded again, for whomever it has not passed by then; nobody
    is told twice.
    """
    _inside_an_act(about)
    scopes = frozenset(audience)
    rows = await database.fetch(
        "UPDATE notice SET audience = {}, expanded_at = NULL WHERE about = {} AND cancelled_at IS NULL "
        "RETURNING id, owed_at",
        _stored(scopes), about,
    )  # fmt: skip
    for row in rows:
        await database.execute("DELETE FROM notice_scope WHERE notice = {}", row["id"])
        await _address(row["id"], scopes, row["owed_at"])


async def cancel(about: str) -> None:
    """Owe nothing about something any more, in the surrounding transaction; what has not gone does not go."""
    _inside_an_act(about)
    rows = await database.fetch(
        "UPDATE notice SET cancelled_at = {} WHERE about = {} AND cancelled_at IS NULL RETURNING id",
        clock.now(), about,
    )  # fmt: skip
    for row in rows:
        await drop(row["id"])


async def drop(notice: uuid.UUID) -> None:
    """Take away what is still to be sent of a notice, in the surrounding transaction."""
    await database.execute("DELETE FROM chunk WHERE notice = {}", notice)
    await database.execute("DELETE FROM retry WHERE notice = {}", notice)


async def _address(notice: uuid.UUID, scopes: Iterable[str], owed_at: datetime) -> None:
    for scope in sorted(scopes):
        await database.execute(
            "INSERT INTO notice_scope (notice, scope, owed_at) VALUES ({}, {}, {})", notice, scope, owed_at
        )


def _stored(names: Iterable[str]) -> str:
    return json.dumps(sorted(set(names)), ensure_ascii=False)


def _member(by: str | uuid.UUID) -> uuid.UUID | None:
    """The member's id; none for what the handbook itself or its command line did."""
    try:
        return by if isinstance(by, uuid.UUID) else uuid.UUID(by)
    except ValueError:
        return None


def _inside_an_act(what: str) -> None:
    if not database.in_transaction():
        raise RuntimeError(f"what is owed of {what} was changed outside a transaction")
