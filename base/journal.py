"""The journal: what was done, to what, by whom; ids only, never names or texts.

Acts record unnumbered rows in their own transaction. The leased worker alone gives rows their order and seals them
into a keyed hash chain, because a sequence of the database commits out of order and would let readers skip rows.
"""

import hashlib
import hmac
import json
import uuid
from datetime import datetime
from typing import Any

from base import clock, database, keys

BATCH = 500
"""How many rows are sealed in one transaction."""

GENESIS = b"\x00" * 32
"""What the first seal is chained to."""

COLUMNS = "id, number, at, act, subject, by, unit, detail, seal"


async def record(
    *, act: str, subject: str, by: str, unit: int | None = None, detail: dict[str, Any] | None = None
) -> uuid.UUID:
    """Note one act inside the act's own transaction.

    ``act`` is "noun.verb", ``subject`` "noun:id", ``by`` a member's id or "system" or "cli"; ``detail`` holds ids and
    numbers only. Raises RuntimeError outside a transaction: an act without its entry must not be possible.
    """
    if not database.in_transaction():
        raise RuntimeError(f"{act} was recorded outside a transaction")
    entry = uuid.uuid4()
    await database.execute(
        "INSERT INTO journal (id, at, act, subject, by, unit, detail) VALUES ({}, {}, {}, {}, {}, {}, {})",
        entry, clock.now(), act, subject, by, unit, json.dumps(detail or {}, sort_keys=True, default=str),
    )  # fmt: skip
    return entry


async def note_look(*, act: str, subject: str, by: str, unit: int | None = None) -> None:
    """Record in a transaction of its own that somebody who only watches looked; once a day (Vietnam) says enough."""
    rows = await database.fetch("SELECT at FROM journal WHERE subject = {} AND act = {} AND by = {}", subject, act, by)
    if all(clock.local(row["at"]).date() != clock.today() for row in rows):
        async with database.transaction():
            await record(act=act, subject=subject, by=by, unit=unit)


async def seal_pending() -> int:
    """Number and seal up to BATCH waiting rows; how many it did. Only the holder of the lease may call it."""
    async with database.transaction():
        number, seal = await head()
        waiting = await database.fetch(
            f"SELECT {COLUMNS} FROM journal WHERE number IS NULL ORDER BY at, id LIMIT {{}}",
            BATCH,
        )
        for row in waiting:
            number += 1
            seal = seal_of(row, number=number, previous=seal)
            await database.execute("UPDATE journal SET number = {}, seal = {} WHERE id = {}", number, seal, row["id"])
    return len(waiting)


async def about(
    *subjects: str, before: tuple[datetime, uuid.UUID] | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """What was done to these subjects, the last first: id, at, act, subject, by and detail of each entry.

    ``before`` is the moment and id of the entry after which it goes on; ``limit`` how many are wanted, all when None.
    """
    among, values = database.among("subject", subjects)
    beyond, place = ("(at < {} OR (at = {} AND id > {}))", [before[0], *before]) if before else ("TRUE", [])
    most, count = (" LIMIT {}", [limit]) if limit is not None else ("", [])
    rows = await database.fetch(
        f"SELECT id, at, act, subject, by, detail FROM journal WHERE {among} AND {beyond} ORDER BY at DESC, id{most}",
        values, *place, *count,
    )  # fmt: skip
    return [{**row, "detail": json.loads(row["detail"])} for row in rows]


async def head() -> tuple[int, bytes]:
    """Number and seal of the last sealed row; (0, GENESIS) while there is none."""
    rows = await database.fetch(
        "SELECT number, seal FROM journal WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1"
    )
    return (rows[0]["number"], bytes(rows[0]["seal"])) if rows else (0, GENESIS)


def seal_of(row: dict[str, Any], *, number: int, previous: bytes) -> bytes:
    """HMAC-SHA256 of the row at ``number`` after ``previous``, under this installation's journal key."""
    facts = [
        number, str(row["id"]), row["at"].isoformat(timespec="microseconds"), row["act"], row["subject"],
        row["by"], row["unit"], row["detail"],
    ]  # fmt: skip
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return hmac.new(keys.key("journal"), previous + text, hashlib.sha256).digest()
