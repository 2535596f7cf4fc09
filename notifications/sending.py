"""The devices that are next, and their messages on their way: who is meant is asked as late as can be."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from base import catalogue, clock, database, logs
from notifications import kinds, meant, standing
from notifications.addressees import Expand
from notifications.channels.channel import Channel, Message, Outcome
from notifications.meant import Condition, Owed
from notifications.quiet import USUAL, Window

SEND_S: Final = 30.0
"""How long one step's messages may take; what is not answered by then is tried again later."""

RFC_8030: Final = 8030

NO_CHANNEL, NOT_ALLOWED, UNREADABLE = "no-channel", "host-not-allowed", "unusable-keys"
UNASKED: Final = frozenset({NO_CHANNEL, NOT_ALLOWED, UNREADABLE})
"""Reasons for which no service was asked."""

log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Post:
    """All that is needed to send: the channels by name, who is meant by scopes, and where the handbook is."""

    channels: Mapping[str, Channel]
    expand: Expand
    origin: str
    credentials: Mapping[str, str] = field(default_factory=dict)
    """By what our key or account of each channel is known again; see channels.credentials."""

    def signer(self, host: str, channel: str) -> str:
        """A host as it stands to the key or account that a channel speaks to it with."""
        return standing.signer(host, self.credentials.get(channel, ""))


class Target(NamedTuple):
    """A device, and when its member wants to be left alone; ``is_usual`` when that is as for most."""

    id: int
    channel: str
    address: str
    keys: str
    language: str
    window: Window
    is_usual: bool


class Told(NamedTuple):
    """What became of one device's message."""

    target: Target
    outcome: Outcome


class Sorted(NamedTuple):
    """Devices that can have a notice now, and by id until when others cannot."""

    now: list[Target]
    quiet: dict[int, datetime]
    still: dict[int, datetime]


async def targets(notice: Owed, wave: int | None, post: Post, where: Condition, *, limit: int) -> list[Target]:
    """The next devices ``where`` of those who are meant now and want to be told, in the order of their ids."""
    (who, whom), (wants, what) = await meant.addressed(notice, wave, post.expand), meant.wanting(notice)
    condition, values = where
    rows = await database.fetch(
        "SELECT d.id, d.channel, d.address, d.keys, d.language, q.is_on, q.begins, q.ends "
        "FROM device d LEFT JOIN quiet q ON q.member = d.member "
        f"WHERE {condition} AND {who} AND {wants} ORDER BY d.id LIMIT {{}}",
        *values, *whom, *what, limit,
    )  # fmt: skip
    return [_target(row) for row in rows]


async def sort_out(notice: Owed, found: Sequence[Target], post: Post) -> Sorted:
    """Who can have the notice now, and until when the others cannot: they, or the service, want to be left alone."""
    now, quiet = clock.now(), dict[int, datetime]()
    if not notice.passes_quiet:
        quiet = {one.id: until for one in found if (until := one.window.until(now))}
    still = dict[int, datetime]()
    if standstills := await standing.standstills():
        still = {one.id: until for one in found if one.id not in quiet and (until := _still(one, post, standstills))}
    return Sorted([one for one in found if one.id not in quiet | still], quiet, still)


async def send(notice: Owed, found: Sequence[Target], post: Post) -> list[Told]:
    """Send to all of them at once, each channel its own; one outcome for each."""
    by_channel: dict[str, list[Target]] = defaultdict(list)
    told = []
    for target in found:
        channel = post.channels.get(target.channel)
        if channel is None:
            told.append(Told(target, Outcome("refused", NO_CHANNEL)))
        elif not channel.admits(target.address):
            told.append(Told(target, Outcome("refused", NOT_ALLOWED)))
        elif not _are_readable(target.keys):
            told.append(Told(target, Outcome("refused", UNREADABLE)))
        else:
            by_channel[target.channel].append(target)
    batches = (_send(notice, post.channels[name], some, post.origin) for name, some in by_channel.items())
    for batch in await asyncio.gather(*batches):
        told += batch
    return told


def tally(told: Iterable[Told]) -> Counter[str]:
    """Messages by channel that were handed to a service."""
    return Counter(one.target.channel for one in told if handed(one))


def handed(one: Told) -> bool:
    """Whether a service was asked at all."""
    return one.outcome.reason not in UNASKED


async def _send(notice: Owed, channel: Channel, some: list[Target], origin: str) -> list[Told]:
    messages = [_message(notice, target, origin) for target in some]
    try:
        async with asyncio.timeout(SEND_S):
            outcomes = await channel.send(messages)
        return [Told(target, outcome) for target, outcome in zip(some, outcomes, strict=True)]
    except Exception as error:  # a channel that breaks its promise must not keep a chunk from ending
        log.error("notice.channel", channel=channel.name, error=type(error).__name__)  # its traceback holds addresses
        reason = "timeout" if isinstance(error, TimeoutError) else "broken"
        return [Told(target, Outcome("later", reason, host=channel.host(target.address))) for target in some]


def _are_readable(keys: str) -> bool:
    """Whether what is kept can be read back: one device whose row was spoilt must not keep others from theirs."""
    try:
        return isinstance(json.loads(keys), dict)
    except ValueError:
        return False


def _message(notice: Owed, target: Target, origin: str) -> Message:
    left_s = max(0, int((notice.ends_at - clock.now()).total_seconds()))
    body = payload(notice.notice, notice.kind, target.language, origin)
    return Message(target.address, json.loads(target.keys), str(notice.notice), notice.urgency, left_s, body)


@lru_cache(256)
def payload(notice: UUID, kind: str, language: str, origin: str) -> bytes:
    """What leaves the house: that there is something new, and an id. Apple's declarative JSON and ours are the same.

    Made once for all devices of a notice that speak one language.
    """
    shown = {
        "title": catalogue.say(f"push-title-{kinds.of(kind).title}", language),
        "navigate": f"{origin}/notices/{notice}",
        "tag": str(notice),
        "lang": language,
    }
    told = {"web_push": RFC_8030, "mutable": True, "notification": shown}  # mutable: Safari wakes the service worker
    return json.dumps(told, ensure_ascii=False).encode()


def _still(target: Target, post: Post, standstills: Mapping[str, datetime]) -> datetime | None:
    channel = post.channels.get(target.channel)
    if channel is None:
        return None
    host = channel.host(target.address)
    names = (host, post.signer(host, target.channel))
    return max((standstills[name] for name in names if name in standstills), default=None)


def _target(row: dict[str, Any]) -> Target:
    is_usual = row["begins"] is None
    window = USUAL if is_usual else Window(bool(row["is_on"]), row["begins"], row["ends"])
    return Target(row["id"], row["channel"], row["address"], row["keys"], row["language"], window, is_usual)
