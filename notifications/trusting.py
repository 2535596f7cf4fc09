"""Push services that do not take who we are: whether that is one device's matter, or our key's, account's or clock's.

What a service says is the same in both cases (401, 403). It is the device's alone if the service took something else
that the same key signed, at that moment or since it denied this device; a phone that subscribed with another key makes
a new subscription when it is next opened. Until then nobody is given up, and once it has denied devices of several
members and taken nothing, the service is left alone, longer each time, while everybody keeps their place.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from base import clock, database
from notifications import standing
from notifications.sending import Post, Target, Told

FEW: Final = 5
"""Members whose devices say something of the key rather than of themselves: one could have any number of devices."""

PAUSE_S: Final = 30
"""How long a service is left alone that took nothing, the first time; twice that the next time, and so on."""

DENIED: Final = "denied"
"""The reason for which a device waits whom a service did not take us for."""

LEASED: Final = timedelta(minutes=1)
"""What comes due later than this is in no worker's hands."""

LEAST_WAIT: Final = timedelta(seconds=30)
"""The shortest time between two tries of one device."""

BELIEVED: Final = timedelta(minutes=2)
"""So long after a service took us again its denials are the devices' own: all that waited for it is tried by then."""

_taken: dict[str, datetime] = {}


class Weighed(NamedTuple):
    """Outcomes of which none is "denied" any more, and who keeps their place, by id until when."""

    told: list[Told]
    still: dict[int, datetime]


@dataclass(frozen=True, slots=True)
class Denial:
    """A service that does not take us: of ``members``, at most FEW, it has denied devices since; ``said`` why."""

    host: str
    credential: str
    since: datetime
    members: int
    said: str

    @property
    def is_ours(self) -> bool:
        """Whether it is for more than single devices."""
        return self.members >= FEW


async def weigh(told: Sequence[Told], post: Post, *, again: Collection[int] = ()) -> Weighed:
    """Whose fault each "denied" is, in the surrounding transaction; ``again``: devices that were tried before.

    Begin the transaction with it: those who wait for one another's rows do so in one order.
    """
    by_signer: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.outcome.host:
            by_signer[post.signer(one.outcome.host, one.target.channel)].append(one)
    weighed = Weighed([one for one in told if one.outcome.verdict != "denied"], {})
    for signer, some in sorted(by_signer.items()):
        denied = [one for one in some if one.outcome.verdict == "denied"]
        excused = {one.target.id for one in denied}
        if any(one.outcome.verdict == "accepted" for one in some):
            await believe(signer)
            excused.clear()
        elif denied and await _took_meanwhile(signer):
            excused -= set(again)
        if excused:
            excused -= await _known(signer, excused)
        await _settle(signer, denied, excused, weighed)
    return weighed


async def believe(signer: str) -> None:
    """It took what we signed: whatever it denied before was the devices' own, and nobody need wait for it."""
    now = clock.now()
    _taken[signer] = now
    await database.execute(
        "UPDATE standstill SET denied = '[]', until = {} WHERE host = {} AND denied <> '[]'", now, signer
    )


async def denials(credentials: Mapping[str, str]) -> tuple[Denial, ...]:
    """Services that do not take one of these keys or accounts, as channels name them, the longest first."""
    rows = await database.fetch("SELECT host, since, denied, said FROM standstill WHERE denied <> '[]' ORDER BY since")
    found = [(*row["host"].rpartition(standing.SIGNED)[::2], row) for row in rows]
    return tuple(
        Denial(host, credential, row["since"], len(json.loads(row["denied"])), row["said"])
        for host, credential, row in found
        if credential in credentials.values()
    )


def forget() -> None:
    """Know nothing of what services took before."""
    _taken.clear()


async def denied(targets: Collection[Target], post: Post) -> int:
    """How many of these wait at services that do not take the key or account by which they are sent to."""
    deniers = {(one.host, one.credential) for one in await denials(post.credentials)} if targets else set()
    at = [(post.channels[one.channel].host(one.address), post.credentials.get(one.channel, "")) for one in targets]
    return sum(place in deniers for place in at)


async def wake_believed() -> bool:
    """Let all that waited for a service go on once it takes us again; whether there was one."""
    rows = await database.fetch(
        "UPDATE standstill SET since = NULL WHERE denied = '[]' AND since IS NOT NULL RETURNING host"
    )
    if rows:
        await wake()
    return bool(rows)


async def wake() -> None:
    """Let whoever waits for a service that did not take us come due; what a worker has in hand stays as it is."""
    skip = " FOR UPDATE SKIP LOCKED" if database.is_postgres() else ""
    now = clock.now()
    for table, waits in (("chunk", "behind <> '[]'"), ("retry", f"reason = '{DENIED}'")):
        await database.execute(
            f"UPDATE {table} SET due_at = {{}} WHERE id IN "
            f"(SELECT id FROM {table} WHERE due_at > {{}} AND {waits}{skip})",
            now, now + LEASED,
        )  # fmt: skip


async def _settle(signer: str, denied: Sequence[Told], excused: Collection[int], weighed: Weighed) -> None:
    """Whoever is excused waits, on their own or with all others for that service; the rest are refused."""
    ours = [one for one in denied if one.target.id in excused]
    await _note_own(signer, [one.target.id for one in denied if one.target.id not in excused])
    until = await _doubt(signer, ours) if ours else None
    for target, outcome in denied:
        if target.id not in excused:
            weighed.told.append(Told(target, outcome._replace(verdict="refused")))
        elif until is None:
            weighed.told.append(Told(target, outcome._replace(verdict="later", reason=DENIED, host="")))
        else:
            weighed.still[target.id] = until


async def _note_own(signer: str, devices: Collection[int]) -> None:
    """Know of devices that their denial is their own, until they register another address."""
    if devices:
        among, values = database.among("id", sorted(devices))
        await database.execute(f"UPDATE device SET denied_by = {{}} WHERE {among}", signer, values)


async def _known(signer: str, devices: Collection[int]) -> set[int]:
    """Those of which that is known."""
    among, values = database.among("id", sorted(devices))
    rows = await database.fetch(f"SELECT id FROM device WHERE {among} AND denied_by = {{}}", values, signer)
    return {row["id"] for row in rows}


async def _took_meanwhile(signer: str) -> bool:
    """Whether it took something of ours after a device was tried last: from here, or after it had denied some."""
    now = clock.now()
    if signer in _taken and _taken[signer] > now - LEAST_WAIT:
        return True
    rows = await database.fetch(
        "SELECT host FROM standstill WHERE host = {} AND denied = '[]' AND until > {}", signer, now - BELIEVED
    )
    return bool(rows)


async def _doubt(signer: str, denied: Sequence[Told]) -> datetime | None:
    """Note whom it denied; until when it is left alone now, None while that says too little of the key."""
    lock = " FOR UPDATE" if database.is_postgres() else ""
    rows = await database.fetch(f"SELECT denied, since, times FROM standstill WHERE host = {{}}{lock}", signer)
    before = json.loads(rows[0]["denied"]) if rows else []
    devices = await _one_of_each([*before, *(one.target.id for one in denied)])
    now, times = clock.now(), rows[0]["times"] if before else 0
    is_ours = len(devices) >= FEW
    until = now + timedelta(seconds=min(standing.LONGEST_DOWN_S, PAUSE_S * 2 ** min(times, 8))) if is_ours else now
    await database.execute(
        "INSERT INTO standstill (host, until, times, denied, since, said) VALUES ({}, {}, {}, {}, {}, {}) "
        "ON CONFLICT (host) DO UPDATE SET until = excluded.until, times = excluded.times, denied = excluded.denied, "
        "since = excluded.since, said = excluded.said",
        signer, until, times + is_ours, json.dumps(devices), rows[0]["since"] if before else now,
        denied[-1].outcome.reason,
    )  # fmt: skip
    return until if is_ours else None


async def _one_of_each(devices: Sequence[int]) -> list[int]:
    """The first device of each member, of FEW of them."""
    among, values = database.among("id", sorted(set(devices)))
    owners = {
        row["id"]: row["member"] for row in await database.fetch(f"SELECT id, member FROM device WHERE {among}", values)
    }
    first: dict[UUID, int] = {}
    for device in devices:
        if device in owners:
            first.setdefault(owners[device], device)
    return list(first.values())[:FEW]
