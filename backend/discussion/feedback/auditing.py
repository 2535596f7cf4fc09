"""That an auditor looked at the inbox or at a case in it."""

from uuid import UUID

from base import journal

AUDITED = "feedback.read"
INBOX = "feedback:inbox"


async def note_audit(by: UUID, *, subject: str = INBOX, unit: int | None = None) -> None:
    """Record that an auditor looked."""
    await journal.note_look(act=AUDITED, subject=subject, by=str(by), unit=unit)
