"""What is said before issue of how many devices will be told, and how long that takes."""

from collections.abc import Collection
from math import ceil

from backend.accounts.addressing import addressees
from base.catalogue import say
from base.errors import RuleError
from notifications import channels, counting, expanding, pacing

MINUTE_S = 60
SHORT_S = 5 * MINUTE_S
"""What takes less than that is told within some minutes."""


async def foretold(audience: Collection[str], language: str) -> str:
    """A line about a notice to these scopes; "" while they are none."""
    if not audience:
        return ""
    if not _is_configured():
        return say("desk-notices-before-nothing", language)
    devices = await expanding.would_reach(audience, addressees)
    if not devices:
        return say("desk-notices-before-none", language)
    took_s = pacing.least_s(devices)
    key = "desk-notices-before-short" if took_s < SHORT_S else "desk-notices-before-long"
    how_long = say(key, language, **({"minutes": ceil(took_s / MINUTE_S)} if took_s >= SHORT_S else {}))
    return f"{say('desk-notices-before', language, devices=number(devices, language))} {how_long}"


def _is_configured() -> bool:
    try:
        return bool(channels.configured())
    except RuleError:  # a key that cannot be used
        return False


def number(count: int, language: str) -> str:
    """A number of devices as it may be shown: a small one tells of people."""
    if counting.shown(count).startswith("<"):
        return say("desk-notices-few", language, limit=counting.HIDDEN_UNDER)
    return f"{count:,}".replace(",", "." if language == "vi" else ",")
