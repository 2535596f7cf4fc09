"""Whether the first comments of new members are held: each unit's policy, for itself and all below it."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct, structs

from backend.accounts.acts import act
from backend.accounts.standing import forest
from base import clock, database, journal, revisions
from base.errors import ConflictError, InvalidError, NotFoundError

MOST = 20
"""First comments that may be held; who has so many shown is no newcomer."""

TOPIC = "newcomers"
"""The revision that grows with each change of a policy."""


class Policy(Struct, frozen=True):
    """How many first comments are held for members of a unit; ``unit`` is the one that says so, None for nobody."""

    held_first: int = 0
    unit: int | None = None
    version: int = 0
    saved_by: str = ""
    saved_at: datetime | None = None


_held: list[tuple[tuple[object, int], dict[int, Policy]]] = []


class PolicyChangedSinceError(ConflictError):
    """Somebody set the unit's policy since the page was opened."""

    key = "newcomers-changed-since"


async def policies(units: Collection[int]) -> dict[int, Policy]:
    """What each of these units says itself; those that say nothing are missing."""
    among, values = database.among("unit", units)
    rows = await database.fetch(
        f"SELECT held_first, unit, version, saved_by, saved_at FROM newcomer_policy WHERE {among}", values
    )
    return {row["unit"]: Policy(**row) for row in rows}


async def policy(unit: int) -> Policy:
    """The policy that members of the unit are under: its own, or that of the nearest unit above that has one.

    A unit that took the place of others keeps what they said; of several the most cautious, until it says so itself.
    """
    said = await _all()
    if not said:
        return Policy()
    tree, day = await forest(), clock.today()
    line = {place: tree.became(place, day) for place in tree.path(unit, day)}
    for place, rows in line.items():
        if place in said:
            return said[place]
        if kept := [said[row] for row in rows if row in said]:
            return structs.replace(max(kept, key=lambda each: each.held_first), unit=place, version=0)
    return Policy()


async def set_policy(unit: int, *, held_first: int, version: int, by: str) -> None:
    """Hold so many first comments of each member of the unit, and of those below that say nothing else; 0 for none.

    ``version`` is that of the unit's own policy as it was seen, 0 where it had none. As it is already: nothing. Who
    may is for the door to know. Raises NotFoundError, InvalidError, PolicyChangedSinceError.
    """
    if unit not in await forest():
        raise NotFoundError
    if not 0 <= held_first <= MOST:
        raise InvalidError.of("held_first", "newcomers-count-wrong", most=MOST)
    async with act():
        stands = (await policies([unit])).get(unit)
        if stands is not None and stands.held_first == held_first:
            return
        if (stands.version if stands else 0) != version:
            raise PolicyChangedSinceError
        await _set(unit, held_first, version + 1, by)
        await revisions.touch(TOPIC)
        detail = {"before": stands.held_first if stands else None, "held_first": held_first, "version": version + 1}
        await journal.record(act="newcomers.set", subject=f"unit:{unit}", by=by, unit=unit, detail=detail)


async def _all() -> dict[int, Policy]:
    """What every unit says, from memory while nobody has changed it; may be asked inside an act, as the rulebook."""
    state = (database.engine(), revisions.current(TOPIC))
    if not _held or _held[0][0] != state:
        rows = await database.fetch("SELECT held_first, unit, version, saved_by, saved_at FROM newcomer_policy")
        _held[:] = [(state, {row["unit"]: Policy(**row) for row in rows})]
    return _held[0][1]


async def _set(unit: int, held_first: int, version: int, by: str) -> None:
    rows = await database.fetch(
        "INSERT INTO newcomer_policy (unit, held_first, version, saved_by, saved_at) VALUES ({}, {}, {}, {}, {}) "
        "ON CONFLICT (unit) DO UPDATE SET held_first = excluded.held_first, version = excluded.version, "
        "saved_by = excluded.saved_by, saved_at = excluded.saved_at WHERE newcomer_policy.version = {} "
        "RETURNING version",
        unit, held_first, version, by, clock.now(), version - 1,
    )  # fmt: skip
    if not rows:  # somebody was faster
        raise PolicyChangedSinceError
