"""Numbers of what waits at the desk, as pages show them and an open page keeps them true (pwa/static/js/counts.js)."""

from backend.accounts.sessions import Reader
from backend.moderation import counting


async def counts(reader: Reader) -> dict[str, int]:
    """By their names in ``/api/moderation/counts``, without those that are not the reader's to deal with.

    ``most``: more than that is told as "more than".
    """
    found = {"most": counting.COUNTED}
    if queue := await counting.queued(reader):
        found |= {f"moderation.{name}": getattr(queue, name) for name in ("waiting", *queue.__struct_fields__)}
    if inbox := await counting.asked(reader):
        found |= {f"feedback.{name}": getattr(inbox, name) for name in inbox.__struct_fields__}
    return found
