"""When readers get what was written: now or at a time, changed later, and taken back with a reason."""

import asyncio
import re
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from base import clock, database, journal, revisions
from base.errors import InvalidError, NotFoundError
from content import articles, naming
from content.newsroom import keeping, pins, requirements, telling
from content.newsroom.model import REASON_CHARS, ChangedSinceError, ClosedError, Manuscript, OutOfTurnError

DUE_AT_ONCE = 100
"""How many due items are published in one transaction."""


async def publish(
    id: UUID, *, version: int, by: str, at: datetime | None = None, slug: str = "", digest: str = ""
) -> Manuscript:
    """Give readers the manuscript now, also in the place of what they have: then it counts as updated.

    ``at`` (past) is for what was published elsewhere before, of which nobody is told; ``slug`` and ``digest`` are kept
    when it is new. The same version again changes nothing. Raises UnmetError, ChangedSinceError, ClosedError.
    """
    async with database.transaction():
        was = await _opened(id, version)
        if was.state == "published" and was.version == was.issued_version:
            return was
        shown = was.state == "published"
        moments = {"published_at": was.published_at if shown else at or clock.now()}
        if shown:
            moments["updated_at"] = clock.now()
        await _issue(was, "published", moments, by, slug=slug, digest=digest)
        if not shown and at is None:
            await telling.owe(id, was.sheet.audience, topic=was.sheet.topic, by=by)
        await _record("news.change" if shown else "news.publish", was, by, version=was.version)
    return await keeping.manuscript(id)


async def schedule(id: UUID, *, at: datetime, version: int, by: str, slug: str = "", digest: str = "") -> Manuscript:
    """Have the worker give readers the manuscript, as it is now, at a time to come; again with another time or text
    puts these in the place of the former. Raises InvalidError for a time that is past, and what ``publish`` does.
    """
    if at <= clock.now():
        raise InvalidError.of("publish_at", "newsroom-time-past")
    async with database.transaction():
        was = await _opened(id, version)
        if was.state == "published":
            raise OutOfTurnError("newsroom-published-already")
        if (was.state, was.issued_version, was.published_at) == ("scheduled", version, at):
            return was
        await _issue(was, "scheduled", {"published_at": at}, by, slug=slug, digest=digest)
        await _record("news.schedule", was, by, version=was.version, at=at)
    return await keeping.manuscript(id)


async def unschedule(id: UUID, *, by: str) -> Manuscript:
    """Make a scheduled item a draft again; raises OutOfTurnError when readers have it already."""
    async with database.transaction():
        was = await keeping.locked(id)
        if was.state == "draft":
            return was
        if was.state != "scheduled":
            raise OutOfTurnError("newsroom-published-already")
        await database.execute("UPDATE news SET state = 'draft', pinned_at = NULL WHERE id = {}", id)
        await _record("news.unschedule", was, by)
    return await keeping.manuscript(id)


async def publish_due() -> int:
    """Publish every scheduled item whose time has come; how many. Each is published once, however many ask at once."""
    now, count = clock.now(), 0
    while await database.fetch("SELECT id FROM news WHERE state = 'scheduled' AND published_at <= {} LIMIT 1", now):
        done = await _publish_some(now)
        count += done
        if done < DUE_AT_ONCE:  # whoever else works has the rest
            break
    return count


async def withdraw(id: UUID, *, reason: str, by: str) -> Manuscript:
    """Take a published item from readers, at once, saying why; what was withdrawn stays so. Raises InvalidError without
    a reason, OutOfTurnError for what readers do not have.
    """
    reason = " ".join(reason.replace("\0", "\ufffd").split())
    if not reason:
        raise InvalidError.of("reason", "newsroom-reason-missing")
    if len(reason) > REASON_CHARS:
        raise InvalidError.of("reason", "newsroom-too-long", most=REASON_CHARS)
    async with database.transaction():
        await revisions.touch("content")
        was = await keeping.locked(id)
        if was.closed:
            return was
        if was.state != "published":
            raise OutOfTurnError
        await database.execute(
            "UPDATE news SET state = 'withdrawn', reason = {}, pinned_at = NULL WHERE id = {}", reason, id
        )
        await telling.cancel(id)
        await _record("news.withdraw", was, by)
    return await keeping.manuscript(id)


async def discard(id: UUID, *, by: str) -> None:
    """Throw a draft away that readers never had; one that is gone already stays so."""
    async with database.transaction():
        try:
            was = await keeping.locked(id)
        except NotFoundError:
            return
        if was.state != "draft":
            raise OutOfTurnError
        for table, column in (("news_audience", "news"), ("news", "id"), ("news_picture", "manuscript")):
            await database.execute(f"DELETE FROM {table} WHERE {column} = {{}}", id)
        await database.execute("DELETE FROM manuscript WHERE id = {}", id)
        await _record("news.discard", was, by)


async def _opened(id: UUID, version: int) -> Manuscript:
    """The manuscript in the version that was seen. The content is touched first: acts on it follow one another, and
    two items cannot come by one address, nor units by more pins than they may have.
    """
    await revisions.touch("content")
    was = await keeping.locked(id)
    if was.closed:
        raise ClosedError
    if was.version != version:
        raise ChangedSinceError(was)
    return was


async def _issue(
    was: Manuscript, state: str, moments: dict[str, datetime | None], by: str, *, slug: str, digest: str
) -> None:
    """Put what the manuscript says into the item that readers have, or are going to have."""
    sheet, own = was.sheet, await keeping.pictures_of(was.id)
    await requirements.check(sheet, own)
    html = await asyncio.to_thread(articles.to_html, sheet.body, own)
    columns: dict[str, Any] = {
        "title": sheet.title, "standfirst": sheet.standfirst, "body": sheet.body, "html": html,
        "cover": sheet.cover or None, "cover_alt": sheet.cover_alt, "unit": sheet.unit, "topic": sheet.topic,
        "state": state, **moments, **await _pins(was),
    }  # fmt: skip
    if was.slug:
        columns["slug"] = await _slug(was)
        assignments = ", ".join(f"{column} = {{}}" for column in columns)
        await database.execute(f"UPDATE news SET {assignments} WHERE id = {{}}", *columns.values(), was.id)
    else:
        await _insert(was, columns, slug, digest)
    await _address(was.id, frozenset(sheet.audience), by)
    shown, ids = database.among("picture", sorted(articles.named(sheet.body)))
    await database.execute(f"UPDATE news_picture SET shown = ({shown}) WHERE manuscript = {{}}", ids, was.id)
    await database.execute("UPDATE manuscript SET issued_version = version WHERE id = {}", was.id)


async def _slug(was: Manuscript) -> str:
    """The address of an item: that which readers know, or one that says its title as it is now."""
    wanted = naming.slug(was.sheet.title)
    if was.state == "published" or re.fullmatch(rf"{wanted}(-\d+)?", was.slug):
        return was.slug
    return await _free_slug(wanted)


async def _insert(was: Manuscript, columns: dict[str, Any], slug: str, digest: str) -> None:
    columns = {
        **columns, "id": was.id, "slug": slug or await _free_slug(naming.slug(was.sheet.title)),
        "source_digest": digest or sha256(was.sheet.body.encode()).hexdigest(),
        "created_at": was.begun_at, "created_by": was.begun_by,
    }  # fmt: skip
    places = ", ".join("{}" for _ in columns)
    await database.execute(f"INSERT INTO news ({', '.join(columns)}) VALUES ({places})", *columns.values())


async def _pins(was: Manuscript) -> dict[str, Any]:
    """The columns of a pin: as the sheet wishes for what readers do not have yet, and as it stands for what they do."""
    sheet = was.sheet
    if was.state == "published":
        if was.pinned:
            await pins.check(was.until, sheet.unit, but=was.id)
        return {}
    if not sheet.pinned:
        return {"pinned_at": None, "pinned_until": None}
    await pins.check(sheet.pinned_until, sheet.unit, but=was.id)
    return {"pinned_at": clock.now(), "pinned_until": sheet.pinned_until}


async def _address(id: UUID, wanted: frozenset[str], by: str) -> None:
    """Address an item to exactly these scopes from now on."""
    now, current = clock.now(), await _addressed(id)
    if current != wanted:
        await telling.readdress(id, wanted)
    for scope in sorted(current - wanted):
        await database.execute(
            "UPDATE news_audience SET to_at = {} WHERE news = {} AND scope = {} AND to_at IS NULL", now, id, scope
        )
    for scope in sorted(wanted - current):
        await database.execute(
            "INSERT INTO news_audience (news, scope, from_at, reason, by) VALUES ({}, {}, {}, '', {})",
            id, scope, now, by,
        )  # fmt: skip


async def _addressed(id: UUID) -> set[str]:
    rows = await database.fetch("SELECT scope FROM news_audience WHERE news = {} AND to_at IS NULL", id)
    return {row["scope"] for row in rows}


async def _free_slug(wanted: str) -> str:
    rows = await database.fetch("SELECT slug FROM news WHERE slug = {} OR slug LIKE {}", wanted, f"{wanted}-%")
    taken = {row["slug"] for row in rows}
    candidates = (wanted if at == 1 else f"{wanted}-{at}" for at in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


async def _publish_some(now: datetime) -> int:
    skip = " FOR UPDATE SKIP LOCKED" if database.is_postgres() else ""
    async with database.transaction():
        await revisions.touch("content")  # before any item is locked, as all acts on the content do
        rows = await database.fetch(
            "UPDATE news SET state = 'published' WHERE id IN (SELECT id FROM news WHERE state = 'scheduled' "
            f"AND published_at <= {{}} ORDER BY published_at, id LIMIT {DUE_AT_ONCE}{skip}) "
            "RETURNING id, unit, topic",
            now,
        )
        for row in rows:
            await telling.owe(row["id"], await _addressed(row["id"]), topic=row["topic"], by="system")
            await journal.record(act="news.publish", subject=f"news:{row['id']}", by="system", unit=row["unit"])
    return len(rows)


async def _record(act: str, was: Manuscript, by: str, **detail: Any) -> None:
    await journal.record(act=act, subject=f"news:{was.id}", by=by, unit=was.sheet.unit, detail=detail)
