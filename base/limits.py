"""How often something may be tried, counted for all processes together: in Redis, else in the database."""

import hashlib
from datetime import UTC

from base import clock, database, logs, redis
from base.errors import TooManyError

log = logs.get(__name__)


async def hit(key: str, *, limit: int, window_s: int) -> None:
    """Count one try for ``key``; raises TooManyError after ``limit`` of them within a window of ``window_s`` seconds.

    Windows begin as days and hours do in Vietnam, so that a day's limit ends at midnight there. ``key`` may hold a
    login or an address: only its hash is kept. A lost Redis falls back to the database.
    """
    moment, window = _window(window_s)
    if await _count(_hashed(key), window, window_s) > limit:
        raise TooManyError(retry_after_s=window + window_s - moment)


async def forget(key: str, *, window_s: int) -> None:
    """Start counting anew for ``key``, counted by windows of ``window_s``, for example after a success."""
    hashed, (_, window) = _hashed(key), _window(window_s)
    if store := redis.connection():
        try:
            await store.delete(f"limit:{hashed}:{window}")
        except redis.Unreachable:
            log.warning("limits.redis_lost")
    await database.execute("DELETE FROM tally WHERE key = {}", hashed)


async def prune(older_than_s: int = 86_400) -> None:
    """Drop windows that ended long ago."""
    await database.execute("DELETE FROM tally WHERE window_start < {}", int(clock.now().timestamp()) - older_than_s)


def _window(window_s: int) -> tuple[int, int]:
    """The moment, and when the window began in which it lies, in seconds."""
    moment = clock.now()
    now, on_the_wall = int(moment.timestamp()), int(clock.local(moment).replace(tzinfo=UTC).timestamp())
    return now, now - on_the_wall % window_s


async def _count(hashed: str, window: int, window_s: int) -> int:
    if store := redis.connection():
        try:
            async with store.pipeline() as pipe:
                name = f"limit:{hashed}:{window}"
                pipe.incr(name)
                pipe.expire(name, window_s)
                counted, _ = await pipe.execute()
                return int(counted)
        except redis.Unreachable:
            log.warning("limits.redis_lost")
    rows = await database.fetch(
        "INSERT INTO tally (key, window_start, tries) VALUES ({}, {}, 1) "
        "ON CONFLICT (key, window_start) DO UPDATE SET tries = tally.tries + 1 RETURNING tries",
        hashed, window,
    )  # fmt: skip
    return int(rows[0]["tries"])


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:40]
