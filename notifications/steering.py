"""The office's hand on a notice: to pause it, let it go on, and take back what has not gone."""

from typing import NamedTuple
from uuid import UUID

from base import clock, database, journal
from base.errors import NotFoundError
from notifications import outbox


class _Act(NamedTuple):
    verb: str
    by: str
    unit: int | None
    detail: dict[str, str]


async def pause(notice: UUID, *, by: str, unit: int | None = None, **detail: str) -> None:
    """Send no more of it until it is resumed; what is under way ends with its step. Again changes nothing.

    ``unit`` and ``detail`` are for the journal: for whom it was done, and the code of a reason; as for the others.
    """
    change = "paused_at = {} WHERE id = {} AND paused_at IS NULL AND cancelled_at IS NULL"
    await _change(notice, _Act("pause", by, unit, detail), change, clock.now())


async def resume(notice: UUID, *, by: str, unit: int | None = None, **detail: str) -> None:
    """Let a paused notice go on from where it was."""
    async with database.transaction():
        await _change(
            notice, _Act("resume", by, unit, detail), "paused_at = NULL WHERE id = {} AND paused_at IS NOT NULL"
        )
        await wake()


async def cancel(notice: UUID, *, by: str, unit: int | None = None, **detail: str) -> None:
    """Tell nobody more of it, and show it to nobody."""
    change = "cancelled_at = {} WHERE id = {} AND cancelled_at IS NULL"
    async with database.transaction():
        await _change(notice, _Act("cancel", by, unit, detail), change, clock.now())
        await outbox.drop(notice)


async def wake() -> None:
    """Let what was put off while its notice was paused come due; also what was put off just as it was resumed."""
    for table in ("chunk", "retry"):
        await database.execute(
            f"UPDATE {table} SET due_at = {{}} WHERE due_at IS NULL "
            "AND notice IN (SELECT id FROM notice WHERE paused_at IS NULL)",
            clock.now(),
        )


async def _change(notice: UUID, act: _Act, change: str, *values: object) -> None:
    async with database.transaction():
        if not await database.fetch("SELECT id FROM notice WHERE id = {}", notice):
            raise NotFoundError
        if await database.fetch(f"UPDATE notice SET {change} RETURNING id", *values, notice):
            await journal.record(
                act=f"notice.{act.verb}", subject=f"notice:{notice}", by=act.by, unit=act.unit, detail=act.detail
            )
