"""A test message to each of somebody's devices, at once and past all choices, and what became of each."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid4

from base import catalogue, clock, database
from base.settings import settings
from notifications import channels, devices, sending, standing, trusting
from notifications.channels.channel import Message, Outcome

LASTS_S: Final = 600
"""How long a service may keep a test for a phone that is off."""

STEP: Final = 50


class Tried(NamedTuple):
    """One device and what the service said; ``outcome.host`` names the service, the address stays untold."""

    device: int
    channel: str
    outcome: Outcome


async def try_member(member: UUID) -> list[Tried]:
    """Send a test to every device of a member; those that turn out to be dead are forgotten."""
    return await _try(await database.fetch(f"{_DEVICES} WHERE member = {{}} ORDER BY id", member))


async def try_session(session: bytes) -> list[Tried]:
    """The same for the devices of one session: the phone that asks for it."""
    return await _try(await database.fetch(f"{_DEVICES} WHERE session = {{}} ORDER BY id", session))


_DEVICES: Final = "SELECT id, member, channel, address, keys, language FROM device"


async def _try(rows: Sequence[dict[str, Any]]) -> list[Tried]:
    by_channel: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_channel[row["channel"]].append(row)
    steps = [
        (name, some[begin : begin + STEP]) for name, some in by_channel.items() for begin in range(0, len(some), STEP)
    ]
    told = [one for step in await asyncio.gather(*(_send(*step) for step in steps)) for one in step]
    async with database.transaction():
        for signer in _takers(told):
            await trusting.believe(signer)
        await standing.heed(outcome for _, outcome in told)
        for row, outcome in told:
            if outcome.verdict == "gone":
                await devices.end(row["id"], member=row["member"])
    await trusting.wake_believed()
    return sorted(Tried(row["id"], row["channel"], outcome) for row, outcome in told)


async def _send(name: str, rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], Outcome]]:
    """Send to devices of one channel, except where the service wants to be left alone.

    One that does not take our key is asked all the same: so whoever put the key right lets everything go on.
    """
    channel = channels.opened().get(name)
    if channel is None:
        return [(row, Outcome("refused", sending.NO_CHANNEL)) for row in rows]
    now, still = clock.now(), await standing.standstills()
    told, asked = [], []
    for row in rows:
        host = channel.host(row["address"])
        if host in still:
            told.append((row, Outcome("later", "standstill", (still[host] - now).total_seconds(), host)))
        else:
            asked.append(row)
    outcomes = await channel.send([_message(row) for row in asked])
    return [*told, *zip(asked, outcomes, strict=True)]


def _takers(told: Iterable[tuple[dict[str, Any], Outcome]]) -> list[str]:
    marks = channels.credentials()
    taken = {(outcome.host, row["channel"]) for row, outcome in told if outcome.verdict == "accepted"}
    return sorted(standing.signer(host, marks.get(channel, "")) for host, channel in taken)


def _message(row: dict[str, Any]) -> Message:
    tag = str(uuid4())
    title = catalogue.say("push-title-test", row["language"])
    shown = {"title": title, "navigate": f"{settings().origin}/", "tag": tag, "lang": row["language"]}
    told = {"web_push": sending.RFC_8030, "mutable": True, "notification": shown}
    body = json.dumps(told, ensure_ascii=False).encode()
    return Message(row["address"], json.loads(row["keys"]), tag, "high", LASTS_S, body)
