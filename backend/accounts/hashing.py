"""Hashing passwords with argon2id, outside the event loop, a few at a time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

T = TypeVar("T")

AT_ONCE = 2
"""Hashes computed at the same time; each takes 64 MiB and an eighth of a second, so a flood must queue."""

hasher = PasswordHasher()
"""Argon2id with RFC 9106's parameters for small machines."""


async def hashed(password: str) -> str:
    """The hash to be kept."""
    return await _outside(hasher.hash, password)


async def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password; takes as long when there is none to compare with."""
    against = kept if kept else await _outside(_decoy)
    fits = await _outside(_verify, against, password)
    return fits and bool(kept)


def outdated(kept: str) -> bool:
    """Whether it was hashed with weaker parameters than today's."""
    return hasher.check_needs_rehash(kept)


def _verify(kept: str, password: str) -> bool:
    try:
        return hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")


@cache
def _decoy() -> str:
    return hasher.hash("no member has this password")


async def _outside(work: Callable[..., T], *args: str) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads(), work, *args)
