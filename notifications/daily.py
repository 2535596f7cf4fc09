"""Once a day, one notification in the place of all that a member takes once a day; none when there is nothing."""

from datetime import UTC, datetime

from base import clock, database
from base.settings import settings
from notifications import choosing, kinds, meant, outbox


async def owe_due() -> bool:
    """Owe today's digest when its time has come; whether this very call did. To whom it matters is asked on sending.

    A worker that was away at that time owes it later the same day; what came after it can wait until the next.
    """
    due = _due_today()
    if clock.now() < due:
        return False
    key = f"digest:{clock.local(due).date()}"
    if await database.fetch("SELECT id FROM notice WHERE key = {}", key):
        return False
    scopes = await _scopes(await meant.digest_since(clock.now()), due)
    if not scopes:
        return False
    async with database.transaction():
        return await outbox.owe(key=key, kind=kinds.DIGEST, about=key, audience=scopes)


def _due_today() -> datetime:
    hour, minute = map(int, settings().digest_at.split(":"))
    return clock.local(clock.now()).replace(hour=hour, minute=minute, second=0, microsecond=0).astimezone(UTC)


async def _scopes(since: datetime, until: datetime) -> set[str]:
    """All that something was addressed to in between, except single members who take nothing once a day."""
    rows = await database.fetch(
        "SELECT DISTINCT s.scope FROM notice_scope s JOIN notice n ON n.id = s.notice "
        "WHERE n.owed_at > {} AND n.owed_at <= {} AND n.cancelled_at IS NULL AND n.kind <> {}",
        since, until, kinds.DIGEST,
    )  # fmt: skip
    found = {row["scope"] for row in rows}
    takers = await database.fetch("SELECT DISTINCT member FROM choice WHERE how = 'digest'")
    named = {f"member:{row['member']}" for row in takers}
    if not takers and "digest" not in choosing.USUALLY.values():
        return set()
    return {scope for scope in found if not scope.startswith("member:") or scope in named}
