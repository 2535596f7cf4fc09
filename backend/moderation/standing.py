"""Appeals that stand: whoever may decide on them made the decision, and an administrator has to name somebody else."""

from collections.abc import Collection
from datetime import date, datetime

from msgspec import Struct

from backend.moderation import cases
from backend.moderation.desks import desks
from backend.moderation.model import Case
from base import database

LOOKED_AT = 500
"""Open appeals of an administrator's units that are looked at, the oldest first."""


class Standing(Struct, frozen=True):
    """An appeal of somebody of a unit, since when, and until when its answer was promised; not what it says."""

    unit: int | None
    since: datetime
    due_on: date


async def reviewing(case: Case) -> int | None:
    """The unit whose moderators decide on the open appeal of a case; None while nobody may."""
    return await (await desks()).nearest(case.comment, but=case.last.by if case.last else None)


async def standing(units: Collection[int]) -> tuple[Standing, ...]:
    """Those of members of these units and all below, the oldest first; what belongs to no unit is the top one's."""
    known = await desks()
    among, reach = database.among("c.unit", sorted(known.reach(units)))
    nowhere = " OR c.unit IS NULL" if known.is_top(units) else ""
    rows = await database.fetch(
        'SELECT x.comment, d."by", x.at, x.due_on FROM appeal x JOIN decision d ON d.id = x.decision '
        f"JOIN comment c ON c.id = x.comment WHERE x.outcome = '' AND c.state IN ('hidden', 'returned') "
        f"AND ({among}{nowhere}) ORDER BY x.at, x.id LIMIT {{}}",
        reach, LOOKED_AT,
    )  # fmt: skip
    comments = await cases.said([row["comment"] for row in rows])
    found = []
    for row in rows:
        if await known.nearest(comments[row["comment"]], but=row["by"]) is None:
            found.append(Standing(comments[row["comment"]].unit, row["at"], row["due_on"]))
    return tuple(found)
