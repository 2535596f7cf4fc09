"""A notice's tag and urgency as services take them: what collapses by which word, and what may wake a phone.

Also the marks by which addresses and keys are known again.
"""

import hashlib
import re
from typing import Literal

from notifications.channels.encrypting import encoded
from notifications.outbox import Urgency

_PLAIN = re.compile(r"[A-Za-z0-9_]{1,32}", re.ASCII)


def topic(tag: str) -> str:
    """The tag as at most 32 url-safe characters (RFC 8030, 5.4): an id without its dashes, else a digest."""
    plain = tag.replace("-", "")
    return plain if _PLAIN.fullmatch(plain) else encoded(hashlib.sha256(tag.encode()).digest())[:32]


def mark(secret: str) -> str:
    """Eight letters by which something is known again without being told."""
    return hashlib.sha256(secret.encode()).hexdigest()[:8]


def urgency(of: Urgency) -> Literal["normal", "high"]:
    """Services know two (RFC 8030, 5.3, has lower ones too): what is more than normal may wake a phone that sleeps."""
    return "normal" if of == "normal" else "high"
