"""Manuscripts as they are kept: begun under an id that the editor's browser made, and never saved over blindly."""

import json
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import msgspec

from base import clock, database, journal
from base.errors import FieldError, InvalidError, NotFoundError
from content import filing, naming, topics
from content.newsroom.model import LENGTHS, ChangedSinceError, ClosedError, Manuscript, Sheet
from content.rows import Cover

SITTING = timedelta(hours=1)
"""Saves by one hand within so much time are one act in the journal."""

TYPED = tuple(name for name in Sheet.__struct_fields__ if name not in ("audience", "cover"))
"""The columns that hold a sheet as it is."""

_MANUSCRIPT = (
    "SELECT m.id, m.version, m.issued_version, m.unit, m.title, m.standfirst, m.body, COALESCE(m.cover, '') AS cover, "
    "m.cover_alt, m.topic, m.audience, m.pinned, m.pinned_until, m.publish_at, m.begun_by, m.begun_at, m.saved_by, "
    "m.saved_at, COALESCE(n.state, 'draft') AS state, COALESCE(n.slug, '') AS slug, n.published_at, n.updated_at, "
    "n.pinned_at, n.pinned_until AS until, COALESCE(n.reason, '') AS reason "
    "FROM manuscript m LEFT JOIN news n ON n.id = m.id WHERE m.id = {}"
)


async def manuscript(id: UUID) -> Manuscript:
    """The manuscript of an item; raises NotFoundError. Who may see it is for the door to know, by its unit."""
    rows = await database.fetch(_MANUSCRIPT, id)
    if not rows:
        raise NotFoundError
    return _manuscript(rows[0])


async def is_begun(id: UUID) -> bool:
    """Whether there is a manuscript by this id."""
    return bool(await database.fetch("SELECT id FROM manuscript WHERE id = {}", id))


async def locked(id: UUID) -> Manuscript:
    """The manuscript, inside a transaction in which nobody else can change it or its item."""
    if database.is_postgres():
        await database.fetch("SELECT id FROM manuscript WHERE id = {} FOR UPDATE", id)
    return await manuscript(id)


async def save(id: UUID, sheet: Sheet, *, version: int, by: str, pictures: Iterable[str] = ()) -> Manuscript:
    """Save what was typed, and begin the manuscript if there is none by this id; readers see nothing of it.

    ``version`` is that of the manuscript as it was opened, 0 for a new one; ``pictures`` are ids of pictures (as
    content.pictures keeps them) that are brought with it. The same again changes nothing. Raises InvalidError,
    ChangedSinceError with what stands now, ClosedError.
    """
    sheet = _tidy(sheet)
    _check(sheet)
    async with database.transaction():
        await filing.hold()
        sheet = msgspec.structs.replace(sheet, topic=await topics.current(sheet.topic))
        begun = await _begin(id, sheet, by)
        was = await locked(id)
        await _bring(id, pictures, by)
        if sheet.cover and sheet.cover not in await pictures_of(id):
            raise InvalidError.of("cover", "newsroom-cover-foreign")
        if was.closed:
            raise ClosedError
        if was.sheet != sheet:
            if was.version != version and not begun:
                raise ChangedSinceError(was)
            await _save(was, sheet, by)
    return await manuscript(id)


async def pictures_of(id: UUID) -> dict[str, Cover]:
    """The pictures that were brought for an item, the latest first; without words, which stand in its texts."""
    rows = await database.fetch(
        "SELECT p.id, p.width, p.height, p.widths FROM news_picture k JOIN picture p ON p.id = k.picture "
        "WHERE k.manuscript = {} ORDER BY k.id DESC",
        id,
    )
    return {
        row["id"]: Cover(row["id"], "", row["width"], row["height"], tuple(map(int, row["widths"].split(","))))
        for row in rows
    }


async def units_with(picture: str) -> frozenset[int | None]:
    """The units for whose items a picture was brought: their desks may see it."""
    rows = await database.fetch(
        "SELECT DISTINCT m.unit FROM news_picture k JOIN manuscript m ON m.id = k.manuscript WHERE k.picture = {}",
        picture,
    )
    return frozenset(row["unit"] for row in rows)


def search_key(sheet: Sheet) -> str:
    """What words of the desk's list are looked for in."""
    return f" {' '.join(naming.words_of(f'{sheet.title} {sheet.standfirst}'))} "


async def _begin(id: UUID, sheet: Sheet, by: str) -> bool:
    """Whether there was none by this id, so that it is begun."""
    now, empty = clock.now(), Sheet(sheet.unit)
    columns = {**_columns(empty), "begun_by": by, "begun_at": now, "saved_by": by, "saved_at": now}
    names, places = ", ".join(columns), ", ".join("{}" for _ in columns)
    rows = await database.fetch(
        f"INSERT INTO manuscript (id, version, issued_version, {names}) VALUES ({{}}, 0, 0, {places}) "
        "ON CONFLICT (id) DO NOTHING RETURNING id",
        id, *columns.values(),
    )  # fmt: skip
    if rows:
        await journal.record(act="news.begin", subject=f"news:{id}", by=by, unit=sheet.unit)
    return bool(rows)


async def write(was: Manuscript, sheet: Sheet, by: str, **more: Any) -> None:
    """Put another sheet into a locked manuscript, under the next version."""
    columns = {**_columns(sheet), "version": was.version + 1, "saved_by": by, "saved_at": clock.now(), **more}
    assignments = ", ".join(f"{column} = {{}}" for column in columns)
    await database.execute(f"UPDATE manuscript SET {assignments} WHERE id = {{}}", *columns.values(), was.id)


async def _save(was: Manuscript, sheet: Sheet, by: str) -> None:
    await write(was, sheet, by)
    is_another = was.saved_by != by or clock.now() - was.saved_at > SITTING or was.version == was.issued_version
    if was.version and is_another:
        await journal.record(
            act="news.save", subject=f"news:{was.id}", by=by, unit=sheet.unit, detail={"version": was.version + 1}
        )


async def _bring(id: UUID, pictures: Iterable[str], by: str) -> None:
    for picture in pictures:
        await database.execute(
            "INSERT INTO news_picture (manuscript, picture, shown, kept_by, kept_at) VALUES ({}, {}, {}, {}, {}) "
            "ON CONFLICT DO NOTHING",
            id, picture, False, by, clock.now(),
        )  # fmt: skip


def _columns(sheet: Sheet) -> dict[str, Any]:
    typed = {name: getattr(sheet, name) for name in TYPED}
    return {
        **typed, "cover": sheet.cover or None, "audience": json.dumps(sheet.audience), "search_key": search_key(sheet)
    }  # fmt: skip


def _tidy(sheet: Sheet) -> Sheet:
    """Composed letters and plain ends of lines; no NUL, on which PostgreSQL fails."""
    texts = {name: _plain(getattr(sheet, name)) for name in LENGTHS}
    texts |= {name: " ".join(text.split()) for name, text in texts.items() if name != "body"}
    audience = tuple(sorted(set(sheet.audience)))
    return msgspec.structs.replace(sheet, **texts, audience=audience)


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return unicodedata.normalize("NFC", lines).strip()


def _check(sheet: Sheet) -> None:
    long = {name: most for name, most in LENGTHS.items() if len(getattr(sheet, name)) > most}
    if long:
        fields = (FieldError(name, "newsroom-too-long", {"most": most}) for name, most in long.items())
        raise InvalidError(fields=tuple(fields))


def _manuscript(row: dict[str, Any]) -> Manuscript:
    typed = {name: row[name] for name in TYPED}
    sheet = Sheet(
        **{**typed, "pinned": bool(row["pinned"])}, cover=row["cover"],
        audience=tuple(cast("list[str]", json.loads(row["audience"]))),
    )  # fmt: skip
    own = {name: row[name] for name in Manuscript.__struct_fields__ if name not in ("sheet", "pinned")}
    today, until = clock.today(), row["until"]
    return Manuscript(
        **own, sheet=sheet, pinned=row["pinned_at"] is not None and (until is None or until >= today)
    )  # fmt: skip
