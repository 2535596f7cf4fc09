"""A wave ends where it is when its notice is addressed anew: what it has not passed is left to the next one."""

from dataclasses import replace

from base import clock, database
from notifications import meant
from notifications.addressees import Expand
from notifications.meant import Owed


async def close(notice: Owed, expand: Expand) -> int:
    """End the waves under way, in the surrounding transaction; how many devices they have not passed.

    No step may be under way. Who was told ahead of their turn is noted, and left out of later waves; a chunk that has
    devices to come back to comes back to these alone.
    """
    if not notice.waves:
        return 0
    wave, now = len(notice.waves) - 1, None if notice.paused_at else clock.now()
    await database.execute(
        "INSERT INTO wave_rest (notice, wave, beyond, last) "
        "SELECT notice, wave, checkpoint, last FROM chunk WHERE notice = {} AND checkpoint < last",
        notice.notice,
    )
    each = "json_array_elements_text(told::json)" if database.is_postgres() else "json_each(told)"
    await database.execute(
        f"INSERT INTO told_ahead (notice, device) SELECT notice, CAST(t.value AS BIGINT) FROM chunk, {each} t "
        "WHERE notice = {} ON CONFLICT (notice, device) DO NOTHING",
        notice.notice,
    )
    await database.execute("DELETE FROM chunk WHERE notice = {} AND behind = '[]'", notice.notice)
    await database.execute(
        "UPDATE chunk SET last = checkpoint, ahead = checkpoint, told = '[]', due_at = {} WHERE notice = {}",
        now, notice.notice,
    )  # fmt: skip
    return await _rest(notice, wave, expand)


async def _rest(notice: Owed, wave: int, expand: Expand) -> int:
    """Whoever the wave was for and has not passed, nor told ahead of their turn."""
    (who, whom), (rest, of) = (
        await meant.addressed(replace(notice, audience=notice.waves[wave]), wave, expand),
        meant.in_rest(notice, wave),
    )
    (not_ahead, told) = meant.not_ahead(notice)
    rows = await database.fetch(
        f"SELECT count(*) AS n FROM device d WHERE {who} AND {rest} AND {not_ahead}", *whom, *of, *told
    )
    return int(rows[0]["n"])
