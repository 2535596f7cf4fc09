"""What a push service's answer means for the one device it was asked about."""

import json
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from notifications.channels.channel import Outcome, Verdict

LONGEST_PAUSE_S = 24 * 3600.0
"""No service may hold us off for longer: what it says beyond that is taken for a mistake."""

TOO_MANY, TOO_MANY_AT_MICROSOFT = 429, 406
OF_THE_KEY = ("VapidPkHashMismatch",)
"""What Apple says with another status than 401 and 403 of a subscription that was made with another key."""

_WORD = re.compile(r"[A-Za-z][A-Za-z_]{2,60}")


def outcome(status: int, *, headers: Mapping[str, str], host: str, said: bytes = b"") -> Outcome:
    """One answer of Web Push: 404 and 410 end a device, 429 and 5xx may pass, 401 and 403 are about our key.

    The rest is refused for good.
    """
    verdict = _verdict(status)
    if verdict == "accepted":
        return Outcome(verdict, host=host)
    word = _word(said) if verdict in ("refused", "denied") else ""
    if word in OF_THE_KEY:
        verdict = "denied"
    reason = f"{named(status)} {word}".strip()
    pause = retry_after(headers.get("Retry-After")) if verdict == "later" else None
    return Outcome(verdict, reason, pause, host)


def named(status: int) -> str:
    """A status as Outcome.reason counts it; Microsoft says 406 where others say 429."""
    return str(TOO_MANY) if status in (TOO_MANY, TOO_MANY_AT_MICROSOFT) else f"http-{status}"


def retry_after(said: str | None) -> float | None:
    """Seconds to wait, from a Retry-After in seconds or as a date (RFC 9110, 10.2.3); None where it says neither."""
    if said is None:
        return None
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", said, re.ASCII):
        wait = float(said)
    else:
        try:
            wait = parsedate_to_datetime(said).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(wait, 0.0), LONGEST_PAUSE_S)


def _verdict(status: int) -> Verdict:
    if 200 <= status < 300:
        return "accepted"
    if status in (404, 410):
        return "gone"
    if status in (401, 403):
        return "denied"
    return "later" if status in (TOO_MANY_AT_MICROSOFT, 408, 425, TOO_MANY) or status >= 500 else "refused"


def _word(said: bytes) -> str:
    """The one word by which a service names what it does not like, as Apple does: BadJwtToken."""
    try:
        word = json.loads(said)["reason"]
    except (ValueError, TypeError, KeyError, LookupError, RecursionError):
        return ""
    return word[:22] if isinstance(word, str) and _WORD.fullmatch(word) else ""
