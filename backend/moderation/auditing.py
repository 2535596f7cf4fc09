"""That an auditor looked at the queue or at a comment in it."""

from uuid import UUID

from base import journal

AUDITED = "moderation.read"
QUEUE = "moderation:queue"


async def note_audit(by: UUID, *, subject: str = QUEUE, unit: int | None = None) -> None:
    """Record that an auditor looked."""
    await journal.note_look(act=AUDITED, subject=subject, by=str(by), unit=unit)
