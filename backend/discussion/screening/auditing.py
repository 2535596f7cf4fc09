"""That an auditor looked at what screening goes by."""

from base import clock, database, journal

SUBJECT, AUDITED = "screening:all", "screening.audited"


async def note_audit(by: str) -> None:
    """Record that an auditor looked; once a day says enough."""
    known = [entry for entry in await journal.about(SUBJECT) if (entry["act"], entry["by"]) == (AUDITED, by)]
    if any(clock.local(entry["at"]).date() == clock.today() for entry in known):
        return
    async with database.transaction():
        await journal.record(act=AUDITED, subject=SUBJECT, by=by)
