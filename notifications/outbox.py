"""What is owed to members: each act says in its own transaction what has to be told, of what, to whom.

A notice is addressed to scopes, never to people: until it is sent it can be addressed anew or cancelled.
"""

import json
import uuid
from collections.abc import Iterable
from typing import Literal

from base import clock, database

Urgency = Literal["normal", "high", "express"]
"""Push services tell two apart: what is normal must not wake a phone that sleeps. "express" (hỏa tốc) is high to them,
and the only one that passes a member's quiet window.
"""


async def owe(*, key: str, kind: str, about: str, audience: Iterable[str], urgency: Urgency = "normal") -> bool:
    """Note inside the act's own transaction that it has to be told; whether it was not owed already.

    ``key`` names what is told: the same key again owes nothing twice, not even when the first notice was cancelled.
    ``kind`` is "noun.verb", ``about`` "noun:id". Raises RuntimeError outside a transaction, as the journal does.
    """
    _inside_an_act(key)
    rows = await database.fetch(
        "INSERT INTO notice (id, key, kind, about, audience, urgency, owed_at) VALUES ({}, {}, {}, {}, {}, {}, {}) "
        "ON CONFLICT (key) DO NOTHING RETURNING id",
        uuid.uuid4(), key, kind, about, _stored(audience), urgency, clock.now(),
    )  # fmt: skip
    return bool(rows)


async def readdress(about: str, audience: Iterable[str]) -> None:
    """Address what is owed about something to these scopes instead, in the surrounding transaction."""
    _inside_an_act(about)
    await database.execute(
        "UPDATE notice SET audience = {} WHERE about = {} AND cancelled_at IS NULL", _stored(audience), about
    )


async def cancel(about: str) -> None:
    """Owe nothing about something any more, in the surrounding transaction."""
    _inside_an_act(about)
    await database.execute(
        "UPDATE notice SET cancelled_at = {} WHERE about = {} AND cancelled_at IS NULL", clock.now(), about
    )


def _stored(audience: Iterable[str]) -> str:
    return json.dumps(sorted(set(audience)))


def _inside_an_act(what: str) -> None:
    if not database.in_transaction():
        raise RuntimeError(f"what is owed of {what} was changed outside a transaction")
