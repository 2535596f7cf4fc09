"""What each member wants to hear of, how, and when not; rows only where somebody wants it otherwise than most."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, get_args
from uuid import UUID

from base import clock, database
from base.errors import InvalidError
from notifications.quiet import DAY, USUAL, Window

How = Literal["now", "digest", "off"]
"""At once, once a day together with others, or not at all. The inbox shows it in any case."""

USUALLY: Final[Mapping[str, How]] = {
    "urgent": "now", "addressed": "now", "followed": "now", "answers": "now", "news": "digest",
}  # fmt: skip
"""How each sort is told to whoever chose nothing else, in the order in which people are asked."""

ALWAYS: Final[How] = "now"
"""How the daily digest itself is told: who takes none chooses none of the sorts so."""

MOST_FOLLOWED: Final = 500


async def chosen(member: UUID) -> dict[str, How]:
    """How the member wants each sort."""
    rows = await database.fetch("SELECT sort, how FROM choice WHERE member = {}", member)
    return {**USUALLY, **{row["sort"]: row["how"] for row in rows if row["sort"] in USUALLY}}


async def choose(member: UUID, sort: str, how: str) -> None:
    """Tell the member a sort so from now on. Raises InvalidError for what cannot be chosen."""
    if sort not in USUALLY:
        raise InvalidError.of("sort", "notice-sort-unknown")
    if how not in get_args(How):
        raise InvalidError.of(sort, "notice-how-unknown")
    async with database.transaction():
        if how == USUALLY[sort]:
            await database.execute("DELETE FROM choice WHERE member = {} AND sort = {}", member, sort)
        else:
            await database.execute(
                "INSERT INTO choice (member, sort, how) VALUES ({}, {}, {}) "
                "ON CONFLICT (member, sort) DO UPDATE SET how = excluded.how",
                member, sort, how,
            )  # fmt: skip


async def window(member: UUID) -> Window:
    """When the member wants no notification."""
    rows = await database.fetch("SELECT is_on, begins, ends FROM quiet WHERE member = {}", member)
    return Window(bool(rows[0]["is_on"]), rows[0]["begins"], rows[0]["ends"]) if rows else USUAL


async def keep_quiet(member: UUID, wanted: Window) -> None:
    """Let the member's window be this one from now on; what the one before held is looked at anew at once.

    Raises InvalidError for a time that no day has, and for a window without length that is switched on.
    """
    for name, minute in (("begins", wanted.begins), ("ends", wanted.ends)):
        if not 0 <= minute < DAY:
            raise InvalidError.of(name, "notice-time-wrong")
    if wanted.is_on and wanted.begins == wanted.ends:
        raise InvalidError.of("ends", "notice-window-empty")
    async with database.transaction():
        if wanted == USUAL:
            await database.execute("DELETE FROM quiet WHERE member = {}", member)
        else:
            await database.execute(
                "INSERT INTO quiet (member, is_on, begins, ends) VALUES ({}, {}, {}, {}) ON CONFLICT (member) "
                "DO UPDATE SET is_on = excluded.is_on, begins = excluded.begins, ends = excluded.ends",
                member, *wanted,
            )  # fmt: skip
        await _look_again(member)


async def followed(member: UUID) -> list[str]:
    """What the member follows ("topic:code", "issuer:name", "document:id"), the latest first."""
    rows = await database.fetch("SELECT what FROM follow WHERE member = {} ORDER BY since DESC, what", member)
    return [row["what"] for row in rows]


async def follow(member: UUID, what: str) -> None:
    """Tell the member of what concerns this, as long as they may read it; InvalidError past MOST_FOLLOWED."""
    async with database.transaction():
        if len(await followed(member)) >= MOST_FOLLOWED:
            raise InvalidError.of("what", "notice-follows-too-many", most=MOST_FOLLOWED)
        await database.execute(
            "INSERT INTO follow (member, what, since) VALUES ({}, {}, {}) ON CONFLICT (member, what) DO NOTHING",
            member, what, clock.now(),
        )  # fmt: skip


async def unfollow(member: UUID, what: str) -> None:
    """Follow it no more."""
    await database.execute("DELETE FROM follow WHERE member = {} AND what = {}", member, what)


async def forget(member: UUID) -> None:
    """Keep nothing of what the member chose, in the surrounding transaction."""
    for table in ("choice", "quiet", "follow"):
        await database.execute(f"DELETE FROM {table} WHERE member = {{}}", member)


def wanted(sort: str, how: How, matters: Iterable[str] = ()) -> tuple[str, list[object]]:
    """SQL: the member of device ``d`` wants a sort so, or follows one of ``matters`` and wants what they follow so."""
    condition, values = _wants(sort, how)
    if follows := list(matters):
        among, value = database.among("f.what", follows)
        also, more = _wants("followed", how)
        condition += f" OR (EXISTS (SELECT 1 FROM follow f WHERE f.member = d.member AND {among}) AND {also})"
        values += [value, *more]
    return f"({condition})", values


async def _look_again(member: UUID) -> None:
    """Let what a window holds for the member come due: their own row, or the chunks of those who keep the usual one."""
    now = clock.now()
    await database.execute(
        "UPDATE retry SET due_at = {} WHERE reason = 'quiet' AND due_at > {} "
        "AND device IN (SELECT id FROM device WHERE member = {})",
        now, now, member,
    )  # fmt: skip
    if USUAL.until(now) is not None:
        await database.execute(
            "UPDATE chunk SET ahead = checkpoint, due_at = {} WHERE due_at > {} AND ahead >= last AND EXISTS "
            "(SELECT 1 FROM device WHERE member = {} AND device.id > chunk.checkpoint AND device.id <= chunk.last)",
            now, now, member,
        )  # fmt: skip


def _wants(sort: str, how: How) -> tuple[str, list[object]]:
    if sort not in USUALLY:
        return ("TRUE" if how == ALWAYS else "FALSE"), []
    differing = "EXISTS (SELECT 1 FROM choice c WHERE c.member = d.member AND c.sort = {} AND c.how "
    if how == USUALLY[sort]:
        return f"NOT {differing} <> {{}})", [sort, how]
    return f"{differing} = {{}})", [sort, how]
