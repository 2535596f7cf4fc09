"""The office's hand on a notice: to pause it, let it go on, and take back what has not gone."""

from uuid import UUID

from base import clock, database, journal
from base.errors import NotFoundError
from notifications import outbox


async def pause(notice: UUID, *, by: str) -> None:
    """Send no more of it until it is resumed; what is under way ends with its step. Again changes nothing."""
    await _change(notice, by, "pause", "paused_at = {} WHERE id = {} AND paused_at IS NULL", clock.now())


async def resume(notice: UUID, *, by: str) -> None:
    """Let a paused notice go on from where it was."""
    async with database.transaction():
        await _change(notice, by, "resume", "paused_at = NULL WHERE id = {} AND paused_at IS NOT NULL")
        await wake()


async def cancel(notice: UUID, *, by: str) -> None:
    """Tell nobody more of it, and show it to nobody."""
    async with database.transaction():
        await _change(notice, by, "cancel", "cancelled_at = {} WHERE id = {} AND cancelled_at IS NULL", clock.now())
        await outbox.drop(notice)


async def wake() -> None:
    """Let what was put off while its notice was paused come due; also what was put off just as it was resumed."""
    for table in ("chunk", "retry"):
        await database.execute(
            f"UPDATE {table} SET due_at = {{}} WHERE due_at IS NULL "
            "AND notice IN (SELECT id FROM notice WHERE paused_at IS NULL)",
            clock.now(),
        )


async def _change(notice: UUID, by: str, verb: str, change: str, *values: object) -> None:
    async with database.transaction():
        if not await database.fetch("SELECT id FROM notice WHERE id = {}", notice):
            raise NotFoundError
        if await database.fetch(f"UPDATE notice SET {change} RETURNING id", *values, notice):
            await journal.record(act=f"notice.{verb}", subject=f"notice:{notice}", by=by)
