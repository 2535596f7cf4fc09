"""Whose phone a library is kept on: each answer says for whom it was made, in a word that tells nobody who that is."""

import uuid
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from backend.accounts.sessions import Reader
from base.keys import key

HEADER: Final = b"sotay-library-owner"
"""Response header; the phone forgets what it kept as soon as this says another name than the one it kept it for."""

VISITOR: Final = b"visitor"
"""The owner of what is kept without signing in."""

REMEMBERED = 100_000


def owner(reader: Reader | None) -> tuple[bytes, bytes]:
    """The header for an answer to ``reader``."""
    return HEADER, _name(reader.member_id) if reader else VISITOR


@lru_cache(REMEMBERED)
def _name(member: uuid.UUID) -> bytes:
    """The same for a member on all their devices, and without the key nobody can tell whose it is."""
    return blake2b(member.bytes, digest_size=16, key=key("library-owner")).hexdigest().encode()
