"""Push services that asked to be left alone, or do not answer: nobody sends to their hosts until then."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from base import clock, database
from notifications.channels.channel import Outcome

UNSAID_S: Final = 60
"""How long a host is left alone that asked for it without saying how long."""

DOWN_S: Final = 15
"""How long one is that failed most of what it was sent, the first time; twice that the next time, and so on."""

LONGEST_S: Final = 24 * 3600
"""No host is left alone for longer at once, whatever it asks."""

LONGEST_DOWN_S: Final = 600
"""Nor for longer without having asked."""

FEW: Final = 5
"""Failures that say something of the host rather than of one device."""


SIGNED: Final = "#"
"""Between a host and the mark of the key or account that it does not take."""


def signer(host: str, credential: str) -> str:
    """A host as it stands to one key or account of ours."""
    return f"{host}{SIGNED}{credential}"


async def standstills() -> dict[str, datetime]:
    """Hosts, and signers, that are left alone now, and until when."""
    rows = await database.fetch("SELECT host, until FROM standstill WHERE until > {}", clock.now())
    return {row["host"]: row["until"] for row in rows}


async def heed(outcomes: Iterable[Outcome]) -> None:
    """Leave alone whoever asked for it or seems to be down, in the surrounding transaction."""
    by_host: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.host:
            by_host[outcome.host].append(outcome)
    for host, said in sorted(by_host.items()):
        if any(_asks(outcome) for outcome in said):
            await _leave(host, max(_asked_s(outcome) for outcome in said if _asks(outcome)), grows=False)
        elif _is_down(said):
            await _leave(host, DOWN_S, grows=True)
        elif any(outcome.verdict == "accepted" for outcome in said):
            await database.execute("DELETE FROM standstill WHERE host = {} AND until <= {}", host, clock.now())


async def prune() -> None:
    """Forget hosts that were left alone long ago."""
    await database.execute("DELETE FROM standstill WHERE until < {}", clock.now() - timedelta(days=1))


async def _leave(host: str, seconds: float, *, grows: bool) -> None:
    rows = await database.fetch("SELECT until, times FROM standstill WHERE host = {}", host)
    times = rows[0]["times"] if rows else 0
    length = min(LONGEST_DOWN_S, seconds * 2 ** min(times, 8)) if grows else min(LONGEST_S, seconds)
    until = clock.now() + timedelta(seconds=length)
    longer = "CASE WHEN excluded.until > standstill.until THEN excluded.until ELSE standstill.until END"
    await database.execute(
        "INSERT INTO standstill (host, until, times) VALUES ({}, {}, {}) "
        f"ON CONFLICT (host) DO UPDATE SET until = {longer}, times = standstill.times + excluded.times",
        host, until, int(grows),
    )  # fmt: skip


def _asks(outcome: Outcome) -> bool:
    return outcome.verdict == "later" and (outcome.retry_after_s is not None or outcome.reason == "429")


def _asked_s(outcome: Outcome) -> float:
    return UNSAID_S if outcome.retry_after_s is None else max(0.0, outcome.retry_after_s)


def _is_down(said: Collection[Outcome]) -> bool:
    failed = sum(outcome.verdict == "later" for outcome in said)
    return failed >= FEW and 2 * failed >= len(said)
