"""How far a notice has got, as counts alone: no device and no member is named, and small numbers are hidden."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from base import database
from notifications import meant
from notifications.addressees import Expand
from notifications.meant import Owed

SENT, ACCEPTED = "sent", "accepted"

HIDDEN_UNDER: Final = 10
"""Counts below this tell of people rather than of a number of them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A notice's counts of devices: those accepted, failed (by reason), waiting and left out make up ``devices``.

    ``waiting``: their turn has not come yet, or comes again. ``left_out``: passed by, because they are told otherwise
    or not at all, or were not meant any more. ``sent``: tried at least once.
    """

    devices: int
    sent: int
    accepted: int
    failed: dict[str, int]
    waiting: int

    @property
    def left_out(self) -> int:
        """Whoever was counted when the notice was begun, and neither has it nor will."""
        return self.devices - self.accepted - sum(self.failed.values()) - self.waiting


async def count(notice: UUID, words: Iterable[str]) -> None:
    """Add to a notice's counts, in the surrounding transaction; always in the same order, lest two steps embrace."""
    for what, n in sorted(Counter(words).items()):
        await add(notice, what, n)


async def add(notice: UUID, what: str, n: int) -> None:
    """Add so many to one count."""
    await database.execute(
        "INSERT INTO notice_count (notice, what, n) VALUES ({}, {}, {}) "
        "ON CONFLICT (notice, what) DO UPDATE SET n = notice_count.n + excluded.n",
        notice, what, n,
    )  # fmt: skip


async def progress(notice: UUID, expand: Expand) -> Progress:
    """How far a notice has got. Who came in meanwhile, as by moving, is told, and counted with the devices then."""
    rows = await database.fetch("SELECT what, n FROM notice_count WHERE notice = {}", notice)
    counts = {row["what"]: int(row["n"]) for row in rows}
    sent, accepted = counts.pop(SENT, 0), counts.pop(ACCEPTED, 0)
    found = await database.fetch(f"SELECT {meant.COLUMNS} FROM notice n WHERE n.id = {{}}", notice)
    owed = meant.owed(found[0])
    waiting = await _waiting(owed, expand)
    settled = accepted + sum(counts.values())
    return Progress(max(owed.devices, settled + waiting), sent, accepted, counts, waiting)


async def _waiting(notice: Owed, expand: Expand) -> int:
    """All of chunks that nobody has begun, without who had it ahead of them; the rest of others; and single devices."""
    length = "json_array_length({}::json)" if database.is_postgres() else "json_array_length({})"
    rows = await database.fetch(
        "SELECT (SELECT count(*) FROM retry WHERE notice = n.id) + (SELECT COALESCE(sum("
        f"CASE WHEN checkpoint < first THEN size - {length.format('told')} ELSE {length.format('behind')} END"
        "), 0) FROM chunk WHERE notice = n.id) AS n FROM notice n WHERE n.id = {}",
        notice.notice,
    )
    begun = await database.fetch(
        "SELECT wave, checkpoint, last, told FROM chunk "
        "WHERE notice = {} AND checkpoint >= first AND checkpoint < last",
        notice.notice,
    )
    return int(rows[0]["n"]) + sum([await _rest(notice, chunk, expand) for chunk in begun])


async def _rest(notice: Owed, chunk: Mapping[str, Any], expand: Expand) -> int:
    """Whoever is meant beyond the checkpoint of a chunk, and had it not ahead of their turn."""
    (who, whom), (wants, what) = await meant.addressed(notice, chunk["wave"], expand), meant.wanting(notice)
    had, values = database.among("d.id", json.loads(chunk["told"]))
    rows = await database.fetch(
        f"SELECT count(*) AS n FROM device d WHERE d.id > {{}} AND d.id <= {{}} AND NOT {had} AND {who} AND {wants}",
        chunk["checkpoint"], chunk["last"], values, *whom, *what,
    )  # fmt: skip
    return int(rows[0]["n"])


def is_small(count: int) -> bool:
    """Whether it must not be shown."""
    return 0 < count < HIDDEN_UNDER
