"""A notice's tag as services take it: a later message takes the place of one not yet fetched."""

import hashlib
import re

from notifications.channels.encrypting import encoded

_PLAIN = re.compile(r"[A-Za-z0-9_]{1,32}", re.ASCII)


def topic(tag: str) -> str:
    """The tag as at most 32 url-safe characters (RFC 8030, 5.4): an id without its dashes, else a digest."""
    plain = tag.replace("-", "")
    return plain if _PLAIN.fullmatch(plain) else encoded(hashlib.sha256(tag.encode()).digest())[:32]
