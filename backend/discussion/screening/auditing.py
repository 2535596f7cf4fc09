"""That an auditor looked at what screening goes by."""

from base import journal

SUBJECT, AUDITED = "screening:all", "screening.audited"


async def note_audit(by: str) -> None:
    """Record that an auditor looked."""
    await journal.note_look(act=AUDITED, subject=SUBJECT, by=by)
