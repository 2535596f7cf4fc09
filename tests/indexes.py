"""The search index of a test, made as the worker makes it."""

from base import journal
from content.search import indexing


async def indexed() -> None:
    """Build the index anew from what was issued so far."""
    await _sealed()
    await indexing.rebuild()


async def followed() -> int:
    """Bring the index up to what was done since; how many documents that were."""
    await _sealed()
    return await indexing.follow()


async def _sealed() -> None:
    while await journal.seal_pending():
        pass
