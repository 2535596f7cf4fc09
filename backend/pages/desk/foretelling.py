"""What is said before issue of how many devices will be told, and how long that takes."""

from collections.abc import Collection
from math import ceil

from backend.accounts.addressing import addressees
from backend.pages.desk import notices
from base import clock
from base.catalogue import say
from base.errors import RuleError
from content import issuing
from content.drafts.model import Draft
from content.newsroom import telling as newsroom_telling
from notifications import channels, counting, expanding, meant, pacing
from notifications.meant import Owed
from notifications.quiet import USUAL

MINUTE_S = 60
SHORT_S = 5 * MINUTE_S
"""What takes less than that is told within some minutes."""


async def foretold(draft: Draft, language: str) -> list[str]:
    """Lines about the notice that its issue would owe now; none while it is addressed to nobody."""
    if not draft.facts.audience:
        return []
    notice = meant.intended(
        "document.publish", draft.facts.audience, urgency=issuing.urgency(draft), matters=await issuing.matters(draft)
    )
    return await _lines(notice, language)


async def foretold_news(audience: Collection[str], topic: str, language: str) -> list[str]:
    """The same for a news item, about the notice that its publication would owe now."""
    if not audience:
        return []
    notice = meant.intended("news.publish", audience, matters=await newsroom_telling.matters(topic))
    return await _lines(notice, language)


async def _lines(notice: Owed, language: str) -> list[str]:
    ways, reach = _ways(), await expanding.would_reach(notice, addressees)
    told = {channel: devices for channel, devices in reach.told.items() if channel in ways}
    if not ways or (reach.told and not told):
        return [say("desk-notices-before-nothing", language)]
    if not told:
        return [say("desk-notices-before-all-quiet" if reach.devices else "desk-notices-before-none", language)]
    lines = [say("desk-notices-before", language, devices=roughly(sum(told.values()), language))]
    if others := reach.devices - sum(told.values()):
        lines.append(say("desk-notices-before-others", language, devices=roughly(others, language)))
    hindered = await notices.denied(language)
    return [*lines, *(hindered or [_how_long(notice, reach.devices, max(told.values()), language)])]


def roughly(count: int, language: str) -> str:
    """A number of devices as it may be shown: to the nearest ten, for small ones, and differences, tell of people."""
    if counting.is_small(count):
        return say("desk-notices-few", language, limit=counting.HIDDEN_UNDER)
    tens = f"{round(count, -1):,}".replace(",", "." if language == "vi" else ",")
    return say("desk-notices-about", language, number=tens) if count else tens


def _ways() -> tuple[str, ...]:
    try:
        return channels.configured()
    except RuleError:  # a key that cannot be used
        return ()


def _how_long(notice: Owed, devices: int, busiest: int, language: str) -> str:
    now = clock.now()
    if not notice.passes_quiet and (until := USUAL.until(now)):
        return say("desk-notices-before-night", language, time=clock.local(until).strftime("%H:%M"))
    took_s = pacing.least_s(devices, busiest)
    if took_s < SHORT_S:
        return say("desk-notices-before-express" if notice.passes_quiet else "desk-notices-before-short", language)
    return say("desk-notices-before-long", language, minutes=ceil(took_s / MINUTE_S))
