"""Redis, when there is one: it only speeds up and rings the bell, and its absence or loss costs nothing else."""

from redis import asyncio as client
from redis.exceptions import RedisError

from base.settings import settings

TIMEOUT_S = 0.5
"""Patience with Redis: slower than the database is as good as gone."""

Unreachable = (RedisError, OSError, TimeoutError)
"""What is raised when Redis does not answer; callers then do without it."""

_open: list[client.Redis] = []


def connection() -> client.Redis | None:
    """The process's connection pool, or None where no Redis is set."""
    url = settings().redis_url
    if url and not _open:
        _open.append(client.from_url(url, socket_timeout=TIMEOUT_S, socket_connect_timeout=TIMEOUT_S))
    return _open[0] if url else None


async def close() -> None:
    """Close the connections; called at shutdown."""
    while _open:
        await _open.pop().aclose()
