"""That an auditor looked at the inbox or at a case in it."""

from uuid import UUID

from base import clock, database, journal

AUDITED = "feedback.read"
INBOX = "feedback:inbox"


async def note_audit(by: UUID, *, subject: str = INBOX, unit: int | None = None) -> None:
    """Record that an auditor looked; once a day says enough."""
    rows = await database.fetch(
        "SELECT at FROM journal WHERE subject = {} AND act = {} AND by = {}", subject, AUDITED, str(by)
    )
    if all(clock.local(row["at"]).date() != clock.today() for row in rows):
        async with database.transaction():
            await journal.record(act=AUDITED, subject=subject, by=str(by), unit=unit)
