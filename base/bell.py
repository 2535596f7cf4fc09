"""A bell that tells the worker there is something to do before it would look by itself."""

import asyncio

from base import logs, redis

CHANNEL = "sotay:bell"

log = logs.get(__name__)


async def ring() -> None:
    """Wake the worker now; without Redis, or when it does not answer, the worker looks by itself soon enough."""
    if store := redis.connection():
        try:
            await store.publish(CHANNEL, b"1")
        except redis.Unreachable:
            log.warning("bell.redis_lost")


async def wait(seconds: float) -> bool:
    """Wait for the bell, at most ``seconds``; whether it rang."""
    store = redis.connection()
    if store is None:
        await asyncio.sleep(seconds)
        return False
    try:
        async with store.pubsub() as ears:
            await ears.subscribe(CHANNEL)
            return await _hear(ears, seconds)
    except redis.Unreachable:
        await asyncio.sleep(seconds)
        return False


async def _hear(ears: object, seconds: float) -> bool:
    end = asyncio.get_running_loop().time() + seconds
    while (left := end - asyncio.get_running_loop().time()) > 0:
        message = await ears.get_message(ignore_subscribe_messages=True, timeout=left)  # type: ignore[attr-defined]
        if message is not None:
            return True
    return False
